"""A round at its stages: projects beside each other, their places, and how far the money reaches (V3, X1, X2)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from plans.enums import StageKind
from plans.models import DecisionStage, Lot

from ..enums import StageOutcome
from . import scoring, staging
from .money import ZERO


def head_of(stages, stage):
    """The stage at which a settlement begins: a moderation right after a scored stage is settled with it."""
    position = [row.pk for row in stages].index(stage.pk)
    before = stages[position - 1] if position else None
    scored = before is not None and before.kind == StageKind.SCORED
    return before if stage.kind == StageKind.MODERATION and scored else stage


def tail_of(stages, head):
    """The moderation right after a scored stage, or None."""
    position = [row.pk for row in stages].index(head.pk)
    after = stages[position + 1] if position + 1 < len(stages) else None
    moderated = after is not None and head.kind == StageKind.SCORED and after.kind == StageKind.MODERATION
    return after if moderated else None


@dataclass
class Entry:
    """One project in a stage: at which stage it ends, its share in per cent, whether all is there to settle it."""

    standing: Any
    stage: DecisionStage
    share: Decimal | None = None
    is_ready: bool = False
    result: Any = None
    verdict: Any = None
    waits_for: str = ""

    @property
    def project(self):
        return self.standing.project

    @property
    def colour(self):
        """The colour of its result, where there is one."""
        return "red" if self.result.outcome == StageOutcome.FAILED else "green"

    @property
    def is_in_play(self):
        """Whether it may still come to this stage or through it."""
        return self.standing.failed is None and self.project.status in staging.IN_PLAY


@dataclass(frozen=True)
class Board:
    """All projects that a stage concerns, judged beside each other; in a round with lots, lot by lot."""

    stage: DecisionStage
    least: Decimal | None
    most: int | None
    entries: list

    @property
    def groups(self):
        """[(lot or None, entries)], the highest place first, then those without one."""
        lots: dict[Any, list[Entry]] = {}
        for entry in self.entries:
            lots.setdefault(entry.project.lot, []).append(entry)
        keys = sorted(lots, key=lambda lot: lot.number if lot else 0)
        return [(lot, sorted(lots[lot], key=_order)) for lot in keys]

    @property
    def waiting(self):
        """Entries that are not settled and can still be."""
        return [entry for entry in self.entries if entry.result is None and entry.is_in_play]


def _order(entry):
    place = entry.verdict.place if entry.verdict else None
    return (place is None, place or 0, entry.project.case.reference, entry.project.number)


def board_of(round, stages, stage, standings=None):
    """The board of a stage of a round."""
    head = head_of(stages, stage)
    tail = tail_of(stages, head)
    standings = staging.standings_of(round, stages) if standings is None else standings
    entries = [entry for standing in standings if (entry := _entry(standing, stages, head, tail))]
    least = tail.pass_percent if tail and tail.pass_percent is not None else head.pass_percent
    most = tail.places if tail and tail.places is not None else head.places
    board = Board(stage, least, most, entries)
    _judge(board)
    return board


def _entry(standing, stages, head, tail):
    """The project at the stage where it ends: the moderation where one concerns it, else the stage itself."""
    steps = [standing.step(stage) for stage in (tail, head) if stage is not None]
    step = next((step for step in steps if step is not None), None)
    if step is None:
        return None
    entry = Entry(standing, step.stage, result=step.result, waits_for=step.waits_for)
    entry.share = step.result.percent if step.result else _share(standing.project, step.stage, stages)
    entry.is_ready = step.state == staging.NOW and _is_ready(standing.project, step.stage, entry.share)
    return entry


def _share(project, stage, stages):
    if stage.kind == StageKind.SCORED and staging.is_complete(project, stage):
        return staging.mean_percent(project, stage)
    if stage.kind == StageKind.MODERATION:
        scored = staging.scored_before(stages, stage)
        return staging.moderated_percent(project, scored) if scored else None
    return None


def _is_ready(project, stage, share):
    if stage.kind == StageKind.GATE:
        return staging.is_complete(project, stage) and not staging.differing(project, stage)
    return share is not None


def _judge(board):
    """Give each entry with a share its place and what the cut-off says of it, among those of its lot."""
    of = "of the votes" if board.stage.kind == StageKind.PUBLIC_VOTE else "of the best possible score"
    for _lot, entries in board.groups:
        shares = {entry.project.pk: entry.share for entry in entries if entry.share is not None}
        verdicts = scoring.verdicts(shares, least=board.least, most=board.most, of=of)
        for entry in entries:
            entry.verdict = verdicts.get(entry.project.pk)


@dataclass(frozen=True)
class Row:
    """One stage of a round with how many projects it has, for lists of stages."""

    stage: DecisionStage
    url: str
    waiting: int
    done: int
    failed: int


def rows_of(round, stages, standings):
    """Each stage with how many projects wait in it, are through it, or go no further."""
    rows = []
    for stage in stages:
        steps = [step for standing in standings if (step := standing.step(stage)) and _counts(standing)]
        counted = {state: sum(step.state == state for step in steps) for state in staging.LABELS}
        url = f"{round.get_absolute_url()}stages/{stage.number}/"
        rows.append(Row(stage, url, counted[staging.NOW], counted[staging.DONE], counted[staging.FAILED]))
    return rows


def _counts(standing):
    """A project that was deferred or decided waits at no stage but those it has."""
    return standing.project.status in staging.IN_PLAY or standing.decided or standing.failed


def summary_of(round, user):
    """What the page of a round says of its stages; None where the rule set has none."""
    stages = staging.stages_of(round.rule_set_id)
    if not stages:
        return None
    standings = staging.standings_of(round, stages)
    return {
        "rows": rows_of(round, stages, standings),
        "has_projects": bool(standings),
        "ranking_url": f"{round.get_absolute_url()}ranking/",
    }


@dataclass
class Ranked:
    """One project of a ranking, with the sum down to it and whether the money reaches it."""

    standing: Any
    place: int | None
    share: Decimal | None
    stage: Any
    amount: Decimal
    so_far: Decimal | None = None
    within: bool | None = None


@dataclass(frozen=True)
class Ranking:
    """The projects of one lot (or of the whole round) that are still in play or funded, the highest first."""

    lot: Lot | None
    budget: Decimal | None
    rows: list
    out: list
    asked: Decimal
    approved: Decimal

    @property
    def line_after(self):
        """The last row that the money reaches, where it does not reach all."""
        reached = [row for row in self.rows if row.within]
        return reached[-1] if len(reached) < len(self.rows) and reached else None

    @property
    def reaches_nobody(self):
        return bool(self.rows) and not any(row.within for row in self.rows)


def rankings_of(round, standings):
    """The ranking of a round, lot by lot, with the line of the money drawn; a null budget draws none."""
    lots = list(Lot.objects.filter(rule_set=round.rule_set_id).order_by("number"))
    groups = [(lot, lot.budget) for lot in lots] if lots else [(None, round.budget)]
    return [_ranking(lot, budget, standings) for lot, budget in groups]


def _ranking(lot, budget, standings):
    here = [row for row in standings if lot is None or row.project.lot_id == lot.pk]
    out = [row for row in here if row.failed or _is_refused(row)]
    rows = [_ranked(row) for row in here if row not in out]
    depths = {row.standing.project.pk: _depth(row.standing) for row in rows}
    shares = {row.standing.project.pk: (depths[row.standing.project.pk], row.share) for row in rows if row.share}
    places = {key: 1 + sum(other > mine for other in shares.values()) for key, mine in shares.items()}
    for row in rows:
        row.place = places.get(row.standing.project.pk)
    rows.sort(key=lambda row: (row.place is None, row.place or 0, row.standing.project.reference))
    reach = scoring.money_line([(row.standing.project.pk, row.amount) for row in rows], budget)
    for row, drawn in zip(rows, reach, strict=True):
        row.so_far, row.within = drawn.so_far, drawn.within
    approved = sum((row.amount for row in rows if row.standing.project.status == "APPROVED"), ZERO)
    return Ranking(lot, budget, rows, out, sum((row.amount for row in rows), ZERO), approved)


def _is_refused(standing):
    """Declined, retained, or approved and then not agreed to by a second body."""
    pending = standing.pending
    return standing.project.status in ("DECLINED", "RETAINED") or (pending and pending.state == staging.FAILED)


def _depth(standing):
    """How far down its stages the newest share of a project was reached: a later stage counts before an earlier."""
    stage = standing.latest[1]
    return stage.number if stage else 0


def _ranked(standing):
    share, stage = standing.latest
    approved = standing.project.status == "APPROVED"
    amount = standing.project.decision.amount if approved else standing.amount
    return Ranked(standing, None, share, stage, amount)
