"""When money moves: release, withholding, payment, repayment (C4, X2, X3)."""

from accounts import access
from accounts.roles import Permission
from plans import rules as plan_rules
from plans.enums import ConditionKind, ContinuationPolicy
from plans.queries.events import HAPPENED
from records.calendar import london_day
from records.enums import APPROVING
from records.words import day_in_words, pounds

from ..enums import AwardStatus, ContinuationChoice, ContinuationStatus, Direction, InstalmentStatus
from ..models import Continuation, InstalmentLine, TermsAcceptance
from ..queries import direct, duties, money, schedules
from . import standards

NOT_FINANCE = "Only finance officers move money."
NOT_AN_OFFICER = "Only commissioning officers confirm a condition."
NOT_A_REVIEWER = "Only officers who review returns say which condition one meets."
KINDS_THAT_MEET = schedules.BY_RETURN
CONFIRMED = {
    ConditionKind.OFFICER_CONFIRMED: "condition_confirmed",
    ConditionKind.MATCH_CONFIRMED: "match_confirmed",
}  # by an officer, with evidence; the line of the log is the row
AWARD_NOT_READY = {
    AwardStatus.MADE: "The award has not been offered yet.",
    AwardStatus.OFFERED: "The payee has not accepted the terms yet.",
    AwardStatus.SUSPENDED: "The award is suspended.",
    AwardStatus.RECORDED: "A recorded past award never pays.",
}
NOT_SCHEDULED = {
    InstalmentStatus.RELEASED: "This instalment has already been released.",
    InstalmentStatus.PAID: "This instalment has already been paid.",
    InstalmentStatus.CANCELLED: "This instalment was cancelled.",
}


def why_waiting(instalment, *, on):
    """Say what the instalment itself waits for, whoever asks; nothing when it is ready to release."""
    award = instalment.award
    if instalment.direction == Direction.IN:
        return "This is a repayment to the office, so there is nothing to release."
    if award.status != AwardStatus.LIVE:
        return AWARD_NOT_READY.get(award.status, "The award has ended.")
    if instalment.status == InstalmentStatus.WITHHELD:
        return f"Withheld: {instalment.held_reason}"
    if instalment.status != InstalmentStatus.SCHEDULED:
        return NOT_SCHEDULED[instalment.status]
    if instalment.condition_met_at is None:
        return f"Waits for this condition: {_lower(instalment.get_condition_display())}."
    if why := why_year_not_approved(instalment) or standards.why_standard_missing(instalment, on=on):
        return why
    if instalment.due_on > on:
        return f"Not due until {day_in_words(instalment.due_on)}."
    return ""


def why_year_not_approved(instalment):
    """Say that the year it pays for still needs a decision (R2), or nothing."""
    award, day = instalment.award, instalment.covers_from
    if day is None or award.rule_set is None or award.rule_set.continuation != ContinuationPolicy.YEARLY:
        return ""
    year = schedules.year_from(award, day)
    if year == award.starts_on or schedules.is_approved(award, day):
        return ""
    return f"Waits for the decision on the year from {day_in_words(year)}."


def _lower(words):
    return words[:1].lower() + words[1:]


def why_not_release(instalment, *, user, on):
    """Say why this person cannot release the instalment now, or nothing (C4)."""
    if not access.may(user, Permission.INSTALMENT_RELEASE):
        return NOT_FINANCE
    return why_waiting(instalment, on=on) or _why_not_backed(instalment) or _why_not_separate(instalment, user)


def _why_not_backed(instalment):
    """Say which row behind the money is missing, or nothing."""
    if not TermsAcceptance.objects.filter(award_id=instalment.award_id).exists():
        return "Nobody has accepted the terms of this award."
    lines = InstalmentLine.objects.filter(instalment=instalment)
    if money.total(lines) != instalment.amount:
        return "The parts of this instalment do not add up to its sum, so it cannot be released."
    if lines.exclude(award_line__decision__outcome__in=APPROVING).exists():
        return "A project of this instalment has no approving decision, so it cannot be released."
    sums = money.money_of(instalment.award)
    if sums.released + instalment.amount > sums.awarded:
        return f"Only {pounds(sums.awarded - sums.released)} of the award is left to release."
    return ""


def _why_not_separate(instalment, user):
    """Say why somebody else must release (X3), or nothing."""
    award = instalment.award
    if access.belongs_to(user, award.payee) or access.belongs_to(user, award.recipient):
        return f"You belong to {award.recipient.name} or its payee, so somebody else releases the money."
    projects = award.lines.exclude(project=None).values("project_id")
    if instalment.condition == ConditionKind.RECEIPTS_ACCEPTED and user.pk in direct.claimants_of(instalment):
        return "You answered the claim for this money, so somebody else releases it."
    advisers = duties.advisers_of(projects) | direct.advisers_of(award)
    return plan_rules.why_not_release_after(user, advisers, duties.deciders_of(award) | direct.deciders_of(award))


def why_not_meet(award, condition, row):
    """Say why `row` does not meet the condition for this award, or nothing. Never a tick box."""
    if condition == ConditionKind.TERMS_ACCEPTED:
        met = isinstance(row, TermsAcceptance) and row.award_id == award.pk
        return "" if met else "Only the acceptance of this award's terms meets that condition."
    if condition in KINDS_THAT_MEET:
        met = (
            row._meta.label == "monitoring.MonitoringReturn"
            and row.award_id == award.pk
            and row.kind in KINDS_THAT_MEET[condition]
            and (row.status, row.verdict) == ("REVIEWED", "SATISFACTORY")
        )
        return "" if met else "Only a satisfactory return of this award and kind meets that condition."
    if condition == ConditionKind.CONTINUATION_APPROVED:
        met = isinstance(row, Continuation) and row.award_id == award.pk
        met = met and (row.status, row.choice) == (ContinuationStatus.DECIDED, ContinuationChoice.GO_ON)
        return "" if met else "Only a decision to go on, for this award, meets that condition."
    if condition == ConditionKind.EVENT_HAPPENED:
        met = row._meta.label == "records.Event" and row.verb == HAPPENED
        return "" if met else "Only the record that the event has happened meets that condition."
    if condition == ConditionKind.DAY_REACHED:
        return "That condition is met by the day itself, each morning."
    return "That condition is met by an officer's confirmation of one instalment."


def meets(instalment, row):
    """Whether a row that meets the condition of its award meets this instalment: its year, its period, its event."""
    if instalment.condition == ConditionKind.CONTINUATION_APPROVED:
        return instalment.covers_from is not None and row.starts_on <= instalment.covers_from <= row.ends_on
    if instalment.condition == ConditionKind.EVENT_HAPPENED:
        return row.subject_id == instalment.event_id
    if instalment.condition in KINDS_THAT_MEET:
        waits_for = schedules.period_waited_for(instalment.award, instalment.condition, instalment.due_on)
        return waits_for is None or row.ends_on == waits_for
    return True


def why_not_meet_instead(instalment, row, *, user, on, reason=None):
    """Say why a satisfactory return of another kind cannot meet the condition in its place, or nothing.

    Whether the return that was asked for has failed, monitoring has said; here the rest is asked.
    """
    if not access.may(user, Permission.RETURN_REVIEW):
        return NOT_A_REVIEWER
    award = instalment.award
    if access.belongs_to(user, award.recipient) or access.belongs_to(user, award.payee):
        return f"You belong to {award.recipient.name} or its payee, so a colleague has to do this."
    if instalment.condition not in KINDS_THAT_MEET or instalment.direction == Direction.IN:
        return "The condition of this instalment is not met by a return."
    if instalment.condition_met_at:
        return "The condition of this instalment has already been met."
    if instalment.status not in (InstalmentStatus.SCHEDULED, InstalmentStatus.WITHHELD):
        return NOT_SCHEDULED[instalment.status]
    if row._meta.label != "monitoring.MonitoringReturn" or row.award_id != instalment.award_id:
        return "Only a return of this award can meet the condition."
    if (row.status, row.verdict) != ("REVIEWED", "SATISFACTORY"):
        return "Only a return found satisfactory can meet the condition."
    return "" if reason is None or reason.strip() else "Say why this return meets the condition in place of the other."


def why_not_confirm(instalment, *, user, on):
    """Say why an officer cannot confirm the instalment's condition now, or nothing."""
    if not access.may(user, Permission.AWARD_OFFER):
        return NOT_AN_OFFICER
    if instalment.condition not in CONFIRMED:
        return "The condition of this instalment is met by a record, not by a confirmation."
    if instalment.condition_met_at:
        return "The condition of this instalment has already been met."
    if instalment.status != InstalmentStatus.SCHEDULED or instalment.award.status != AwardStatus.LIVE:
        return "Only a scheduled instalment of a live award can be confirmed."
    return ""


def why_not_reach(instalment, *, on):
    """Say why the day of the instalment does not release it yet, or nothing."""
    if instalment.condition != ConditionKind.DAY_REACHED or instalment.direction == Direction.IN:
        return "This instalment does not wait for its day alone."
    if instalment.condition_met_at:
        return "The condition of this instalment has already been met."
    if instalment.award.status not in (AwardStatus.LIVE, AwardStatus.SUSPENDED):
        return AWARD_NOT_READY.get(instalment.award.status, "The award has ended.")
    if instalment.status not in (InstalmentStatus.SCHEDULED, InstalmentStatus.WITHHELD):
        return NOT_SCHEDULED[instalment.status]
    return "" if instalment.due_on <= on else f"Not due until {day_in_words(instalment.due_on)}."


def why_not_withhold(instalment, *, user, on):
    """Say why the instalment cannot be withheld now, or nothing."""
    if not access.may(user, Permission.INSTALMENT_RELEASE):
        return NOT_FINANCE
    if instalment.direction == Direction.IN or instalment.status != InstalmentStatus.SCHEDULED:
        return "Only a scheduled instalment can be withheld."
    return ""


def why_not_resume(instalment, *, user, on):
    """Say why the instalment cannot be put back on the schedule now, or nothing."""
    if not access.may(user, Permission.INSTALMENT_RELEASE):
        return NOT_FINANCE
    return "" if instalment.status == InstalmentStatus.WITHHELD else "This instalment is not withheld."


def why_not_mark_paid(instalment, *, user, on):
    """Say why the payment cannot be recorded now, or nothing."""
    if not access.may(user, Permission.INSTALMENT_RELEASE):
        return NOT_FINANCE
    if instalment.direction == Direction.IN:
        return "This is a repayment. Record what was received instead."
    if instalment.status == InstalmentStatus.PAID:
        return "This instalment has already been paid."
    if instalment.status != InstalmentStatus.RELEASED:
        return "Release this instalment before recording its payment."
    return ""


def why_not_paid_on(instalment, *, paid_on, payment_reference, on):
    """Say what is wrong with the day or the reference of a payment, or nothing."""
    if not payment_reference.strip():
        return "Give the payment reference from the bank or ledger."
    if paid_on > on:
        return "The day of payment cannot be in the future."
    released = london_day(instalment.released_at) if instalment.released_at else None
    if instalment.direction == Direction.OUT and released and paid_on < released:
        return f"The money was released on {day_in_words(released)}, so it cannot have been paid before."
    return ""


def why_not_request_repayment(award, *, user, on):
    """Say why money cannot be asked back from the award now, or nothing."""
    if not access.may(user, Permission.INSTALMENT_RELEASE):
        return NOT_FINANCE
    if award.is_recorded:
        return "This is a recorded past award; nothing is asked back through the portal."
    sums = money.money_of(award)
    if sums.paid - sums.called_back <= 0:
        return "Nothing has been paid that could be asked back."
    return ""


def why_not_request_sum(award, amount, reason):
    """Say what is wrong with the sum or reason of a repayment, or nothing; ask with the award locked."""
    if not reason.strip():
        return "Give the reason for the repayment."
    if amount is None or amount <= 0:
        return "Give the sum to be repaid."
    sums = money.money_of(award)
    if amount > sums.paid - sums.called_back:
        return f"Only {pounds(sums.paid - sums.called_back)} of what was paid has not been asked back yet."
    return ""


def why_not_received(instalment, amount):
    """Say what is wrong with the sum that arrived of a repayment, or nothing."""
    if amount is None or amount <= 0:
        return "Give the sum that arrived."
    if amount > instalment.amount:
        return f"Only {pounds(instalment.amount)} of this repayment is still to come."
    return ""


def why_not_record_repayment(instalment, *, user, on):
    """Say why a repayment cannot be recorded as received now, or nothing."""
    if not access.may(user, Permission.INSTALMENT_RELEASE):
        return NOT_FINANCE
    if instalment.direction != Direction.IN:
        return "This is a payment to the recipient, not a repayment."
    if instalment.status == InstalmentStatus.PAID:
        return "This repayment has already been received."
    return "" if instalment.status == InstalmentStatus.RELEASED else "This repayment is not expected any more."
