"""Every write of the finder: work taken into the index, compared with the rest, and the pairs that follow (C7).

Safe at any time and twice: a work is compared when what is known of it changed, on whatever day that is noticed.
"""

import logging

from django.db import transaction

from records import workflow
from records.actions import log
from records.calendar import london_day

from ..enums import PAIR_MOVES, PairStatus, WorkKind
from ..models import ComparedWork, OverlapPair
from ..overlap import embedding, evidence, likeness
from ..overlap.words import gist
from ..queries import compared, overlap_pairs
from ..queries import overlaps as queries
from .overlap_pairs import close_idle_reviews, owe_review

logger = logging.getLogger(__name__)
AT_ONCE = 200
MOST_COMPARED = 100
SURE_WITH_WORDS = 3
PAIR_FACTS = ("evidence", "score", "is_structured")


@transaction.atomic
def compare_work(*, kind, subject_id, at):
    """Take one piece of work into the index as it stands, and compare it; None when it is not open or funded."""
    take_in(kind=kind, ids=[subject_id], on=london_day(at))
    work = ComparedWork.objects.filter(kind=kind, subject_id=subject_id, in_play=True).first()
    return find_pairs(work=work, at=at) if work else None


def take_in(*, kind, ids, on, known=None):
    """Write works into the index as they stand now; what changed waits to be compared anew. How many changed."""
    ids, changed = list(ids), 0
    known = known or compared.directory()
    for start in range(0, len(ids), AT_ONCE):
        facts = compared.facts_of(kind, ids[start : start + AT_ONCE], on=on, known=known)
        changed += _keep(kind, facts)
    return changed


@transaction.atomic
def _keep(kind, facts):
    kept = {row.subject_id: row for row in _rows(kind, facts).select_for_update()}
    new = [work for work in facts if work.subject_id not in kept]
    ComparedWork.objects.bulk_create(new, ignore_conflicts=True)
    changed = [work for work in facts if work.subject_id in kept and kept[work.subject_id].digest != work.digest]
    for work in changed:
        work.pk = kept[work.subject_id].pk
        work.embedding = work.compared_at = None
    ComparedWork.objects.bulk_update(changed, [*compared.FACTS, "digest", "embedding", "compared_at"])
    _forget(work.pk for work in changed if not work.in_play)
    return len(new) + len(changed)


def _rows(kind, facts):
    rows = ComparedWork.objects.filter(kind=kind, subject_id__in=[work.subject_id for work in facts])
    return rows.order_by("pk")


def _forget(ids):
    """Pairs of works out of play that nobody judged are no longer hints; judged ones stay as they are."""
    ids = list(ids)
    pairs = OverlapPair.objects.filter(status=PairStatus.FOUND)
    pairs.filter(first__in=ids).delete()
    pairs.filter(second__in=ids).delete()


@transaction.atomic
def find_pairs(*, work, at):
    """Compare a piece of work with all that is open and funded: pairs written, changed, withdrawn; then the look owed.

    Facts first; text hints are the surest few. A dismissed pair comes back only with facts it did not have. Gives
    the pairs that are new or came back.
    """
    work = ComparedWork.objects.select_for_update().get(pk=work.pk)
    if not embedding.why_not() and work.embedding is None:
        work.embedding = embedding.embed(gist(work.title, work.text))
    found = _evidence(work)
    known = queries.pairs_with(work)
    pairs = [_paired(work, *one) for one in found]
    fresh = [*_write_new(work, pairs, known, at), *_write_changed(pairs, known, at)]
    seen = {other.pk for other, _, _ in found}
    stale = [row.pk for pk, row in known.items() if pk not in seen and row.status == PairStatus.FOUND]
    OverlapPair.objects.filter(pk__in=stale).delete()
    work.compared_at = at
    work.save(update_fields=["embedding", "compared_at"])
    works = [side for pair in fresh for side in (pair.first, pair.second)]
    for case in overlap_pairs.cases_of(works).values():
        owe_review(case=case, at=at)
    return fresh


def _evidence(work):
    """[(other work, its evidence, score)]: structured facts and text hints of the same other together."""
    others = {row.pk: row for row in [*queries.sharing_facts(work), *queries.sharing_place(work)]}
    schools = queries.school_names([work])
    found = {}
    for other in others.values():
        if evidence.may_pair(work, other):
            items, score = evidence.structured(work, other, schools)
            if items:
                found[other.pk] = (other, items, score)
    for hint in likeness.hints(work, queries.sharing_words(work)):
        other, items, score = found.get(hint.work.pk, (hint.work, [], 0))
        together = min(100, score + SURE_WITH_WORDS) if items else hint.score
        found[other.pk] = (other, [*items, hint.item], together)
    return [found[pk] for pk in sorted(found)]


def _paired(work, other, items, score):
    """The other's key and the pair as it is found now. Passages stand first side first."""
    first, second = (work, other) if work.pk < other.pk else (other, work)
    if first is other:
        items = [{**item, "passages": [[right, left] for left, right in item["passages"]]} for item in items]
    is_structured = bool(evidence.as_key(items))
    return other.pk, OverlapPair(first=first, second=second, evidence=items, score=score, is_structured=is_structured)


def _write_new(work, pairs, known, at):
    """Write the pairs nobody knew, in one go, with one line of history about the work."""
    new = [pair for key, pair in pairs if key not in known]
    for pair in new:
        pair.found_at = at
    if new:
        OverlapPair.objects.bulk_create(new)
        count = f"{len(new)} possible overlap{'' if len(new) == 1 else 's'}"
        log(work, "overlaps_found", by=None, at=at, summary=f"{count} of {work.reference} found")
    return new


def _write_changed(pairs, known, at):
    """Write what changed of pairs known before; a dismissed one stays as judged unless it has new facts."""
    changed, back = [], []
    for key, pair in pairs:
        row = known.get(key)
        if row is None or all(getattr(row, name) == getattr(pair, name) for name in PAIR_FACTS):
            continue
        if row.status == PairStatus.DISMISSED:
            if evidence.as_key(pair.evidence) <= evidence.as_key(row.evidence):
                continue
            back.append(row)
        for name in PAIR_FACTS:
            setattr(row, name, getattr(pair, name))
        changed.append(row)
    OverlapPair.objects.bulk_update(changed, PAIR_FACTS)
    return [_bring_back(row, at) for row in back]


def _bring_back(pair, at):
    """A dismissed pair with facts that nobody had judged is a hint again."""
    workflow.move(
        pair,
        PairStatus.FOUND,
        moves=PAIR_MOVES,
        verb="found_again",
        by=None,
        at=at,
        summary=f"Possible overlap found again with new facts: {pair.reference}"[:500],
        judged_at=None,
        judged_by=None,
        found_at=at,
    )
    pair.reason = ""
    pair.save(update_fields=["reason"])
    return pair


def compare_new_work(*, at):
    """Compare what was sent in since the last look, then what else waits; gives how many were compared."""
    take_in(kind=WorkKind.PROJECT, ids=queries.newly_submitted(), on=london_day(at))
    return compare_waiting(at=at)


def compare_waiting(*, at, most=MOST_COMPARED):
    """Compare works whose facts changed, newest first, no more than `most` in one go; each stands by itself."""
    done = 0
    for work in queries.waiting().only("pk")[:most]:
        try:
            find_pairs(work=work, at=at)
            done += 1
        except Exception:  # one work that cannot be compared leaves the others to be compared
            logger.exception("The work %s could not be compared; it is tried again at the next look.", work.pk)
    return done


def refresh_index(*, at):
    """Bring the whole index to the state of the day: every open and funded work in, what fell or ended out."""
    on, known, changed = london_day(at), compared.directory(), 0
    for kind in WorkKind:
        changed += take_in(kind=kind, ids=_eligible(kind), on=on, known=known)
        changed += _take_out(queries.gone(kind))
    close_idle_reviews(at=at)
    return changed


def _eligible(kind):
    rows = compared.ELIGIBLE[kind][0]()
    return rows.order_by("pk").distinct().values_list("pk", flat=True)


@transaction.atomic
def _take_out(rows):
    """Works that nobody need be compared with any more."""
    ids = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    _forget(ids)
    return ComparedWork.objects.filter(pk__in=ids).update(in_play=False, digest="")
