"""When a business case may not be started, saved, sent in, returned, withdrawn or reopened (C2, C3, C5, X6)."""

from decimal import Decimal

from accounts import access
from accounts.roles import Permission
from plans.enums import LimitOn, Severity
from records.words import day_in_words, pounds

from ..enums import CASE_IN_PLAY, CaseStatus, ProjectStatus, RoundStatus, Window
from ..queries import bidding, case_content, duties, staging
from ..queries import business_cases as queries
from ..queries import rounds as round_queries
from ..queries.school_content import GOES
from . import applying, bid_parts, case_parts, clashes
from . import limits as limit_rules
from .rounds import GIVE_A_REASON, NOT_YOUR_WORK, may_manage

NOT_A_WRITER = "Only a contributor or lead of the organisation can change this business case."
NOT_A_LEAD = "Only a lead of the organisation can do this. Tell your lead that it is ready."
ASK_THE_OFFICE = "If you have a good reason, ask the office to record a late acceptance."


def may_write(user, organisation):
    return user is None or access.may(user, Permission.CASE_WRITE, organisation)


def may_submit(user, organisation):
    return user is None or access.may(user, Permission.CASE_SUBMIT, organisation)


def may_evaluate(user):
    return user is None or access.may(user, Permission.CASE_EVALUATE)


def stands(case):
    """How the case stands, as a sentence says it: "a draft", "submitted", "withdrawn"."""
    return "a draft" if case.status == CaseStatus.DRAFT else case.get_status_display().lower()


def why_not_in_time(round, *, organisation, window, on):
    """C3: the round is open and the window has begun and not ended, or a late acceptance stands."""
    if round.status == RoundStatus.DRAFT:
        return "This round is not open yet."
    if round.status == RoundStatus.DECIDED:
        return "This round is over. Look for a round that is open."
    opens, closes = (
        (round.tactical_opens_on, round.tactical_closes_on)
        if window == Window.TACTICAL
        else (round.opens_on, round.deadline_on)
    )
    if opens is None:
        return "This round has no tactical window."
    if on < opens:
        return f"This window opens on {day_in_words(opens)}. You can read every question until then."
    if round.status == RoundStatus.OPEN and on <= closes:
        return ""
    until = round_queries.late_until(round, organisation)
    if until and on <= until:
        return ""
    if until:
        return f"The late business case was accepted until {day_in_words(until)}, which has passed. {ASK_THE_OFFICE}"
    if on > closes:
        word = "tactical window closed" if window == Window.TACTICAL else "deadline was"
        return f"The {word} on {day_in_words(closes)}, so this can no longer be sent. {ASK_THE_OFFICE}"
    return f"The office has closed this round. {ASK_THE_OFFICE}"


def why_not_window(allocation, *, round, window, is_new=True):
    """C5: the organisation is invited, its sums are known, and a cut has not eaten the tactical pot."""
    if allocation is None:
        return "Your organisation was not invited to this round. Ask the office if you think it should be."
    if window == Window.MAIN:
        return "" if allocation.main_amount is not None else _unknown("main part")
    if allocation.tactical_amount is None:
        return _unknown("tactical pot")
    if not allocation.tactical_amount:
        return "Your organisation has no tactical pot in this round."
    excess = round_queries.tactical_excess(allocation, round.rule_set) if is_new else 0
    if excess:
        return (
            f"The allocation was cut, and the tactical pot is now {pounds(excess)} above its share. "
            "No new tactical case can come in until the office has settled this."
        )
    return ""


def _unknown(part):
    return (
        f"The {part} of your allocation is not known, so nothing can be asked for yet. Ask the office for the amount."
    )


def why_not_start(round, *, organisation, window, user, on):
    """One main case in a round, tactical cases one after another, only by the organisation's own people."""
    if not may_write(user, organisation):
        return "Only a contributor or lead of the organisation can start a business case."
    if why := why_not_in_time(round, organisation=organisation, window=window, on=on):
        return why
    if bidding.by_bids(round):
        why = applying.why_not_apply(round, organisation)
    else:
        allocation = round_queries.allocation_for(round, organisation)
        why = why_not_window(allocation, round=round, window=window) or applying.why_not_fit(round, organisation)
    if why:
        return why
    if window == Window.MAIN and (case := queries.main_case(round, organisation)):
        return f"Your organisation has a main business case in this round already: {case.reference}. Open that one."
    return ""


def why_not_save(case, *, user, on):
    if not may_write(user, case.organisation):
        return NOT_A_WRITER
    if not case.is_editable:
        return f"This business case is {stands(case)}, so it cannot be changed now."
    return ""


def why_not_remove_project(project, *, user, on):
    """A project an officer has evaluated stays on the record: it is edited, never taken out."""
    if why := why_not_save(project.case, user=user, on=on):
        return why
    if project.status != ProjectStatus.PROPOSED or project.evaluations.exists():
        return "An officer has worked on this project, so it cannot be removed. Change it instead."
    return ""


def why_not_submit(case, *, user, on, content=None):
    """C2, C3, C5: who, when, what is there, how much. `content` saves the reading where it was read before."""
    if not may_submit(user, case.organisation):
        return NOT_A_LEAD
    if not case.is_editable:
        return f"This business case is {stands(case)} already. Open it to see where it stands."
    if case.status == CaseStatus.DRAFT:
        why = why_not_in_time(case.round, organisation=case.organisation, window=case.window, on=on)
        if why:
            return why
    content = content or case_content.content_of(case)
    lacks = lacks_of(case, content)
    if lacks:
        section, number, sentence = lacks[0]
        where = f"Project {number}, {section.label.lower()}: " if number else ""
        more = f" ({len(lacks) - 1} more to do)" if len(lacks) > 1 else ""
        return f"{where}{sentence}{more}"
    return why_not_money(case, content) or why_not_answered(case, content)


def lacks_of(case, content):
    """Everything that the case still needs: (section, project number or None, sentence)."""
    rule_set = case.round.rule_set
    lacks = case_parts.missing(content, rule_set.required_parts)
    match_rules = list(rule_set.match_rules.order_by("pk")) if content["asks_match"] else []
    excepted = bidding.exceptions_of(case) if match_rules else {}
    return lacks + bid_parts.faults(content, bidding.asks_of(rule_set), rule_set, match_rules, excepted)


def why_not_money(case, content):
    """C5: the case fits its part of the allocation, with all that is approved and in play, and every limit."""
    if case.allocation_id is None and bidding.by_bids(case.round):
        return _why_not_limits(case, content, Decimal(0))
    is_new = case.status == CaseStatus.DRAFT
    if why := why_not_window(case.allocation, round=case.round, window=case.window, is_new=is_new):
        return why
    asked = Decimal(content["total"])
    pot = round_queries.pot(case.allocation, case.window, case.round.rule_set)
    used = round_queries.in_use(case.allocation, case.window, besides=case)
    if asked + used > pot:
        part = "tactical pot" if case.is_tactical else "main part of your allocation"
        others = f" Other cases already use {pounds(used)}." if used else ""
        return (
            f"This business case asks for {pounds(asked)}; the {part} is {pounds(pot)}.{others} "
            f"Ask for {pounds(max(pot - used, Decimal(0)))} or less, or ask the office about an exception."
        )
    return _why_not_limits(case, content, round_queries.exceptions(case.allocation, case.window))


def _why_not_limits(case, content, excepted):
    """Every limit of the rule set, with what was excepted of the allocation and for this case (R1)."""
    limits = list(case.round.rule_set.limits.order_by("pk"))
    if not limits:
        return ""
    given = bidding.exceptions_of(case)
    allowed = {limit.on: excepted + given.get(limit.on, Decimal(0)) for limit in limits}
    return limit_rules.why_not_within_limits(content, limits, allowed, *_beside(case, limits))


def _beside(case, limits):
    """What the applicant has elsewhere, read only where a limit counts it, and when the years of the plan begin."""
    wanted = {LimitOn.APPLICANT_ROUND, LimitOn.APPLICANT_YEAR} & {limit.on for limit in limits}
    beside = bidding.elsewhere(case) if wanted else limit_rules.NOTHING_ELSE
    return beside, case.round.stream.plan.starts_on


def warnings(case, content):
    """What is pointed out before the case is sent: limits that warn, match that is short, schools."""
    rule_set = case.round.rule_set
    limits = list(rule_set.limits.order_by("pk"))
    match_rules = list(rule_set.match_rules.order_by("pk")) if content["asks_match"] else []
    told = limit_rules.warnings(content, limits, *_beside(case, limits))
    return told + bid_parts.match_warnings(content, match_rules) + _school_warnings(case, content)


def _school_warnings(case, content):
    """Clashes in schools; read only where a project goes into any."""
    goes = any(project.get(GOES) for project in content["projects"])
    return clashes.warnings(case) if goes else []


def excesses(case, content):
    """{kind of limit: (sentence, pounds)} of what only an exception can allow and is not allowed yet (R1)."""
    rule_set = case.round.rule_set
    limits = [limit for limit in rule_set.limits.order_by("pk") if limit.severity == Severity.NEEDS_EXCEPTION]
    given = bidding.exceptions_of(case)
    found: dict[str, tuple[str, Decimal]] = {}
    for limit, what, excess in limit_rules.beyond_limits(content, limits, *_beside(case, limits)):
        more = excess - given.get(limit.on, Decimal(0))
        if more > found.get(limit.on, ("", Decimal(0)))[1]:
            found[limit.on] = (f"{what} is {pounds(excess)} over the limit of {pounds(limit.amount)}.", more)
    match_rules = list(rule_set.match_rules.order_by("pk")) if content["asks_match"] else []
    for project in content["projects"]:
        for rule, wanted, entered in bid_parts.match_gaps(project, match_rules):
            more = wanted - entered - given.get(bid_parts.MATCH, Decimal(0))
            if rule.severity == Severity.NEEDS_EXCEPTION and more > found.get(bid_parts.MATCH, ("", Decimal(0)))[1]:
                found[bid_parts.MATCH] = (
                    f"Project {project['number']}: {bid_parts.match_words(rule, wanted, entered)}",
                    more,
                )
    return found


def why_not_answered(case, content):
    """Each section the office returned has changed since, or has a reply."""
    if case.status != CaseStatus.RETURNED:
        return ""
    for request in queries.unanswered(case, content):
        where = f"Project {request.project.number}, " if request.project_id else ""
        return f"The office asked for changes: {where}{request.heading}. Change it, or write a reply in that section."
    return ""


def why_not_return(case, *, user, on, requests=None):
    """A return names at least one section and says of each what is wanted."""
    if not may_evaluate(user):
        return NOT_YOUR_WORK
    if case.status not in (CaseStatus.SUBMITTED, CaseStatus.UNDER_EVALUATION):
        return f"This business case is {stands(case)}. Only one that is with the officers can be returned."
    if duties.is_staged(case) and staging.has_begun(case):
        return "Its stages have begun, and every applicant is judged on what was sent in, so it is not returned."
    if requests is not None and not requests:
        return "Choose at least one section to return."
    if requests is not None and any(not asked.strip() for _, _, asked in requests):
        return "Say for each section what should change."
    return ""


def why_not_withdraw(case, *, user, on, reason=None):
    """Until it is decided; by a lead, or by an officer at the organisation's wish."""
    if not (may_submit(user, case.organisation) or may_manage(user)):
        return NOT_A_LEAD
    if case.status not in CASE_IN_PLAY:
        return f"This business case is {stands(case)}, so it cannot be withdrawn."
    if queries.has_decided_projects(case):
        return "A project of this business case has been decided, so it can no longer be withdrawn."
    return GIVE_A_REASON if reason is not None and not reason.strip() else ""


def why_not_reopen(case, *, user, on, reason=None):
    """A withdrawn case comes back, and one sent in is taken back, while its window is open."""
    if not (may_submit(user, case.organisation) or may_manage(user)):
        return NOT_A_LEAD
    if case.status not in (CaseStatus.WITHDRAWN, CaseStatus.SUBMITTED):
        return f"This business case is {stands(case)}, so it cannot be reopened."
    why = why_not_in_time(case.round, organisation=case.organisation, window=case.window, on=on)
    if why:
        return why
    other = queries.main_case(case.round, case.organisation) if not case.is_tactical else None
    if other and other.pk != case.pk:
        return f"Your organisation has another main business case in this round: {other.reference}."
    return GIVE_A_REASON if reason is not None and not reason.strip() else ""


def why_not_justify(project, *, user, on, justification=None):
    """C2: an officer's own words, while the case is with the officers."""
    if not may_evaluate(user):
        return NOT_YOUR_WORK
    if project.case.status not in (CaseStatus.SUBMITTED, CaseStatus.UNDER_EVALUATION):
        return "A project can be justified only while its business case is with the officers."
    if justification is not None and not justification.strip():
        return "Say why this project may go on without a priority or evidence."
    return ""
