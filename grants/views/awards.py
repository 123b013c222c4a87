"""Awards: the list, one award with everything about it, and what happens to it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from plans.enums import ConditionKind
from records import lists, papers
from records.refusals import refuse_if

from ..actions import awards as actions
from ..enums import AwardStatus, Direction
from ..filters.awards import AwardFilter
from ..forms.awards import AcceptanceForm
from ..models import Award
from ..queries import awards as queries
from ..queries import (
    claims,
    continuations,
    delivery,
    money,
    requests,
    school_calendar,
    standards,
    sustainability,
    terms_changes,
)
from ..rules import awards as rules
from ..rules import instalments as instalment_rules
from ..rules import variations as variation_rules
from .acting import act_page, attempt, move, reason_page
from .instalments import instalment_moves

SORTS = {
    "reference": "reference",
    "recipient": "recipient__name",
    "status": "status",
    "awarded": "awarded",
    "released": "released",
    "starts": "starts_on",
}
PARTS = {
    "claims": claims,
    "next": continuations,
    "schedule": delivery,
    "requests": requests,
    "sustainability": sustainability,
}  # each has its partial templates/grants/parts/award_<name>.html
CSV_HEADER = [
    "Reference", "Recipient", "Payee", "Title", "Stream", "Status", "Starts", "Ends", "Awarded", "Released", "Returned",
]  # fmt: skip


def get_award(request, reference):
    """The award, if the person may see it."""
    return get_object_or_404(queries.with_joins(Award.objects.visible_to(request.user)), reference=reference)


@access.require(Permission.AWARD_READ)
@require_safe
def award_list(request):
    """Every award the person may see: filtered, sorted, in pages, or as CSV."""
    awards = queries.for_list(Award.objects.visible_to(request.user))
    found = AwardFilter(request.GET, queryset=awards)
    rows = lists.sort(request, found.qs, SORTS, default="-reference")
    if request.GET.get("format") == "csv":
        return lists.csv_response("awards", CSV_HEADER, (csv_row(award) for award in rows))
    page = lists.paginate(request, rows)
    in_office = access.is_office(request.user)
    context = {"filter": found, "page_obj": page, "count": page.paginator.count, "in_office": in_office}
    return render(request, "grants/award_list.html", context)


def csv_row(award):
    return [
        award.reference,
        award.recipient.name,
        award.payee.name,
        award.title,
        str(award.stream),
        award.get_status_display(),
        award.starts_on,
        award.ends_on,
        award.awarded,
        award.released,
        award.returned,
    ]


@access.require(Permission.AWARD_READ)
@require_safe
def award_show(request, reference):
    """Everything about one award on one page."""
    award = get_award(request, reference)
    user, on = request.user, timezone.localdate()
    queries.read_years([award])
    standards.read_standards([award], on)
    instalments = list(queries.instalments_of(award))
    for instalment in instalments:
        instalment.award = award
        instalment.why_waiting = instalment_rules.why_waiting(instalment, on=on)
        instalment.met_by = queries.met_by(instalment)
        instalment.moves = instalment_moves(instalment, user, on)
    in_office = access.is_office(user)
    lines = list(school_calendar.with_inputs(queries.lines_of(award)))
    context = {
        "award": award,
        "lines": lines,
        "school_inputs": school_calendar.inputs_of(lines),
        "instalments": [row for row in instalments if row.direction == Direction.OUT],
        "repayments": [row for row in instalments if row.direction == Direction.IN],
        "returns": queries.returns_owed(award),
        "owed": queries.owed_by_recipient(award),
        "sources": award.sources.select_related("funding_source") if in_office else [],
        "papers": papers.about(award),
        "events": queries.history(award),
        "sums": money.money_of(award),
        "moves": award_moves(award, user, on),
        "may_ask": access.may(user, Permission.RETURN_REVIEW)
        and award.status in (AwardStatus.LIVE, AwardStatus.SUSPENDED),
        "in_office": in_office,
        "today": on,
        "parts": parts_of(award, instalments, user, on),
    }
    return render(request, "grants/award_show.html", context)


def parts_of(award, instalments, user, on):
    """What each area puts on the page; claims only where something is paid on receipts."""
    claimed = any(row.condition == ConditionKind.RECEIPTS_ACCEPTED for row in instalments)
    found = {name: query.summary_of(award, user) for name, query in PARTS.items() if name != "claims" or claimed}
    return found | {"standards": standards.summary_of(award, user, on), "terms": terms_changes.summary_of(award)}


def award_moves(award, user, on):
    """The buttons of the award: those this person's role could press at this stage."""
    args, moves, standing = [award.reference], [], award.status
    if access.may(user, Permission.TERMS_ACCEPT, award.payee) and standing == AwardStatus.OFFERED:
        moves.append(move("Read and accept the terms", "award_accept", args, ""))
        moves.append(move("Decline the award", "award_decline", args, "", style="secondary"))
    if access.may(user, Permission.AWARD_OFFER):
        moves += officer_moves(award, args, user, on)
    if access.may(user, Permission.INSTALMENT_RELEASE) and standing in (AwardStatus.LIVE, AwardStatus.TERMINATED):
        why = instalment_rules.why_not_request_repayment(award, user=user, on=on)
        moves.append(move("Ask for money back", "repayment_request", args, why, style="secondary"))
    return moves


def officer_moves(award, args, user, on):
    """What a commissioning officer does with the award."""
    asked = {"user": user, "on": on}
    if award.status == AwardStatus.MADE:
        hint = "Recipient and payee are told in confidence at once; the letter is kept."
        why = rules.why_not_offer(award, **asked)
        return [move("Offer this award", "award_offer", args, why, method="post", hint=hint)]
    if award.status == AwardStatus.OFFERED:
        return [
            move("Let the offer lapse", "award_lapse", args, rules.why_not_lapse(award, **asked), style="secondary")
        ]
    vary = move(
        "Move the end", "award_vary_end", args, variation_rules.why_not_vary_end(award, **asked), style="secondary"
    )
    if award.status == AwardStatus.LIVE:
        return [
            move("Close this award", "award_close", args, rules.why_not_close(award, **asked), method="post"),
            vary,
            move("Suspend", "award_suspend", args, rules.why_not_suspend(award, **asked), style="secondary"),
            move("End early", "award_end_early", args, rules.why_not_end_early(award, **asked), style="warning"),
        ]
    if award.status == AwardStatus.SUSPENDED:
        return [move("Lift the suspension", "award_resume", args, rules.why_not_resume(award, **asked)), vary]
    return []


@access.require(Permission.AWARD_OFFER)
@require_POST
def award_offer(request, reference):
    """Tell recipient and payee in confidence."""
    award = actions.offer_award(award=get_award(request, reference), by=request.user, at=timezone.now())
    messages.success(request, f"{award.reference} is offered. The recipient and the payee have been told.")
    return redirect(award)


@access.require(Permission.TERMS_ACCEPT)
@require_http_methods(["GET", "POST"])
def award_accept(request, reference):
    """The terms, numbered, and the signatory's acceptance of them."""
    award = get_award(request, reference)
    refuse_if(rules.why_not_accept(award, user=request.user, on=timezone.localdate()), award)
    form = AcceptanceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        position = form.cleaned_data["position"]
        signed = {"award": award, "position": position, "by": request.user, "at": timezone.now()}
        if attempt(form, actions.accept_award, **signed) is not None:
            messages.success(request, "The terms are accepted and the award is live.")
            return redirect(award)
    return act_page(
        request,
        form,
        title="Accept the terms and conditions",
        caption=award.reference,
        back=award.get_absolute_url(),
        template="grants/award_accept.html",
        award=award,
        lines=queries.lines_of(award),
        instalments=queries.instalments_of(award),
        returns=queries.returns_owed(award),
        sums=money.money_of(award),
        conditions=award.terms.conditions.order_by("order", "pk"),
    )


def ask_reason(request, reference, why_not, action, *, title, done, style="", lead=""):
    """An act on the award that needs a reason."""
    award = get_award(request, reference)
    refuse_if(why_not(award, user=request.user, on=timezone.localdate()), award)
    return reason_page(
        request,
        action,
        subject=award,
        title=title,
        caption=str(award),
        done=done,
        style=style,
        lead=lead,
        award=award,
        by=request.user,
        at=timezone.now(),
    )


@access.require(Permission.TERMS_ACCEPT)
@require_http_methods(["GET", "POST"])
def award_decline(request, reference):
    """The payee does not want the award."""
    done = "The award is declined. The office has been told."
    words = {"title": "Decline the award", "done": done, "style": "govuk-button--warning"}
    return ask_reason(request, reference, rules.why_not_decline, actions.decline_award, **words)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(["GET", "POST"])
def award_lapse(request, reference):
    """Nobody answered in time."""
    words = {"title": "Let the offer lapse", "done": "The offer has lapsed.", "style": "govuk-button--warning"}
    return ask_reason(request, reference, rules.why_not_lapse, actions.lapse_award, **words)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(["GET", "POST"])
def award_suspend(request, reference):
    """Hold everything back for now."""
    words = {"title": "Suspend the award", "done": "The award is suspended. Nothing can be released."}
    return ask_reason(request, reference, rules.why_not_suspend, actions.suspend_award, **words)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(["GET", "POST"])
def award_resume(request, reference):
    """Lift a suspension."""
    words = {"title": "Lift the suspension", "done": "The award is live again."}
    return ask_reason(request, reference, rules.why_not_resume, actions.resume_award, **words)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(["GET", "POST"])
def award_end_early(request, reference):
    """End a live award before its period is over."""
    lead = "What is not released yet is cancelled. Returns stay owed."
    words = {
        "title": "End the award early",
        "done": "The award is ended.",
        "style": "govuk-button--warning",
        "lead": lead,
    }
    return ask_reason(request, reference, rules.why_not_end_early, actions.end_award_early, **words)


@access.require(Permission.AWARD_OFFER)
@require_POST
def award_close(request, reference):
    """Close an award whose money and returns are all settled."""
    award = actions.close_award(award=get_award(request, reference), by=request.user, at=timezone.now())
    messages.success(request, f"{award.reference} is closed.")
    return redirect(award)
