"""The acts of the office in an extension decision, a page each."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.roles import Permission
from records.refusals import Refused, refuse_if
from records.words import day_in_words

from ... import queries
from ...actions import extensions as actions
from ...enums import ExtensionOutcome
from ...forms import extensions as forms
from ...queries import extensions, steps
from ...rules import extensions as rules
from ..hub import frame
from .acting import HERE, act, fetch, fetch_contract, posted

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
@access.require(Permission.CONTRACT_MANAGE)
def extension_open(request, reference):
    """Open a case by hand: for the next option, or outside the original terms."""
    contract, on = fetch_contract(request, reference), timezone.localdate()
    refuse_if(rules.why_not_open(contract, user=request.user, on=on), contract)
    ahead, term = extensions.usable_option(contract, on), queries.term(contract)
    form = forms.OpenForm(posted(request), known=ahead and ahead.decide_by)
    if form.is_bound and form.is_valid():
        try:
            case = actions.open_case(contract=contract, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, "The case is open. Its steps stand below.")
            return redirect(case)
    context = {
        **frame(contract, request.user, here=HERE),
        "form": form,
        "title": f"Prepare the decision on option {ahead.option.number}" if ahead else
        "Prepare an extension outside the original terms",
        "ahead": ahead,
        "term": term,
        "passed": None if ahead else term.next_option,
    }  # fmt: skip
    return render(request, "services/extension_open.html", context)


@PAGE
@access.require(Permission.CONTRACT_MANAGE)
def extension_ask(request, reference, number):
    """Ask the provider whether it is willing to go on."""
    case = fetch(request, reference, number)
    return act(
        request, case, forms.AskForm(posted(request)),
        why_not=rules.why_not_ask_provider, action=actions.ask_provider, arguments=dict,
        title="Ask the provider", done="The letter is sent. The provider answers here.",
        lead="A lead or a signatory of the provider says whether it is willing to go on. They are told by e-mail.",
    )  # fmt: skip


@PAGE
@access.require(Permission.CONTRACT_MANAGE)
def extension_ready(request, reference, number):
    """The evidence is complete: what a lapse would mean is written down."""
    case = fetch(request, reference, number)
    return act(
        request, case, forms.ReadyForm(posted(request), initial={"lapse_effect": case.lapse_effect}),
        why_not=rules.why_not_ready_evidence, action=actions.ready_evidence, arguments=dict,
        title="The evidence is ready", done="The evidence is ready.",
        lead="Look first at what the portal has gathered. What only a person can say is what a lapse would mean.",
    )  # fmt: skip


@PAGE
@access.require(Permission.DECISION_ADVISE_FINANCE)
def extension_comment(request, reference, number):
    """The chief finance officer's comment on the money."""
    case = fetch(request, reference, number)
    return act(
        request, case, forms.CommentForm(posted(request)),
        why_not=rules.why_not_comment, action=actions.comment, arguments=dict,
        title="Comment on the money", done="Your comment is saved. The case can be decided.",
        template="services/extension_decide.html", value=_value(case),
    )  # fmt: skip


def _value(case):
    """What the recommended extension is worth as the records have it, and which days it covers."""
    period = extensions.period_of(
        case, outcome=case.recommended, months=case.recommended_months, ends_on=case.recommended_ends_on
    )
    return {"period": period, "amount": extensions.value_of(case.contract, *period) if period else None}


@PAGE
@access.require(Permission.DECISION_MAKE)
def extension_decide(request, reference, number):
    """Decide: offer, offer shorter, decline, decide later, let lapse, or extend outside the original terms."""
    case = fetch(request, reference, number)
    value = _value(case)
    safe = steps.last_safe_day(case.decide_by, notice_needed=case.notice_needed)
    start = {
        "amount": value["amount"], "months": case.recommended_months, "ends_on": case.recommended_ends_on,
        "legal_basis": case.legal_basis,
    }  # fmt: skip
    form = forms.DecideForm(posted(request), case=case, safe=day_in_words(safe), initial=start)
    return act(
        request, case, form, why_not=rules.why_not_decide, action=actions.decide, arguments=dict,
        title="Decide", done="The decision is made and stands in the register.",
        template="services/extension_decide.html", value=value, decides=True,
        second=rules.WHO_SECONDS if not case.option_id else "",
    )  # fmt: skip


@PAGE
@access.require(Permission.CONTRACT_MANAGE, Permission.DECISION_MAKE)
def extension_return(request, reference, number):
    """Send the case back to be prepared again."""
    case = fetch(request, reference, number)
    form = forms.ReasonForm(posted(request), button="Send it back", label="What has to be prepared again?")
    return act(
        request, case, form, why_not=rules.why_not_take_back, action=actions.take_back, arguments=dict,
        title="Send it back to be prepared again", done="The case is back with the officers.",
        lead="The advice and the comment stay in the history. Both are given anew, with the evidence of that day.",
    )  # fmt: skip


@PAGE
@access.require(Permission.CONTRACT_MANAGE)
def extension_close(request, reference, number):
    """Close a case that needs no decision any more."""
    case = fetch(request, reference, number)
    form = forms.ReasonForm(posted(request), button="Close the case", label="Why is it closed?")
    return act(
        request, case, form, why_not=rules.why_not_close, action=actions.close_case, arguments=dict,
        title="Close this case", done="The case is closed.",
    )  # fmt: skip


@PAGE
@access.require(Permission.DECISION_MAKE)
def extension_second(request, reference, number):
    """The second approver agrees, or not."""
    case = fetch(request, reference, number)
    ruling = next(
        (ruling for ruling in reversed(list(extensions.rulings_of(case)))
         if ruling.outcome == ExtensionOutcome.OUTSIDE), None,
    )  # fmt: skip
    return act(
        request, case, forms.SecondForm(posted(request)),
        why_not=lambda case, **asked: rules.why_not_second(case, ruling, **asked), action=_second, arguments=dict,
        title="Approve a second time, or not", done="Your answer is saved.",
        template="services/extension_decide.html", ruling=ruling, second=rules.WHO_SECONDS, value=_value(case),
    )  # fmt: skip


def _second(*, case, answer, reason, by, at):
    """The one action the answer asks for."""
    if answer == "yes":
        return actions.approve_second(case=case, by=by, at=at)
    return actions.refuse_second(case=case, reason=reason, by=by, at=at)


@PAGE
@access.require(Permission.CONTRACT_MANAGE)
def extension_notice(request, reference, number):
    """Record the notice that was published, or why none is needed."""
    case = fetch(request, reference, number)
    return act(
        request, case, forms.NoticeForm(posted(request)), why_not=rules.why_not_record_notice,
        action=actions.record_notice, arguments=lambda typed: {**typed, "needed": typed["needed"] == "yes"},
        title="Record the notice", done="Saved.", template="services/extension_notice.html",
    )  # fmt: skip
