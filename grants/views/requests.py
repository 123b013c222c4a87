"""Changes of an award that its recipient asks for: written, sent, answered."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from plans.enums import RequestKind
from records import lists, papers
from records import queries as record
from records.enums import DecisionOutcome
from records.refusals import refuse_if

from ..actions import requests as actions
from ..enums import RequestStatus
from ..filters.requests import RequestFilter
from ..forms.acting import ReasonForm
from ..forms.request_parts import FORMS
from ..forms.requests import AnswerForm, KindForm
from ..queries import changes, effects
from ..queries import requests as queries
from ..rules import requests as rules
from .acting import act_page, attempt, move
from .awards import get_award

SORTS = {
    "reference": "reference",
    "recipient": "award__recipient__name",
    "kind": "kind",
    "status": "status",
    "sent": "submitted_at",
}
CSV_HEADER = ["Reference", "Award", "Recipient", "Change", "Status", "Sent", "Answer due", "Decided", "Reason"]
EDITING = ["GET", "POST"]


def get_request(request, reference, number):
    """The request for a change, if the person may see it."""
    rows = queries.with_due(queries.visible_requests(request.user))
    return get_object_or_404(rows, award__reference=reference, reference=number)


@access.require(Permission.AWARD_READ)
@require_safe
def request_list(request):
    """Every change asked for that the person may see: filtered, sorted, in pages, or as CSV."""
    rows = queries.with_due(queries.visible_requests(request.user))
    found = RequestFilter(request.GET, queryset=rows)
    rows = lists.sort(request, found.qs, SORTS, default="-sent")
    if request.GET.get("format") == "csv":
        return lists.csv_response("requests", CSV_HEADER, (csv_row(row) for row in rows))
    page = lists.paginate(request, rows)
    context = {"filter": found, "page_obj": page, "count": page.paginator.count, "today": timezone.localdate()}
    return render(request, "grants/request_list.html", context)


def csv_row(asked):
    days = [moment and timezone.localtime(moment).date() for moment in (asked.submitted_at, asked.decided_at)]
    return [
        asked.reference,
        asked.award.reference,
        asked.award.recipient.name,
        asked.get_kind_display(),
        asked.get_status_display(),
        days[0],
        asked.due_on,
        days[1],
        asked.reason,
    ]


@access.require(Permission.AWARD_REPORT)
@require_http_methods(EDITING)
def request_new(request, reference):
    """First what should change, then how and why."""
    award = get_award(request, reference)
    kind = request.GET.get("kind")
    kind = kind if kind in RequestKind.values else None
    refuse_if(rules.why_not_request(award, user=request.user, kind=kind), award)
    if kind is None:
        form = KindForm(request.GET if "kind" in request.GET else None)
        words = {"title": "Ask for a change", "caption": str(award), "back": award.get_absolute_url()}
        return act_page(request, form, **words)
    return _write(request, award, kind)


@access.require(Permission.AWARD_REPORT)
@require_http_methods(EDITING)
def request_edit(request, reference, number):
    """A draft, or a request sent back, written anew."""
    asked = get_request(request, reference, number)
    refuse_if(rules.why_not_write(asked, user=request.user), asked)
    return _write(request, asked.award, asked.kind, asked)


def _write(request, award, kind, asked=None):
    """The form of one kind of change; saved, it leads to what follows from it."""
    standing = changes.standing(award, kind)
    given = {"standing": standing, "wanted": asked.after if asked else None, "reason": asked.reason if asked else ""}
    form = FORMS[kind](request.POST if request.method == "POST" else None, **given)
    if request.method == "POST" and form.is_valid():
        said = {"reason": form.cleaned_data["reason"], "after": form.after(), "by": request.user, "at": timezone.now()}
        if asked:
            version = request.POST.get("version", "")
            version = int(version) if version.isdigit() else 0
            saved = attempt(form, actions.save_request, request=asked, version=version, **said)
        else:
            saved = attempt(form, actions.start_request, award=award, kind=kind, **said)
        if saved is not None:
            messages.success(request, "Saved. Nobody has been asked yet: read what follows, then send it.")
            return redirect(saved)
    return act_page(
        request,
        form,
        title=RequestKind(kind).label,
        caption=str(award),
        back=(asked or award).get_absolute_url(),
        template="grants/request_edit.html",
        asked=asked,
        kind=kind,
    )


@access.require(Permission.AWARD_READ)
@require_safe
def request_show(request, reference, number):
    """One request: before and after, what follows from it, its answer, its history."""
    asked = get_request(request, reference, number)
    on = timezone.localdate()
    is_open = asked.status in rules.OPEN
    stale = rules.why_stale(asked) if is_open else ""
    now = asked.effect
    if is_open and not stale:
        now = effects.effect_of(asked.award, asked.kind, asked.before, asked.after, on=on)
    level = asked.level or (rules.level_for(asked.award, asked.kind, now) if now else "")
    context = {
        "asked": asked,
        "award": asked.award,
        "rows": changes.rows_of(asked.kind, asked.before, asked.after),
        "effect": now,
        "effect_moved": is_open and asked.effect and asked.effect != now,
        "stale": stale,
        "level": rules.level_in_words(level) if level else "",
        "moves": request_moves(asked, request.user, on, now),
        "papers": papers.about(asked),
        "events": record.history(asked),
        "in_office": access.is_office(request.user),
        "today": on,
    }
    return render(request, "grants/request_show.html", context)


def request_moves(asked, user, on, effect):
    """The buttons of a request: those this person's role could press at this stage."""
    args, moves = [asked.award.reference, asked.reference], []
    mine = access.may(user, Permission.AWARD_REPORT, asked.award.recipient) and not access.is_office(user)
    if mine and asked.status in rules.WRITABLE:
        why = rules.why_not_submit(asked, user=user, on=on)
        hint = "The office answers within its working days. Until then everything stays as it is."
        moves.append(move("Send to the office", "request_submit", args, why, method="post", hint=hint))
        moves.append(move("Change", "request_edit", args, rules.why_not_write(asked, user=user), style="secondary"))
    if mine and asked.status in rules.OPEN:
        moves.append(
            move("Withdraw", "request_withdraw", args, rules.why_not_withdraw(asked, user=user), style="secondary")
        )
    if access.is_office(user):
        moves += office_moves(asked, args, user, on, effect)
    return moves


def office_moves(asked, args, user, on, effect):
    """What the office does with a request that was sent."""
    moves = []
    officer, decides = access.may(user, Permission.AWARD_OFFER), access.may(user, Permission.DECISION_MAKE)
    waits = asked.status == RequestStatus.AWAITING_DECISION
    with_officers = asked.status == RequestStatus.SUBMITTED
    why = rules.why_not_decide(asked, user=user, on=on, effect=effect) if effect else ""
    if officer and with_officers and not rules.why_not_advise(asked, user=user):
        moves.append(move("Put it to a decision", "request_advise", args, ""))
    elif (officer and with_officers) or (decides and waits):
        moves.append(move("Decide", "request_decide", args, why))
    if officer and with_officers:
        moves.append(
            move("Ask a question", "request_ask", args, rules.why_not_ask(asked, user=user), style="secondary")
        )
    if decides and waits:
        why = rules.why_not_send_back(asked, user=user)
        moves.append(move("Give it back to the officers", "request_send_back", args, why, style="secondary"))
    return moves


@access.require(Permission.AWARD_REPORT)
@require_POST
def request_submit(request, reference, number):
    """Send a request to the office."""
    asked = get_request(request, reference, number)
    actions.submit_request(request=asked, by=request.user, at=timezone.now())
    messages.success(request, "Your request is with the office. You will hear from us.")
    return redirect(asked)


@access.require(Permission.AWARD_REPORT)
@require_http_methods(EDITING)
def request_withdraw(request, reference, number):
    """Take a request back."""
    asked = get_request(request, reference, number)
    why_not = rules.why_not_withdraw(asked, user=request.user)
    words = {"title": "Withdraw the request", "done": "The request is withdrawn.", "style": "govuk-button--warning"}
    return _ask_words(request, asked, why_not, actions.withdraw_request, **words)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def request_ask(request, reference, number):
    """Send a request back with a question."""
    asked = get_request(request, reference, number)
    why_not = rules.why_not_ask(asked, user=request.user)
    words = {
        "title": "Ask a question",
        "done": "The question is with the recipient.",
        "label": "Question",
        "field": "question",
        "help_text": "The recipient can change the request and send it again.",
    }
    return _ask_words(request, asked, why_not, actions.ask_about_request, **words)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(EDITING)
def request_advise(request, reference, number):
    """Put a request to a decision, with advice."""
    asked = get_request(request, reference, number)
    why_not = rules.why_not_advise(asked, user=request.user)
    words = {
        "title": "Put it to a decision",
        "done": "Those who decide have been told.",
        "label": "Your advice",
        "field": "advice",
        "help_text": "Who gives advice does not decide.",
    }
    return _ask_words(request, asked, why_not, actions.advise_on_request, **words)


@access.require(Permission.DECISION_MAKE)
@require_http_methods(EDITING)
def request_send_back(request, reference, number):
    """Give a request back to the officers."""
    asked = get_request(request, reference, number)
    why_not = rules.why_not_send_back(asked, user=request.user)
    words = {"title": "Give it back to the officers", "done": "The request is with the officers again."}
    return _ask_words(request, asked, why_not, actions.send_back_request, **words)


@access.require(Permission.AWARD_OFFER, Permission.DECISION_MAKE)
@require_http_methods(EDITING)
def request_decide(request, reference, number):
    """Approve the change or refuse it, with its effect as worked out now."""
    asked, on = get_request(request, reference, number), timezone.localdate()
    stale = rules.why_stale(asked)
    effect = asked.effect if stale else effects.effect_of(asked.award, asked.kind, asked.before, asked.after, on=on)
    refuse_if(rules.why_not_decide(asked, user=request.user, on=on, effect=effect), asked)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "by": request.user, "at": timezone.now()}
        if (decided := attempt(form, actions.decide_request, request=asked, **said)) is not None:
            approved = decided.outcome == DecisionOutcome.APPROVED
            done = "The change is part of the award." if approved else "The request is refused."
            messages.success(request, f"{done} The recipient has been told.")
            return redirect(decided)
    return act_page(
        request,
        form,
        title="Decide on the change",
        caption=f"{asked.reference}: {asked.get_kind_display()}",
        back=asked.get_absolute_url(),
        template="grants/request_decide.html",
        asked=asked,
        award=asked.award,
        rows=changes.rows_of(asked.kind, asked.before, asked.after),
        effect=effect,
        effect_moved=asked.effect != effect,
        stale=stale,
    )


def _ask_words(request, asked, why_not, action, *, title, done, label="Reason", field="reason", help_text="", style=""):
    """An act that needs some words, named as the action names them."""
    refuse_if(why_not, asked)
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data, button=title, style=style, label=label, help_text=help_text)
    if request.method == "POST" and form.is_valid():
        said = {field: form.cleaned_data["reason"], "by": request.user, "at": timezone.now()}
        if attempt(form, action, request=asked, **said) is not None:
            messages.success(request, done)
            return redirect(asked)
    context = {"rows": changes.rows_of(asked.kind, asked.before, asked.after), "asked": asked}
    back = asked.get_absolute_url()
    template = "grants/request_words.html"
    return act_page(request, form, title=title, caption=str(asked), back=back, template=template, **context)
