"""What may be done in an extension decision, by whom, and when not (S2, X3)."""

from accounts import access
from accounts.enums import RoleName
from accounts.roles import Permission
from plans import rules as plan_rules
from records.calendar import DAY
from records.words import day_in_words

from .. import queries
from ..enums import OFFERS, ExtensionOutcome, ExtensionStatus, OptionStatus
from ..queries import extensions, steps

O = ExtensionOutcome  # noqa: E741 (the outcomes, many times over)
S = ExtensionStatus
OFFICERS_ONLY = "Only commissioning officers and the head of commissioning prepare an extension decision."
SETTLED = "This case is settled, so nothing more can be done in it."
NO_ADVICE = "No advice has been given on this case yet."
SECOND_POSTS = frozenset({RoleName.COMMISSIONER, RoleName.CHIEF_EXECUTIVE, RoleName.CHIEF_FINANCE_OFFICER})
WHO_SECONDS = (
    "The second approver is the commissioner, the chief executive or the chief finance officer, or the head of "
    "commissioning under a recorded delegation that covers the sum. It is never the person who decided, who "
    "advised, or who commented on the money."
)


def why_not_open(contract, *, user, on):
    """Why no case can be opened by hand on this contract now; "" when one can."""
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return OFFICERS_ONLY
    if not contract.provider_id:
        return "No provider is recorded for this contract, so nobody could be offered anything."
    if reason := _why_conflicted(contract, user):
        return reason
    if extensions.open_case_of(contract):
        return "An extension decision is being prepared for this contract already."
    if any(option.status == OptionStatus.OFFERED for option in contract.options.all()):
        return "An option is offered to the provider. Wait for the answer."
    return ""


def why_not_open_so(contract, *, decide_by, reason, on):
    """What is wrong with a case opened by hand as worded; "" when nothing is."""
    if not reason.strip():
        return "Say why the case is opened."
    ahead = extensions.usable_option(contract, on)
    if ahead and ahead.decide_by:
        return ""
    if decide_by is None:
        return "Give the day by which this must be decided."
    if decide_by < on:
        return "The day by which this must be decided is past."
    if ahead and decide_by >= ahead.starts_on:
        return f"The option would start on {day_in_words(ahead.starts_on)}. Give a day before that."
    return ""


def why_not_close(case, *, user, on):
    """Why the case cannot be closed without a decision; "" when it can."""
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return OFFICERS_ONLY
    if case.status not in (S.PREPARING, S.ADVISED):
        return SETTLED if case.status != S.AWAITING_SECOND else "This case waits for its second approver."
    if case.option_id and case.option.status == OptionStatus.AVAILABLE:
        return "This option is still open, so it must be decided: offer it, do not offer it, or let it lapse."
    return ""


def why_not_prepare(case, *, user):
    """Why this person cannot work on the case now; "" when they can."""
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return OFFICERS_ONLY
    if reason := _why_conflicted(case.contract, user):
        return reason
    if case.status == S.PREPARING:
        return ""
    if case.status in (S.DECIDED, S.CLOSED):
        return SETTLED
    return "Advice has been given on this case. Take it back first, with a reason."


def _why_conflicted(contract, user):
    provider = contract.provider
    if provider and access.belongs_to(user, provider):
        return f"You belong to {provider.name}, so somebody else acts here."
    return ""


def why_not_ask_provider(case, *, user, on):
    """Why the provider cannot be asked now whether it is willing; "" when it can."""
    if reason := why_not_prepare(case, user=user):
        return reason
    if not case.contract.provider_id:
        return "No provider is recorded for this contract, so there is nobody to ask."
    if case.asked_at and not case.answered_at:
        return "The provider has been asked already and has not answered yet."
    return ""


def why_not_answer_ask(case, *, user, on):
    """Why this person cannot say now whether the provider is willing; "" when they can."""
    provider = case.contract.provider
    speaks = (Permission.EXTENSION_ANSWER, Permission.RETURN_SUBMIT)
    if access.is_office(user) or not provider or not any(access.may(user, word, provider) for word in speaks):
        return "Only a lead or an authorised signatory of the provider answers this."
    if not case.asked_at:
        return "The office has not asked you anything here yet."
    if case.answered_at:
        return "This has been answered already."
    return "" if case.status in extensions.OPEN else "The office no longer needs an answer to this."


def why_not_ready_evidence(case, *, user, on):
    """Why the evidence cannot be called ready now; "" when it can."""
    return why_not_prepare(case, user=user)


def why_not_give_advice(case, *, user, on):
    """Why this person cannot advise now; "" when they can."""
    return why_not_prepare(case, user=user)


def why_not_advise_so(case, *, recommended, months, ends_on, legal_basis, advice, lapse_effect, on):
    """What is wrong with the advice as worded; "" when nothing is. Shared with the form of the page."""
    if not advice.strip():
        return "Write the advice."
    if not lapse_effect.strip():
        return "Write what it would mean if the contract were not extended."
    return why_not_this_outcome(
        case, outcome=recommended, months=months, ends_on=ends_on, legal_basis=legal_basis, on=on
    )


def why_not_this_outcome(case, *, outcome, months, ends_on, legal_basis, on):
    """Why this outcome cannot be recommended or decided in this case with these figures; "" when it can."""
    if outcome not in O.values:
        return "Choose one of the outcomes."
    if case.option_id is None and outcome not in (O.OUTSIDE, O.DECLINE, O.DEFER):
        return "No option is left in this case: extend outside the original terms, decide later, or do not extend."
    if case.option_id is not None and outcome == O.OUTSIDE:
        return "This contract still has an option. Outside the original terms comes only after the last of them."
    if outcome == O.OFFER_SHORTER and not (months and 0 < months < case.option.months):
        longest = case.option.months - 1
        return f"Give a length in months, from 1 to {longest}." if longest else "This option cannot be shorter."
    if outcome == O.OUTSIDE:
        return why_not_this_end(case.contract, ends_on=ends_on, legal_basis=legal_basis)
    return ""


def why_not_this_end(contract, *, ends_on, legal_basis):
    """Why the contract cannot be extended outside its original terms to this day; "" when it can."""
    if ends_on is None:
        return "Give the new last day of the contract."
    now = queries.term(contract).ends_on
    if ends_on <= now:
        return f"The contract runs to {day_in_words(now)} already. Give a later day."
    return "" if legal_basis.strip() else "Write the legal basis of an extension outside the original terms."


def why_not_take_back(case, *, user, on):
    """Why the advice cannot be taken back now; "" when it can."""
    if not (access.may(user, Permission.CONTRACT_MANAGE) or access.may(user, Permission.DECISION_MAKE)):
        return "Only officers, and those who may decide, send a case back to be prepared again."
    if case.status == S.PREPARING:
        return NO_ADVICE
    return "" if case.status == S.ADVISED else SETTLED


def why_not_comment(case, *, user, on):
    """Why this person cannot comment on the money now; "" when they can."""
    if not access.may(user, Permission.DECISION_ADVISE_FINANCE):
        return "Only the chief finance officer comments on the money."
    if reason := _why_conflicted(case.contract, user):
        return reason
    if case.status == S.PREPARING:
        return NO_ADVICE
    if case.status != S.ADVISED:
        return SETTLED
    if case.cfo_commented_at:
        return "The chief finance officer has commented already."
    return ""


def why_not_decide(case, *, user, on):
    """Why this person cannot decide the case now; "" when they can."""
    if not access.may(user, Permission.DECISION_MAKE):
        return "Only the commissioner, or a post with a recorded delegation, decides on an extension."
    if case.status == S.PREPARING:
        return NO_ADVICE
    if case.status == S.AWAITING_SECOND:
        return "This has been decided and waits for its second approver."
    if case.status != S.ADVISED:
        return SETTLED
    if not case.cfo_commented_at:
        return "The chief finance officer’s comment is needed first."
    return _why_not_decider(case, user, amount=None, on=on) or _why_gone(case, on)


def _why_not_decider(case, user, *, amount, on):
    """Why somebody else must decide, by post, sum, part in the advice or interest; "" when this person may."""
    if reason := plan_rules.why_not_decide_after(user, extensions.advisers_of(case)):
        return reason
    if reason := _why_conflicted(case.contract, user):
        return reason
    stream = case.contract.stream
    if stream is None and RoleName.COMMISSIONER not in access.posts_of(user):
        return "This contract belongs to no funding stream, so no delegation covers it and the commissioner decides."
    return plan_rules.why_not_decide_as(user, stream=stream, amount=amount, on=on)[0]


def _why_gone(case, on):
    """Why an option can no longer be decided; "" while it can, and for a case without one."""
    if not case.option_id:
        return ""
    if case.option.status != OptionStatus.AVAILABLE:
        return f"This option is {case.option.get_status_display().lower()}, so there is nothing left to decide."
    line = option_term(case)
    if on >= line.starts_on:
        return f"This option would have started on {day_in_words(line.starts_on)}. It can no longer be used."
    return ""


def option_term(case):
    """The dates of the option of a case."""
    return next(line for line in queries.term(case.contract).options if line.option.pk == case.option_id)


def why_not_decide_so(
    case, *, outcome, months, ends_on, amount, purpose, legal_basis, reason, question, defer_until, user, on
):
    """What is wrong with the decision as worded; "" when nothing is."""
    if wrong := why_not_this_outcome(
        case, outcome=outcome, months=months, ends_on=ends_on, legal_basis=legal_basis, on=on
    ):
        return wrong
    if not reason.strip():
        return "Write the reason for the decision."
    if outcome == O.DEFER:
        return why_not_defer_until(case, question=question, defer_until=defer_until, on=on)
    if outcome in OFFERS and (wrong := why_not_offer_now(case, on=on)):
        return wrong
    if outcome in OFFERS or outcome == O.OUTSIDE:
        if amount is None:
            return "Give the value of the extension in pounds."
        if not purpose.strip():
            return "Write the purpose of the spend."
        if outcome == O.OUTSIDE and not case.provider_willing:
            return "The provider has not said that it is willing. Beyond the options, neither side has a right to more."
        return _why_not_decider(case, user, amount=amount, on=on)
    return ""


def why_not_offer_now(case, *, on):
    """Why the option cannot be offered any more; "" when it can. Its notice period is law between the parties."""
    line = option_term(case)
    if line.notice_by and on > line.notice_by:
        return (
            f"Notice of this option had to be given by {day_in_words(line.notice_by)}, so it can no longer be used as "
            "of right. Let it lapse, then extend outside the original terms if that is lawful."
        )
    return ""


def why_not_defer_until(case, *, question, defer_until, on):
    """Why the decision cannot be put off until this day; "" when it can."""
    if not question.strip():
        return "Write what the decision waits for."
    if defer_until is None:
        return "Give the day by which you will decide."
    if defer_until <= on:
        return "Give a day after today."
    safe = steps.last_safe_day(case.decide_by, notice_needed=case.notice_needed)
    if defer_until > safe:
        return (
            f"The last safe day is {day_in_words(safe)}: after it too few working days are left for the letter"
            f"{'' if case.notice_needed is False else ' and the notice'} before {day_in_words(case.decide_by)}."
        )
    return ""


def why_not_second(case, ruling, *, user, on):
    """Why this person cannot be the second approver; "" when they can."""
    if not access.may(user, Permission.DECISION_MAKE):
        return WHO_SECONDS
    if case.status != S.AWAITING_SECOND or ruling is None:
        return "Nothing here waits for a second approver."
    if user.pk == ruling.decision.made_by_id:
        return "You decided this, so somebody else approves it a second time."
    if user.pk in extensions.advisers_of(case):
        return "You advised on this or commented on its money, so somebody else approves it a second time."
    if reason := _why_conflicted(case.contract, user):
        return reason
    if access.posts_of(user) & SECOND_POSTS:
        return ""
    sentence = _why_not_decider(case, user, amount=ruling.decision.amount, on=on)
    return f"{sentence} {WHO_SECONDS}" if sentence else ""


def why_not_reply(case, ruling, *, user, on):
    """Why this person cannot accept or refuse the offer now; "" when they can."""
    provider = case.contract.provider
    if access.is_office(user) or not provider or not access.may(user, Permission.EXTENSION_ANSWER, provider):
        return "Only an authorised signatory of the provider accepts or refuses an extension."
    if ruling is None or case.option.status not in (OptionStatus.OFFERED, OptionStatus.LAPSED):
        return "No extension is offered here."
    if ruling.accepted is not None:
        return "This offer has been answered already."
    line = option_term(case)
    if case.option.status == OptionStatus.LAPSED or on >= line.starts_on:
        return f"This offer was open until {day_in_words(line.starts_on - DAY)}. Speak to the office."
    return ""


def why_not_record_notice(case, *, user, on):
    """Why nothing can be said of the notice now; "" when it can."""
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return OFFICERS_ONLY
    if case.status != S.DECIDED:
        return "A notice follows the decision."
    if case.notice_published_on:
        return "The notice is recorded already."
    return "This case needs no notice." if case.notice_needed is False else ""


def why_not_this_notice(*, needed, reference, published_on, reason, on):
    """What is wrong with what is said of the notice; "" when nothing is."""
    if not needed:
        return "" if reason.strip() else "Say why no notice is needed, and who advised so."
    if not reference.strip():
        return "Give the reference of the notice."
    if published_on is None:
        return "Give the day the notice was published."
    return "A notice cannot have been published in the future." if published_on > on else ""
