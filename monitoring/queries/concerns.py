"""Reads of complaints. Everything that others than their handlers may meet begins from the unrestricted ones (P2)."""

import re
from dataclasses import dataclass, fields

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from accounts import queries as people
from accounts.enums import OrganisationKind, RoleName
from accounts.models import User
from plans.enums import StageAnsweredBy
from plans.models import CommissioningBody, ConcernLevel
from records.enums import MessageStatus
from records.models import Message

from ..enums import CONCERN_IN_PLAY, ConcernOutcome, ConcernStatus, ConcernTheme
from ..models import Concern, ConcernStage, RestrictedContact

# Who takes a restricted complaint where nobody was named, or those named are who is complained of.
NEXT_BEST = [
    RoleName.HEAD_OF_COMMISSIONING,
    RoleName.CHIEF_EXECUTIVE,
    RoleName.COMMISSIONER,
    RoleName.COMMISSIONING_OFFICER,
]
SHORTEST_SURNAME = 3


def with_stages(rows):
    """Complaints with all that a row or a pack shows of them, in two questions."""
    stages = ConcernStage.objects.select_related("level", "answered_by").order_by("number")
    return rows.select_related("organisation", "award", "contract").prefetch_related(Prefetch("stages", stages))


def open_of(*, organisations=(), award=None, contract=None):
    """Unrestricted complaints in play about any of these, the oldest first; none where nothing is asked for."""
    about = Q(pk__in=[])
    if organisations := [body for body in organisations if body is not None]:
        about |= Q(organisation__in=organisations)
    if award is not None:
        about |= Q(award=award)
    if contract is not None:
        about |= Q(contract=contract)
    rows = Concern.objects.unrestricted().in_play().filter(about)
    return with_stages(rows).order_by("received_at", "pk")


def counts_by_organisation():
    """How many unrestricted complaints are in play about each organisation: {organisation id: number}."""
    rows = Concern.objects.unrestricted().in_play().filter(organisation__isnull=False)
    return dict(rows.values_list("organisation").annotate(found=Count("pk")).order_by("organisation"))


# ---------------------------------------------------------------- stages


def stage_of(concern):
    """The stage a complaint is at or was at last; None while nobody has taken it up."""
    return max(concern.stages.all(), key=lambda stage: stage.number, default=None)


def levels():
    """The stages of the procedure, in order."""
    return list(ConcernLevel.objects.order_by("number"))


def open_levels(concern, rows=None):
    """The levels a complaint may still go to: the organisation's own only where it may be told (P2)."""
    stage = stage_of(concern)
    past = stage.level.number if stage else 0
    to_tell = concern.organisation_id is not None and concern.may_tell_provider and not concern.is_restricted
    return [
        level
        for level in (levels() if rows is None else rows)
        if level.number > past and (to_tell or level.answered_by != StageAnsweredBy.PROVIDER)
    ]


def next_level(concern):
    """The level that would come next; None after the last."""
    return next(iter(open_levels(concern)), None)


# ---------------------------------------------------------------- who handles what


def is_named_in(person, words):
    """Whether words speak of a person: by the whole name, or by a surname that stands in them as a word."""
    text, parts = words.casefold(), person.full_name.casefold().split()
    surname = parts[-1] if parts else ""
    known = [" ".join(parts)] + ([surname] if len(surname) >= SHORTEST_SURNAME else [])
    return any(name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in known)


def contact_for(restriction):
    """Who was named for restricted complaints of this sort, or None."""
    return RestrictedContact.objects.filter(restriction=restriction).select_related("officer", "deputy").first()


def handlers_for(restriction, *, about="", but=()):
    """(officer, deputy) for a restricted complaint: those named, then the next best of the office.

    Nobody whose name stands in `about`, and none of `but`, which is who must never read it.
    """
    contact = contact_for(restriction)
    named = [contact.officer, contact.deputy] if contact else []
    found = [person for person in named if person.is_active] + _next_best()
    barred = {person.pk for person in but if person is not None}
    fit = {person.pk: person for person in found if person.pk not in barred and not is_named_in(person, about)}
    officer, deputy = [*fit.values(), None, None][:2]
    return officer, deputy


def _next_best():
    rows = User.objects.filter(
        is_active=True,
        memberships__ended_at__isnull=True,
        memberships__organisation__kind=OrganisationKind.OFFICE,
        memberships__role__in=NEXT_BEST,
    )
    found = rows.values_list("pk", "memberships__role").order_by("pk")
    best = sorted(set(found), key=lambda row: (NEXT_BEST.index(RoleName(row[1])), row[0]))
    by_number = {person.pk: person for person in User.objects.filter(pk__in=[pk for pk, _ in best])}
    return [by_number[pk] for pk in dict.fromkeys(pk for pk, _ in best)]


def handlers_of(concern):
    """The people who alone hear of a restricted complaint; None where it is not restricted."""
    if not concern.is_restricted:
        return None
    return [person for person in (concern.named_officer, concern.deputy) if person is not None]


def office_people():
    """Those of the office who can be named for restricted complaints, by name."""
    office = people.office()
    mine = people.current_memberships(office).values("user") if office else []
    return User.objects.filter(is_active=True, pk__in=mine).order_by("full_name", "pk")


# ---------------------------------------------------------------- pages


def listed(user):
    """The complaints a person may see, with what their list shows and sorts by; nothing is asked for each row."""
    stage = ConcernStage.objects.filter(concern=OuterRef("pk")).order_by("-number")
    waiting = stage.filter(answered_at__isnull=True, moved_on_at__isnull=True)
    rows = Concern.objects.visible_to(user).select_related("organisation", "award", "contract")
    return rows.annotate(
        stage_name=Subquery(stage.values("level__name")[:1]),
        stage_number=Coalesce(Subquery(stage.values("level__number")[:1]), 0),
        answered_by_whom=Subquery(stage.values("level__answered_by")[:1]),
        due_on=Subquery(waiting.values("answer_by")[:1]),
        organisation_name=Coalesce("organisation__name", "about"),
    )


def found(user, reference):
    """One complaint with all its page shows, if the person may see it; else None."""
    rows = Concern.objects.visible_to(user).filter(reference=reference)
    wanted = ("named_officer", "deputy", "about_person", "entered_by")
    return with_stages(rows).select_related(*wanted, "organisation", "award", "contract").first()


def followed(follow_hash):
    """The complaint behind a complainant's own link; None for any other."""
    return with_stages(Concern.objects.filter(follow_hash=follow_hash).exclude(follow_hash="")).first()


def office_body():
    """The office whose letterhead a letter carries; None before a plan is loaded."""
    return CommissioningBody.objects.order_by("starts_on", "pk").last()


def may_be_complained_of(concern):
    """People with an account a complaint may be about: the office's, and those of the organisation concerned."""
    where = Q(memberships__organisation__kind=OrganisationKind.OFFICE)
    if concern.organisation_id:
        where |= Q(memberships__organisation=concern.organisation_id)
    rows = User.objects.filter(where, is_active=True, memberships__ended_at__isnull=True)
    return rows.distinct().order_by("full_name", "pk")


def contacts():
    """Who handles restricted complaints, by sort."""
    return {row.restriction: row for row in RestrictedContact.objects.select_related("officer", "deputy", "set_by")}


def undelivered(concern):
    """Letters to the complainant that the mail server refused for good."""
    about = {"paper__subject_type": concern._meta.label, "paper__subject_id": concern.pk}
    return list(Message.everything.filter(status=MessageStatus.FAILED, **about).order_by("pk"))


# ---------------------------------------------------------------- figures


@dataclass(frozen=True)
class FigureRow:
    """How many complaints of one organisation or theme came, and what became of them."""

    by: str
    name: str
    received: int
    in_play: int
    upheld: int
    partly: int
    not_upheld: int
    resolved: int
    late: int

    @property
    def cells(self):
        return [getattr(self, field.name) for field in fields(self)]


@dataclass(frozen=True)
class Figures:
    by_organisation: list
    by_theme: list

    @property
    def rows(self):
        return [*self.by_organisation, *self.by_theme]

    @property
    def total(self):
        return sum(row.received for row in self.by_theme)


def years():
    """The calendar years in which unrestricted complaints came, the newest first."""
    return [day.year for day in Concern.objects.unrestricted().dates("received_at", "year", order="DESC")]


def figures(*, year=None, on):
    """Unrestricted complaints counted by organisation and by theme, of one calendar year or of all."""
    rows = Concern.objects.unrestricted().order_by()
    if year is not None:
        rows = rows.filter(received_at__year=year)
    rows = rows.annotate(was_late=Exists(_late_stages(on)))
    by_organisation = _counted(rows, "organisation__name")
    named = [
        _figure("Organisation", row["organisation__name"] or "No organisation named", row) for row in by_organisation
    ]
    themes = [_figure("Theme", ConcernTheme(row["theme"]).label, row) for row in _counted(rows, "theme")]
    return Figures(sorted(named, key=_most_first), sorted(themes, key=_most_first))


def _late_stages(on):
    answered = Q(answered_at__date__gt=F("answer_by"))
    moved_on = Q(moved_on_at__date__gt=F("answer_by"))
    waiting = Q(answered_at__isnull=True, moved_on_at__isnull=True, answer_by__lt=on)
    open_now = waiting & Q(concern__status=ConcernStatus.OPEN)
    return ConcernStage.objects.filter(answered | moved_on | open_now, concern=OuterRef("pk"))


def _counted(rows, name):
    counts = {
        "received": Count("pk"),
        "in_play": Count("pk", filter=Q(status__in=CONCERN_IN_PLAY)),
        **{outcome.lower(): Count("pk", filter=Q(outcome=outcome)) for outcome in ConcernOutcome.values},
        "late": Count("pk", filter=Q(was_late=True)),
    }
    return rows.values(name).annotate(**counts)


def _figure(by, name, row):
    return FigureRow(by, name, **{field.name: row[field.name] for field in fields(FigureRow)[2:]})


def _most_first(row):
    return (-row.received, row.name)
