"""Every write of the register of schools, its terms and its topics (P5)."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.text import slugify

from records.actions import log
from records.calendar import london_day
from records.refusals import refuse_if
from records.words import day_in_words

from ..models import CommissioningBody, School, SchoolTerm, SchoolTopic
from ..rules import schools as rules

TAKEN = ("name", "phase", "kind", "area", "postcode", "closed_on")
WORDS = {"name": "name", "phase": "phase", "kind": "type", "area": "area", "postcode": "postcode"}
AT_ONCE = 1000


@dataclass
class Loaded:
    """What a load did: schools added, changed (with what), closed, open again; those open here and not in the file."""

    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    closed: list = field(default_factory=list)
    reopened: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    same: int = 0
    never_known: int = 0
    faults: list = field(default_factory=list)

    @property
    def sentence(self):
        return (
            f"{len(self.added)} added, {len(self.changed)} changed, {len(self.closed)} closed, "
            f"{len(self.reopened)} open again, {self.same} the same"
        )


@transaction.atomic
def load_register(*, rows, areas=(), source, is_example=False, by, at):
    """Take schools from the government's register: new ones added, known ones brought to date, none removed.

    `rows` are those of `rules.school_register.read`; `areas` the areas they are of. A school that was closed
    before the portal knew it is not added. Open schools of these areas that the file lacks are told, and stay.
    """
    refuse_if(rules.why_not_keep(by), None)
    body = CommissioningBody.objects.select_for_update().order_by("pk").first()
    told = Loaded()
    known = {row.urn: row for row in School.objects.filter(urn__in=[row["urn"] for row in rows])}
    new, old = [], []
    for row in rows:
        school = known.get(row["urn"])
        if school is None:
            _add(row, told, new, source=source, is_example=is_example)
        elif school.is_example != is_example:
            told.faults.append(f"Number {school.urn} belongs to {school.name}, which is example data; it stays.")
        elif _bring_to_date(school, row, told, source=source, on=london_day(at)):
            old.append(school)
    School.objects.bulk_create(new, batch_size=AT_ONCE)
    School.objects.bulk_update(old, [*TAKEN, "source"], batch_size=AT_ONCE)
    here = School.objects.filter(area__in=areas, closed_on=None, is_example=is_example)
    told.missing = list(here.exclude(urn__in=[row["urn"] for row in rows]).order_by("name", "pk"))
    if body:
        log(body, "schools_loaded", by=by, at=at, summary=f"Register of schools loaded from {source}: {told.sentence}")
    _log_each(told, by=by, at=at, source=source)
    return told


def _add(row, told, new, *, source, is_example):
    if row["is_closed"]:
        told.never_known += 1
        return
    school = School(urn=row["urn"], source=source, is_example=is_example, **{name: row[name] for name in TAKEN})
    told.added.append(school)
    new.append(school)


def _bring_to_date(school, row, told, *, source, on):
    """Give a known school what the register says; False where nothing differs."""
    closed_on = (row["closed_on"] or school.closed_on or on) if row["is_closed"] else None
    changes = {
        WORDS[name]: [str(getattr(school, name)), str(row[name])]
        for name in WORDS
        if getattr(school, name) != row[name]
    }
    if not changes and closed_on == school.closed_on:
        told.same += 1
        return False
    if closed_on and not school.closed_on:
        told.closed.append((school, closed_on))
    elif school.closed_on and not closed_on:
        told.reopened.append(school)
    elif closed_on != school.closed_on:
        changes["day it closed"] = [str(school.closed_on), str(closed_on)]
    if changes:
        told.changed.append((school, changes))
    for name in WORDS:
        setattr(school, name, row[name])
    school.closed_on, school.source = closed_on, source
    return True


def _log_each(told, *, by, at, source):
    said = {"by": by, "at": at, "reason": source}
    for school, changes in told.changed:
        log(
            school,
            "changed",
            summary=f"{school.name}: {', '.join(changes)} as the register says",
            changes=changes,
            **said,
        )
    for school, closed_on in told.closed:
        log(school, "closed", summary=f"{school.name} closed on {day_in_words(closed_on)}", **said)
    for school in told.reopened:
        log(school, "reopened", summary=f"{school.name} is open again", **said)


@transaction.atomic
def write_school(*, school=None, urn="", name, phase, kind="", area, postcode="", closed_on, follows, reason, by, at):
    """Add one school by hand, or change one; its number stays."""
    refuse_if(rules.why_not_keep(by), school)
    refuse_if("" if school else rules.why_not_new(urn), None)
    refuse_if(rules.why_not_school(school, name=name, area=area, follows=follows, reason=reason), school)
    fields = {
        "name": name.strip(), "phase": phase, "kind": kind.strip(), "area": area.strip(),
        "postcode": postcode.strip().upper(), "closed_on": closed_on, "follows": follows,
    }  # fmt: skip
    was = {key: getattr(school, key) for key in fields} if school else {}
    changes = {
        key: [str(was.get(key) or ""), str(value or "")] for key, value in fields.items() if was.get(key) != value
    }
    school, made = School.objects.update_or_create(urn=school.urn if school else urn, defaults=fields)
    words = f"{school.name} added to the register of schools" if made else f"{school.name} changed"
    log(school, "added" if made else "changed", by=by, at=at, reason=reason.strip(), summary=words, changes=changes)
    return school


@transaction.atomic
def write_term(*, term=None, name, starts_on, ends_on, by, at):
    """Add a term, or change its name and days."""
    refuse_if(rules.why_not_keep(by), term)
    refuse_if(rules.why_not_term(term, name=name, starts_on=starts_on, ends_on=ends_on), None)
    fields = {"name": name.strip(), "starts_on": starts_on, "ends_on": ends_on}
    made = term is None
    if term is None:
        term = SchoolTerm.objects.create(**fields)
    else:
        SchoolTerm.objects.filter(pk=term.pk).update(**fields)
        term.refresh_from_db()
    days = f"{day_in_words(starts_on)} to {day_in_words(ends_on)}"
    log(term, "added" if made else "changed", by=by, at=at, summary=f"{term.name}: {days}")
    return term


@transaction.atomic
def remove_term(*, term, by, at):
    """Take a term out; inputs then fall into the calendar's thirds of a school year."""
    refuse_if(rules.why_not_keep(by), None)
    log(term, "removed", by=by, at=at, summary=f"{term.name} removed")
    term.delete()
    return term


@transaction.atomic
def write_topic(*, topic=None, name, most_in_term, by, at):
    """Add a topic, or change its name and how many inputs in a term are enough; its key stays."""
    key = topic.key if topic else slugify(name)[:60]
    refuse_if(rules.why_not_keep(by), None)
    refuse_if(rules.why_not_topic(topic, name=name, key=key), None)
    fields = {"name": name.strip(), "most_in_term": most_in_term}
    topic, made = SchoolTopic.objects.update_or_create(key=key, defaults=fields)
    words = f"{topic.name}: {most_in_term} in a school and term are enough"
    log(topic, "added" if made else "changed", by=by, at=at, summary=words)
    return topic
