"""The whole plan, section by section, as it stands or as it stood at the end of a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from accounts import access
from grants.models import Allocation, Award, AwardLine, DeliverySchedule, DeliverySession, Round, SustainabilityPlan
from plans import queries as plan_queries
from plans.enums import SectionKind, StreamStanding
from plans.models import (
    CommitmentLine,
    FundingSource,
    LearningArea,
    MovableEvent,
    Opportunity,
    Plan,
    PlanSection,
    Priority,
    RuleSet,
    SensitivePeriod,
    Stream,
)
from plans.queries import living
from records.calendar import end_of_day
from records.queries import Then
from records.words import day_in_words, pounds
from services.models import (
    AdditionalService,
    Contract,
    ContractValue,
    ContractVariation,
    ExtensionOption,
)

from . import contracts, grants, rows, rules
from .pieces import Section, total_in_words

READ_BACK = (
    AdditionalService,
    Allocation,
    Award,
    AwardLine,
    CommitmentLine,
    Contract,
    ContractValue,
    ContractVariation,
    DeliverySchedule,
    DeliverySession,
    ExtensionOption,
    FundingSource,
    LearningArea,
    MovableEvent,
    Opportunity,
    Plan,
    PlanSection,
    Priority,
    Round,
    RuleSet,
    SensitivePeriod,
    Stream,
    SustainabilityPlan,
)


@dataclass(frozen=True)
class PlanDocument:
    """The plan on one day; `day` is None for the plan as it stands now."""

    plan: Plan
    day: date | None
    sections: list
    changes: list
    events: list
    periods: list
    record_from: date | None
    public: bool

    @property
    def is_written_down(self):
        """Whether the sections are rows of their own, so that words can be put to them."""
        return any(section.outline.section for section in self.sections)


def service_streams():
    """The ids of streams that have contracts."""
    has = Contract.objects.filter(stream=OuterRef("pk"))
    return set(Stream.objects.filter(Exists(has)).values_list("pk", flat=True))


def lineage_of(plan, streams):
    """The id of each stream of the plan, and of those of earlier years that it follows, with the stream it leads to."""
    follows = dict(Stream.objects.filter(plan__starts_on__lte=plan.starts_on).values_list("pk", "follows_id"))
    found = {}
    for stream in streams:
        pk = stream.pk
        while pk and pk not in found:
            found[pk] = stream.pk
            pk = follows.get(pk)
    return found


def then_on(day):
    """The rows of the plan as they were at the end of a day; None is now."""
    return Then(end_of_day(day) if day else None, *READ_BACK)


def document(plan, *, user=None, day=None):
    """The plan as this person may read it (nobody: as the public may), as it stood at the end of the day."""
    return _Reader(plan, then_on(day), public=user is None or not access.is_office(user), day=day).document()


class _Reader:
    """Reads everything once, then puts each section together without asking again."""

    def __init__(self, plan, then, *, public, day):
        self.plan, self.then, self.public, self.day = plan, then, public, day
        self.year = plan_queries.year_label(plan)
        streams = Stream.objects.filter(plan=plan).prefetch_related("sources", "priorities")
        streams = streams.order_by("order", "number")
        self.streams = then.rows(streams, since=lambda row: plan.starts_on)
        self.lineage = lineage_of(plan, self.streams)
        self.funded = grants.Funded(plan, self.year, then, self.lineage, public=public)
        self.allocations = grants.allocations_of(self.funded)
        self.schedules = grants.schedules_of(self.funded)
        self.sustained = grants.sustainability_of(self.funded)
        self.contracts = contracts.contracts_of(plan, then, self.lineage, public=public)
        self.commitments = rows.commitments_of(plan, self.year, then)
        self.sources = rows.sources_of(plan, then, public=public)
        self.opportunities = rows.opportunities_of(plan, then, public=public)
        self.used = {pk for stream in self.streams for pk in self.rule_sets_of(stream)}
        self.rules = rules.rules_of(plan, then, self.used, public=public)

    def rule_sets_of(self, stream):
        lines = self.commitments.get(stream.pk, [])
        agreed = self.contracts.get(stream.pk, [])
        others = [row.rule_set_id for row in [*lines, *agreed] if row.rule_set_id]
        return dict.fromkeys([*self.funded.rule_sets_of(stream), *others])

    def document(self):
        told = bool(self.opportunities) and not any(row.stream_id for row in self.opportunities)
        self.then.put_back(self.plan)
        outlines = living.outline(
            self.plan, self.streams, self.then, service_streams=set(self.contracts), with_opportunities=told
        )
        has_own = any(row.kind == SectionKind.OPPORTUNITIES for row in outlines)
        return PlanDocument(
            plan=self.plan,
            day=self.day,
            sections=[*(self.section(row, has_own) for row in outlines), *self.other_rules()],
            changes=self.shown(living.changes_of(self.plan, self.day)),
            events=self.shown(self.then.rows(plan_queries.movable_events(), since=lambda row: self.plan.starts_on)),
            periods=self.shown(self.then.rows(plan_queries.sensitive_periods(), since=lambda row: self.plan.starts_on)),
            record_from=living.record_runs_from(self.plan),
            public=self.public,
        )

    def shown(self, rows):
        """Example data is for the office's eyes alone."""
        return [row for row in rows if not (self.public and row.is_example)]

    def section(self, outline, has_own):
        """One section with what its kind shows beside its words."""
        section = Section(outline)
        kind, then = outline.kind, self.then
        if kind == SectionKind.LEARNING:
            section.tables += rows.learning_tables(self.plan, then)
        elif kind == SectionKind.PRIORITIES:
            section.tables += rows.priority_tables(self.plan, then)
        elif kind == SectionKind.BUDGET:
            section.tables += rows.budget_tables(self.sources, then)
        elif kind == SectionKind.OPPORTUNITIES:
            section.tables += rows.opportunity_tables(self.opportunities, public=self.public)
        if outline.stream:
            self.tell_stream(section, outline.stream, has_own)
        return section

    def other_rules(self):
        """Rules of the plan that nothing is offered under yet, in a section of their own."""
        rest = [row for key, row in self.rules.items() if key not in self.used]
        if rest:
            outline = living.Outline("other-rules", "", "Rules not used yet", SectionKind.PROSE)
            yield Section(outline, rules=rest)

    def tell_stream(self, section, stream, has_own):
        """Standing, money, rules, rounds, awards, commitments, contracts and what hangs on them."""
        then, public = self.then, self.public
        section.link = stream.get_absolute_url()
        section.facts += self.stream_facts(stream, section.outline)
        section.rules += [self.rules[pk] for pk in self.rule_sets_of(stream) if pk in self.rules]
        section.tables += grants.round_tables(self.funded, stream)
        section.tables += grants.allocation_tables(self.funded, self.allocations, stream)
        section.tables += self.funded.award_table(stream)
        section.tables += rows.commitment_tables(self.commitments.get(stream.pk, []), stream, then)
        if lines := self.sustained.get(stream.pk):
            section.tables.append(grants.sustainability_table(lines, stream, public=public))
        for contract in self.contracts.get(stream.pk, []):
            section.facts.append(("Service", contract.name))
            section.facts += contracts.facts_of(contract, then)
            section.tables += contracts.value_tables(contract, self.plan, then)
        mine = [row for row in self.opportunities if row.stream_id == stream.pk and not has_own]
        section.tables += rows.opportunity_tables(mine, public=public)

    def stream_facts(self, stream, outline):
        """What the plan says of a stream, as (label, words); what it is for only where the section has no words."""
        if stream.standing == StreamStanding.DISCONTINUED:
            told = f" Recipients were informed on {day_in_words(stream.informed_on)}." if stream.informed_on else ""
            yield "Standing", f"Discontinued: no round opens.{told}"
        if stream.description and not outline.words:
            yield "What it is for", stream.description
        if stream.legal_power:
            yield "Legal power", stream.legal_power
        if names := [row.name for row in stream.sources.all() if self.is_shown(row)]:
            yield "Paid from", ", ".join(names)
        if names := [row.name for row in stream.priorities.all()]:
            yield "Priorities served", ", ".join(names)
        if stream.budget is not None:
            yield "Budget", pounds(stream.budget)
        if found := total_in_words(row.amount for row in self.money_of(stream)):
            yield "Awarded and promised", found
        for schedule in self.schedules.get(stream.pk, []):
            yield "Delivery", grants.schedule_words(schedule, self.then)

    def money_of(self, stream):
        """The rows that a stream's sum is made of: awards and other commitments."""
        yield from self.funded.award_rows(stream)
        for table in rows.commitment_tables(self.commitments.get(stream.pk, []), stream, self.then):
            yield from table.rows

    def is_shown(self, source):
        return self.then.had_begun(source) and not (self.public and source.is_example)
