"""What a round asks of a bid beside the business case, who may bid, and the money that bids share (V1, X1, X2)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Sum, TextField
from django.db.models.functions import Cast, JSONObject

from accounts.models import Organisation, OrganisationSuccession
from plans.enums import AskedOf, CasePart, MoneySetBy
from plans.models import AskedQuestions, Lot, MatchRule, Question, RuleSet, SchoolTopic

from ..enums import AwardStatus, CaseStatus, ProjectStatus, Window
from ..models import Award, AwardLine, BudgetLine, BusinessCase, LimitException, Project, RoundInvitation
from . import periods
from .money import FALLEN, ZERO, total
from .rounds import NOT_IN_PLAY, not_agreed

YEAR = timedelta(days=366)
HELD = [AwardStatus.LIVE, AwardStatus.SUSPENDED, AwardStatus.CLOSED, AwardStatus.TERMINATED, AwardStatus.RECORDED]


def by_bids(round):
    """Whether applicants bid for the one pot of the round, without allocations."""
    return round.rule_set.money_set_by == MoneySetBy.BIDS


@dataclass(frozen=True)
class AskedSet:
    """A set of questions as a section of a business case: what stands where a `CaseSection` else stands."""

    key: str
    label: str
    questions: tuple = ()
    introduction: str = ""
    id: int = 0

    @property
    def value(self):
        return f"questions:{self.key}"


@dataclass(frozen=True)
class Asks:
    """What a rule set asks beside the standing sections; plain values."""

    lots: list = field(default_factory=list)
    match: bool = False
    profile_months: int | None = None
    of_case: list = field(default_factory=list)
    of_project: list = field(default_factory=list)
    schools: bool = False
    schools_known: bool = False

    @property
    def about_schools(self):
        """Whether a project is asked if it goes into schools: by the rules, or where the office keeps topics."""
        return self.schools or self.schools_known


def asks_of(rule_set):
    """Read what the rule set asks, in one query; its own fields are taken from the row given."""
    text = TextField()
    questions = Question.objects.filter(question_set=OuterRef("question_set")).order_by("number", "pk")
    row = JSONObject(
        id=F("pk"), key=F("key"), label=F("label"), help=F("help"), kind=F("kind"), required=F("required"),
        options=F("options"), lowest=Cast("lowest", text), highest=Cast("highest", text), longest=F("longest"),
        shown_if=F("shown_if"), shown_for=F("shown_for"),
    )  # fmt: skip
    sets = AskedQuestions.objects.filter(rule_set=OuterRef("pk")).order_by("number", "pk")
    asked = JSONObject(
        id=F("question_set"),
        key=F("question_set__key"),
        label=F("question_set__title"),
        introduction=F("question_set__introduction"),
        asked_of=F("asked_of"),
        questions=ArraySubquery(questions.values(row=row)),
    )
    lot = JSONObject(
        id=F("pk"), number=F("number"), name=F("name"), guidance=F("guidance"),
        budget=Cast("budget", text), floor=Cast("floor", text), cap=Cast("cap", text),
    )  # fmt: skip
    found = RuleSet.objects.filter(pk=rule_set.pk).values(
        lots_asked=ArraySubquery(Lot.objects.filter(rule_set=OuterRef("pk")).order_by("number").values(row=lot)),
        match_asked=Exists(MatchRule.objects.filter(rule_set=OuterRef("pk"))),
        sets_asked=ArraySubquery(sets.values(row=asked)),
        schools_known=Exists(SchoolTopic.objects.all()),
    )[0]
    by_whom = defaultdict(list)
    for each in found["sets_asked"]:
        by_whom[each.pop("asked_of")].append(AskedSet(**{**each, "questions": tuple(each["questions"])}))
    return Asks(
        lots=found["lots_asked"],
        match=found["match_asked"],
        profile_months=rule_set.profile_months,
        of_case=by_whom[AskedOf.CASE],
        of_project=by_whom[AskedOf.PROJECT],
        schools=CasePart.SCHOOLS in rule_set.required_parts,
        schools_known=found["schools_known"],
    )


def invitations_of(round):
    """The invitations of a round by name, with the organisation and the award that goes on."""
    rows = RoundInvitation.objects.filter(round=round).select_related("organisation", "continues", "by")
    return list(rows.order_by("organisation__name"))


def invitation_for(round, organisation):
    return RoundInvitation.objects.filter(round=round, organisation=organisation).select_related("continues").first()


def owed_about(case):
    """What the obligation to send this case in is about: its allocation, its invitation, or the bid itself."""
    return case.allocation or invitation_for(case.round, case.organisation) or case


def owers(round):
    """Everything in the round that a main business case may be owed about."""
    drafts = BusinessCase.objects.filter(round=round, window=Window.MAIN, allocation=None)
    drafts = drafts.filter(status=CaseStatus.DRAFT).select_related("organisation")
    invited = RoundInvitation.objects.filter(round=round).select_related("organisation")
    return [*round.allocations.select_related("organisation"), *invited, *drafts]


def owers_without_a_case(round):
    """The same, but for organisations that have sent a main case in; a draft of somebody invited counts once."""
    sent = set(
        BusinessCase.objects.filter(round=round, window=Window.MAIN)
        .exclude(status__in=NOT_IN_PLAY)
        .values_list("organisation", flat=True)
    )
    found: dict[int, Any] = {}
    for subject in owers(round):
        found.setdefault(subject.organisation_id, subject)
    return [subject for organisation, subject in found.items() if organisation not in sent]


def may_write_for(round, organisations):
    """Those of some organisations that a round is for: allocated, invited, or anybody where it is open to all."""
    if by_bids(round) and not round.rule_set.invited_only:
        return organisations.order_by("name")
    which = "invitations" if by_bids(round) else "allocations"
    called = getattr(round, which).values("organisation")
    return organisations.filter(pk__in=called).order_by("name")


def same_bodies(organisation):
    """The ids of an organisation and of those it followed: mergers and renamings keep their awards (V1)."""
    ids, new = {organisation.pk}, [organisation.pk]
    while new:
        rows = OrganisationSuccession.objects.filter(successor__in=new).exclude(predecessor__in=ids)
        new = list(rows.values_list("predecessor", flat=True))
        ids |= set(new)
    return ids


def award_held(round, organisation):
    """The newest award of the stream that the organisation has, or had within the year before the round begins.

    An award recorded without its days counts where it is of the stream that this one follows, or of itself.
    """
    streams = {round.stream_id, round.stream.follows_id} - {None}
    held = Q(ends_on__gte=round.starts_on - YEAR) | Q(ends_on__isnull=True)
    rows = Award.objects.filter(held, recipient__in=same_bodies(organisation), stream__in=streams, status__in=HELD)
    return rows.exclude(round=round).order_by(F("ends_on").desc(nulls_last=True), "-pk").first()


def recipients_near(round):
    """Organisations in service that had awards of the stream, or of the one it follows; or that followed such."""
    streams = {round.stream_id, round.stream.follows_id} - {None}
    had = Award.objects.filter(stream__in=streams, status__in=HELD).exclude(round=round).values("recipient")
    which = Q(pk__in=had) | Q(predecessions__predecessor__in=had)
    return Organisation.objects.filter(which, closed_on=None).distinct().order_by("name")


@dataclass(frozen=True)
class Pot:
    """Money that approvals share: the round or one lot of it, in pounds. `budget` null is not known."""

    name: str
    budget: Decimal | None
    limit: Decimal | None
    approved: Decimal
    asked: Decimal

    @property
    def left(self):
        return None if self.limit is None else max(self.limit - self.approved, ZERO)

    @property
    def over(self):
        """What is approved beyond the budget itself, within the tolerance."""
        return ZERO if self.budget is None else max(self.approved - self.budget, ZERO)


def with_tolerance(budget, rule_set):
    """The most that approvals may come to: the budget and the over-commitment the rules allow (X2)."""
    if budget is None:
        return None
    return (budget * (100 + rule_set.over_commitment_percent) / 100).quantize(Decimal("0.01"), "ROUND_DOWN")


def pot_of(round):
    """The money of a round by bids, with what is approved from it and asked for."""
    return _pot(round, "the round", round.budget, with_tolerance(round.budget, round.rule_set))


def pot_of_lot(round, lot):
    """The money of one lot, under the same tolerance."""
    return _pot(round, str(lot), lot.budget, with_tolerance(lot.budget, round.rule_set), lot)


def _pot(round, name, budget, limit, lot=None):
    approved = approved_bids(round)
    if lot is not None:
        approved = approved.filter(lot=lot)
    which = Q() if lot is None else Q(project__lot=lot)
    asked = BudgetLine.objects.filter(
        which,
        project__case__round=round,
        project__status__in=[ProjectStatus.PROPOSED, ProjectStatus.DEFERRED],
    ).exclude(project__case__status__in=NOT_IN_PLAY)
    return Pot(name, budget, limit, total(approved, "decision__amount"), total(asked))


def approved_bids(round):
    """Projects of the round that are approved and hold its money: those a second body has still to agree to as well."""
    rows = Project.objects.filter(case__round=round, status=ProjectStatus.APPROVED)
    rows = rows.exclude(award_line__award__status__in=FALLEN)
    return rows.exclude(pk__in=not_agreed())


def pots_of(round):
    """The round's own pot, then each lot's; two queries a pot."""
    return [pot_of(round), *(pot_of_lot(round, lot) for lot in Lot.objects.filter(rule_set=round.rule_set_id))]


def exceptions_of(case):
    """{limit kind: pounds above it allowed to this case}."""
    rows = LimitException.objects.filter(case=case).order_by().values_list("on").annotate(allowed=Sum("amount"))
    return dict(rows)


def exceptions_given(case):
    """The exceptions of a case, newest first, for its page."""
    return list(LimitException.objects.filter(case=case).select_related("by").order_by("-at", "-pk"))


@dataclass(frozen=True)
class Elsewhere:
    """What the same applicant asks for or has beside one case, in pounds: in the round, and by year of the stream."""

    in_round: Decimal = ZERO
    by_year: dict[date, Decimal] = field(default_factory=dict)


def elsewhere(case):
    """Other cases of the applicant in the round, and all it has or asks for in the stream by year."""
    others = BudgetLine.objects.filter(
        project__case__organisation=case.organisation_id,
        project__status__in=[ProjectStatus.PROPOSED, ProjectStatus.DEFERRED],
    ).exclude(project__case__status__in=NOT_IN_PLAY)
    others = others.exclude(project__case=case.pk)
    lines = AwardLine.objects.filter(award__recipient=case.organisation_id, award__is_recorded=False)
    lines = lines.exclude(award__status__in=[*FALLEN, AwardStatus.TERMINATED])
    in_round = total(others.filter(project__case__round=case.round_id)) + total(
        lines.filter(award__round=case.round_id)
    )
    anchor = case.round.stream.plan.starts_on
    years: dict[date, Decimal] = defaultdict(Decimal)
    for amount, starts_on, ends_on in [*_asked(others, case), *_awarded(lines, case)]:
        for year, part in periods.by_year(amount, starts_on, ends_on, anchor=anchor).items():
            years[year] += part
    return Elsewhere(in_round, dict(years))


def _asked(rows, case) -> list[Any]:
    rows = rows.filter(project__case__round__stream=case.round.stream_id).order_by()
    found = rows.values_list(
        "project__starts_on", "project__ends_on", "project__case__round__starts_on", "project__case__round__ends_on"
    ).annotate(whole=Sum("amount"))
    return [(whole, first or start, last or end) for first, last, start, end, whole in found]


def _awarded(rows, case) -> list[Any]:
    rows = rows.filter(award__stream=case.round.stream_id)
    found = rows.values_list("amount", "starts_on", "ends_on", "award__starts_on", "award__ends_on")
    return [(amount, first or start, last or end) for amount, first, last, start, end in found]
