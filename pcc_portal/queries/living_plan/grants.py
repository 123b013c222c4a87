"""Rounds, allocations and awards of the plan's streams, as they were."""

from grants.enums import AwardStatus, MovementKind, RoundStatus, SessionStatus
from grants.models import Allocation, Award, DeliverySchedule, Round, SustainabilityPlan
from records.words import day_in_words

from ..money import NO_LONGER
from .pieces import Cell, Row, Table, falls_in, money_cell, money_table, period_in_words

TAKEN = {MovementKind.CUT, MovementKind.RETAINED}
BACKWARDS = {AwardStatus.MADE: "Decided, not yet offered", AwardStatus.RECORDED: "Recorded"}


class Funded:
    """What is funded under the plan, read once for all its streams; `public` leaves out what is not published."""

    def __init__(self, plan, year, then, lineage, *, public):
        self.plan, self.year, self.then, self.public = plan, year, then, public
        self.lineage = lineage
        self.rounds = self._rounds()
        self.awards = self._awards()

    def _began(self, row):
        """The day a fact counts from that was written down later: its own, else the start of the plan."""
        day = getattr(row, "starts_on", None)
        return day if day and day >= self.plan.starts_on else self.plan.starts_on

    def _rounds(self):
        rows = Round.objects.filter(stream__plan=self.plan, starts_on__lte=self.plan.ends_on)
        rows = rows.filter(ends_on__gte=self.plan.starts_on).select_related("rule_set")
        found = self.then.rows(rows.order_by("starts_on", "pk"), since=lambda row: self.plan.starts_on)
        return [row for row in found if row.status != RoundStatus.DRAFT and (row.is_recorded or not self.public)]

    def _awards(self):
        rows = Award.objects.filter(stream__in=self.lineage).select_related("recipient", "rule_set")
        rows = rows.prefetch_related("joint_recipients", "lines__decision", "sources__funding_source")
        found = self.then.rows(rows.order_by("recipient__name", "pk"), since=self._began)
        return [row for row in found if self._is_shown(row)]

    def _is_shown(self, award):
        if award.status in NO_LONGER or (not award.is_recorded and not self.lines_of(award)):
            return False
        return falls_in(
            self.year, label=award.period_label, starts_on=award.starts_on, ends_on=award.ends_on, plan=self.plan
        )

    def lines_of(self, award):
        """The lines the award had, as they were; in public those whose decision was published."""
        moment = self.then.moment
        rows = [line for line in award.lines.all() if moment is None or line.added_at <= moment]
        if self.public:
            rows = [line for line in rows if self._published(line.decision)]
        return [self.then.put_back(line) for line in rows]

    def _published(self, decision):
        moment = self.then.moment
        return bool(decision.published_at) and (moment is None or decision.published_at <= moment)

    def worth(self, award):
        """What the award was worth in pounds; None where that is not published."""
        if award.is_recorded:
            return award.recorded_amount
        return sum((line.amount for line in self.lines_of(award)), start=0)

    def rule_sets_of(self, stream):
        """The ids of the rule sets that money of this stream was offered under."""
        rows = [*self.rounds, *self.awards]
        return [row.rule_set_id for row in rows if self.is_of(row, stream) and row.rule_set_id]

    def is_of(self, row, stream):
        """Whether the row belongs to the stream, or to one that it follows."""
        return self.lineage.get(row.stream_id) == stream.pk

    def award_rows(self, stream):
        for award in self.awards:
            if self.is_of(award, stream):
                yield self.award_row(award)

    def award_row(self, award):
        worth = self.worth(award)
        who = [award.recipient.name, *(other.name for other in award.joint_recipients.all())]
        sources = [row.funding_source.name for row in award.sources.all()]
        paid_from = f"Paid from {' and '.join(sources)}." if sources else ""
        return Row(
            [
                Cell(
                    award.title,
                    link="" if self.public else award.get_absolute_url(),
                    note=" ".join(filter(None, [award.note, paid_from])),
                    is_example=award.recipient.is_example,
                ),
                Cell(" and ".join(who)),
                Cell(period_in_words(award.starts_on, award.ends_on, award.period_label)),
                Cell(BACKWARDS.get(award.status, AwardStatus(award.status).label)),
                money_cell(worth),
            ],
            worth,
        )

    def award_table(self, stream):
        rows = list(self.award_rows(stream))
        columns = ["Award", "Recipient", "Period", "Standing", "Amount"]
        return [money_table(f"Awards of {stream.name}", columns, rows)] if rows else []


def round_tables(funded, stream):
    """The rounds of a stream, and what each set aside for whom."""
    rounds = [row for row in funded.rounds if row.stream_id == stream.pk]
    rows = [Row([round_cell(row, funded.public), *round_days(row)]) for row in rounds]
    if rows:
        yield Table(f"Funding rounds of {stream.name}", ["Round", "Open from", "Deadline", "Pays for"], rows)


def round_cell(row, public):
    status = "" if row.is_recorded else RoundStatus(row.status).label
    return Cell(row.name, link="" if public else row.get_absolute_url(), note=status, is_example=row.is_example)


def round_days(row):
    opens = day_in_words(row.opens_on) if row.opens_on else "Not published"
    deadline = day_in_words(row.deadline_on) if row.deadline_on else "Not published"
    return [Cell(opens), Cell(deadline), Cell(period_in_words(row.starts_on, row.ends_on))]


def allocations_of(funded):
    """The allocations of the rounds shown by round, each with the sum it had; once a round is open none comes."""
    ids = [row.pk for row in funded.rounds]
    rows = Allocation.objects.filter(round__in=ids).select_related("organisation").prefetch_related("movements")
    found: dict[int, list] = {}
    for row in rows.order_by("organisation__name"):
        found.setdefault(row.round_id, []).append((row, sum_then(funded.then.put_back(row), funded.then.moment)))
    return found


def sum_then(allocation, moment):
    """What the allocation was: what it is now, with what was taken from it since put back."""
    if moment is None or allocation.amount is None:
        return allocation.amount
    moves = [row for row in allocation.movements.all() if row.at > moment and row.kind in TAKEN]
    return allocation.amount + sum(row.amount for row in moves)


def allocation_tables(funded, allocations, stream):
    for row in funded.rounds:
        known = allocations.get(row.pk, [])
        if row.stream_id == stream.pk and known:
            lines = [
                Row([Cell(one.organisation.name, note=one.provenance), money_cell(amount)], amount)
                for one, amount in known
            ]
            yield money_table(f"Allocations: {row.name}", ["Organisation", "Amount"], lines)


def schedules_of(funded):
    """What awards promise to deliver by number, with what was delivered by then, by stream."""
    rows = DeliverySchedule.objects.filter(award__in=[row.pk for row in funded.awards])
    rows = rows.select_related("award").prefetch_related("blocks", "sessions").order_by("pk")
    found: dict[int, list] = {}
    for row in funded.then.rows(rows, since=lambda row: funded.plan.starts_on):
        found.setdefault(funded.lineage[row.award.stream_id], []).append(row)
    return found


def schedule_words(schedule, then):
    """ "25 days promised in 3 blocks: Autumn; Spring; Summer. 4 delivered, 2 more planned." """
    unit = schedule.unit if schedule.promised == 1 else f"{schedule.unit}s"
    was = then.before(schedule, "blocks", None)
    blocks = [block_words(block) for block in schedule.blocks.all()] if was is None else list(blocks_told(was))
    count = f" in {len(blocks)} block{'' if len(blocks) == 1 else 's'}: {'; '.join(blocks)}" if blocks else ""
    sessions = then.rows(schedule.sessions.all())
    delivered = sum(1 for row in sessions if row.status == SessionStatus.DELIVERED)
    planned = sum(1 for row in sessions if row.status == SessionStatus.PLANNED)
    guidance = f" {schedule.guidance}" if schedule.guidance else ""
    return f"{schedule.promised} {unit} promised{count}. {delivered} delivered, {planned} more planned.{guidance}"


def block_words(block):
    if not block.starts_on:
        return block.name
    return f"{block.name} ({day_in_words(block.starts_on)} to {day_in_words(block.ends_on)})"


def blocks_told(words):
    """Blocks from the words of the log: "Autumn, 2 November 2020 to 18 December 2020, 9"."""
    for told in filter(None, words.split("; ")):
        name, days, _promised = told.rsplit(", ", 2)
        yield name if days.startswith("no date") else f"{name} ({days})"


def sustainability_of(funded):
    """Plans for what follows the funding, by stream; recipients of earlier years are among them (M1)."""
    rows = SustainabilityPlan.objects.filter(award__stream__plan=funded.plan).select_related("award__recipient")
    if funded.public:
        rows = rows.filter(award__recipient__is_example=False)
    found: dict[int, list] = {}
    for row in funded.then.rows(rows.order_by("award__recipient__name", "pk"), since=lambda row: row.told_on):
        found.setdefault(row.award.stream_id, []).append(row)
    return found


def sustainability_table(rows, stream, *, public):
    lines = [
        Row(
            [
                Cell(
                    row.award.recipient.name,
                    link="" if public else row.get_absolute_url(),
                    is_example=row.award.recipient.is_example,
                ),
                Cell(row.award.title),
                Cell(day_in_words(row.told_on) if row.told_on else "Not published"),
                Cell(row.get_outcome_display() or row.get_status_display()),
            ]
        )
        for row in rows
    ]
    columns = ["Recipient", "Project", "Informed on", "What follows"]
    return Table(f"What follows the funding: {stream.name}", columns, lines)
