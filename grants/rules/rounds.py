"""When a round or an allocation may not be changed, as a sentence (C1, C3, C5, M1)."""

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from plans.enums import MoneySetBy, StreamStanding
from records.words import day_in_words, pounds

from ..enums import CASE_WITH_OFFICE, RoundStatus, Window
from ..queries import bidding
from ..queries import rounds as queries
from . import sharing

NOT_YOUR_WORK = "Only a commissioning officer can do this. Ask one to do it for you."
NO_ROUND = "Under these rules money is given by direct award, so no round is opened. Propose a direct award instead."
SAME = "Same as last year: copied from "
BY_FORMULA = "By formula, version "
GIVE_A_REASON = "Say why: the reason is kept in the history."


def may_manage(user):
    """The portal itself (no user: a plan file being loaded) may do what an officer may."""
    return user is None or access.may(user, Permission.ROUND_MANAGE)


def why_not_start_round(stream, *, user, on, rule_set=None):
    """M1: a discontinued stream never gets a new round; money given by direct award has none."""
    if not may_manage(user):
        return NOT_YOUR_WORK
    if rule_set and rule_set.money_set_by == MoneySetBy.DIRECT:
        return NO_ROUND
    if stream.standing == StreamStanding.DISCONTINUED:
        return f"{stream.name} is discontinued, so no round can be opened on it. Choose another stream."
    return ""


def why_not_edit_round(round, *, user, on):
    if not may_manage(user):
        return NOT_YOUR_WORK
    if round.status != RoundStatus.DRAFT:
        return "This round has been opened, so what applicants were shown cannot be changed."
    return ""


def why_not_set_allocation(round, *, user, on):
    if why := why_not_edit_round(round, user=user, on=on):
        return f"{why} Record an exception or a cut instead." if may_manage(user) else why
    if bidding.by_bids(round):
        return "Under these rules organisations bid for the money of the round, so nothing is allocated to any of them."
    return ""


def why_not_this_sum(rule_set, *, amount, last_year, formula, reason):
    """C1: another sum than last year's, or than the formula gives, needs a reason of its own."""
    by_formula = rule_set.money_set_by == MoneySetBy.FORMULA
    if amount is None or not (by_formula or rule_set.money_set_by == MoneySetBy.SAME_AS_LAST_YEAR):
        return ""
    start = formula if by_formula else last_year
    if by_formula and start is None:
        return "The formula gives the sum. Leave the final amount empty, then work out the formula."
    if amount == start or (reason.strip() and not reason.startswith((SAME, BY_FORMULA))):
        return ""
    if by_formula:
        return f"The formula gives {pounds(start)}. Say where another sum comes from."
    if start is None:
        return "Nothing is known of last year. Say where this sum comes from."
    return f"Each organisation gets the same as last year, {pounds(start)}. Say where another sum comes from."


def why_not_amounts(rule_set, *, amount, main, tactical):
    """C5: a part never exceeds the whole, and the tactical part never its share; parts need not sum."""
    if amount is None:
        known = main is not None or tactical is not None
        return "Enter the whole amount before its parts." if known else ""
    if main is not None and main > amount:
        return f"The main part ({pounds(main)}) is more than the whole allocation ({pounds(amount)}). Enter less."
    if tactical is None:
        return ""
    if main is not None and main + tactical > amount:
        return (
            f"The two parts come to {pounds(main + tactical)}, more than the whole allocation "
            f"({pounds(amount)}). Make one of them smaller."
        )
    limit = rule_set.tactical_limit(amount)
    if tactical > limit:
        return (
            f"The tactical pot ({pounds(tactical)}) is more than its share of the allocation. "
            f"Enter {pounds(limit)} or less."
        )
    return ""


def why_not_copy(round, *, from_round, user, on):
    if why := why_not_set_allocation(round, user=user, on=on):
        return why
    if from_round.pk == round.pk:
        return "A round cannot be copied from itself. Choose last year's round."
    return ""


def why_not_open(round, *, user, on):
    """C1, C3, C5, M1: what is missing before applicants may see the round."""
    if not may_manage(user):
        return NOT_YOUR_WORK
    if round.status != RoundStatus.DRAFT:
        return f"This round is {round.get_status_display().lower()} already."
    if round.is_recorded:
        return "This round is a record of the past and cannot be opened."
    if round.stream.standing == StreamStanding.DISCONTINUED:
        return f"{round.stream.name} is discontinued, so no round can be opened on it."
    return _why_not_dates(round, on) or _why_not_money(round)


def _why_not_dates(round, on):
    if round.opens_on > on:
        return f"This round opens on {day_in_words(round.opens_on)}. To open it today, change the opening date first."
    if round.deadline_on < on:
        return f"The deadline ({day_in_words(round.deadline_on)}) has passed. Change the deadline first."
    return ""


def _why_not_money(round):
    if round.rule_set.terms_id is None:
        return "The rule set has no terms and conditions. Add them before opening the round."
    if round.rule_set.money_set_by == MoneySetBy.DIRECT:
        return NO_ROUND
    return why_not_shares(round) or (_why_not_bids(round) if bidding.by_bids(round) else _why_not_allocations(round))


def why_not_shares(round):
    """Where several sources pay, their shares make 100 and each may pay for the stream (X2)."""
    shares = [(row.funding_source, row.share_percent) for row in round.shares.select_related("funding_source")]
    return why_not_these_shares(round, shares)


def why_not_these_shares(round, shares):
    """The same of shares as given: [(source, per cent)]."""
    for source, percent in shares:
        if not source.may_pay_for(round.stream):
            return (
                f"{source} may be spent on {_lower(source.get_purpose_display())}, and {round.stream.name} is for "
                f"{_lower(round.stream.get_purpose_display())}. Choose another source."
            )
        if percent <= 0:
            return "Give each source a share above nought."
    if len({source.pk for source, _ in shares}) < len(shares):
        return "Name each source once."
    together = sum(percent for _, percent in shares)
    if not shares or together == 100:
        return ""
    return f"The shares of the sources make {together.normalize():f} %. They must make 100 %."


def _lower(words):
    return words[:1].lower() + words[1:]


def _why_not_bids(round):
    """A round by bids: its money is known, its lots fit into it, and somebody is invited where the rules ask for it."""
    if round.budget is None:
        return "The money of this round is not known. Enter it first: nothing can be approved from an unknown sum."
    lots = [lot.budget for lot in round.rule_set.lots.all() if lot.budget is not None]
    if sum(lots) > round.budget:
        return f"The lots come to {pounds(sum(lots))}, more than the {pounds(round.budget)} of the round."
    if round.rule_set.invited_only and not round.invitations.exists():
        return "Nobody is invited yet. Invite at least one organisation."
    return ""


def _why_not_allocations(round):
    allocations = list(queries.allocations_of(round))
    if not allocations:
        return "Nobody is invited yet. Add an allocation for at least one organisation."
    if unknown := queries.unknown_amounts(round):
        return f"The amount is not known for {', '.join(unknown)}. Enter it, or take them out of the round."
    for allocation in allocations:
        if why := _why_not_allocation(round, allocation):
            return f"{allocation.organisation}: {why}"
    if round.tactical_opens_on is None and any(allocation.tactical_amount for allocation in allocations):
        return "There is a tactical pot but no tactical window. Enter its first and last day."
    most = bidding.with_tolerance(round.budget, round.rule_set)
    together = sum(allocation.amount for allocation in allocations)
    if most is not None and together > most:
        return f"The allocations come to {pounds(together)}; the round has {pounds(most)}. Make them fit first."
    return sharing.why_not_as_worked_out(round)


def _why_not_allocation(round, allocation):
    """One allocation: its parts, and where its sum comes from."""
    return why_not_amounts(
        round.rule_set,
        amount=allocation.amount,
        main=allocation.main_amount,
        tactical=allocation.tactical_amount,
    ) or why_not_this_sum(
        round.rule_set,
        amount=allocation.amount,
        last_year=allocation.last_year_amount,
        formula=allocation.formula_amount,
        reason=allocation.provenance,
    )


def why_not_close(round, *, user, on):
    if not may_manage(user):
        return NOT_YOUR_WORK
    return "" if round.status == RoundStatus.OPEN else "Only an open round can be closed."


def why_not_reopen(round, *, user, on, reason=None):
    if not may_manage(user):
        return NOT_YOUR_WORK
    if round.status != RoundStatus.CLOSED:
        return "Only a closed round can be opened again."
    return GIVE_A_REASON if reason is not None and not reason.strip() else ""


def why_not_move_deadline(round, *, user, on, deadline_on=None, reason=None):
    """C3: a deadline is moved only to a day still to come, while the round is open."""
    if not may_manage(user):
        return NOT_YOUR_WORK
    if round.status != RoundStatus.OPEN:
        return "The deadline can be moved only while the round is open."
    if deadline_on and deadline_on < on:
        return "The new deadline must be today or later."
    if deadline_on and deadline_on == round.deadline_on:
        return "This is the deadline already. Enter another day."
    return GIVE_A_REASON if reason is not None and not reason.strip() else ""


def why_not_finish(round, *, user, on):
    """A round is decided once nothing in it waits for the office or an applicant."""
    if not may_manage(user):
        return NOT_YOUR_WORK
    if round.status != RoundStatus.CLOSED:
        return "Close the round first."
    waiting = round.cases.filter(status__in=[*CASE_WITH_OFFICE, "RETURNED"]).count()
    if waiting:
        return f"{waiting} business case{' is' if waiting == 1 else 's are'} still to be decided."
    return ""


def why_not_accept_late(round, *, user, on, organisation=None, until=None, reason=None):
    """C3: a late acceptance names an invited organisation, a day to come and why."""
    if not may_manage(user):
        return NOT_YOUR_WORK
    if round.status not in (RoundStatus.OPEN, RoundStatus.CLOSED):
        return "Late cases can be accepted only in a round that has been opened and is not yet decided."
    if organisation and not bidding.may_write_for(round, Organisation.objects.filter(pk=organisation.pk)).exists():
        return f"{organisation} was not invited to this round."
    if until and until < on:
        return "The last day for the late case must be today or later."
    if until and until <= round.deadline_on:
        return f"The deadline is {day_in_words(round.deadline_on)}. Enter a later day."
    return GIVE_A_REASON if reason is not None and not reason.strip() else ""


def why_not_change_allocation(allocation, *, user, on):
    """After opening, an allocation changes only by a recorded cut or exception."""
    if not may_manage(user):
        return NOT_YOUR_WORK
    if allocation.round.status == RoundStatus.DRAFT:
        return "This round is not open yet. Change the amount itself."
    if allocation.round.status == RoundStatus.DECIDED or allocation.round.is_recorded:
        return "This round is over, so its allocations cannot be changed."
    if allocation.amount is None:
        return "The amount of this allocation is not known, so it cannot be changed."
    return ""


def why_not_cut(allocation, *, user, on, amount=None, window=Window.MAIN, reason=None):
    """A cut takes only what is not approved or asked for in cases sent in."""
    if why := why_not_change_allocation(allocation, user=user, on=on):
        return why
    if amount is not None:
        part = allocation.main_amount if window == Window.MAIN else allocation.tactical_amount
        free = max(queries.ZERO, (part or queries.ZERO) - queries.approved_total(allocation, window))
        if amount <= 0:
            return "Enter an amount of more than £0."
        if amount > free:
            return f"Only {pounds(free)} of this part is not yet approved. Enter {pounds(free)} or less."
    return GIVE_A_REASON if reason is not None and not reason.strip() else ""


def why_not_record_exception(allocation, *, user, on, amount=None, window=Window.MAIN, reason=None):
    """C5: an exception may enlarge the tactical pot, never beyond its share as opened."""
    if why := why_not_change_allocation(allocation, user=user, on=on):
        return why
    if amount is not None and amount <= 0:
        return "Enter an amount of more than £0."
    if amount is not None and window == Window.TACTICAL:
        ceiling = queries.tactical_ceiling(allocation, allocation.round.rule_set)
        room = ceiling - allocation.tactical_amount - queries.exceptions(allocation, window)
        if amount > room:
            return (
                f"The tactical pot may never be more than {pounds(ceiling)}, its share of the allocation as opened. "
                f"Enter {pounds(max(queries.ZERO, room))} or less."
            )
    return GIVE_A_REASON if reason is not None and not reason.strip() else ""
