"""Possible overlaps: the list, one pair side by side, what an officer makes of it (C7)."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from grants.rules import reaching
from records import lists
from records.refusals import Refused, refuse_if

from ..actions import overlap_pairs as actions
from ..enums import PairStatus
from ..filters.overlaps import OverlapFilter
from ..forms.overlaps import JudgeForm
from ..overlap import embedding
from ..queries import overlap_pairs as queries
from ..rules import overlaps as rules

ACTING = ["GET", "HEAD", "POST"]
SORTS = {"score": "score", "found": "found_at", "status": "status", "first": "first__title", "second": "second__title"}
CSV_HEADER = [
    "First", "First title", "First organisation", "Second", "Second title", "Second organisation", "Evidence", "Why",
    "Status", "Reason", "Found on", "Judged by", "Judged on",
]  # fmt: skip


def get_pair(request, pk):
    """The pair, for those who may read overlaps, with all its words."""
    rows = queries.visible_to(request.user).select_related("first", "second", "judged_by")
    return get_object_or_404(rows.defer("first__embedding", "second__embedding"), pk=pk)


@access.require(Permission.OVERLAP_READ)
@require_safe
def overlap_list(request):
    """Pairs that may overlap, facts first: filtered, sorted, in pages, or as CSV."""
    found = OverlapFilter(request.GET, queryset=queries.with_works(queries.visible_to(request.user)))
    rows = lists.sort(request, found.qs, SORTS, default="-score")
    if request.GET.get("format") == "csv":
        return lists.csv_response("overlaps", CSV_HEADER, (csv_row(row) for row in rows))
    page = lists.paginate(request, rows)
    for row in page.object_list:
        row.kinds = queries.kinds_of(row)
    may_retain = access.may(request.user, Permission.OVERLAP_MANAGE)
    context = {"filter": found, "page_obj": page, "count": page.paginator.count, "may_retain": may_retain}
    context["words_alone"] = embedding.why_not()
    return render(request, "monitoring/overlap_list.html", context)


def csv_row(row):
    works = [word for work in (row.first, row.second) for word in (work.reference, work.title, work.organisation_name)]
    return [
        *works,
        "; ".join(queries.kinds_of(row)),
        " ".join(reason.get("why", "") for reason in row.evidence),
        row.get_status_display(),
        row.reason,
        day(row.found_at),
        row.judged_by.full_name if row.judged_by else "",
        day(row.judged_at),
    ]


def day(moment):
    return timezone.localtime(moment).date().isoformat() if moment else ""


@access.require(Permission.OVERLAP_READ)
@require_safe
def overlap_show(request, pk):
    """One pair: both pieces of work side by side, why they may overlap, the passages that match."""
    pair = get_pair(request, pk)
    others = queries.others_of(pair)
    closed = closed_words(pair, request.user)
    context = {
        "pair": pair,
        "works": [pair.first, pair.second],
        "reasons": queries.reasons_of(pair),
        "closed": closed,
        "texts": [] if closed else queries.side_by_side(pair.first.text, pair.second.text),
        "shared": queries.shared_facts(pair.first, pair.second),
        "others": others,
        "moves": moves_of(pair, others, request.user, timezone.localdate()),
        "events": queries.history(pair),
    }
    return render(request, "monitoring/overlap_show.html", context)


def closed_words(pair, user):
    """Why the words of the pair are not shown to this person, or nothing: papers of a case may still be closed (V3)."""
    cases = queries.cases_of([pair.first, pair.second], user).values()
    return next(filter(None, (reaching.why_closed(case) for case in cases)), "")


def moves_of(pair, others, user, on):
    """The buttons this person's role could press."""
    if not access.may(user, Permission.OVERLAP_MANAGE):
        return []
    found = []
    for to, name, label, style in (
        (PairStatus.CONFIRMED, "overlap_confirm", "Confirm the overlap", ""),
        (PairStatus.DISMISSED, "overlap_dismiss", "Dismiss it", "secondary"),
    ):
        if to != pair.status:
            why = rules.why_not_judge(pair, to, user=user, on=on)
            url = reverse(f"monitoring:{name}", args=[pair.pk])
            found.append({"label": label, "url": url, "method": "get", "why_not": why, "style": style})
    if pair.status == PairStatus.CONFIRMED:
        found.insert(0, retain_move(pair, others, user))
    return found


def retain_move(pair, others, user):
    """The way to a proposal that the office retains the money of the projects of this overlap."""
    projects = queries.open_projects_of(pair, others)
    why = rules.why_not_retain(pair, projects, user=user)
    words = " ".join(reason.why for reason in queries.reasons_of(pair))
    query = [("project", project.reference) for project in projects] + [("why", words)]
    url = f"{reverse('grants:retain_new')}?{urlencode(query)}"
    hint = f"A proposal about {len(projects)} project{'' if len(projects) == 1 else 's'} that wait for a decision."
    return {"label": "Propose to retain the money", "url": url, "method": "get", "why_not": why, "hint": hint}


@access.require(Permission.OVERLAP_MANAGE)
@require_http_methods(ACTING)
def overlap_confirm(request, pk):
    """Confirm that the two overlap."""
    words = {"title": "Confirm the overlap", "lead": "Decisions on either of the two show it from now on."}
    return _judge(request, pk, PairStatus.CONFIRMED, actions.confirm_pair, "The overlap is confirmed.", **words)


@access.require(Permission.OVERLAP_MANAGE)
@require_http_methods(ACTING)
def overlap_dismiss(request, pk):
    """Dismiss the pair."""
    lead = "It is not shown again unless facts are found that nobody has judged."
    words = {"title": "Dismiss this pair", "lead": lead}
    return _judge(request, pk, PairStatus.DISMISSED, actions.dismiss_pair, "The pair is dismissed.", **words)


def _judge(request, pk, to, action, done, *, title, lead):
    pair = get_pair(request, pk)
    refuse_if(rules.why_not_judge(pair, to, user=request.user, on=timezone.localdate()), pair)
    form = JudgeForm(request.POST or None, button=title)
    if request.method == "POST" and form.is_valid():
        try:
            action(pair=pair, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, done)
            return redirect(pair)
    context = {"form": form, "pair": pair, "title": title, "lead": lead, "reasons": queries.reasons_of(pair)}
    return render(request, "monitoring/overlap_act.html", context)
