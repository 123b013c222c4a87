"""What the provider answers: whether it is willing, and whether it accepts an offer."""

from django.http import Http404
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.roles import Permission

from ... import queries
from ...actions import extensions as actions
from ...enums import OFFERS
from ...forms import extensions as forms
from ...queries import extensions
from ...rules import extensions as rules
from .acting import act, fetch, posted

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
@access.require(Permission.RETURN_SUBMIT, Permission.EXTENSION_ANSWER)
def extension_answer(request, reference, number):
    """A lead or signatory says whether the provider is willing to go on."""
    case = fetch(request, reference, number)
    return act(
        request, case, forms.WillingForm(posted(request)), why_not=rules.why_not_answer_ask, action=actions.answer_ask,
        arguments=lambda typed: {**typed, "willing": typed["willing"] == "yes"},
        title="Are you willing to go on?", done="Your answer has been sent to the office.",
        lead="This is a question before anything is decided. Your answer binds neither side.",
        letter=extensions.question_of(case),
    )  # fmt: skip


@PAGE
@access.require(Permission.EXTENSION_ANSWER)
def extension_accept(request, reference, number):
    """A signatory accepts or refuses the extension offered."""
    case = fetch(request, reference, number)
    offer = next((r for r in reversed(list(extensions.rulings_of(case))) if r.outcome in OFFERS), None)
    if offer is None:
        raise Http404
    period = extensions.period_of(case, outcome=offer.outcome, months=offer.months, ends_on=None)
    return act(
        request, case, forms.ReplyForm(posted(request)),
        why_not=lambda case, **asked: rules.why_not_reply(case, offer, **asked), action=_reply, arguments=dict,
        title="Accept or refuse the extension", done="Your answer has been sent to the office.",
        template="services/extension_accept.html", offer=offer, period=period, term=queries.term(case.contract),
    )  # fmt: skip


def _reply(*, case, answer, words, by, at):
    """The one action the answer asks for."""
    if answer == "yes":
        return actions.accept_offer(case=case, words=words, by=by, at=at)
    return actions.refuse_offer(case=case, words=words, by=by, at=at)
