"""The finder of overlapping work measured: how right it is on labelled projects, and what one comparison costs.

Precision and recall of what officers are shown, for both ways of comparing texts, on the tuning and the test half;
the facts found in both ways: the same provider, written otherwise or not, and the same school and term, beside near
misses; then a new case compared with PCC_BENCH_WORKS (10000) others: processor seconds of this process and of
PostgreSQL, and how many questions are asked. Labelled projects of your own (see bench/overlap_set.py for the form):
PCC_OVERLAP_SET=file.yaml, or name the files as arguments.
"""

import os
import random
import resource
import statistics
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["PCC_TEST_DB"] = "bench_overlap"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pcc_portal.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench import overlap_set  # noqa: E402
from monitoring.actions import overlaps  # noqa: E402
from monitoring.models import ComparedWork, OverlapPair  # noqa: E402
from monitoring.overlap import embedding, likeness, marks, scoring  # noqa: E402
from monitoring.overlap.words import gist  # noqa: E402

WORKS = int(os.environ.get("PCC_BENCH_WORKS", 10_000))
NEW = 9
AT = datetime(2020, 3, 10, 5, 0, tzinfo=UTC)
SEED = 11
AREAS = [f"Area {number}" for number in range(13)]
THEMES = [f"Priority {number}" for number in range(6)]


def rightness(label, files):
    """Precision and recall at the shown score, in each way."""
    for embedded in (False, True):
        way = "with the model" if embedded else "words alone  "
        if embedded and embedding.why_not():
            print(f"{label}, {way}: not measured. {embedding.why_not()}")
            continue
        scored = overlap_set.measured(*files, embedded=embedded)
        shown_from = scoring.weights(embedded).shown_from
        precision, recall, shown = overlap_set.quality(scored, shown_from)
        same = sum(row[1] for row in scored)
        print(f"{label}, {way}: precision {precision:.2f}, recall {recall:.2f} "
              f"({shown} shown from score {shown_from} of {len(scored)} pairs, {same} the same)")  # fmt: skip


def facts_found(label, files):
    """How many shared facts are found whatever the way of comparing texts: the same provider, the same school."""
    right, there, wrong = overlap_set.structured(*files)
    print(f"{label}, facts in both ways: {right} of {there} shared providers and schools found, {wrong} wrongly")


def world():
    """Works made of the labelled projects: their sentences mixed, some of the same providers, areas and themes."""
    chance = random.Random(SEED)
    projects = [project for file in overlap_set.load(*overlap_set.TUNING, *overlap_set.TEST)
                for project in file["projects"]]  # fmt: skip
    vectors = {}
    rows = []
    for number in range(WORKS):
        one, other = chance.choice(projects), chance.choice(projects)
        text = f"{one['text']} {other['text']}"
        row = ComparedWork(
            kind="PROJECT", subject_id=number + 1, reference=f"BC-2020-{number}/1", title=one["title"], text=text,
            link="/", organisation_name=f"Applicant {number % 300}", provider_marks=marks.of_name(
                f"{one['provider']} {number % 700}"), digest=str(number), compared_at=AT,
            areas=[chance.choice(AREAS)], themes=[chance.choice(THEMES)], starts_on=date(2020, 4, 1),
            ends_on=date(2021, 3, 31), school_terms=[f"{100000 + number % 500}|Autumn term"] if number % 5 == 0 else [],
        )  # fmt: skip
        key = (one["id"], other["id"])
        if key not in vectors:
            vectors[key] = facts(row)
        row.terms, row.cohorts, row.embedding = vectors[key]
        rows.append(row)
    ComparedWork.objects.bulk_create(rows, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return rows


def facts(row):
    found = likeness.marks_of(row.title, row.text)
    cohorts = [mark.partition(":")[2] for mark in found if mark.startswith("whom:")]
    # A vector of its own costs a few milliseconds: 10,000 of them are spread noise here, real for the new works.
    vector = None if embedding.why_not() else os.urandom(embedding.SIZE)
    return sorted(found), cohorts, vector


def postgres_seconds(pid):
    """Processor seconds the server process of this connection has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cost(rows):
    """Compare new works with all others, one by one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    if not embedding.why_not():
        embedding.embed(gist("warm", "The model is read once for a process."))
        if not embedding.why_not():
            for row in random.Random(SEED).sample(rows, 200):  # real neighbours for the new works to be read closely
                row.embedding = embedding.embed(gist(row.title, row.text))
                row.save(update_fields=["embedding"])
    overlaps.find_pairs(work=rows[0], at=AT)
    ours, theirs, asked = [], [], []
    for row in rows[1 : NEW + 1]:
        ComparedWork.objects.filter(pk=row.pk).update(embedding=None)
        before, there = resource.getrusage(resource.RUSAGE_SELF), postgres_seconds(pid)
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            found = overlaps.find_pairs(work=row, at=AT)
        after = resource.getrusage(resource.RUSAGE_SELF)
        ours.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        theirs.append(postgres_seconds(pid) - there)
        asked.append(len(queries))
        clock = time.perf_counter() - start
        print(
            f"  one of {WORKS}: {ours[-1]:.2f} s here, {theirs[-1]:.2f} s in PostgreSQL, "
            f"{clock:.2f} s by the clock, {len(queries)} questions, {len(found)} pairs"
        )
    whole = [mine + yours for mine, yours in zip(ours, theirs, strict=True)]
    print(
        f"a new case against {WORKS}: median {statistics.median(whole):.2f} s, most {max(whole):.2f} s of processor "
        f"(PostgreSQL {statistics.median(theirs):.2f} s of it), {min(asked)} to {max(asked)} questions"
    )


def main():
    own = sys.argv[1:] or [name for name in os.environ.get("PCC_OVERLAP_SET", "").split(os.pathsep) if name]
    if own:
        files = [str(Path(name).resolve()) for name in own]
        rightness("own set", files)
        facts_found("own set", files)
        return
    for label, files in (("tuning half", overlap_set.TUNING), ("test half", overlap_set.TEST)):
        rightness(label, files)
        facts_found(label, files)
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        cost(world())
        print(f"pairs written: {OverlapPair.objects.count()}")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
