"""A round at its stages: what waits in each, settling one, the votes, the ranking with the line of the money."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from plans.enums import StageKind
from records.refusals import refuse_if

from ..actions import panels, staging
from ..forms.staging import StageVoteForm
from ..models import Round
from ..queries import boards, scoring
from ..queries import staging as queries
from ..rules import panels as panel_rules
from ..rules import staging as rules
from .acting import act_page, attempt


def get_round(request, reference):
    """The round, if the person may see it; 404 where it is not decided in stages."""
    rows = Round.objects.visible_to(request.user).select_related("rule_set", "stream")
    round_ = get_object_or_404(rows, reference=reference)
    stages = queries.stages_of(round_.rule_set_id)
    if not stages:
        raise Http404("This round is not decided in stages.")
    return round_, stages


def get_stage(stages, number):
    stage = next((row for row in stages if row.number == number), None)
    if stage is None:
        raise Http404("There is no such stage.")
    return stage


def stage_url(round_, stage):
    return reverse("grants:stage_show", args=[round_.reference, stage.number])


@access.require(Permission.DECISION_READ)
@require_safe
def stage_show(request, reference, number):
    """One stage of a round: its rules, its projects beside each other, what can be settled."""
    round_, stages = get_round(request, reference)
    stage = get_stage(stages, number)
    standings = queries.standings_of(round_, stages)
    board = boards.board_of(round_, stages, stage, standings)
    context = {
        "round": round_,
        "stage": stage,
        "criteria": list(stage.criteria.all()),
        "is_gate": stage.kind == StageKind.GATE,
        "evaluators": scoring.evaluators_of(stage) if stage.kind in scoring.WORKED_ON else None,
        "least": board.least,
        "most": board.most,
        "groups": board.groups,
        "rows": boards.rows_of(round_, stages, standings),
        "moves": stage_moves(round_, board, request.user),
        "shows_votes": stage.kind == StageKind.PUBLIC_VOTE,
    }
    return render(request, "grants/stage_show.html", context)


def stage_moves(round_, board, user):
    """The buttons of a stage: settle it, or enter the votes."""
    if not access.may(user, Permission.CASE_EVALUATE):
        return []
    on, args = timezone.localdate(), [round_.reference, board.stage.number]
    if board.stage.kind in scoring.SETTLED_TOGETHER:
        why = rules.why_not_settle(round_, board, user=user, on=on)
        hint = "It is settled for good, for every project that is ready."
        url = reverse("grants:stage_settle", args=args)
        return [{"label": "Settle this stage", "url": url, "why_not": why, "method": "post", "hint": hint}]
    if board.stage.kind == StageKind.PUBLIC_VOTE:
        why = panel_rules.why_not_vote(round_, board, user=user, on=on)
        url = reverse("grants:stage_vote", args=args)
        return [{"label": "Enter the votes", "url": url, "why_not": why, "method": "get"}]
    return []


@access.require(Permission.CASE_EVALUATE)
@require_POST
def stage_settle(request, reference, number):
    """Settle the stage for every project that is ready."""
    round_, stages = get_round(request, reference)
    stage = get_stage(stages, number)
    results = staging.settle_stage(round=round_, stage=stage, by=request.user, at=timezone.now())
    through = sum(row.outcome == "PASSED" for row in results)
    messages.success(request, f"{stage.name} is settled: {through} of {len(results)} go on.")
    return redirect(stage_url(round_, stage))


@access.require(Permission.CASE_EVALUATE)
@require_http_methods(["GET", "POST"])
def stage_vote(request, reference, number):
    """Enter the result of a public vote, with its source."""
    round_, stages = get_round(request, reference)
    stage = get_stage(stages, number)
    board = boards.board_of(round_, stages, stage)
    refuse_if(panel_rules.why_not_vote(round_, board, user=request.user, on=timezone.localdate()), round_)
    form = StageVoteForm(request.POST if request.method == "POST" else None, entries=board.waiting)
    if request.method == "POST" and form.is_valid():
        said = {"round": round_, "stage": stage, "by": request.user, "at": timezone.now(), **form.said()}
        if attempt(form, panels.record_vote, **said) is not None:
            messages.success(request, f"The result of {stage.name} is recorded.")
            return redirect(stage_url(round_, stage))
    return act_page(request, form, title=stage.name, caption=round_.name, back=stage_url(round_, stage))


@access.require(Permission.DECISION_READ)
@require_safe
def stage_ranking(request, reference):
    """The projects of the round in their order, with how far its money reaches."""
    round_, stages = get_round(request, reference)
    standings = queries.standings_of(round_, stages)
    context = {
        "round": round_,
        "rankings": boards.rankings_of(round_, standings),
        "rows": boards.rows_of(round_, stages, standings),
    }
    return render(request, "grants/stage_ranking.html", context)
