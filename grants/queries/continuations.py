"""Reads about what follows a year or the end of an award: its days, its money, its pages (R2, V5)."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least

from accounts import access
from plans.enums import ContinuationPolicy, LimitOn, Severity
from plans.models import Limit, MovableEvent
from records import calendar
from records.models import Event
from records.words import pounds

from ..enums import (
    CONTINUATION_UNDECIDED,
    AwardStatus,
    ContinuationChoice,
    ContinuationKind,
    ContinuationStatus,
    Direction,
    InstalmentStatus,
    RoundStatus,
)
from ..models import Award, Continuation, Instalment, LimitException, Round
from . import money, schedules

YEAR = 12
CHOICES_OF = {
    ContinuationKind.CONTINUATION: (ContinuationChoice.GO_ON, ContinuationChoice.END),
    ContinuationKind.EXTENSION: (ContinuationChoice.GO_ON, ContinuationChoice.REAPPLY, ContinuationChoice.END),
}
OPENS_BEFORE_DUE = timedelta(days=42)
OF_ONE_YEAR = (LimitOn.CASE_YEAR, LimitOn.PROJECT_YEAR, LimitOn.APPLICANT_YEAR)


@dataclass(frozen=True)
class TimeToCome:
    """One decision the rules of an award ask for, with its days; nothing is asked of the database."""

    kind: str
    number: int
    starts_on: date
    ends_on: date
    safe_by: date
    case_due_on: date | None = None
    event: MovableEvent | None = None

    @property
    def expected_on(self):
        return self.event.expected_on if self.event else None


def times_to_come(award):
    """Every decision on time to come that the rules of the award ask for, from its days as they are.

    Years are those first agreed, as far as the award still runs; an extension follows its end as it is now.
    """
    rules = award.rule_set
    if rules is None or award.is_recorded or not award.ends_on:
        return []
    found = years_to_come(award, rules) if rules.continuation == ContinuationPolicy.YEARLY else []
    if rules.extension_months:
        starts_on = award.ends_on + calendar.DAY
        found.append(
            TimeToCome(
                ContinuationKind.EXTENSION,
                1,
                starts_on,
                calendar.period_end(starts_on, rules.extension_months),
                calendar.add_working_days(award.ends_on, -rules.safe_working_days),
                event=rules.extension_event,
            )
        )
    return found


def years_to_come(award, rules):
    """The years after the first, each with the day its business case is due and the latest safe day to decide."""
    agreed = min(schedules.ends_of(award)[0], award.ends_on)
    years = calendar.periods(award.starts_on, agreed, months_each=YEAR)
    found = []
    for number, year in enumerate(years[1:], start=2):
        last_day = year.starts_on - calendar.DAY
        safe_by = calendar.add_working_days(last_day, -rules.safe_working_days)
        due_on = min(last_day - timedelta(days=rules.continuation_due_days), safe_by)
        ends_on = award.ends_on if number == len(years) else year.ends_on
        found.append(
            TimeToCome(ContinuationKind.CONTINUATION, number, year.starts_on, ends_on, safe_by, case_due_on=due_on)
        )
    return found


def opens_on(continuation):
    """The day a business case for the next year opens; None where nobody is asked for one."""
    return continuation.case_due_on - OPENS_BEFORE_DUE if continuation.case_due_on else None


def with_joins(rows):
    """Continuations with all that their pages and rules read from them."""
    return rows.select_related(
        "award__recipient", "award__payee", "award__stream__plan__body", "award__rule_set", "event", "submitted_by",
        "advised_by", "cfo_by", "decision", "reapply_round", "line",
    )  # fmt: skip


def to_follow():
    """Awards in force whose rules ask for a decision on time to come."""
    asked = Q(rule_set__continuation=ContinuationPolicy.YEARLY) | Q(rule_set__extension_months__isnull=False)
    return Award.objects.in_force().filter(asked, is_recorded=False).order_by("pk")


def no_longer_followed():
    """Undecided continuations of awards that are no longer in force."""
    standing = [AwardStatus.LIVE, AwardStatus.SUSPENDED]
    return Continuation.objects.undecided().exclude(award__status__in=standing).order_by("pk")


# Money


def paying_for(award, time):
    """The instalments that pay for the days of a time to come."""
    rows = award.instalments.filter(direction=Direction.OUT, covers_from__range=(time.starts_on, time.ends_on))
    return rows.exclude(status=InstalmentStatus.CANCELLED).order_by("number")


def planned_for(award, time):
    """Pounds the award sets apart for a year to come; None where its instalments do not tell, or for an extension."""
    if time.kind == ContinuationKind.EXTENSION:
        return None
    return money.total(paying_for(award, time)) or None


@dataclass(frozen=True)
class OverLimit:
    """A limit of the rules that a sum for one year goes over; `allowed` is pounds above it by exception."""

    limit: Limit
    counted: Decimal
    allowed: Decimal

    @property
    def over(self):
        return self.counted - self.limit.amount

    @property
    def is_allowed(self):
        return self.limit.severity == Severity.WARN or (
            self.limit.severity == Severity.NEEDS_EXCEPTION and self.over <= self.allowed
        )

    @property
    def sentence(self):
        start = f"{pounds(self.counted)} is {pounds(self.over)} over the limit of {pounds(self.limit.amount)}"
        return f"{start}: {self.limit.get_on_display()[:1].lower()}{self.limit.get_on_display()[1:]}."


def over_limits(continuation, amount):
    """Each limit on one year that the sum goes over, with what exceptions allow."""
    if amount is None or continuation.is_extension:
        return []
    allowed: dict[str, Decimal] = {}
    for row in LimitException.objects.filter(continuation=continuation):
        allowed[row.on] = allowed.get(row.on, money.ZERO) + row.amount
    found = []
    for limit in continuation.award.rule_set.limits.filter(on__in=OF_ONE_YEAR).order_by("on", "pk"):
        counted = amount
        if limit.on == LimitOn.PROJECT_YEAR and continuation.award.lines.count() > 1:
            continue
        if limit.on == LimitOn.APPLICANT_YEAR:
            counted += elsewhere_in_year(continuation)
        if counted > limit.amount:
            found.append(OverLimit(limit, counted, allowed.get(limit.on, money.ZERO)))
    return found


def elsewhere_in_year(continuation):
    """Pounds that other awards of the stream to the same recipient pay for days of that year."""
    award = continuation.award
    others = Instalment.objects.filter(
        award__recipient=award.recipient_id, award__stream=award.stream_id, direction=Direction.OUT
    ).exclude(Q(award=award.pk) | Q(status=InstalmentStatus.CANCELLED) | Q(award__status__in=money.FALLEN))
    days = (continuation.starts_on, continuation.ends_on)
    return money.total(others.filter(Q(covers_from__range=days) | Q(covers_from__isnull=True, due_on__range=days)))


# Pages and work


def of_award(award):
    return with_joins(Continuation.objects.filter(award=award)).order_by("starts_on", "kind", "number")


def summary_of(award, user):
    """What stands on the page of the award, or nothing."""
    rows = list(of_award(award)) if award.status != AwardStatus.RECORDED else []
    return {"rows": rows, "in_office": access.is_office(user)} if rows else {}


def history(continuation):
    """What happened to it, newest first."""
    rows = Event.objects.filter(subject_type=Continuation._meta.label, subject_id=continuation.pk)
    return rows.order_by("-at", "-pk")


def exceptions_of(continuation):
    return LimitException.objects.filter(continuation=continuation).select_related("by").order_by("at", "pk")


STATES = [
    ("undecided", "Not decided yet"),
    ("open", "With the recipient"),
    ("office", "With the officers"),
    ("decide", "Waiting for a decision"),
    ("late", "Event after the latest safe day"),
    ("decided", "Decided"),
]


def in_state(state):
    """The filter of one state of the list."""
    if state == "late":
        return Q(status__in=CONTINUATION_UNDECIDED, expected_on__gt=F("safe_by"))
    wanted = {
        "undecided": CONTINUATION_UNDECIDED,
        "open": {ContinuationStatus.OPEN},
        "office": {ContinuationStatus.SUBMITTED},
        "decide": {ContinuationStatus.AWAITING_DECISION},
        "decided": {ContinuationStatus.DECIDED},
    }
    return Q(status__in=wanted[state])


def for_list(rows):
    """Continuations with the day they are to be decided by."""
    due = Least(Coalesce("expected_on", "safe_by"), "safe_by")
    return rows.select_related("award__recipient", "award__stream", "event").annotate(due=due)


def rounds_to_apply_in(award):
    """Rounds of the office that may still take a business case, the nearest first."""
    rounds = Round.objects.filter(
        stream__plan__body=award.stream.plan.body_id,
        status__in=[RoundStatus.DRAFT, RoundStatus.OPEN],
        is_recorded=False,
    )
    return rounds.order_by("deadline_on", "pk")


@dataclass
class Effect:
    """What a choice would do, worked out before it is made; the same function does it and shows it."""

    ends_on: date
    cancelled: list = field(default_factory=list)


def effect_of(continuation, choice):
    """The end of the award and the instalments cancelled, were this chosen."""
    award = continuation.award
    if choice == ContinuationChoice.GO_ON:
        return Effect(continuation.ends_on if continuation.is_extension else award.ends_on)
    if continuation.is_extension:
        return Effect(award.ends_on)
    last_day = continuation.starts_on - calendar.DAY
    return Effect(last_day, list(schedules.instalments_after(award, last_day)))
