"""A plan carried into its next year: the plan itself, priorities, sources, streams, rules, sections, learning (X1).

Every new row names the row it follows, and says so in its history. Sums are never copied into a new year as facts:
they stay unknown until somebody enters them, unless the office asks for the same.
"""

from django.db import transaction
from django.utils.text import slugify

from records.actions import log
from records.refusals import refuse_if

from ..models import (
    CommitmentLine,
    FundingSource,
    InstalmentRule,
    LearningArea,
    Plan,
    PlanSection,
    Priority,
    ReportingRule,
    RuleSet,
    SectionText,
    Stream,
)
from ..queries import living
from ..queries import roll_over as queries
from ..queries.plan import year_label
from ..rules import roll_over as rules
from .rule_sets import make_version
from .templates import free_key

SAME_SUMS = "SAME_SUMS"
COMMITMENTS = "COMMITMENTS"
LEARNING = "LEARNING"
SECTIONS = "SECTIONS"
SOURCES = "SOURCES"


@transaction.atomic
def roll_over_plan(*, plan, title, starts_on, ends_on, keep, by, at):
    """Start the next year of a plan; `keep` names what goes along. Returns what was carried, row by row."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    refuse_if(rules.why_not_roll_over(plan, user=by, starts_on=starts_on, ends_on=ends_on, title=title), plan)
    months = queries.months_between(plan, starts_on)
    carried = queries.Carried(start_plan(plan, title=title, starts_on=starts_on, ends_on=ends_on, by=by, at=at))
    copy = _Copier(plan, carried, months, by=by, at=at)
    copy.priorities()
    copy.sources(SOURCES in keep, same=SAME_SUMS in keep)
    copy.streams(same=SAME_SUMS in keep)
    copy.rule_sets()
    if LEARNING in keep:
        copy.learning()
    if SECTIONS in keep:
        copy.sections()
    if COMMITMENTS in keep:
        copy.commitments(same=SAME_SUMS in keep)
    counts = {name: ["", len(getattr(carried, name))] for name in ("priorities", "sources", "streams", "rule_sets")}
    words = f"Carried over from {plan.title}"
    log(carried.plan, "carried_over", by=by, at=at, summary=words[:500], changes=counts)
    log(plan, "rolled_over", by=by, at=at, summary=f"The next year was started: {carried.plan.title}"[:500])
    return carried


def start_plan(plan, *, title, starts_on, ends_on, by, at):
    made = Plan.objects.create(
        key=free_key(slugify(title), Plan.objects.values_list("key", flat=True)),
        body=plan.body,
        title=title.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        purpose=queries.relabelled(plan.purpose, queries.months_between(plan, starts_on)),
        follows=plan,
        is_example=plan.is_example,
    )
    log(made, "started", by=by, at=at, summary=f"Plan started after {plan.title}: {made.title}"[:500])
    return made


class _Copier:
    """Copies the rows of one plan into the next, each with where it came from."""

    def __init__(self, plan, carried, months, *, by, at):
        self.plan, self.carried, self.months = plan, carried, months
        self.by, self.at = by, at
        self.provenance = f"Carried over from {plan.title}"

    def key(self, model, key):
        """A key for the row that follows, with the year it names moved."""
        return free_key(queries.relabelled(key, self.months), model.objects.values_list("key", flat=True))

    def words(self, words):
        return queries.relabelled(words, self.months)

    def told(self, row, was):
        words = f"Carried over from {self.plan.title}: {was}"
        log(row, "carried_over", by=self.by, at=self.at, summary=words[:500])
        return row

    def priorities(self):
        for row in queries.priorities_of(self.plan):
            its_year = row.ends_on == self.plan.ends_on
            made = Priority.objects.create(
                key=self.key(Priority, row.key),
                plan=self.carried.plan,
                order=row.order,
                name=row.name,
                starts_on=self.carried.plan.starts_on if its_year else row.starts_on,
                ends_on=self.carried.plan.ends_on if its_year else row.ends_on,
                is_violence_reduction=row.is_violence_reduction,
                source=self.provenance,
            )
            self.carried.priorities[row.pk] = self.told(made, row)

    def sources(self, wanted, *, same):
        """A source that ends with the plan has one after it, its sum unknown; a lasting one goes on itself."""
        self.carried.sources |= {row.pk: row for row in queries.lasting_sources(self.plan)}
        for row in queries.ending_sources(self.plan) if wanted else ():
            made = FundingSource.objects.create(
                key=self.key(FundingSource, row.key),
                plan=self.carried.plan,
                name=self.words(row.name),
                funder=row.funder,
                purpose=row.purpose,
                carry_over_allowed=row.carry_over_allowed,
                carry_over_percent=row.carry_over_percent,
                carry_over_needs_consent=row.carry_over_needs_consent,
                over_commitment_percent=row.over_commitment_percent,
                follows=row,
                amount=row.amount if same else None,
                basis=row.basis if same else "",
                starts_on=queries.moved(row.starts_on, self.months),
                ends_on=queries.moved_end(row.ends_on, self.months),
                is_example=row.is_example,
                source=f"{self.provenance}: the same sum, to be confirmed" if same and row.amount else "",
            )
            self.carried.sources[row.pk] = self.told(made, row)

    def streams(self, *, same):
        for row in queries.current_streams(self.plan):
            made = Stream.objects.create(
                key=self.key(Stream, row.key),
                plan=self.carried.plan,
                parent=self.carried.streams.get(row.parent_id),
                follows=row,
                number=row.number,
                order=row.order,
                code=row.code,
                name=self.words(row.name),
                purpose=row.purpose,
                description=row.description,
                legal_power=row.legal_power,
                budget=row.budget if same else None,
                source=self.provenance,
            )
            made.sources.set(self.following(self.carried.sources, row.sources.all()))
            made.priorities.set(self.following(self.carried.priorities, row.priorities.all()))
            self.carried.streams[row.pk] = self.told(made, row)

    @staticmethod
    def following(carried, rows):
        return [carried[row.pk] for row in rows if row.pk in carried]

    def rule_sets(self):
        """Each rule set gets a version that can be changed, with its own days a year on and terms after a review."""
        for row in queries.rule_sets_to_carry(self.plan):
            made = make_version(
                rule_set=row, by=self.by, at=self.at, plan=self.carried.plan, reason=f"{self.provenance}."
            )
            terms = queries.terms_after_review(row) or row.terms
            RuleSet.objects.filter(pk=made.pk).update(name=self.words(row.name), terms=terms)
            self._move_days(made)
            made.refresh_from_db()
            self.carried.rule_sets[row.pk] = made
        for pk, last in queries.rule_sets_followed(self.plan).items():
            self.carried.rule_sets[pk] = self.carried.rule_sets.get(last.pk, last)

    def _move_days(self, rule_set):
        """Instalments and returns on set days fall in the new year; those that wait for an event stay with it."""
        for row in InstalmentRule.objects.filter(rule_set=rule_set, due_on__isnull=False):
            row.due_on = queries.moved_to_work(row.due_on, self.months)
            row.save(update_fields=["due_on"])
        for rule in ReportingRule.objects.filter(rule_set=rule_set).exclude(days=[]):
            rule.days = [queries.moved_end(day, self.months) for day in rule.days]
            rule.save(update_fields=["days"])

    def learning(self):
        for order, row in enumerate(queries.undone_learning(self.plan), start=1):
            made = LearningArea.objects.create(
                plan=self.carried.plan,
                order=order,
                area=row.area,
                evidence=row.evidence,
                change=row.change,
                owner=row.owner,
            )
            self.told(made, row)

    def sections(self):
        """The sections that are written down, each with its newest words; those of streams that ended stay behind."""
        for row in PlanSection.objects.filter(plan=self.plan).order_by("order", "pk"):
            stream = self.carried.streams.get(row.stream_id)
            if row.stream_id and stream is None:
                continue
            made = PlanSection.objects.create(
                plan=self.carried.plan,
                key=row.key,
                order=row.order,
                number=row.number,
                title=self.words(row.title),
                kind=row.kind,
                stream=stream,
            )
            if text := living.newest_text(row):
                SectionText.objects.create(
                    section=made, words=text.words, reason=f"{self.provenance}.", at=self.at, by=self.by
                )
            self.told(made, row)

    def commitments(self, *, same):
        label = year_label(self.carried.plan)
        for row in queries.lines_to_carry(self.plan, year_label(self.plan)):
            if stream := self.carried.streams.get(row.stream_id):
                made = CommitmentLine.objects.create(
                    key=self.key(CommitmentLine, row.key),
                    stream=stream,
                    funding_source=self.carried.sources.get(row.funding_source_id),
                    title=self.words(row.title),
                    recipient=row.recipient,
                    purpose=row.purpose,
                    reason=row.reason,
                    rule_set=self.carried.rule_sets.get(row.rule_set_id),
                    case_by_case=row.case_by_case,
                    year=label,
                    amount=row.amount if same else None,
                    basis=row.basis if same else "",
                    note=row.note,
                    source=self.provenance,
                )
                self.told(made, row)
