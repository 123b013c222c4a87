"""Who goes into which school when: the calendar, one school, the inputs of one award (P5)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import JSONObject

from accounts import access
from plans.models import School
from plans.queries import schools as registers

from ..enums import AwardStatus, CaseStatus, ProjectStatus, SchoolInputStatus
from ..models import Award, BusinessCase, DeliverySession, SchoolInput
from . import duties, schools
from .school_content import years_words

JOINS = (
    "school", "topic", "project__case__organisation", "project__award_line__award__recipient",
    "project__award_line__award__payee", "project__decision",
)  # fmt: skip
NO_LONGER = (ProjectStatus.DECLINED, ProjectStatus.RETAINED)


def mine(user):
    """The condition that an input is of a case whose papers the person may open, or of an award they see."""
    cases = duties.open_to(BusinessCase.objects.visible_to(user), user)
    awards = Award.objects.visible_to(user)
    return Q(project__case__in=cases.values("pk")) | Q(project__award_line__award__in=awards.values("pk"))


def visible_to(user):
    """Inputs the person may see, each with `is_mine`.

    The office sees what is with it or funded. An organisation sees its own, and of others what was funded and
    published; what the office decided and has not told yet changes nothing of what it sees.
    """
    if access.is_office(user):
        rows = schools.standing().filter(mine(user))
    else:
        told = Q(project__status__in=NO_LONGER, project__decision__offered_at__isnull=False)
        own = mine(user) & Q(project__case__status__in=[*schools.WITH_OFFICE, CaseStatus.DECIDED]) & ~told
        published = schools.funded() & Q(project__decision__published_at__isnull=False)
        rows = SchoolInput.objects.filter(own | published, project__school_part__goes=True)
        rows = rows.exclude(project__award_line__award__status__in=schools.FALLEN)
    return rows.annotate(is_mine=ExpressionWrapper(mine(user), output_field=BooleanField()))


def is_funded(row, user):
    """Whether the person may know that the input is funded: the office when approved, the rest when told."""
    line = getattr(row.project, "award_line", None)
    if line is None:
        return False
    return access.is_office(user) or not row.is_mine or line.award.status != AwardStatus.MADE


@dataclass(frozen=True)
class Entry:
    """One input or one day of a delivery schedule, as the calendar and the page of a school show it."""

    school: School
    who: str
    title: str
    link: str
    what: str
    days: str
    starts_on: Any
    whom: str
    standing: str
    status: str
    safeguarding: str
    is_confirmed: bool
    meets: tuple = ()
    row: Any = None


def entry_of(row, user, meets=()):
    """An input as an entry; of others' inputs only who comes, when, for what."""
    project, shows = row.project, row.is_mine
    agreed = f"{row.lead_post or 'The school'}, agreed" if row.lead_agreed_on else ""
    standing = "Funded" if is_funded(row, user) else "Asked for"
    return Entry(
        school=row.school,
        who=project.case.organisation.name,
        title=project.title,
        link=_link(row, user) if shows else "",
        what=row.topic.name,
        days=schools.days_words(row),
        starts_on=row.starts_on,
        whom=years_words(row.year_groups),
        standing=row.get_status_display() if row.status != SchoolInputStatus.PLANNED else standing,
        status=row.status,
        safeguarding=agreed if shows else "",
        is_confirmed=row.lead_agreed_on is not None,
        meets=meets,
        row=row,
    )


def _link(row, user):
    line = getattr(row.project, "award_line", None)
    return line.award.get_absolute_url() if line and is_funded(row, user) else row.project.get_absolute_url()


def session_entry(session):
    """A day of a delivery schedule in a school as an entry."""
    award = session.schedule.award
    return Entry(
        school=session.school,
        who=award.recipient.name,
        title=award.title,
        link=session.schedule.get_absolute_url(),
        what=f"{session.schedule.unit.capitalize()} of delivery",
        days=schools.days_words(_Days(session.on, session.on)),
        starts_on=session.on,
        whom=session.audience,
        standing=session.get_status_display(),
        status=session.status,
        safeguarding="",
        is_confirmed=False,
    )


@dataclass(frozen=True)
class _Days:
    starts_on: Any
    ends_on: Any


def sessions_seen(user):
    """Days of delivery schedules in schools, of awards the person sees."""
    rows = DeliverySession.objects.filter(school__isnull=False, schedule__award__in=Award.objects.visible_to(user))
    return rows.select_related("school", "schedule__award__recipient").order_by("on", "number")


def of_school(school, user):
    """Everything that comes into one school, the newest first, with what meets what."""
    places = registers.same_place([school.pk], registers.roots())
    rows = list(visible_to(user).filter(school__in=places).select_related(*JOINS).order_by("-starts_on", "pk"))
    met = meetings(rows, registers.terms()) if access.is_office(user) else {}
    found = [entry_of(row, user, met.get(row.pk, ())) for row in rows]
    found += [session_entry(row) for row in sessions_seen(user).filter(school__in=places)]
    return sorted(found, key=lambda entry: entry.starts_on, reverse=True)


def meetings(rows, terms):
    """{input: names of the terms in which another project brings the same topic into the same place}."""
    live = [row for row in rows if row.status != SchoolInputStatus.CANCELLED]
    touched = {row.pk: registers.terms_touched(row.starts_on, row.ends_on, terms) for row in live}
    found = {}
    for row in live:
        others = [one for one in live if one.project_id != row.project_id and one.topic_id == row.topic_id]
        shared = {name for one in others for name in touched[one.pk] if name in touched[row.pk]}
        if shared:
            found[row.pk] = tuple(name for name in touched[row.pk] if name in shared)
    return found


def of_year(user, year):
    """The inputs the person sees that fall into a school year (its first calendar year)."""
    first, last = registers.year_days(year)
    rows = visible_to(user).filter(starts_on__lte=last, ends_on__gte=first)
    return rows.select_related(*JOINS).order_by("school__name", "school_id", "starts_on", "pk")


def columns_of(year, terms):
    """The names of the terms of a school year, in order."""
    first, last = registers.year_days(year)
    inside = [term.name for term in terms if term.starts_on <= last and term.ends_on >= first]
    return inside or list(registers.thirds_touched(first, last))


def board(rows, sessions, user, columns, terms):
    """[(school, [entries of each term])]: an input stands in each term it falls into."""
    found: dict[int, tuple[School, list[list[Entry]]]] = {}
    entries = [(row.school, entry_of(row, user), row.starts_on, row.ends_on) for row in rows]
    entries += [(row.school, session_entry(row), row.on, row.on) for row in sessions]
    for school, entry, first, last in entries:
        cells = found.setdefault(school.pk, (school, [[] for _ in columns]))[1]
        for name in registers.terms_touched(first, last, terms):
            if name in columns:
                cells[columns.index(name)].append(entry)
    return sorted(found.values(), key=lambda line: (line[0].name, line[0].pk))


def with_inputs(lines):
    """Lines of an award, each with the inputs in schools it pays for, in the query that reads the lines."""
    inputs = SchoolInput.objects.filter(project=OuterRef("project"), project__school_part__goes=True)
    row = JSONObject(
        school=F("school__name"), urn=F("school__urn"), topic=F("topic__name"), status=F("status"),
        starts_on=F("starts_on"), ends_on=F("ends_on"), agreed=F("lead_agreed_on"),
    )  # fmt: skip
    return lines.annotate(in_schools=ArraySubquery(inputs.order_by("starts_on", "pk").values(row=row)))


def inputs_of(lines):
    """The inputs of all lines in order, with their days in words; for a page."""
    found = [row for line in lines for row in line.in_schools]
    for row in found:
        first, last = date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
        row["days"] = schools.days_words(_Days(first, last))
        row["label"] = SchoolInputStatus(row["status"]).label
    return sorted(found, key=lambda row: row["starts_on"])
