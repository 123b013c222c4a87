"""The register of standards: every organisation for the office, its own for each."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from plans.queries import standards as plan_queries
from plans.rules import standards as plan_rules
from records import lists

from ..filters.standards import StandardFilter
from ..queries import standards as queries

CSV_HEADER = ["Organisation", "Standard", "Stands", "Until", "Evidence", "Waiting to be checked", "Asked by"]
HUB = [{"label": "Assurance", "url": "/assurance/"}]


@access.require(Permission.STANDARD_READ)
@require_safe
def standard_list(request):
    """What organisations hold of what is asked of them: filtered, in pages, or as CSV."""
    on = timezone.localdate()
    in_office = access.is_office(request.user)
    lines = queries.register(request.user, on)
    if not in_office:
        mine = list(queries.organisations_of(request.user).order_by("name")[:2])
        if len(mine) == 1:
            return redirect(reverse("grants:standard_show", args=[mine[0].key]))
    found = StandardFilter(request.GET, lines=lines)
    if request.GET.get("format") == "csv":
        return lists.csv_response("standards", CSV_HEADER, (csv_row(line) for line in found.lines))
    page = lists.paginate(request, found.lines)
    context = {
        "filter": found,
        "page_obj": page,
        "count": page.paginator.count,
        "figures": figures(lines),
        "in_office": in_office,
        "own": [] if in_office else queries.organisations_of(request.user).order_by("name"),
        "manages": access.may(request.user, Permission.STANDARD_CHECK),
        "today": on,
        "breadcrumbs": HUB if in_office else [],
    }
    return render(request, "grants/standard_list.html", context)


def figures(lines):
    """How many lines stand in each way that needs somebody."""
    wanted = [plan_queries.State.MISSING, plan_queries.State.EXPIRED, plan_queries.State.ENDING]
    waiting = sum(line.standing.sent is not None for line in lines)
    rows = [(plan_queries.LABELS[state], sum(line.state == state for line in lines), state) for state in wanted]
    rows.append((plan_queries.LABELS[plan_queries.State.WAITING], waiting, plan_queries.State.WAITING))
    return [{"label": label, "count": count, "url": f"?state={state}"} for label, count, state in rows]


def csv_row(line):
    standing = line.standing
    return [
        line.organisation.name,
        line.kind.name,
        standing.label,
        standing.until,
        standing.held.title if standing.held else "",
        "yes" if standing.sent else "no",
        ", ".join(award.reference for award in line.awards),
    ]


@access.require(Permission.STANDARD_READ)
@require_safe
def standard_show(request, key):
    """The register of one organisation; notes and payee checks for the office alone."""
    on, user = timezone.localdate(), request.user
    organisation = get_object_or_404(queries.organisations_of(user).select_related("accountable_body"), key=key)
    asked = queries.awards_asking(organisation, user)
    history = plan_queries.history_of(organisation)
    waivers = list(plan_queries.waivers_of(organisation))
    in_office = access.is_office(user)
    rows = [row_of(standing, asked, history, waivers, on) for standing in plan_queries.register_of(organisation, on)]
    context = {
        "organisation": organisation,
        "asked": [row for row in rows if row["asked"] or row["used"]],
        "others": [row for row in rows if not (row["asked"] or row["used"])],
        "missing": sum(bool(row["asked"]) and not row["standing"].is_met for row in rows),
        "sends": not plan_rules.why_not_send_standard(organisation, user=user),
        "checks": access.may(user, Permission.STANDARD_CHECK),
        "verifies": access.may(user, Permission.PAYEE_VERIFY),
        "in_office": in_office,
        "notes": plan_queries.notes_of(organisation) if in_office else [],
        "payee_checks": plan_queries.payee_checks_of(organisation) if in_office else [],
        "today": on,
        "breadcrumbs": [*HUB, {"label": "Standards", "url": reverse("grants:standard_list")}] if in_office else [],
    }
    return render(request, "grants/standard_show.html", context)


def row_of(standing, asked, history, waivers, on):
    """One standard of the page: how it stands, who asks, what was sent and waived."""
    kind = standing.kind
    given = [waiver for waiver in waivers if waiver.kind_id == kind.pk]
    for waiver in given:
        waiver.is_running = waiver.ended_at is None and waiver.starts_on <= on <= waiver.ends_on
        waiver.may_end = waiver.ended_at is None and waiver.ends_on >= on
    sent = history.get(kind.pk, [])
    return {
        "kind": kind,
        "standing": standing,
        "asked": asked.get(kind.pk, []),
        "sent": sent,
        "waivers": given,
        "used": bool(sent or given),
    }
