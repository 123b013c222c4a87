"""Why a recipient may not write, certify or submit a return now."""

from accounts import access
from accounts import queries as people
from accounts.roles import Permission
from records.enums import Audience

from ..enums import ReturnStatus
from .completeness import not_ready

S = ReturnStatus
NOW = {
    S.OPEN: "This return is open, so it can still be changed.",
    S.CERTIFYING: "This return is with the certifier. Ask a lead to take it back if it must be changed.",
    S.CERTIFIED: "This return is certified. Ask a lead to take it back if it must be changed, or submit it.",
    S.SUBMITTED: "This return was submitted. A lead can take it back to correct it until it is reviewed.",
    S.QUERIED: "An officer has asked questions about this return. Answer them to send it back.",
    S.REVIEWED: "This return was reviewed and is closed.",
    S.WAIVED: "This return was waived, so nothing has to be sent.",
}
DO_NOT = "You may not do this for {organisation}. Ask a {role} there."


def needs_certifier(monitoring_return):
    """Whether the rule set asks for a named certifier."""
    return monitoring_return.rules.certifier_required


def lacks(monitoring_return, user, permission, role):
    """The sentence for a person of another organisation or with another role."""
    organisation = monitoring_return.organisation
    if access.may(user, permission, organisation):
        return ""
    return DO_NOT.format(organisation=organisation, role=role)


def why_not_edit(monitoring_return, *, user, on):
    """Only writers, only while it is open or queried (X6)."""
    if not monitoring_return.is_editable:
        return NOW[monitoring_return.status]
    return lacks(monitoring_return, user, Permission.RETURN_WRITE, "contributor or lead")


def no_reason(reason):
    """The sentence for a reason that was asked for and left empty; None means it was not asked for yet."""
    return "" if reason is None or reason.strip() else "Give a reason, so that the others understand."


def nobody_certifies(monitoring_return):
    """The rule set asks for a certifier and the organisation has none."""
    organisation = monitoring_return.organisation
    if people.people_for(Audience.CERTIFIER, organisation).exists():
        return ""
    return f"{organisation} has no certifier. A lead can invite one under People."


def why_not_send_for_certification(monitoring_return, *, user, on, gaps=None):
    """Complete, open, and there is somebody to sign (X5)."""
    if monitoring_return.status != S.OPEN:
        return NOW[monitoring_return.status]
    if sentence := lacks(monitoring_return, user, Permission.RETURN_WRITE, "contributor or lead"):
        return sentence
    if not needs_certifier(monitoring_return):
        return "The rules of this award need no certifier. A lead can submit the return at once."
    return not_ready(monitoring_return, gaps) or nobody_certifies(monitoring_return)


def why_not_certify(monitoring_return, *, user, on):
    """Only a certifier of the organisation, only when asked."""
    if monitoring_return.status != S.CERTIFYING:
        waiting = "This return has not been sent for certification yet."
        return waiting if monitoring_return.status == S.OPEN else NOW[monitoring_return.status]
    return lacks(monitoring_return, user, Permission.RETURN_CERTIFY, "certifier")


def why_not_decline_certification(monitoring_return, *, user, on, reason=None):
    """Who may sign may decline, with a reason."""
    return why_not_certify(monitoring_return, user=user, on=on) or no_reason(reason)


def why_not_take_back(monitoring_return, *, user, on, reason=None):
    """A lead may take a return back until it is submitted, with a reason."""
    if monitoring_return.status not in {S.CERTIFYING, S.CERTIFIED}:
        return NOW[monitoring_return.status]
    return lacks(monitoring_return, user, Permission.RETURN_SUBMIT, "lead") or no_reason(reason)


def why_not_submit(monitoring_return, *, user, on, gaps=None):
    """A lead submits what is complete and, where asked for, certified by somebody else (X5)."""
    certified = needs_certifier(monitoring_return)
    if monitoring_return.status != (S.CERTIFIED if certified else S.OPEN):
        waiting = monitoring_return.status == S.OPEN and "Send this return for certification first."
        return waiting or NOW[monitoring_return.status]
    if sentence := lacks(monitoring_return, user, Permission.RETURN_SUBMIT, "lead"):
        return sentence
    alone = monitoring_return.certified_by_id == user.pk
    if certified and alone and not monitoring_return.rules.one_person_may_certify_and_submit:
        return "You certified this return, so another lead has to submit it."
    return not_ready(monitoring_return, gaps)
