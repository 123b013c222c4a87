"""Drafts of return templates: each page changes one thing of one draft."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import access
from accounts.roles import Permission
from plans import actions as plan_actions
from plans import rules as plan_rules
from plans.enums import IndicatorKind
from plans.models import Indicator
from records.refusals import Refused, refuse_if

from ..forms import templates as forms
from .templates import address, crumbs, fetch_template, fetch_version, kind_of

EDITING = ["GET", "HEAD", "POST"]


def _posted(request):
    return request.POST if request.method == "POST" else None


def _stamp(request):
    return {"by": request.user, "at": timezone.now()}


def _page(request, form, act, *, title, back, caption="", lead="", told="Saved.", remove=""):
    """Show the form, or do the one act of the page and go back to where it was asked from.

    `act` gives back where to go, or nothing for `back`. What a rule refuses stands above what was typed.
    """
    if request.method == "POST" and form.is_valid():
        try:
            leads_to = act(**form.cleaned_data, **_stamp(request))
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, told)
            return redirect(leads_to or back)
    context = {"form": form, "title": title, "caption": caption, "lead": lead, "back": back, "remove": remove}
    return render(request, "monitoring/template_form.html", context)


def _page_of(request, version, form, act, *, title, remove=(), **more):
    """A page about one draft; `remove` names the page that takes its subject out, and the subject."""
    where = {"caption": str(version), "back": version.get_absolute_url(), **more}
    if remove:
        name, subject = remove
        where["remove"] = address(f"template_{name}_remove", version, **subject)
    return _page(request, form, act, title=title, **where)


def _draft(request, key, number):
    """A version that may be changed; otherwise the sentence of the rule."""
    version = fetch_version(key, number)
    refuse_if(plan_rules.why_not_change(version, user=request.user), version)
    return version


def _section(version, key):
    return get_object_or_404(version.sections, key=key)


def _indicator(version, key):
    rows = Indicator.objects.select_related("section__version__template")
    return get_object_or_404(rows, section__version=version, key=key)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def template_new(request):
    """Start a template."""
    form = forms.NewTemplateForm(_posted(request))

    def act(**fields):
        return plan_actions.start_template(**fields)

    told = "The template was started. Change its sections, then put it to use."
    return _page(
        request, form, act, title="Start a return template", back=reverse("monitoring:template_list"), told=told
    )


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def template_edit(request, key):
    """What a template is called, and whose usual template it is."""
    template = fetch_template(key)
    initial = {"name": template.name, "for_purpose": template.for_purpose, "source": template.source}
    form = forms.TemplateForm(_posted(request), initial=initial)

    def act(**fields):
        plan_actions.edit_template(template=template, **fields)

    return _page(
        request, form, act, title="Change name or purpose", caption=template.name, back=template.get_absolute_url()
    )


@require_POST
@access.require(Permission.PLAN_MANAGE)
def template_version_start(request, key):
    """Copy the version in use into a draft."""
    version = plan_actions.start_new_version(template=fetch_template(key), **_stamp(request))
    messages.success(request, f"Version {version.number} is a draft. Change it, then put it to use.")
    return redirect(version)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def template_guidance(request, key, number):
    """The guidance of a draft, and why it comes."""
    version = _draft(request, key, number)
    form = forms.GuidanceForm(
        _posted(request), version=version, initial={"guidance": version.guidance, "why": version.why}
    )

    def act(**fields):
        plan_actions.edit_version(version=version, **fields)

    return _page_of(request, version, form, act, title="Guidance")


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def template_section_new(request, key, number):
    """Add a section at the end."""
    version = _draft(request, key, number)
    form = forms.SectionForm(_posted(request), version=version)

    def act(**fields):
        plan_actions.save_section(version=version, **fields)

    return _page_of(request, version, form, act, title="Add a section")


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def template_section_edit(request, key, number, section):
    """Change the title and the guidance of a section."""
    version = _draft(request, key, number)
    row = _section(version, section)
    form = forms.SectionForm(
        _posted(request), version=version, section=row, initial={"title": row.title, "guidance": row.guidance}
    )

    def act(**fields):
        plan_actions.save_section(version=version, section=row, **fields)

    remove = ("section", {"section": section})
    return _page_of(request, version, form, act, title="Change a section", remove=remove)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def template_section_remove(request, key, number, section):
    """Take a section out, after asking."""
    version = _draft(request, key, number)
    row = _section(version, section)
    refuse_if(plan_rules.why_not_remove_section(row, user=request.user), version)
    return _remove(
        request,
        lambda **stamp: plan_actions.remove_section(section=row, **stamp),
        version,
        title=f"Remove the section “{row.title}”",
        lead="Its questions go with it. Versions in use keep theirs.",
    )


def _remove(request, act, version, *, title, lead):
    """Ask once, then take it out."""
    if request.method == "POST":
        act(**_stamp(request))
        messages.success(request, "Removed from this draft.")
        return redirect(version)
    return _ask_first(request, version, title=title, lead=lead)


def _ask_first(request, version, *, title, lead):
    context = {"title": title, "lead": lead, "version": version, "breadcrumbs": crumbs(version.template, version)}
    return render(request, "monitoring/template_remove.html", context)


@require_POST
@access.require(Permission.PLAN_MANAGE)
def template_section_move(request, key, number, section):
    """One place up or down."""
    version = fetch_version(key, number)
    row = _section(version, section)
    plan_actions.move_section(section=row, up=request.POST.get("to") == "up", **_stamp(request))
    return redirect(f"{version.get_absolute_url()}#section-{row.key}")


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def template_question_new(request, key, number, section):
    """Add a question: first what its answer is, then the details that fit."""
    version = _draft(request, key, number)
    row = _section(version, section)
    kind = kind_of(request)
    words = {"title": "Add a question", "caption": f"{version}: {row.title}"}
    if kind is None:
        first = forms.KindForm(request.GET if "kind" in request.GET else None)
        return _page_of(request, version, first, None, **words)
    form = forms.QuestionForm(_posted(request), kind=kind, version=version, initial=forms.NEW_QUESTION)

    def act(**fields):
        plan_actions.save_indicator(section=row, kind=kind, **fields)

    return _page_of(request, version, form, act, lead=f"{kind.label}.", **words)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def template_question_edit(request, key, number, indicator):
    """Change a question; its kind stays."""
    version = _draft(request, key, number)
    row = _indicator(version, indicator)
    form = forms.QuestionForm(
        _posted(request), kind=row.kind, version=version, indicator=row, initial=forms.initial_of(row)
    )

    def act(**fields):
        plan_actions.save_indicator(section=row.section, indicator=row, **fields)

    remove = ("question", {"indicator": indicator})
    lead = f"{IndicatorKind(row.kind).label}."
    return _page_of(request, version, form, act, title="Change a question", lead=lead, remove=remove)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def template_question_remove(request, key, number, indicator):
    """Take a question out, after asking."""
    version = _draft(request, key, number)
    row = _indicator(version, indicator)
    refuse_if(plan_rules.why_not_remove_indicator(row, user=request.user), version)
    return _remove(
        request,
        lambda **stamp: plan_actions.remove_indicator(indicator=row, **stamp),
        version,
        title=f"Remove the question “{row.label}”",
        lead="Returns opened with this version will not ask it, so later figures cannot be compared with earlier ones.",
    )


@require_POST
@access.require(Permission.PLAN_MANAGE)
def template_question_move(request, key, number, indicator):
    """One place up or down within its section."""
    version = fetch_version(key, number)
    row = _indicator(version, indicator)
    plan_actions.move_indicator(indicator=row, up=request.POST.get("to") == "up", **_stamp(request))
    return redirect(f"{version.get_absolute_url()}#question-{row.key}")


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def template_check_new(request, key, number):
    """Add a check between figures."""
    version = _draft(request, key, number)
    form = forms.CheckForm(_posted(request), version=version, initial={"only_warns": "yes"})

    def act(**fields):
        plan_actions.save_check(version=version, **fields)

    return _page_of(request, version, form, act, title="Add a check")


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def template_check_edit(request, key, number, check):
    """Change a check."""
    version = _draft(request, key, number)
    row = get_object_or_404(version.checks, number=check)
    initial = {
        "left": row.left,
        "kind": row.kind,
        "right": row.right,
        "only_warns": "yes" if row.only_warns else "no",
    }
    form = forms.CheckForm(_posted(request), version=version, initial=initial)

    def act(**fields):
        plan_actions.save_check(version=version, check=row, **fields)

    return _page_of(request, version, form, act, title="Change a check", remove=("check", {"check": check}))


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def template_check_remove(request, key, number, check):
    """Take a check out, after asking."""
    version = _draft(request, key, number)
    row = get_object_or_404(version.checks, number=check)
    return _remove(
        request,
        lambda **stamp: plan_actions.remove_check(check=row, **stamp),
        version,
        title="Remove this check",
        lead="Nobody is asked any more whether these figures agree.",
    )


@require_POST
@access.require(Permission.PLAN_MANAGE)
def template_put_to_use(request, key, number):
    """Open new returns with this version from now on."""
    version = plan_actions.put_to_use(version=fetch_version(key, number), **_stamp(request))
    messages.success(request, f"Version {version.number} is in use. Returns opened from now on ask for it.")
    return redirect(version)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def template_discard(request, key, number):
    """Throw a draft away, after asking."""
    version = fetch_version(key, number)
    refuse_if(plan_rules.why_not_discard(version, user=request.user), version)
    if request.method == "POST":
        left = plan_actions.discard_draft(version=version, **_stamp(request))
        messages.success(request, "The draft was discarded.")
        return redirect(left or "monitoring:template_list")
    lead = "Everything written in this draft goes. The version in use stays as it is."
    return _ask_first(request, version, title=f"Discard the draft of version {number}", lead=lead)
