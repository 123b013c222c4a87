"""Whom we tell what about an extension decision."""

from accounts.queries import people_for
from records import notices
from records.enums import Audience
from records.words import day_in_words, pounds

OFFICERS = (Audience.OFFICER, Audience.HEAD)
DECIDERS = (Audience.HEAD, Audience.COMMISSIONER)
PROVIDER = (Audience.SIGNATORY, Audience.LEAD)


def _tell(case, audiences, rule, heading, body, *, at, paper=None, sets=(), but=None):
    provider = case.contract.provider
    people = [person for audience in audiences for person in people_for(audience, provider)]
    notices.tell(
        people=[person for person in people if but is None or person.pk != but.pk],
        rule=rule,
        subject=case,
        heading=heading[:300],
        body=body,
        link=case.get_absolute_url(),
        paper=paper,
        sets_dates_of=sets,
        at=at,
    )


def _name(case):
    what = f"option {case.option.number}" if case.option else "an extension outside the original terms"
    return f"{case.contract.name}: {what}"


def case_opened(case, *, at):
    """The officers and the head: the work begins, and by when it must be done."""
    body = f"Begin to prepare the decision. It must be made by {day_in_words(case.decide_by)}."
    _tell(case, OFFICERS, "extension_opened", f"{_name(case)}: prepare the decision", body, at=at)


def provider_asked(case, words, *, paper, owed, at):
    """The provider's leads and signatories: the question, by when to answer."""
    body = f"{words}\n\nPlease say by {day_in_words(owed.due_on)} whether you are willing to go on. This is no offer."
    heading = f"{case.contract.name}: are you willing to go on?"
    _tell(case, PROVIDER, "extension_asked", heading, body, paper=paper, sets=[owed], at=at)


def provider_answered(case, *, at):
    """The officers and the head: what the provider said."""
    said = "is willing to go on" if case.provider_willing else "is NOT willing to go on"
    body = f"{case.contract.provider.name} {said}.\n\n{case.provider_answer}"
    heading = f"{case.contract.name}: the provider {said}"
    _tell(case, OFFICERS, "extension_provider_answered", heading, body, at=at)


def advised(case, *, at):
    """The chief finance officer: comment; the commissioner's office: a decision is on its way."""
    body = f"Officers advise: {case.get_recommended_display().lower()}. Your comment on the money is needed."
    _tell(case, [Audience.CHIEF_FINANCE], "extension_advised", f"{_name(case)}: comment on the money", body, at=at)


def ready_to_decide(case, *, at):
    """The commissioner's office: everything is there to decide."""
    body = (
        f"Officers advise: {case.get_recommended_display().lower()}. The chief finance officer has commented. "
        f"The last day is {day_in_words(case.decide_by)}."
    )
    _tell(case, [Audience.COMMISSIONER], "extension_ready", f"{_name(case)}: decide", body, at=at)


def taken_back(case, reason, *, at, by):
    """The officers and the head: the case must be prepared again."""
    heading = f"{_name(case)}: back to be prepared again"
    _tell(case, OFFICERS, "extension_taken_back", heading, reason, at=at, but=by)


def offered(ruling, *, paper, owed, ends_on, at):
    """The provider's leads and signatories: the offer and its letter."""
    case = ruling.case
    body = (
        f"The office offers to extend the contract {case.contract.name} to {day_in_words(ends_on)}, for "
        f"{pounds(ruling.decision.amount)}. An authorised signatory accepts or refuses by {day_in_words(owed.due_on)}."
    )
    heading = f"{case.contract.name}: an extension is offered to you"
    _tell(case, PROVIDER, "extension_offered", heading, body, paper=paper, sets=[owed], at=at)


def not_extended(ruling, *, paper, ends_on, at):
    """The provider's leads and signatories: there is no extension, and when the contract ends."""
    case = ruling.case
    body = f"The office does not extend the contract {case.contract.name}. Its last day is {day_in_words(ends_on)}."
    _tell(case, PROVIDER, "extension_none", f"{case.contract.name}: no extension", body, paper=paper, at=at)


def deferred(ruling, *, until, at):
    """The provider's leads and signatories, and the officers: decided later."""
    case = ruling.case
    body = f"The office will decide on the extension of {case.contract.name} by {day_in_words(until)}."
    heading = f"{case.contract.name}: the decision on an extension comes later"
    _tell(case, [*PROVIDER, *OFFICERS], "extension_deferred", heading, body, at=at)


def second_needed(ruling, *, owed, by, at):
    """Those who may approve a second time."""
    case = ruling.case
    body = (
        f"{ruling.decision.made_by.full_name} decided to extend the contract outside its original terms to "
        f"{day_in_words(ruling.ends_on)}. It takes effect once a second approver agrees, who must be somebody else."
    )
    people = [Audience.CHIEF_FINANCE, Audience.COMMISSIONER, Audience.HEAD]
    heading = f"{case.contract.name}: a second approver is needed"
    _tell(case, people, "extension_second_needed", heading, body, sets=[owed], at=at, but=by)


def second_refused(ruling, reason, *, by, at):
    """The officers, the head and the commissioner's office: it does not take effect."""
    heading = f"{ruling.case.contract.name}: the second approver did not agree"
    _tell(ruling.case, [*OFFICERS, Audience.COMMISSIONER], "extension_second_refused", heading, reason, at=at, but=by)


def runs_on(ruling, *, paper, at):
    """The provider, the officers and the head: the contract runs on outside its original terms."""
    case = ruling.case
    body = f"The contract {case.contract.name} runs on outside its original terms to {day_in_words(ruling.ends_on)}."
    heading = f"{case.contract.name} runs on to {day_in_words(ruling.ends_on)}"
    _tell(case, [*PROVIDER, *OFFICERS], "extension_outside", heading, body, paper=paper, at=at)


def accepted(ruling, *, ends_on, at):
    """Both sides: the extension is agreed, and the new end."""
    case = ruling.case
    body = f"The extension is accepted. The contract {case.contract.name} now runs to {day_in_words(ends_on)}."
    people = [*PROVIDER, *OFFICERS, Audience.COMMISSIONER]
    _tell(case, people, "extension_accepted", f"{case.contract.name} runs on to {day_in_words(ends_on)}", body, at=at)


def refused(ruling, *, ends_on, at):
    """The officers, the head and the commissioner's office, at once: the provider refuses."""
    case = ruling.case
    body = (
        f"{case.contract.provider.name} refuses the extension. The contract ends on {day_in_words(ends_on)}.\n\n"
        f"{ruling.answer}"
    )
    heading = f"{case.contract.name}: the provider refuses the extension"
    _tell(case, [*OFFICERS, Audience.COMMISSIONER], "extension_refused", heading, body, at=at)


def lapsed(option, *, was_offered, ends_on, at):
    """The head and the commissioner's office: an option was lost; the provider, where it had been offered."""
    contract = option.contract
    why = "was offered and not accepted" if was_offered else "was not decided"
    body = (
        f"Option {option.number} of the contract {contract.name} {why} before its first day, so it has lapsed. "
        f"The last day of the contract is {day_in_words(ends_on)}. Find out at once what follows for the service."
    )
    audiences = [*DECIDERS, Audience.OFFICER, *(PROVIDER if was_offered else ())]
    notices.tell(
        people=[person for audience in audiences for person in people_for(audience, contract.provider)],
        rule="extension_lapsed",
        subject=contract,
        heading=f"{contract.name}: option {option.number} has lapsed"[:300],
        body=body,
        link=contract.get_absolute_url(),
        at=at,
    )
