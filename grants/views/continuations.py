"""What follows a year or the end of an award: the list, one decision, and every step towards it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records import lists
from records.refusals import refuse_if

from ..actions import continuation_decisions as decisions
from ..actions import continuations as actions
from ..enums import ContinuationChoice
from ..enums import ContinuationStatus as S
from ..filters.continuations import ContinuationFilter
from ..forms.continuations import AdviceForm, AskForm, CaseForm, CommentForm, DecideForm, SendForm, choices_for
from ..models import Continuation
from ..queries import continuations as queries
from ..queries import results
from ..rules import continuations as rules
from .acting import act_page, attempt, move, reason_page

SORTS = {"due": "due", "recipient": "award__recipient__name", "status": "status", "starts": "starts_on"}
CSV_HEADER = [
    "Reference", "Award", "Recipient", "Stream", "Kind", "Starts", "Ends", "Status", "Decide by", "Latest safe day",
    "Set apart", "Asked for", "Decided",
]  # fmt: skip
WRITERS = (Permission.CASE_WRITE,)
DRAFT = ("need", "plans_for_year", "asked_amount", "changes", "version")


def get_continuation(request, reference, number):
    """The decision on time to come, if the person may see the award."""
    rows = queries.with_joins(Continuation.objects.visible_to(request.user))
    return get_object_or_404(rows, award__reference=reference, reference=number)


@access.require(Permission.AWARD_READ)
@require_safe
def continuation_list(request):
    """Every decision on time to come the person may see: filtered, sorted, in pages, or as CSV."""
    found = ContinuationFilter(request.GET, queryset=queries.for_list(Continuation.objects.visible_to(request.user)))
    rows = lists.sort(request, found.qs, SORTS, default="due")
    if request.GET.get("format") == "csv":
        return lists.csv_response("what-follows", CSV_HEADER, (csv_row(row) for row in rows))
    page = lists.paginate(request, rows)
    context = {"filter": found, "page_obj": page, "count": page.paginator.count, "today": timezone.localdate()}
    return render(request, "grants/continuation_list.html", context)


def csv_row(row):
    return [
        row.reference,
        row.award.reference,
        row.award.recipient.name,
        str(row.award.stream),
        row.get_kind_display(),
        row.starts_on,
        row.ends_on,
        row.standing,
        row.due,
        row.safe_by,
        row.amount,
        row.asked_amount,
        row.get_choice_display(),
    ]


@access.require(Permission.AWARD_READ)
@require_safe
def continuation_show(request, reference, number):
    """Everything about one decision on time to come on one page."""
    row = get_continuation(request, reference, number)
    context = {
        **shown(row, request.user),
        "moves": moves_of(row, request.user, timezone.localdate()),
        "events": queries.history(row) if access.is_office(request.user) else [],
    }
    return render(request, "grants/continuation_show.html", context)


def shown(row, user):
    """What every page of it shows: the days, what the returns say, the sum against its limits."""
    on, in_office = timezone.localdate(), access.is_office(user)
    return {
        "row": row,
        "award": row.award,
        "results": results.results_shown(row),
        "monitoring": results.monitoring_of(row.award, on=on),
        "event_too_late": rules.event_too_late(row),
        "warnings": rules.warnings(row, row.sum_in_question) if row.is_undecided else [],
        "exceptions": queries.exceptions_of(row),
        "in_office": in_office,
        "today": on,
    }


def moves_of(row, user, on):
    """The buttons: those this person's role could press while it is undecided."""
    args, asked, moves = [row.award.reference, row.reference], {"user": user, "on": on}, []
    if not row.is_undecided:
        return moves
    if not access.is_office(user):
        return writer_moves(row, user, args, asked)
    if access.may(user, Permission.AWARD_OFFER):
        moves += officer_moves(row, args, asked)
    if access.may(user, Permission.DECISION_ADVISE_FINANCE):
        moves.append(move("Comment on the money", "continuation_comment", args, rules.why_not_comment(row, **asked)))
    if access.may(user, Permission.EXCEPTION_APPROVE) and rules.needing_exception(row):
        why = rules.why_not_except(row, **asked)
        moves.append(move("Allow the sum above the limit", "continuation_except", args, why, style="secondary"))
    if access.may(user, Permission.DECISION_MAKE):
        moves.append(move("Decide", "continuation_decide", args, rules.why_not_decide(row, **asked)))
    return moves


def writer_moves(row, user, args, asked):
    """What the recipient does, where it is asked for a business case."""
    if not row.case_due_on or not access.may(user, Permission.CASE_WRITE, row.award.recipient):
        return []
    moves = [move("Write the business case", "continuation_write", args, rules.why_not_write(row, **asked))]
    if access.may(user, Permission.CASE_SUBMIT, row.award.recipient):
        why = rules.why_not_submit(row, **asked)
        moves.append(move("Check and send it", "continuation_submit", args, why, style="secondary"))
    return moves


def officer_moves(row, args, asked):
    """What a commissioning officer does before the decision."""
    moves = [move("Give advice", "continuation_advise", args, rules.why_not_advise(row, **asked))]
    if row.status == S.WAITING:
        hint = "Only where a business case is wanted before the decision." if row.is_extension else ""
        why = rules.why_not_ask(row, **asked)
        moves.append(move("Ask for a business case", "continuation_ask", args, why, style="secondary", hint=hint))
    if row.status == S.SUBMITTED:
        why = rules.why_not_return(row, **asked)
        moves.append(move("Send it back to be changed", "continuation_return", args, why, style="secondary"))
    if row.status == S.AWAITING_DECISION:
        why = rules.why_not_take_back(row, **asked)
        moves.append(move("Take the advice back", "continuation_take_back", args, why, style="secondary"))
    return moves


def page(request, row, form, *, title, template="grants/continuation_act.html", **more):
    """The page of one step, with what every page of it shows."""
    context = {**shown(row, request.user), **more}
    return act_page(
        request, form, title=title, caption=row.reference, back=row.get_absolute_url(), template=template, **context
    )


@access.require(*WRITERS)
@require_http_methods(["GET", "POST"])
def continuation_write(request, reference, number):
    """The recipient writes its business case, beside what its returns say."""
    row = get_continuation(request, reference, number)
    refuse_if(rules.why_not_write(row, user=request.user, on=timezone.localdate()), row)
    initial = {name: getattr(row, name) for name in DRAFT} | {"asked_amount": row.sum_in_question}
    form = CaseForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {"continuation": row, "by": request.user, "at": timezone.now(), **form.cleaned_data}
        if attempt(form, actions.save_continuation, **given) is not None:
            messages.success(request, "Saved. A lead sends it when it is ready.")
            return redirect(row)
    title = "Business case for the next year" if not row.is_extension else "Business case for an extension"
    return page(request, row, form, title=title, template="grants/continuation_write.html")


@access.require(Permission.CASE_SUBMIT)
@require_http_methods(["GET", "POST"])
def continuation_submit(request, reference, number):
    """The lead reads the business case once more and sends it."""
    row = get_continuation(request, reference, number)
    refuse_if(rules.why_not_submit(row, user=request.user, on=timezone.localdate()), row)
    form = SendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = {"continuation": row, "by": request.user, "at": timezone.now()}
        if attempt(form, actions.submit_continuation, **sent) is not None:
            messages.success(request, "The business case is sent. The office has been told.")
            return redirect(row)
    return page(request, row, form, title="Check the business case and send it", shows_case=True)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(["GET", "POST"])
def continuation_ask(request, reference, number):
    """An officer asks the recipient for a business case before what follows is decided."""
    row = get_continuation(request, reference, number)
    refuse_if(rules.why_not_ask(row, user=request.user, on=timezone.localdate()), row)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asked = {"continuation": row, "by": request.user, "at": timezone.now(), **form.cleaned_data}
        if attempt(form, actions.ask_continuation, **asked) is not None:
            messages.success(request, "The recipient has been asked.")
            return redirect(row)
    return page(request, row, form, title="Ask for a business case")


def ask_reason(request, reference, number, why_not, action, *, title, done, lead=""):
    """A step that only needs a reason."""
    row = get_continuation(request, reference, number)
    refuse_if(why_not(row, user=request.user, on=timezone.localdate()), row)
    return reason_page(
        request,
        action,
        subject=row,
        title=title,
        caption=row.reference,
        done=done,
        lead=lead,
        continuation=row,
        by=request.user,
        at=timezone.now(),
    )


@access.require(Permission.AWARD_OFFER)
@require_http_methods(["GET", "POST"])
def continuation_return(request, reference, number):
    """Send the business case back to the recipient."""
    words = {"title": "Send the business case back", "done": "The recipient has been told what to change."}
    return ask_reason(request, reference, number, rules.why_not_return, actions.return_continuation, **words)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(["GET", "POST"])
def continuation_advise(request, reference, number):
    """Officers advise, with the verdicts beside them."""
    row = get_continuation(request, reference, number)
    refuse_if(rules.why_not_advise(row, user=request.user, on=timezone.localdate()), row)
    initial = {"amount": row.sum_in_question}
    form = AdviceForm(request.POST if request.method == "POST" else None, continuation=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {"continuation": row, "by": request.user, "at": timezone.now(), **form.cleaned_data}
        if attempt(form, actions.advise_continuation, **given) is not None:
            messages.success(request, "Your advice is given. The chief finance officer comments next.")
            return redirect(row)
    return page(request, row, form, title="Advice on what follows", shows_case=True)


@access.require(Permission.AWARD_OFFER, Permission.DECISION_MAKE)
@require_http_methods(["GET", "POST"])
def continuation_take_back(request, reference, number):
    """Take the advice back to prepare it again."""
    words = {"title": "Take the advice back", "done": "The advice is taken back."}
    return ask_reason(request, reference, number, rules.why_not_take_back, actions.take_back_continuation, **words)


@access.require(Permission.DECISION_ADVISE_FINANCE)
@require_http_methods(["GET", "POST"])
def continuation_comment(request, reference, number):
    """The chief finance officer's comment."""
    row = get_continuation(request, reference, number)
    refuse_if(rules.why_not_comment(row, user=request.user, on=timezone.localdate()), row)
    form = CommentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = {"continuation": row, "by": request.user, "at": timezone.now(), **form.cleaned_data}
        if attempt(form, actions.comment_on_continuation, **said) is not None:
            messages.success(request, "Your comment is saved. It can be decided now.")
            return redirect(row)
    return page(request, row, form, title="Comment on the money", shows_advice=True)


@access.require(Permission.EXCEPTION_APPROVE)
@require_http_methods(["GET", "POST"])
def continuation_except(request, reference, number):
    """Allow the sum asked for above the limits of the rules."""
    row = get_continuation(request, reference, number)
    words = {
        "title": "Allow the sum above the limit",
        "done": "The exception is recorded.",
        "lead": " ".join(rules.warnings(row, row.asked_amount)),
    }
    return ask_reason(request, reference, number, rules.why_not_except, actions.except_continuation, **words)


@access.require(Permission.DECISION_MAKE)
@require_http_methods(["GET", "POST"])
def continuation_decide(request, reference, number):
    """Choose, check it once more, then make it for good."""
    row = get_continuation(request, reference, number)
    refuse_if(rules.why_not_decide(row, user=request.user, on=timezone.localdate()), row)
    form = DecideForm(
        request.POST if request.method == "POST" else None,
        continuation=row,
        rounds=queries.rounds_to_apply_in(row.award),
        initial={"choice": row.recommended, "amount": row.recommended_amount},
    )
    asked = request.method == "POST" and "change" not in request.POST
    if asked and form.is_valid():
        if request.POST.get("confirm") != "yes":
            return continuation_check(request, row, form)
        given = {"continuation": row, "by": request.user, "at": timezone.now(), **form.cleaned_data}
        if (decision := attempt(form, decisions.decide_continuation, **given)) is not None:
            messages.success(request, f"{decision.reference} is made. The recipient has been told, with a letter.")
            return redirect(row)
    effects = [(label, queries.effect_of(row, choice)) for choice, label in choices_for(row)]
    title = "Decide what follows"
    return page(request, row, form, title=title, template="grants/continuation_decide.html", effects=effects)


def continuation_check(request, row, form):
    """Show the decision once more, with what it does, before it is made for good."""
    answers = form.cleaned_data
    names = ("conditions", "purpose", "reason", "interests")
    rows = [{"key": form.fields[name].label, "value": answers[name]} for name in names]
    context = {
        "form": form,
        "row": row,
        "award": row.award,
        "choice": dict(form.fields["choice"].choices)[answers["choice"]],
        "amount": answers["amount"],
        "round": answers["round"],
        "is_reapply": answers["choice"] == ContinuationChoice.REAPPLY,
        "rows": [shown for shown in rows if shown["value"]],
        "effect": queries.effect_of(row, answers["choice"]),
        "is_key": answers["is_key"],
    }
    return render(request, "grants/continuation_check.html", context)
