"""Pages on which the plan as a document is written: words, sections, dated changes."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.roles import Permission

from ..actions import living as actions
from ..forms import living as forms
from ..models import Plan, PlanSection
from ..queries import living as queries
from .plan import EDITING, edit_page, initial_of, posted

MOVED_ON = "Whoever reads the plan as at an earlier day still sees what stood there then."


def section_of(pk):
    return get_object_or_404(PlanSection.objects.select_related("plan", "stream"), pk=pk)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def plan_edit(request, key):
    """The title of the plan and what it is for."""
    plan = get_object_or_404(Plan, key=key)
    form = forms.PlanTitleForm(posted(request), initial=initial_of(plan, forms.PlanTitleForm))

    def act(**fields):
        return actions.edit_plan(plan=plan, **fields)

    return edit_page(
        request, form, act, title="Change the plan", caption=plan.title, row=plan, back_to=plan.get_absolute_url()
    )


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def section_new(request, key):
    """Add a section to the plan."""
    plan = get_object_or_404(Plan, key=key)
    form = forms.NewSectionForm(posted(request), plan=plan)

    def act(**fields):
        return actions.add_section(plan=plan, **fields)

    back = plan.get_absolute_url()
    return edit_page(request, form, act, title="Add a section", caption=plan.title, back_to=back)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def section_words(request, pk):
    """The words of one section."""
    section = section_of(pk)
    newest = queries.newest_text(section)
    initial = {"words": newest.words if newest else "", "seen": newest.pk if newest else ""}
    form = forms.WordsForm(posted(request), initial=initial)

    def act(**fields):
        return actions.write_words(section=section, **fields)

    return edit_page(
        request, form, act, title="Change the words", caption=str(section), lead=MOVED_ON, row=section,
        back_to=f"{section.plan.get_absolute_url()}#{section.key}",
    )  # fmt: skip


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def section_edit(request, pk):
    """The number, the heading and the place of one section."""
    section = section_of(pk)
    form = forms.SectionForm(posted(request), initial=initial_of(section, forms.SectionForm))

    def act(**fields):
        return actions.edit_section(section=section, **fields)

    return edit_page(
        request, form, act, title="Change the heading", caption=str(section), row=section,
        back_to=f"{section.plan.get_absolute_url()}#{section.key}",
    )  # fmt: skip


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def section_remove(request, pk):
    """Take one section out of the plan."""
    section = section_of(pk)
    form = forms.RemoveSectionForm(posted(request))

    def act(**fields):
        return actions.remove_section(section=section, **fields)

    back = section.plan.get_absolute_url()
    title = "Remove this section"
    return edit_page(request, form, act, title=title, caption=str(section), lead=MOVED_ON, back_to=back)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def change_new(request, key):
    """Record a dated variation of the plan."""
    plan = get_object_or_404(Plan, key=key)
    form = forms.PlanChangeForm(posted(request), plan=plan, initial={"on": timezone.localdate()})

    def act(**fields):
        return actions.record_change(plan=plan, **fields)

    lead = "It stands in the plan from that day on, with its reason, and is never edited. A later change puts it right."
    back = f"{plan.get_absolute_url()}#changes"
    return edit_page(request, form, act, title="Record a change", caption=plan.title, lead=lead, back_to=back)
