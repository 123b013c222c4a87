"""Money: the payments that are due, and what finance does with each instalment."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from plans.enums import ConditionKind
from records import lists
from records.refusals import refuse_if

from ..actions import instalments as actions
from ..enums import Direction, InstalmentStatus
from ..filters.awards import PaymentFilter
from ..forms.awards import ConfirmationForm, PaymentForm, RepaymentForm, RepaymentRequestForm
from ..models import Award, Instalment
from ..queries import awards as queries
from ..queries import money, standards
from ..rules import claims as claim_rules
from ..rules import instalments as rules
from .acting import act_page, attempt, move, reason_page

SORTS = {
    "due": "due_on",
    "reference": ("award__reference", "number"),
    "recipient": "award__recipient__name",
    "payee": "award__payee__name",
    "amount": "amount",
    "status": "status",
}
CONFIRM = {
    ConditionKind.OFFICER_CONFIRMED: "Confirm the condition",
    ConditionKind.MATCH_CONFIRMED: "Confirm the match funding",
}
CSV_HEADER = [
    "Award", "Instalment", "Direction", "Recipient", "Payee", "Stream", "Amount", "Due on", "State", "Waits for",
    "Released on", "Paid on", "Payment reference",
]  # fmt: skip


def get_instalment(request, reference, number):
    """An instalment of an award the person may see."""
    award = get_object_or_404(queries.with_joins(Award.objects.visible_to(request.user)), reference=reference)
    instalment = get_object_or_404(Instalment, award=award, number=number)
    instalment.award = award
    return instalment


def instalment_moves(instalment, user, on):
    """The buttons of one instalment that this person can press; what it waits for stands beside them anyway."""
    args, moves = [instalment.award.reference, instalment.number], []
    asked = {"user": user, "on": on}
    if access.may(user, Permission.INSTALMENT_RELEASE):
        if instalment.direction == Direction.IN:
            if not rules.why_not_record_repayment(instalment, **asked):
                moves.append(move("Record the repayment", "repayment_record", args, ""))
            return moves
        if instalment.status == InstalmentStatus.SCHEDULED:
            if not instalment.why_waiting:
                why = rules.why_not_release(instalment, **asked)
                moves.append(move("Release", "instalment_release", args, why, method="post"))
            moves.append(move("Withhold", "instalment_withhold", args, "", style="secondary"))
        elif instalment.status == InstalmentStatus.WITHHELD:
            moves.append(move("Put back on the schedule", "instalment_resume", args, "", style="secondary"))
        elif instalment.status == InstalmentStatus.RELEASED:
            moves.append(move("Record the payment", "instalment_pay", args, ""))
    if instalment.condition in rules.CONFIRMED and not rules.why_not_confirm(instalment, **asked):
        moves.append(move(CONFIRM[instalment.condition], "instalment_confirm", args, "", style="secondary"))
    if instalment.condition == ConditionKind.RECEIPTS_ACCEPTED and not claim_rules.why_not_end_claims(
        instalment, **asked
    ):
        moves.append(move("Take off what was not claimed", "claims_end", args, "", style="secondary"))
    return moves


@access.require(Permission.DECISION_READ)
@require_safe
def payment_list(request):
    """Instalments ready, waiting, withheld, released and paid, and repayments; or a payment list as CSV."""
    on = timezone.localdate()
    found = PaymentFilter(request.GET, queryset=queries.payments(on=on), on=on)
    rows = lists.sort(request, found.qs, SORTS, default="due")
    if request.GET.get("format") == "csv":
        rows = list(rows)
        read_awards(rows, on)
        return lists.csv_response("payments", CSV_HEADER, (csv_row(row, on) for row in rows))
    page = lists.paginate(request, rows)
    read_awards(page.object_list, on)
    for row in page.object_list:
        row.why_waiting = rules.why_waiting(row, on=on)
    context = {
        "filter": found,
        "page_obj": page,
        "count": page.paginator.count,
        "figures": queries.payment_counts(on),
        "releases": access.may(request.user, Permission.INSTALMENT_RELEASE),
        "today": on,
    }
    return render(request, "grants/payment_list.html", context)


def read_awards(rows, on):
    """What the reasons to wait need of the awards of instalments, read at once."""
    queries.read_years([row.award for row in rows])
    standards.read_standards([row.award for row in rows if row.held_back], on)


def csv_row(row, on):
    waits = rules.why_waiting(row, on=on) if row.status == InstalmentStatus.SCHEDULED else row.held_reason
    return [
        row.award.reference,
        row.number,
        row.get_direction_display(),
        row.award.recipient.name,
        row.award.payee.name,
        str(row.award.stream),
        row.amount,
        row.due_on,
        row.get_status_display(),
        waits,
        timezone.localtime(row.released_at).date() if row.released_at else "",
        row.paid_on or "",
        row.payment_reference,
    ]


@access.require(Permission.INSTALMENT_RELEASE)
@require_POST
def instalment_release(request, reference, number):
    """Release the money of one instalment."""
    instalment = get_instalment(request, reference, number)
    instalment = actions.release_instalment(instalment=instalment, by=request.user, at=timezone.now())
    messages.success(request, f"Instalment {number} of {reference} is released. Recipient and payee have been told.")
    return redirect(instalment.award)


@access.require(Permission.INSTALMENT_RELEASE)
@require_http_methods(["GET", "POST"])
def instalment_withhold(request, reference, number):
    """Hold an instalment back, with a reason the recipient is told."""
    lead = "The recipient and the payee are told the reason."
    words = {"title": "Withhold the instalment", "done": f"Instalment {number} is withheld.", "lead": lead}
    return ask_reason(request, reference, number, rules.why_not_withhold, actions.withhold_instalment, **words)


@access.require(Permission.INSTALMENT_RELEASE)
@require_http_methods(["GET", "POST"])
def instalment_resume(request, reference, number):
    """Put a withheld instalment back on the schedule."""
    words = {"title": "Put back on the schedule", "done": f"Instalment {number} is back on the schedule."}
    return ask_reason(request, reference, number, rules.why_not_resume, actions.resume_instalment, **words)


def ask_reason(request, reference, number, why_not, action, *, title, done, lead=""):
    """An act on one instalment that needs a reason."""
    instalment = get_instalment(request, reference, number)
    refuse_if(why_not(instalment, user=request.user, on=timezone.localdate()), instalment.award)
    return reason_page(
        request,
        action,
        subject=instalment.award,
        title=title,
        caption=instalment.reference,
        done=done,
        lead=lead,
        instalment=instalment,
        by=request.user,
        at=timezone.now(),
    )


@access.require(Permission.AWARD_OFFER)
@require_http_methods(["GET", "POST"])
def instalment_confirm(request, reference, number):
    """An officer confirms a condition with the evidence seen."""
    instalment = get_instalment(request, reference, number)
    refuse_if(rules.why_not_confirm(instalment, user=request.user, on=timezone.localdate()), instalment.award)
    form = ConfirmationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        seen = {"instalment": instalment, "by": request.user, "at": timezone.now(), **form.cleaned_data}
        if attempt(form, actions.confirm_condition, **seen) is not None:
            messages.success(request, f"The condition of instalment {number} is confirmed.")
            return redirect(instalment.award)
    return instalment_page(request, instalment, form, CONFIRM.get(instalment.condition, "Confirm the condition"))


def instalment_page(request, instalment, form, title):
    lead = f"Instalment {instalment.number} of {instalment.award.title}"
    back = instalment.award.get_absolute_url()
    return act_page(
        request, form, title=title, caption=instalment.reference, lead=lead, back=back,
        template="grants/instalment_act.html", instalment=instalment, award=instalment.award,
    )  # fmt: skip


@access.require(Permission.INSTALMENT_RELEASE)
@require_http_methods(["GET", "POST"])
def instalment_pay(request, reference, number):
    """Record that the bank paid a released instalment."""
    instalment = get_instalment(request, reference, number)
    on = timezone.localdate()
    refuse_if(rules.why_not_mark_paid(instalment, user=request.user, on=on), instalment.award)
    form = PaymentForm(request.POST if request.method == "POST" else None, on=on)
    if request.method == "POST" and form.is_valid():
        paid = {"instalment": instalment, "by": request.user, "at": timezone.now(), **form.cleaned_data}
        if attempt(form, actions.mark_paid, **paid) is not None:
            messages.success(request, f"The payment of instalment {number} is recorded.")
            return redirect(instalment.award)
    return instalment_page(request, instalment, form, "Record the payment")


@access.require(Permission.INSTALMENT_RELEASE)
@require_http_methods(["GET", "POST"])
def repayment_request(request, reference):
    """Ask unspent money back."""
    award = get_object_or_404(queries.with_joins(Award.objects.visible_to(request.user)), reference=reference)
    refuse_if(rules.why_not_request_repayment(award, user=request.user, on=timezone.localdate()), award)
    sums = money.money_of(award)
    left = {"left": sums.paid - sums.called_back}
    given = {"amount": request.GET.get("amount")}
    form = RepaymentRequestForm(request.POST if request.method == "POST" else None, initial=given, **left)
    if request.method == "POST" and form.is_valid():
        asked = {"award": award, "by": request.user, "at": timezone.now(), **form.cleaned_data}
        if attempt(form, actions.request_repayment, **asked) is not None:
            messages.success(request, "The repayment is asked for. Recipient and payee have been told.")
            return redirect(award)
    return act_page(
        request,
        form,
        title="Ask for money back",
        caption=str(award),
        back=award.get_absolute_url(),
        template="grants/instalment_repayment.html",
        award=award,
        sums=sums,
        left=left["left"],
    )


@access.require(Permission.INSTALMENT_RELEASE)
@require_http_methods(["GET", "POST"])
def repayment_record(request, reference, number):
    """Record that a repayment arrived."""
    instalment = get_instalment(request, reference, number)
    on = timezone.localdate()
    refuse_if(rules.why_not_record_repayment(instalment, user=request.user, on=on), instalment.award)
    form = RepaymentForm(request.POST if request.method == "POST" else None, on=on, left=instalment.amount)
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        came = {"instalment": instalment, "received_on": answers.pop("paid_on"), **answers}
        if attempt(form, actions.record_repayment, by=request.user, at=timezone.now(), **came) is not None:
            messages.success(request, "The repayment is recorded.")
            return redirect(instalment.award)
    return instalment_page(request, instalment, form, "Record the repayment")
