"""What rolling the year over will make, what needs a person, and what changed once it is done (X1)."""

from dataclasses import dataclass

from accounts.models import OrganisationSuccession
from grants.models import Allocation, Award, Round
from grants.queries import roll_over as of_rounds
from plans.enums import MoneySetBy, OpportunityStatus
from plans.models import FundingSource, MovableEvent, Opportunity, RuleSet, Stream
from plans.queries import roll_over as of_plans
from plans.queries.plan import year_label
from records.words import day_in_words, listed, pounds
from services.models import Contract

OPEN_OPPORTUNITIES = (OpportunityStatus.HORIZON, OpportunityStatus.BIDDING, OpportunityStatus.SUBMITTED)


@dataclass(frozen=True)
class Need:
    """Something a person has to see to, with where."""

    words: str
    link: str = ""


@dataclass(frozen=True)
class Made:
    """One kind of row that will be made: how many, and what they are called."""

    what: str
    names: list

    @property
    def count(self):
        return len(self.names)


@dataclass(frozen=True)
class Side:
    """One row of the year before beside the row that follows it; either may be missing."""

    what: str
    before: str
    after: str
    link: str = ""


def will_be_made(plan, *, keep, rounds):
    """What the action will make, kind by kind."""
    streams = of_plans.current_streams(plan)
    yield Made("Streams", [str(row) for row in sorted(streams, key=lambda row: row.order)])
    yield Made("Priorities", [row.name for row in of_plans.priorities_of(plan)])
    yield Made("Rule sets, each as a new version", [row.name for row in of_plans.rule_sets_to_carry(plan)])
    yield Made("Rounds, in draft", [choice.round.name for choice in rounds])
    if "SOURCES" in keep:
        yield Made("Sources of funds", [row.name for row in of_plans.ending_sources(plan)])
    if "SECTIONS" in keep:
        yield Made("Sections of the plan with their words", [str(row) for row in plan.sections.order_by("order")])
    if "LEARNING" in keep:
        yield Made("Learning that is still to do", [row.area for row in of_plans.undone_learning(plan)])
    if "COMMITMENTS" in keep:
        lines = of_plans.lines_to_carry(plan, year_label(plan))
        yield Made("Other commitments", [row.title for row in lines])


def needs_before(plan, *, keep, rounds):
    """What a person should know before the year is rolled over."""
    yield from _needs_of_streams(plan)
    yield from _needs_of_money(plan, keep, rounds)
    yield from _needs_of_rules(plan)
    yield from _needs_of_people(plan)
    yield from _needs_that_wait(plan)


def _needs_of_streams(plan):
    for stream in of_plans.ended_streams(plan):
        yield Need(f"{stream} is discontinued, so it does not go along.", stream.get_absolute_url())
    for row in of_plans.delegations_naming_streams(plan):
        yield Need(f"Delegation {row.reference} names {row.stream} of this plan. Record one for the new stream.")


def _needs_of_money(plan, keep, rounds):
    if "SOURCES" in keep and "SAME_SUMS" not in keep:
        for row in of_plans.ending_sources(plan):
            was = f" It was {pounds(row.amount)}." if row.amount is not None else ""
            yield Need(f"{row.name}: its sum for the new year is not known yet.{was}")
    for row in of_plans.won_sources(plan):
        yield Need(f"{row.name} came from a bid, so nothing follows it unless another bid is won.")
    for row in of_plans.lasting_sources(plan):
        yield Need(f"{row.name} runs to {day_in_words(row.ends_on)}, so it goes on as it is.")
    for choice in rounds:
        unknown = Allocation.objects.filter(round=choice.round, amount__isnull=True).count()
        if choice.money == "SAME" and unknown:
            yield Need(f"{choice.round.name}: the sums of {unknown} organisations are not known.")
        if choice.money == "AFRESH" and choice.round.rule_set.money_set_by == MoneySetBy.FORMULA:
            yield Need(f"{choice.round.name}: bring the factors up to date, then work the formula out afresh.")
        if choice.money == "NOTHING":
            yield Need(f"{choice.round.name}: nothing is set aside yet.")


def _needs_of_rules(plan):
    for row in of_plans.rule_sets_to_carry(plan):
        if terms := of_plans.terms_after_review(row):
            yield Need(f"{row.name}: the new version is under {terms}, which carries what the review found.")
        elif row.terms:
            yield Need(f"{row.name}: its terms stay as they are ({row.terms}).", row.get_absolute_url())
        else:
            yield Need(f"{row.name} has no terms and conditions.", row.get_absolute_url())
    for finding in of_plans.findings_without_terms(plan):
        words = f"{finding.review}: finding {finding.number} asks for a condition that stands in no terms yet."
        yield Need(words, finding.review.get_absolute_url())


def _needs_of_people(plan):
    ended = of_rounds.organisations_that_ended(plan)
    followed: dict[int, list] = {}
    rows = OrganisationSuccession.objects.filter(predecessor__in=ended).select_related("successor")
    for row in rows.order_by("successor__name"):
        followed.setdefault(row.predecessor_id, []).append(row.successor.name)
    for organisation in ended:
        names = followed.get(organisation.pk)
        after = f" {listed(names)} follow{'s' if len(names) == 1 else ''} it." if names else ""
        words = f"{organisation.name} is closed, so nothing is copied for it.{after} Enter what is due by hand."
        yield Need(words, organisation.get_absolute_url())


def _needs_that_wait(plan):
    for event in MovableEvent.objects.order_by("expected_on", "pk"):
        yield Need(f"{event.name} stays expected on {day_in_words(event.expected_on)}.")
    for row in Opportunity.objects.filter(plan=plan, status__in=OPEN_OPPORTUNITIES).order_by("closes_on", "pk"):
        yield Need(f"{row.fund}: still open. It stays with this plan.", row.get_absolute_url())
    running = Contract.objects.filter(stream__plan=plan, status="LIVE").count()
    lasting = Award.objects.filter(stream__plan=plan, ends_on__gt=plan.ends_on, is_recorded=False).count()
    if running or lasting:
        yield Need(f"What runs on shows in the new plan by itself. Contracts: {running}. Awards: {lasting}.")


def needs_after(plan):
    """What is still to be done in a plan that was rolled over into."""
    for row in FundingSource.objects.filter(plan=plan, amount__isnull=True).order_by("name"):
        yield Need(f"{row.name}: enter its sum once the funder says.", f"/plan/sources/{row.key}/")
    for rules in RuleSet.objects.filter(plan=plan, terms__isnull=True).order_by("name"):
        yield Need(f"{rules.name} has no terms and conditions.", rules.get_absolute_url())
    rounds = Round.objects.filter(stream__plan=plan, status="DRAFT").select_related("rule_set").order_by("opens_on")
    for draft in rounds:
        yield from _needs_of_round(draft)
    for finding in of_plans.findings_without_terms(plan.follows) if plan.follows else ():
        words = f"{finding.review}: finding {finding.number} asks for a condition that stands in no terms yet."
        yield Need(words, finding.review.get_absolute_url())


def _needs_of_round(row):
    link = row.get_absolute_url()
    unknown = row.allocations.filter(amount__isnull=True).count()
    if unknown:
        yield Need(f"{row.name}: {unknown} sum{'' if unknown == 1 else 's'} to enter.", link)
    if row.rule_set.money_set_by == MoneySetBy.BIDS and row.budget is None:
        yield Need(f"{row.name}: enter the money of the round.", link)
    if row.funding_source_id is None and not row.shares.exists():
        yield Need(f"{row.name}: choose the source of funds.", link)
    yield Need(f"{row.name}: look it through, then open it on {day_in_words(row.opens_on)}.", link)


def between(plan):
    """What changed from the plan before, kind by kind, as (title, rows); rows that stay the same are left out."""
    was = plan.follows
    if was is None:
        return []
    return [
        ("Streams", list(_streams_between(was, plan))),
        ("Sources of funds", list(_sources_between(was, plan))),
        ("Rounds", list(_rounds_between(plan))),
        ("Allocations", list(_allocations_between(plan))),
    ]


def known(amount):
    """A sum of the new year in words; what nobody has entered is not known yet."""
    return "Not known yet" if amount is None else pounds(amount)


def _streams_between(was, plan):
    rows = {row.follows_id: row for row in Stream.objects.filter(plan=plan)}
    for row in Stream.objects.filter(plan=was).order_by("order", "number"):
        after = rows.get(row.pk)
        words = "Does not go on" if after is None else known(after.budget)
        before = pounds(row.budget)
        if after is None or after.budget != row.budget:
            yield Side(str(row), before, words, (after or row).get_absolute_url())


def _sources_between(was, plan):
    rows = {row.follows_id: row for row in FundingSource.objects.filter(plan=plan)}
    for row in FundingSource.objects.filter(plan=was).order_by("name"):
        if after := rows.get(row.pk):
            yield Side(after.name, pounds(row.amount), known(after.amount))
        elif was.starts_on <= row.ends_on <= was.ends_on:
            yield Side(row.name, pounds(row.amount), "Nothing follows it")


def _rounds_between(plan):
    for row in Round.objects.filter(stream__plan=plan).select_related("follows").order_by("opens_on", "pk"):
        yield Side(row.name, days_of(row.follows), days_of(row), row.get_absolute_url())


def days_of(row):
    if row is None:
        return "New"
    opens = day_in_words(row.opens_on) if row.opens_on else "not published"
    return f"Opens {opens}; deadline {day_in_words(row.deadline_on) if row.deadline_on else 'not published'}"


def _allocations_between(plan):
    rows = Allocation.objects.filter(round__stream__plan=plan).select_related("organisation", "copied_from", "round")
    for row in rows.order_by("round__name", "organisation__name"):
        before = pounds(row.copied_from.amount) if row.copied_from else "Nothing"
        after = known(row.amount)
        if row.copied_from is None or row.copied_from.amount != row.amount:
            yield Side(f"{row.organisation.name}, {row.round.name}", before, after, row.round.get_absolute_url())
