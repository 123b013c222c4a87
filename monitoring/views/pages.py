"""One return on one page, and each version of it as it was submitted."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission

from .. import queries, rules
from ..enums import ReturnStatus
from ..models import ReturnVersion
from ..queries.uploads import uploads_of
from . import tasks_of_return
from .fetch import asked_about, content_for, fetch, files_of, history_of, page, written
from .moves import moves_for


@require_safe
@access.require(Permission.RETURN_READ)
def return_show(request, reference):
    """What was planned, what happened, what comes next; a task list while it is being written."""
    monitoring_return = fetch(request, reference)
    context = page(request, monitoring_return)
    on = context["today"]
    writes = not rules.why_not_edit(monitoring_return, user=request.user, on=on)
    now = written(monitoring_return) if writes else None
    to_do = now.to_do if now else None
    versions = _versions(monitoring_return)
    shows_draft = writes and monitoring_return.status == ReturnStatus.OPEN
    content = None if shows_draft else content_for(request, monitoring_return, versions, now)
    events, saves = history_of(request, monitoring_return)
    money = _money_behind(request, monitoring_return, versions)
    tasks = tasks_of_return.tasks(monitoring_return, now.sheets, to_do) if now else []
    context |= {
        "breadcrumbs": context["breadcrumbs"][:2],
        "in_office": access.is_office(request.user),
        "writes": writes,
        "tasks": tasks,
        "moves": moves_for(
            monitoring_return,
            request.user,
            on,
            gaps=to_do,
            spent=content and content["totals"]["spent"],
            waiting=money["waiting"],
        ),
        **money,
        "content": content,
        "versions": versions,
        "asked": asked_about(monitoring_return, tasks),
        "documents": files_of(request, monitoring_return),
        "may_fetch": not rules.why_not_fetch_workbook(monitoring_return, user=request.user, on=on),
        "uploads": uploads_of(monitoring_return, request.user),
        "events": events,
        "saves": saves,
    }
    return render(request, "monitoring/return_show.html", context)


def _versions(monitoring_return):
    """What was submitted, newest first; before that there is nothing to ask the database."""
    rows = monitoring_return.versions.select_related("by", "review").order_by("-number")
    return list(rows) if monitoring_return.submitted_at else []


def _money_behind(request, monitoring_return, versions):
    """Instalments that still wait for a return after this verdict, and those an earlier verdict has met."""
    reviewed = monitoring_return.status == ReturnStatus.REVIEWED and monitoring_return.award_id
    again = len(versions) > 1 or monitoring_return.is_corrected
    judged_before = again and any(hasattr(version, "review") for version in versions)
    waits = reviewed and access.may(request.user, Permission.RETURN_REVIEW)
    return {
        "waiting": list(queries.waiting_for_a_return(monitoring_return.award)) if waits else [],
        "met": list(queries.met_by(monitoring_return)) if judged_before else [],
    }


@require_safe
@access.require(Permission.RETURN_READ)
def return_version(request, reference, number):
    """One version as it was submitted, and what it changed."""
    monitoring_return = fetch(request, reference)
    version = get_object_or_404(
        ReturnVersion.objects.select_related("by", "review__by"), monitoring_return=monitoring_return, number=number
    )
    before = monitoring_return.versions.filter(number=number - 1).first()
    paper = version.paper_id and reverse("paper_show", kwargs={"pk": version.paper_id})
    context = page(
        request,
        monitoring_return,
        version=version,
        content=queries.with_previous(version.content, None),
        changes=queries.before_and_after(before.content, version.content) if before else [],
        paper_url=paper,
    )
    return render(request, "monitoring/return_version.html", context)
