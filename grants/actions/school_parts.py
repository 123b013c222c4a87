"""Writes of the schools part of a project while its business case is written (P5)."""

from plans.models import School, SchoolTopic
from plans.queries.schools import key_of
from records.refusals import refuse_if

from ..models import SchoolInput, SchoolPart
from ..queries.school_content import GOES, INPUTS, ONCE

ANSWERS = (GOES, INPUTS, *ONCE)
SAME = ("school_id", "topic_id", "year_groups", "starts_on", "ends_on")
REST = ("sessions", "pupils", "lead_post", "lead_agreed_on")
OUT_OF_THE_WAY = 1000


def write_school_answers(*, project, answers):
    """Save the answers given about schools, under the caller's lock; those not given stay as they are.

    `school_inputs`: mappings with the school ("Name (number)" or its number) and the key of the topic.
    """
    once = {name: answers[name] for name in ONCE if name in answers}
    if GOES in answers:
        once["goes"] = answers[GOES]
    if any(value not in (None, "") for value in once.values()) or SchoolPart.objects.filter(project=project).exists():
        SchoolPart.objects.update_or_create(project=project, defaults=once)
    if INPUTS in answers:
        _write_inputs(project, answers[INPUTS])


def _write_inputs(project, given):
    """Rows that say the same keep their identity, and with it what an officer ruled on them; the rest are new."""
    wanted = _as_rows(project, given)
    kept, left = [], list(project.school_inputs.order_by("number"))
    for row in wanted:
        old = next((one for one in left if all(getattr(one, name) == getattr(row, name) for name in SAME)), None)
        if old:
            left.remove(old)
        kept.append(old)
    SchoolInput.objects.filter(pk__in=[row.pk for row in left]).delete()
    if any(old and old.number != number for number, old in enumerate(kept, 1)):
        for number, old in enumerate(kept, 1):
            if old:
                SchoolInput.objects.filter(pk=old.pk).update(number=OUT_OF_THE_WAY + number)
    for row, old in zip(wanted, kept, strict=True):
        if old is None:
            row.save(force_insert=True)
        else:
            now = {name: getattr(row, name) for name in REST}
            SchoolInput.objects.filter(pk=old.pk).update(number=row.number, **now)


def _as_rows(project, given):
    """Unsaved inputs in their order; refused where a school or topic is not in the register."""
    keys = [key_of(str(row["school"])) for row in given]
    schools = {row.urn: row for row in School.objects.filter(urn__in=keys)}
    topics = {row.key: row for row in SchoolTopic.objects.filter(key__in=[row["topic"] for row in given])}
    rows = []
    for number, (key, said) in enumerate(zip(keys, given, strict=True), 1):
        refuse_if("" if key in schools else f"No school in the register has the number {key}.", project.case)
        refuse_if("" if said["topic"] in topics else f"There is no topic “{said['topic']}”.", project.case)
        rest = {name: said[name] for name in ("starts_on", "ends_on", *REST) if said.get(name) is not None}
        years = sorted(said.get("year_groups") or [])
        place = {"school": schools[key], "topic": topics[said["topic"]], "year_groups": years}
        rows.append(SchoolInput(project=project, number=number, **place, **rest))
    return rows


def drop_unused_inputs(*, case):
    """When a case is sent: inputs of a project that does not go into schools are no inputs."""
    SchoolInput.objects.filter(project__case=case).exclude(project__school_part__goes=True).delete()
