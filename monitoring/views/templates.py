"""Return templates as the office reads them: what is asked, who uses it, how the recipient will see it."""

from types import SimpleNamespace

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from plans import queries as plan_queries
from plans import rules as plan_rules
from plans.enums import IndicatorKind, StreamPurpose, TemplateStatus
from plans.models import RuleSet
from records import queries as records_queries
from records import uploads as guard

from ..enums import ReturnStatus
from ..forms import SectionForms
from ..queries.templates import facts_of, returns_of_versions, sheets_of_version
from ..workbook.write import workbook_of


def fetch_template(key):
    """The template with its versions; 404 where there is none."""
    return get_object_or_404(plan_queries.templates(), key=key)


def fetch_version(key, number):
    """One version with everything it asks for; 404 where there is none."""
    return get_object_or_404(plan_queries.whole_versions(), template__key=key, number=number)


def address(name, version, **more):
    """The address of a page about a version."""
    return reverse(f"monitoring:{name}", kwargs={"key": version.template.key, "number": version.number, **more})


def crumbs(template=None, version=None):
    """The way back: the list, the template, the version."""
    found = [
        {"label": "Plan", "url": reverse("plan_show")},
        {"label": "Return templates", "url": reverse("monitoring:template_list")},
    ]
    if template:
        found.append({"label": template.name, "url": template.get_absolute_url()})
    if version:
        found.append({"label": f"Version {version.number}", "url": version.get_absolute_url()})
    return found


def purposes(template):
    """The purposes a template is the usual one for, in words."""
    return [StreamPurpose(purpose).label for purpose in template.for_purpose]


def _move(label, url, why_not="", **more):
    return {"label": label, "url": url, "why_not": why_not, **more}


@require_safe
@access.require(Permission.PLAN_READ)
def template_list(request):
    """Every template: what for, which version is in use, whether a draft waits."""
    opened = returns_of_versions()
    lines = []
    for template in plan_queries.templates():
        by_status = {version.status: version for version in template.versions.all()}
        lines.append(
            {
                "template": template,
                "purposes": purposes(template),
                "in_use": by_status.get(TemplateStatus.IN_USE),
                "draft": by_status.get(TemplateStatus.DRAFT),
                "opened": sum(opened[version.pk] for version in template.versions.all()),
            }
        )
    context = {
        "lines": lines,
        "may_change": not plan_rules.why_not_edit(request.user),
        "breadcrumbs": crumbs()[:1],
    }
    return render(request, "monitoring/template_list.html", context)


@require_safe
@access.require(Permission.PLAN_READ)
def template_show(request, key):
    """One template: its versions, the streams and rules that use it, its history."""
    template = fetch_template(key)
    versions = sorted(template.versions.all(), key=lambda version: -version.number)
    opened = returns_of_versions()
    start = reverse("monitoring:template_version_start", kwargs={"key": key})
    moves = [
        _move("Start a new version", start, plan_rules.why_not_start_new_version(template, user=request.user)),
        _move(
            "Change name or purpose",
            reverse("monitoring:template_edit", kwargs={"key": key}),
            method="get",
            style="secondary",
        ),
    ]
    context = {
        "template": template,
        "purposes": purposes(template),
        "versions": [{"version": version, "opened": opened[version.pk]} for version in versions],
        "streams": plan_queries.streams_of(template),
        "rules": plan_queries.rules_of(template),
        "moves": [] if plan_rules.why_not_edit(request.user) else moves,
        "events": records_queries.history(template, *versions)[:40],
        "breadcrumbs": crumbs()[:2],
    }
    return render(request, "monitoring/template_show.html", context)


def moves_of(request, version):
    """What may be done with a version."""
    user, draft = request.user, version.status == TemplateStatus.DRAFT
    looks = {
        "See it as the recipient does": "template_preview",
        "Download the example workbook": "template_workbook",
    }
    moves = [_move(label, address(name, version), method="get", style="secondary") for label, name in looks.items()]
    if plan_rules.why_not_edit(user):
        return moves
    if draft:
        why_not = plan_rules.why_not_put_to_use(version, user=user)
        hint = "New returns open with it. Returns that are open keep the version they have."
        moves.insert(0, _move("Put to use", address("template_put_to_use", version), why_not, hint=hint))
        discard = address("template_discard", version)
        moves.append(_move("Discard this draft", discard, method="get", style="warning"))
    else:
        start = reverse("monitoring:template_version_start", kwargs={"key": version.template.key})
        why_not = plan_rules.why_not_start_new_version(version.template, user=user)
        moves.append(_move("Start a new version", start, why_not, style="secondary"))
    return moves


@require_safe
@access.require(Permission.PLAN_READ)
def template_version(request, key, number):
    """One version, whole: sections, questions, limits, checks; for a draft with the ways to change it."""
    version = fetch_version(key, number)
    draft = version.status == TemplateStatus.DRAFT
    content = plan_queries.content_of_version(version)
    labels = {indicator.key: indicator.label for indicator in plan_queries.indicators_of(version)}
    context = {
        "version": version,
        "title": f"Version {version.number}",
        "sections": [
            {
                "section": section,
                "asked": [{"indicator": row, "facts": facts_of(row, labels)} for row in section.indicators.all()],
            }
            for section in version.sections.all()
        ],
        "checks": [
            {"check": check, "words": plan_queries.check_words(given, content)}
            for check, given in zip(version.checks.all(), content["checks"], strict=True)
        ],
        "may_change": draft and not plan_rules.why_not_edit(request.user),
        "faults": plan_rules.faults_of_version(version) if draft else [],
        "moves": moves_of(request, version),
        "events": records_queries.history(version)[:40],
        "breadcrumbs": crumbs(version.template),
    }
    return render(request, "monitoring/template_version.html", context)


@require_safe
@access.require(Permission.PLAN_READ)
def template_changes(request, key, number):
    """What a version changed on the one before."""
    version = fetch_version(key, number)
    before = get_object_or_404(
        plan_queries.whole_versions().filter(template__key=key, number__lt=number).order_by("-number")[:1]
    )
    found = plan_queries.differences(plan_queries.content_of_version(before), plan_queries.content_of_version(version))
    context = {
        "version": version,
        "before": before,
        "caption": f"Before: version {before.number}. After: version {version.number}.",
        "rows": [{"label": f"{row.where}: {row.label}", "before": row.before, "after": row.after} for row in found],
        "breadcrumbs": crumbs(version.template, version),
    }
    return render(request, "monitoring/template_changes.html", context)


@require_safe
@access.require(Permission.PLAN_READ)
def template_preview(request, key, number):
    """One section after the other as the recipient will see it, drawn by the forms of real returns."""
    version = fetch_version(key, number)
    at_the_end = request.GET.get("return") != "before-the-end"
    sheets = sheets_of_version(version, at_the_end=at_the_end)
    asked = request.GET.get("section", "")
    sheet = next((one for one in sheets if one.slug == asked), None)
    if asked and sheet is None:
        raise Http404
    sheet = sheet or next(iter(sheets), None)
    context = {
        "version": version,
        "sheets": sheets,
        "sheet": sheet,
        "formset": SectionForms(sheet) if sheet else None,
        "files": [
            {"indicator": row, "needed": sheet.needed.get(row.key, ""), "kept": [], "url": ""} for row in sheet.files
        ]
        if sheet
        else [],
        "asks_forecast": not at_the_end,
        "at_the_end": at_the_end,
        "monitoring_return": example_return(at_the_end),
        "breadcrumbs": crumbs(version.template, version),
    }
    return render(request, "monitoring/template_preview.html", context)


def example_return(at_the_end):
    """What the sections of a real return say of their return."""
    return SimpleNamespace(
        ends_on=timezone.localdate(), rules=RuleSet(), covers_the_award=at_the_end, status=ReturnStatus.OPEN
    )


@require_safe
@access.require(Permission.PLAN_READ)
def template_workbook(request, key, number):
    """The workbook of an example return of this version, empty."""
    version = fetch_version(key, number)
    content = workbook_of(None, sheets_of_version(version), template_version=version)
    response = HttpResponse(content, content_type=guard.KINDS["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="{key}-version-{number}-example.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def kind_of(request):
    """The kind of answer chosen in the first step, or None."""
    asked = request.GET.get("kind", "")
    return IndicatorKind(asked) if asked in IndicatorKind.values else None
