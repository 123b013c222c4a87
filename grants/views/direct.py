"""Direct awards: proposals, their advice and their decision (C9, R4, V8)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from plans import queries as plan_queries
from plans.enums import Severity
from plans.queries.sources import sources as known_sources
from records import lists
from records.refusals import refuse_if

from ..actions import direct as actions
from ..enums import DirectAwardStatus
from ..filters.direct import DirectAwardFilter
from ..forms.direct import AdviceForm, CommentForm, DirectDecisionForm, MoneyFormSet, ProposalForm, money_in
from ..queries import direct as queries
from ..rules import direct as rules
from .acting import act_page, attempt, move, reason_page

SORTS = {
    "reference": "reference",
    "recipient": "recipient__name",
    "status": "status",
    "total": "total",
    "starts": "starts_on",
}
ACTING = ["GET", "HEAD", "POST"]
MORE_ROWS = 1


def get_proposal(request, reference):
    """The proposal, for people of the office."""
    return get_object_or_404(queries.with_joins(queries.visible_to(request.user)), reference=reference)


@access.require(Permission.DECISION_READ)
@require_safe
def direct_award_list(request):
    """Every proposal: filtered, sorted, in pages."""
    found = DirectAwardFilter(request.GET, queryset=queries.for_list(queries.visible_to(request.user)))
    page = lists.paginate(request, lists.sort(request, found.qs, SORTS, default="-reference"))
    proposes = access.may(request.user, Permission.AWARD_OFFER)
    context = {"filter": found, "page_obj": page, "count": page.paginator.count, "proposes": proposes}
    return render(request, "grants/direct_award_list.html", context)


@access.require(Permission.DECISION_READ)
@require_safe
def direct_award_show(request, reference):
    """One proposal: what, to whom, from which money, on what advice, and what was decided."""
    proposal = get_proposal(request, reference)
    rows = actions.money_in(proposal)
    beyond = rules.beyond_limits(proposal.rule_set, rows, proposal.starts_on)
    told = (Severity.WARN, Severity.NEEDS_EXCEPTION)
    context = {
        "proposal": proposal,
        "total": queries.total_of(proposal),
        "warnings": [words for severity in told for words in rules.limit_sentences(beyond, severity)],
        "moves": moves_of(proposal, rows, request.user, timezone.localdate()),
        "events": queries.history(proposal),
    }
    return render(request, "grants/direct_award_show.html", context)


def moves_of(proposal, rows, user, on):
    """The buttons this person's role could press at this stage."""
    args, asked = [proposal.reference], {"user": user, "on": on}
    draft, waits = proposal.status == DirectAwardStatus.DRAFT, proposal.status == DirectAwardStatus.AWAITING_DECISION
    found = []
    if draft and access.may(user, Permission.DECISION_ADVISE_FINANCE):
        why = rules.why_not_comment(proposal, **asked)
        found.append(move("Comment on the money", "direct_award_comment", args, why))
    if waits and access.may(user, Permission.DECISION_MAKE):
        found.append(move("Decide", "direct_award_decide", args, rules.why_not_decide(proposal, **asked)))
    if not access.may(user, Permission.AWARD_OFFER):
        return found
    if draft:
        why = rules.why_not_send(proposal, rows, **asked)
        found.append(move("Send for decision", "direct_award_send", args, why, method="post"))
        why = rules.why_not_advise(proposal, **asked)
        found.append(move("Write the advice", "direct_award_advise", args, why, style="secondary"))
        found.append(move("Change the proposal", "direct_award_edit", args, "", style="secondary"))
    if waits:
        found.append(move("Take it back", "direct_award_take_back", args, "", style="secondary"))
    if draft or waits:
        found.append(move("Withdraw", "direct_award_withdraw", args, "", style="warning"))
    return found


@access.require(Permission.AWARD_OFFER)
@require_http_methods(ACTING)
def direct_award_new(request):
    """Propose a direct award."""
    plan = plan_queries.plan_on(timezone.localdate())
    return _write(request, plan, "Propose a direct award", reverse("grants:direct_award_list"))


@access.require(Permission.AWARD_OFFER)
@require_http_methods(ACTING)
def direct_award_edit(request, reference):
    """Change a proposal; advice is then asked for again."""
    proposal = get_proposal(request, reference)
    refuse_if(rules.why_not_change(proposal, user=request.user, on=timezone.localdate()), proposal)
    plan = proposal.stream.plan
    return _write(request, plan, "Change the proposal", proposal.get_absolute_url(), proposal)


def _write(request, plan, title, back, proposal=None):
    first = (_initial(proposal), _initial_rows(proposal))
    act = actions.change_direct_award if proposal else actions.propose_direct_award
    about = {"proposal": proposal} if proposal else {}
    return write_page(request, plan, title, back, first, act, about, proposal=proposal)


def write_page(request, plan, title, back, first, act, about, proposal=None):
    """The page of a proposal as it is written; `first` is what stands on it: (words and days, rows of money)."""
    initial, initial_rows = first
    form = ProposalForm(request.POST or None, plan=plan, initial=initial)
    rows = MoneyFormSet(
        _posted_rows(request), initial=initial_rows, prefix="money", form_kwargs={"sources": known_sources(plan)}
    )
    changing_rows = "add" in request.POST or "remove" in request.POST
    if request.method == "POST" and not changing_rows and form.is_valid() and rows.is_valid():
        written = dict(form.cleaned_data)
        money = money_in(rows, written["starts_on"], written["ends_on"])
        kept = attempt(form, act, money=money, by=request.user, at=timezone.now(), **about, **written)
        if kept is not None:
            messages.success(request, "The proposal is saved. Write the advice next.")
            return redirect(kept)
    context = {"form": form, "rows": rows, "title": title, "back": back, "proposal": proposal, "plan": plan}
    return render(request, "grants/direct_award_edit.html", context)


def _initial(proposal):
    if proposal is None:
        return None
    words = {name: getattr(proposal, name) for name in ("title", "purpose", "reason", "outcomes")}
    keys = {name: getattr(proposal, name).key for name in ("stream", "rule_set", "recipient")}
    days = {"starts_on": proposal.starts_on, "ends_on": proposal.ends_on}
    return {**words, **keys, **days, "priorities": [row.key for row in proposal.priorities.all()]}


def _initial_rows(proposal):
    names = ("amount", "starts_on", "ends_on")
    rows = proposal.sources.all() if proposal else []
    return [{"source": row.funding_source.key, **{name: getattr(row, name) for name in names}} for row in rows]


def _posted_rows(request):
    """The rows as typed, with one more or one less where a button asks for it."""
    if request.method != "POST":
        return None
    given = request.POST.copy()
    count = int(given.get("money-TOTAL_FORMS") or 1)
    if "add" in given:
        given["money-TOTAL_FORMS"] = str(count + MORE_ROWS)
    if "remove" in given and count > 1:
        _close_up(given, int(given["remove"]), count)
    return given


def _close_up(given, gone, count):
    """Take one row out of the typed values; those below it move up."""
    for name in [name for name in given if name.startswith(f"money-{gone}-")]:
        del given[name]
    for number in range(gone + 1, count):
        for name in [name for name in given if name.startswith(f"money-{number}-")]:
            field = name.split("-", 2)[2]
            given.setlist(f"money-{number - 1}-{field}", given.getlist(name))
            del given[name]
    given["money-TOTAL_FORMS"] = str(count - 1)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(ACTING)
def direct_award_advise(request, reference):
    """The officers' advice."""
    proposal = get_proposal(request, reference)
    refuse_if(rules.why_not_advise(proposal, user=request.user, on=timezone.localdate()), proposal)
    form = AdviceForm(request.POST or None, initial={"outcome": proposal.recommended, "advice": proposal.advice})
    done = "The advice is kept. The chief finance officer has been told."
    return _one_form(request, proposal, form, actions.advise_on_direct_award, "Write the advice", done)


@access.require(Permission.DECISION_ADVISE_FINANCE)
@require_http_methods(ACTING)
def direct_award_comment(request, reference):
    """The chief finance officer's comment."""
    proposal = get_proposal(request, reference)
    refuse_if(rules.why_not_comment(proposal, user=request.user, on=timezone.localdate()), proposal)
    form = CommentForm(request.POST or None, initial={"comment": proposal.cfo_comment})
    done = "The comment is kept."
    return _one_form(request, proposal, form, actions.comment_on_direct_award, "Comment on the money", done)


def _one_form(request, proposal, form, action, title, done):
    if request.method == "POST" and form.is_valid():
        given = {"proposal": proposal, "by": request.user, "at": timezone.now(), **form.cleaned_data}
        if attempt(form, action, **given) is not None:
            messages.success(request, done)
            return redirect(proposal)
    return act_page(
        request, form, title=title, caption=str(proposal), back=proposal.get_absolute_url(),
        template="grants/direct_award_act.html", proposal=proposal, total=queries.total_of(proposal),
    )  # fmt: skip


@access.require(Permission.AWARD_OFFER)
@require_POST
def direct_award_send(request, reference):
    """Hand the proposal to the commissioner."""
    proposal = actions.send_direct_award(proposal=get_proposal(request, reference), by=request.user, at=timezone.now())
    messages.success(request, f"{proposal.reference} waits for a decision. The commissioner's office has been told.")
    return redirect(proposal)


@access.require(Permission.AWARD_OFFER)
@require_http_methods(ACTING)
def direct_award_take_back(request, reference):
    """Take the proposal back from the commissioner."""
    return _reason(
        request, reference, rules.why_not_take_back, actions.take_back_direct_award,
        title="Take the proposal back", done="The proposal is a draft again.",
    )  # fmt: skip


@access.require(Permission.AWARD_OFFER)
@require_http_methods(ACTING)
def direct_award_withdraw(request, reference):
    """Give the proposal up."""
    return _reason(
        request, reference, rules.why_not_withdraw, actions.withdraw_direct_award,
        title="Withdraw the proposal", done="The proposal is withdrawn.", style="govuk-button--warning",
    )  # fmt: skip


def _reason(request, reference, why_not, action, **words):
    proposal = get_proposal(request, reference)
    refuse_if(why_not(proposal, user=request.user, on=timezone.localdate()), proposal)
    told = {"proposal": proposal, "by": request.user, "at": timezone.now()}
    return reason_page(request, action, subject=proposal, caption=str(proposal), **words, **told)


@access.require(Permission.DECISION_MAKE)
@require_http_methods(ACTING)
def direct_award_decide(request, reference):
    """Decide: write, check, then make. A decision made is never changed."""
    proposal, on = get_proposal(request, reference), timezone.localdate()
    refuse_if(rules.why_not_decide(proposal, user=request.user, on=on), proposal)
    total = queries.total_of(proposal)
    form = DirectDecisionForm(request.POST or None, asked=total)
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        worded = {name: value for name, value in form.cleaned_data.items() if name not in ("interests", "is_key")}
        why = rules.why_not_decide_so(proposal, actions.money_in(proposal), user=request.user, on=on, **worded)
        if why:
            form.add_error(None, why)
        elif "confirm" not in request.POST:
            return _check(request, proposal, form, total)
        else:
            made = {"proposal": proposal, "by": request.user, "at": timezone.now(), **form.cleaned_data}
            decision = attempt(form, actions.decide_direct_award, **made)
            if decision is not None:
                messages.success(request, f"{decision.reference}: {decision.get_outcome_display().lower()}.")
                return redirect(proposal)
    return act_page(
        request, form, title=f"Decide: {proposal.title}", caption=proposal.reference,
        back=proposal.get_absolute_url(), template="grants/direct_award_act.html", proposal=proposal, total=total,
    )  # fmt: skip


def _check(request, proposal, form, total):
    """Show the decision once more before it is made for good."""
    names = ("conditions", "purpose", "reason", "interests")
    rows = [{"key": form.fields[name].label, "value": form.cleaned_data[name]} for name in names]
    context = {
        "form": form,
        "proposal": proposal,
        "total": total,
        "outcome": dict(form.fields["outcome"].choices)[form.cleaned_data["outcome"]],
        "amount": form.cleaned_data["amount"],
        "rows": [row for row in rows if row["value"]],
        "is_key": form.cleaned_data["is_key"],
    }
    return render(request, "grants/direct_award_check.html", context)
