"""Money the office would retain: proposals, their recommendation and decision, the direct award that follows (C7)."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from plans.enums import MoneySetBy
from plans.queries.sources import sources as known_sources
from records import lists
from records.enums import DecisionOutcome
from records.refusals import refuse_if

from ..actions import retaining as actions
from ..enums import RetainStatus
from ..filters.retaining import RetainFilter
from ..forms.direct import CommentForm
from ..forms.retaining import RetainDecisionForm, RetainForm
from ..queries import retaining as queries
from ..rules import retaining as rules
from .acting import act_page, attempt, move, reason_page
from .direct import write_page

ACTING = ["GET", "HEAD", "POST"]
MOST_PROJECTS, MOST_WORDS = 50, 2000
SORTS = {"reference": "reference", "title": "title", "status": "status", "total": "total", "retained": "retained"}
CSV_HEADER = [
    "Reference", "Title", "Provider", "Status", "To retain", "Retained", "Started on", "Recommended on", "Direct award",
]  # fmt: skip


def get_proposal(request, reference):
    """The proposal, for people of the office."""
    return get_object_or_404(queries.with_joins(queries.visible_to(request.user)), reference=reference)


@access.require(Permission.DECISION_READ)
@require_safe
def retain_list(request):
    """Every proposal: filtered, sorted, in pages, or as CSV."""
    found = RetainFilter(request.GET, queryset=queries.for_list(queries.visible_to(request.user)))
    rows = lists.sort(request, found.qs, SORTS, default="-reference")
    if request.GET.get("format") == "csv":
        return lists.csv_response("retained-money", CSV_HEADER, (csv_row(row) for row in rows))
    page = lists.paginate(request, rows)
    proposes = access.may(request.user, Permission.OVERLAP_MANAGE)
    context = {"filter": found, "page_obj": page, "count": page.paginator.count, "proposes": proposes}
    return render(request, "grants/retain_list.html", context)


def day(moment):
    return timezone.localtime(moment).date().isoformat() if moment else ""


def csv_row(row):
    return [
        row.reference,
        row.title,
        row.provider.name if row.provider else row.provider_name,
        row.get_status_display(),
        row.total,
        row.retained,
        day(row.started_at),
        day(row.recommended_at),
        row.direct_award.reference if row.direct_award else "",
    ]


@access.require(Permission.OVERLAP_MANAGE)
@require_safe
def retain_choose(request):
    """Which projects: providers that several organisations name, and a search among all that wait for a decision."""
    words = request.GET.get("q", "").strip()
    page = lists.paginate(request, queries.find(queries.open_projects(), words))
    shared = queries.shared_providers()
    for one in shared:
        query = [("project", reference) for reference in one.references] + [("provider", one.name)]
        one.url = f"{reverse('grants:retain_new')}?{urlencode(query)}"
    context = {"words": words, "page_obj": page, "count": page.paginator.count, "shared": shared}
    return render(request, "grants/retain_choose.html", context)


@access.require(Permission.OVERLAP_MANAGE)
@require_http_methods(ACTING)
def retain_new(request):
    """Propose that the office retains the money of these projects."""
    named = request.GET.getlist("project") or request.POST.getlist("project")
    projects = list(queries.by_reference(named[:MOST_PROJECTS]))
    if not projects:
        messages.info(request, "Choose the projects whose money the office would retain.")
        return redirect("grants:retain_choose")
    first = {"provider_name": request.GET.get("provider", "")[:200], "why": request.GET.get("why", "")[:MOST_WORDS]}
    form = RetainForm(request.POST or None, projects=projects, find=queries.by_reference, initial=first)
    if request.method == "POST" and form.is_valid():
        made = {"by": request.user, "at": timezone.now(), **form.written()}
        proposal = attempt(form, actions.start_retain_proposal, **made)
        if proposal is not None:
            messages.success(request, f"{proposal.reference} is saved. Recommend it once all its cases are sent.")
            return redirect(proposal)
    back = reverse("grants:retain_choose")
    return act_page(request, form, title="Retain money for one provider", back=back)


@access.require(Permission.DECISION_READ)
@require_safe
def retain_show(request, reference):
    """One proposal: the projects, what each partnership would lose, the advice, what was decided."""
    proposal = get_proposal(request, reference)
    parts = queries.parts_of(proposal)
    context = {
        **brief_of(proposal, parts),
        "retained": queries.retained_of(parts),
        "moves": moves_of(proposal, parts, request.user, timezone.localdate()),
        "events": queries.history(proposal),
    }
    return render(request, "grants/retain_show.html", context)


def brief_of(proposal, parts):
    """What every page of a proposal shows: its parts, and what each partnership loses while nothing is decided."""
    waits = proposal.status in queries.OPEN
    return {
        "proposal": proposal,
        "parts": parts,
        "total": queries.total_of(parts),
        "losses": queries.losses_of(parts) if waits else [],
        "projects": [part.project for part in parts],
        "is_example": any(part.project.case.organisation.is_example for part in parts),
    }


def moves_of(proposal, parts, user, on):
    """The buttons this person's role could press at this stage."""
    args, asked = [proposal.reference], {"user": user, "on": on}
    draft, waits = proposal.status == RetainStatus.DRAFT, proposal.status == RetainStatus.RECOMMENDED
    found = []
    if waits and access.may(user, Permission.DECISION_ADVISE_FINANCE):
        why = rules.why_not_comment(proposal, parts, **asked)
        found.append(move("Comment on the money", "retain_comment", args, why))
    if waits and access.may(user, Permission.DECISION_MAKE):
        found.append(move("Decide", "retain_decide", args, rules.why_not_decide(proposal, parts, **asked)))
    if not access.may(user, Permission.OVERLAP_MANAGE):
        return found
    if draft:
        why = rules.why_not_recommend(proposal, parts, **asked)
        found.append(move("Recommend to the commissioner", "retain_recommend", args, why, method="post"))
        found.append(move("Change the proposal", "retain_edit", args, "", style="secondary"))
    if waits:
        found.append(move("Take it back", "retain_take_back", args, "", style="secondary"))
    if draft or waits:
        found.append(move("Withdraw", "retain_withdraw", args, "", style="warning"))
    if proposal.status == RetainStatus.DECIDED and queries.retained_of(parts):
        why = rules.why_not_award(proposal, parts, **asked)
        found.append(move("Propose the direct award", "retain_award", args, why))
    return found


@access.require(Permission.OVERLAP_MANAGE)
@require_http_methods(ACTING)
def retain_edit(request, reference):
    """Change the proposal while officers prepare it."""
    proposal = get_proposal(request, reference)
    refuse_if(rules.why_not_change(proposal, user=request.user, on=timezone.localdate()), proposal)
    parts = queries.parts_of(proposal)
    first = {"title": proposal.title, "why": proposal.why, "provider_name": proposal.provider_name}
    first["provider"] = proposal.provider.key if proposal.provider else None
    form = RetainForm(
        request.POST or None, projects=[part.project for part in parts], find=queries.by_reference,
        sums={part.project_id: part.amount for part in parts}, initial=first,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = {"proposal": proposal, "by": request.user, "at": timezone.now(), **form.written()}
        if attempt(form, actions.change_retain_proposal, **made) is not None:
            messages.success(request, "The proposal is saved.")
            return redirect(proposal)
    return act_page(request, form, title="Change the proposal", caption=str(proposal), back=proposal.get_absolute_url())


@access.require(Permission.OVERLAP_MANAGE)
@require_POST
def retain_recommend(request, reference):
    """Recommend the proposal to the commissioner."""
    proposal = get_proposal(request, reference)
    proposal = actions.recommend_retaining(proposal=proposal, by=request.user, at=timezone.now())
    messages.success(request, f"{proposal.reference} is recommended. The chief finance officer has been told.")
    return redirect(proposal)


@access.require(Permission.DECISION_ADVISE_FINANCE)
@require_http_methods(ACTING)
def retain_comment(request, reference):
    """The chief finance officer's comment."""
    proposal = get_proposal(request, reference)
    parts = queries.parts_of(proposal)
    refuse_if(rules.why_not_comment(proposal, parts, user=request.user, on=timezone.localdate()), proposal)
    form = CommentForm(request.POST or None, initial={"comment": proposal.cfo_comment})
    if request.method == "POST" and form.is_valid():
        made = {"proposal": proposal, "by": request.user, "at": timezone.now(), **form.cleaned_data}
        if attempt(form, actions.comment_on_retaining, **made) is not None:
            messages.success(request, "The comment is kept. The commissioner's office has been told.")
            return redirect(proposal)
    return act_page(
        request, form, title="Comment on the money", caption=proposal.reference, back=proposal.get_absolute_url(),
        template="grants/retain_act.html", **brief_of(proposal, parts),
    )  # fmt: skip


@access.require(Permission.OVERLAP_MANAGE)
@require_http_methods(ACTING)
def retain_take_back(request, reference):
    """Take the proposal back from the commissioner."""
    return _reason(
        request, reference, rules.why_not_take_back, actions.take_back_retaining, title="Take the proposal back",
        done="The proposal is in preparation again.", lead="Recommendation and comment are asked for again.",
    )  # fmt: skip


@access.require(Permission.OVERLAP_MANAGE)
@require_http_methods(ACTING)
def retain_withdraw(request, reference):
    """Give the proposal up."""
    return _reason(
        request, reference, rules.why_not_withdraw, actions.withdraw_retaining, title="Withdraw the proposal",
        done="The proposal is withdrawn.", lead="The business cases stay as they are.", style="govuk-button--warning",
    )  # fmt: skip


def _reason(request, reference, why_not, action, **words):
    proposal = get_proposal(request, reference)
    refuse_if(why_not(proposal, user=request.user, on=timezone.localdate()), proposal)
    told = {"proposal": proposal, "by": request.user, "at": timezone.now()}
    return reason_page(request, action, subject=proposal, caption=str(proposal), **words, **told)


@access.require(Permission.DECISION_MAKE)
@require_http_methods(ACTING)
def retain_decide(request, reference):
    """Decide: write, check, then make. A decision made is never changed."""
    proposal, on = get_proposal(request, reference), timezone.localdate()
    parts = queries.parts_of(proposal)
    refuse_if(rules.why_not_decide(proposal, parts, user=request.user, on=on), proposal)
    form = RetainDecisionForm(request.POST or None, parts=parts)
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        if "confirm" not in request.POST:
            return _check(request, proposal, form)
        given = {name: form.cleaned_data[name] for name in ("outcome", "reason", "interests", "is_key")}
        projects = [part.project for part in form.chosen()] or None
        made = {"proposal": proposal, "by": request.user, "at": timezone.now(), "projects": projects, **given}
        if attempt(form, actions.decide_retaining, **made) is not None:
            messages.success(request, f"{proposal.reference} is decided. Everybody concerned has been told.")
            return redirect(proposal)
    return act_page(
        request, form, title=f"Decide: {proposal.title}", caption=proposal.reference,
        back=proposal.get_absolute_url(), template="grants/retain_act.html", **brief_of(proposal, parts),
    )  # fmt: skip


def _check(request, proposal, form):
    """Show the decision once more before it is made for good."""
    names = ("reason", "interests")
    rows = [{"key": form.fields[name].label, "value": form.cleaned_data[name]} for name in names]
    chosen = form.chosen()
    context = {
        "form": form,
        "proposal": proposal,
        "outcome": dict(form.fields["outcome"].choices)[form.cleaned_data["outcome"]],
        "losses": queries.losses_of(chosen),
        "parts": chosen,
        "total": queries.total_of(chosen),
        "declines": form.cleaned_data["outcome"] == DecisionOutcome.DECLINED,
        "rows": [row for row in rows if row["value"]],
        "is_key": form.cleaned_data["is_key"],
    }
    return render(request, "grants/retain_check.html", context)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(ACTING)
def retain_award(request, reference):
    """Propose the direct award with the money retained: filled in from the proposal, then like any other."""
    proposal = get_proposal(request, reference)
    parts = queries.parts_of(proposal)
    refuse_if(rules.why_not_award(proposal, parts, user=request.user, on=timezone.localdate()), proposal)
    stream = parts[0].project.case.round.stream
    first = _award_words(proposal, parts, stream), _award_money(parts, stream.plan)
    about, back = {"proposal": proposal}, proposal.get_absolute_url()
    title = "Propose the direct award"
    return write_page(request, stream.plan, title, back, first, actions.propose_retained_award, about)


def _award_words(proposal, parts, stream):
    """What the proposal already says of the award: for the days of its projects, to the provider where it is known."""
    projects = [part.project for part in parts]
    rule_sets = stream.plan.rule_sets.filter(money_set_by=MoneySetBy.DIRECT)
    only = list(rule_sets.values_list("key", flat=True)[:2])
    return {
        "title": proposal.title,
        "reason": proposal.why,
        "stream": stream.key,
        "rule_set": only[0] if len(only) == 1 else None,
        "recipient": proposal.provider.key if proposal.provider else None,
        "starts_on": min(row.starts_on or row.case.round.starts_on for row in projects),
        "ends_on": max(row.ends_on or row.case.round.ends_on for row in projects),
    }


def _award_money(parts, plan):
    """Rows of money for the form: what was retained, by the sources it came from."""
    offered = {source.pk for source in known_sources(plan)}
    rows = [(source, amount) for source, amount in queries.money_retained(parts) if source.pk in offered]
    return [{"source": source.key, "amount": amount} for source, amount in rows]
