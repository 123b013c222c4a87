"""The register of schools, its terms and topics (P5)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from records import lists
from records import queries as record
from records.refusals import Refused
from records.words import day_in_words

from .. import filters
from ..actions import schools as actions
from ..forms import schools as forms
from ..models import School, SchoolTerm, SchoolTopic
from ..queries import schools as queries
from ..rules import schools as rules
from ..rules.school_register import FAULTS_SHOWN
from .opportunities import EDITING, posted

SORTS = {"name": "name", "urn": "urn", "area": ["area", "name"], "phase": ["phase", "name"]}
CSV_HEADER = ["Number", "Name", "Phase", "Type", "Area", "Postcode", "Closed on", "Example data", "Source"]
NAMED = 100


@access.require(Permission.SCHOOL_READ)
@require_safe
def school_list(request):
    """The register: filtered, sorted, in pages, or as CSV."""
    chosen = filters.SchoolFilter(request.GET, queryset=queries.register())
    rows = lists.sort(request, chosen.qs, SORTS)
    if request.GET.get("format") == "csv":
        return lists.csv_response("schools", CSV_HEADER, (_csv_row(row) for row in rows))
    page = lists.paginate(request, rows)
    context = {
        "filter": chosen,
        "page_obj": page,
        "count": page.paginator.count,
        "keeps": not rules.why_not_keep(request.user),
        "breadcrumbs": crumbs()[:-1],
    }
    return render(request, "plans/school_list.html", context)


def _csv_row(row):
    return [
        row.urn, row.name, row.get_phase_display(), row.kind, row.area, row.postcode, row.closed_on, row.is_example,
        row.source,
    ]  # fmt: skip


def crumbs():
    """The way to a page under the register."""
    return [{"label": "Assurance", "url": "/assurance/"}, {"label": "Schools", "url": reverse("plans:school_list")}]


@access.require(Permission.SCHOOL_MANAGE)
@require_http_methods(EDITING)
def school_load(request):
    """Load the government's register; the answer is what was added, changed and closed."""
    form = forms.RegisterForm(posted(request), request.FILES if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        read = form.cleaned_data["read"]
        at = timezone.now()
        source = f"{form.cleaned_data['file'].name[:200]}, loaded on {day_in_words(timezone.localdate(at))}"
        loaded = _attempt(
            form, actions.load_register, rows=read.rows, areas=sorted(read.areas), source=source, by=request.user, at=at
        )
        if loaded is not None:
            return render(request, "plans/school_loaded.html", {**_told(loaded, read), "breadcrumbs": crumbs()})
    lead = "Schools new in the file are added, known ones brought to date; none is removed."
    return form_page(request, form, title="Load the register of schools", lead=lead)


def _told(loaded, read):
    """The report of a load; long lists are cut, with how many there are."""
    faults = read.faults + loaded.faults
    return {
        "loaded": loaded,
        "added": loaded.added[:NAMED],
        "changed": loaded.changed[:NAMED],
        "closed": loaded.closed[:NAMED],
        "reopened": loaded.reopened[:NAMED],
        "missing": loaded.missing[:NAMED],
        "faults": faults[:FAULTS_SHOWN],
        "fault_count": len(faults),
        "not_taken": read.not_taken + loaded.never_known,
        "named": NAMED,
    }


def _attempt(form, action, **said):
    """Do it; a refusal stands over the form, and nothing typed is lost."""
    try:
        return action(**said)
    except Refused as refused:
        form.add_error(None, refused.reason)
        return None


def form_page(request, form, *, title, caption="", lead="", back="", events=()):
    """The page of one form about the register."""
    back = back or reverse("plans:school_list")
    context = {"form": form, "title": title, "caption": caption, "lead": lead, "back": back, "events": events}
    return render(request, "plans/plan_edit.html", context)


@access.require(Permission.SCHOOL_MANAGE)
@require_http_methods(EDITING)
def school_new(request):
    """Add a school that no register has yet."""
    form = forms.SchoolForm(posted(request))
    if form.is_bound and form.is_valid():
        school = _attempt(form, actions.write_school, by=request.user, at=timezone.now(), **form.cleaned_data)
        if school is not None:
            messages.success(request, f"{school.name} is in the register.")
            return redirect(school)
    return form_page(request, form, title="Add a school")


@access.require(Permission.SCHOOL_MANAGE)
@require_http_methods(EDITING)
def school_edit(request, urn):
    """Change a school by hand, or say which one it follows."""
    school = get_object_or_404(School.objects.select_related("follows"), urn=urn)
    start = {name: getattr(school, name) for name in ("name", "phase", "kind", "area", "postcode", "closed_on")}
    start["follows"] = queries.in_words(school.follows) if school.follows else ""
    form = forms.SchoolForm(posted(request), initial=start, school=school)
    if form.is_bound and form.is_valid():
        said = {"school": school, "by": request.user, "at": timezone.now()}
        if _attempt(form, actions.write_school, **said, **form.cleaned_data) is not None:
            messages.success(request, "The school is saved.")
            return redirect(school)
    lead = "The next load of the government’s register brings name, phase, type, area and postcode to its own words."
    return form_page(
        request, form, title="Change a school", caption=f"{school.name} ({urn})", lead=lead,
        back=school.get_absolute_url(), events=record.history(school)[:20],
    )  # fmt: skip


@access.require(Permission.SCHOOL_READ)
@require_safe
def school_terms(request):
    """The terms and topics that decide what meets in a school."""
    context = {
        "terms": queries.terms(),
        "topics": list(queries.topics()),
        "keeps": not rules.why_not_keep(request.user),
        "breadcrumbs": crumbs(),
    }
    return render(request, "plans/school_terms.html", context)


def _save(request, form, action, done, **page):
    """One form, one action, back to terms and topics."""
    back = reverse("plans:school_terms")
    subject = page.pop("subject", {})
    if form.is_bound and form.is_valid():
        said = {**subject, **form.cleaned_data, "by": request.user, "at": timezone.now()}
        if _attempt(form, action, **said) is not None:
            messages.success(request, done)
            return redirect(back)
    return form_page(request, form, back=back, **page)


@access.require(Permission.SCHOOL_MANAGE)
@require_http_methods(EDITING)
def school_term_new(request):
    """Add a term."""
    return _save(request, forms.TermForm(posted(request)), actions.write_term, "The term is saved.", title="Add a term")


@access.require(Permission.SCHOOL_MANAGE)
@require_http_methods(EDITING)
def school_term_edit(request, pk):
    """Change the name or the days of a term."""
    term = get_object_or_404(SchoolTerm, pk=pk)
    start = {name: getattr(term, name) for name in ("name", "starts_on", "ends_on")}
    form = forms.TermForm(posted(request), initial=start)
    page = {"title": "Change a term", "caption": term.name, "subject": {"term": term}}
    return _save(request, form, actions.write_term, "The term is saved.", **page)


@access.require(Permission.SCHOOL_MANAGE)
@require_POST
def school_term_remove(request, pk):
    """Take a term out."""
    term = get_object_or_404(SchoolTerm, pk=pk)
    actions.remove_term(term=term, by=request.user, at=timezone.now())
    messages.success(request, f"{term.name} is removed.")
    return redirect("plans:school_terms")


@access.require(Permission.SCHOOL_MANAGE)
@require_http_methods(EDITING)
def school_topic_new(request):
    """Add a topic."""
    form = forms.TopicForm(posted(request))
    return _save(request, form, actions.write_topic, "The topic is saved.", title="Add a topic")


@access.require(Permission.SCHOOL_MANAGE)
@require_http_methods(EDITING)
def school_topic_edit(request, key):
    """Change a topic."""
    topic = get_object_or_404(SchoolTopic, key=key)
    form = forms.TopicForm(posted(request), initial={"name": topic.name, "most_in_term": topic.most_in_term})
    page = {"title": "Change a topic", "caption": topic.name, "subject": {"topic": topic}}
    return _save(request, form, actions.write_topic, "The topic is saved.", **page)
