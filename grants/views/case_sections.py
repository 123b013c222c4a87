"""The pages on which a business case is written, section by section; and the autosave behind them."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.http import require_http_methods, require_POST

from accounts import access
from accounts.roles import Permission
from plans.queries import schools as registers
from records.models import Document
from records.refusals import Refused, refuse_if

from ..actions import projects as actions
from ..actions.answers import write_answers
from ..enums import CaseSection
from ..forms.business_cases import MOST_ROWS, ProjectForm, SectionForms, with_row_changed
from ..queries import bidding, case_content, periods, questions, school_content
from ..queries import business_cases as queries
from ..queries.question_list import BY_SECTION
from ..rules import business_cases as rules
from .business_cases import get_case
from .case_page import section_url

NOT_BY_SLUG = (CaseSection.OVERVIEW, CaseSection.QUESTIONS)
SECTION_OF = {slug: section for section, slug in questions.SLUGS.items() if section not in NOT_BY_SLUG}
INTRODUCTIONS = {
    CaseSection.OUTCOMES: BY_SECTION[CaseSection.OUTCOMES][0],
    CaseSection.OUTPUTS: BY_SECTION[CaseSection.OUTPUTS][0],
    CaseSection.BUDGET: BY_SECTION[CaseSection.BUDGET][0],
    CaseSection.AREAS: BY_SECTION[CaseSection.AREAS][1],
    CaseSection.SCHOOLS: BY_SECTION[CaseSection.SCHOOLS][0],
    CaseSection.MATCH: BY_SECTION[CaseSection.MATCH][0],
    CaseSection.PROFILE: BY_SECTION[CaseSection.PROFILE][0],
}


def as_stored(cell):
    """One cell of a row as a content keeps it: text, or nothing, or a list."""
    return cell if cell is None or isinstance(cell, list) else str(cell)


class Page:
    """One section of one case as it is being written: where it is, what it holds, how it is sent."""

    def __init__(self, request, reference, slug="", number=None, key=""):
        """`slug` names a standing section, `key` a set of questions; neither is the overview."""
        self.request = request
        self.case = get_case(request, reference)
        self.asks = bidding.asks_of(self.case.round.rule_set)
        self.project: Any = get_object_or_404(self.case.projects, number=number) if number is not None else None
        self.number = number
        self.content = self.read()
        self.section: CaseSection | bidding.AskedSet = self.asked_set(key) if key else self.standing(slug)
        self.part = case_content.section_of(self.content, self.section, number)
        self.requests = [row for row in queries.open_requests(self.case) if self.concerns(row)]

    def read(self):
        return case_content.content_of(self.case, asks=self.asks)

    def standing(self, slug):
        """The section of that name, if the rules of the round ask for it."""
        section = SECTION_OF.get(slug) if slug else CaseSection.OVERVIEW
        part = case_content.project_of(self.content, self.number) if self.project else self.content
        if section is None or section not in case_content.sections_of(part, self.number):
            raise Http404("There is no such section.")
        return section

    def asked_set(self, key):
        sets = self.asks.of_project if self.project else self.asks.of_case
        found = next((asked for asked in sets if asked.key == key), None)
        if found is None:
            raise Http404("There is no such section.")
        return found

    def concerns(self, row):
        """Say whether a change request is about this section; the list of projects is about all of them."""
        number = row.project.number if row.project_id else None
        if isinstance(self.section, bidding.AskedSet):
            return row.question_set_id == self.section.id and number == self.number
        return row.question_set_id is None and row.section == self.section and number in (self.number, None)

    @property
    def url(self):
        return section_url(self.case, self.section, self.number)

    def refuse_if_closed(self):
        on = timezone.localdate()
        refuse_if(rules.why_not_save(self.case, user=self.request.user, on=on), self.case)

    def forms(self, **how):
        if self.section == CaseSection.PRIORITIES:
            how["priorities"] = queries.priorities_for(self.case)
        if self.section == CaseSection.PROJECTS:
            how["lots"], how["about_schools"] = self.asks.lots, school_content.GOES in self.part
        if self.section == CaseSection.SCHOOLS:
            how["topics"], how["schools"] = self.topics, registers.named(self.schools_typed)
        if self.section == CaseSection.PROFILE:
            how["periods"] = self.periods
        return SectionForms(self.section, **how)

    @cached_property
    def topics(self):
        return list(registers.topics())

    @property
    def schools_typed(self):
        """What the boxes for schools hold, as they were sent."""
        post = self.request.POST
        boxes = [f"{school_content.INPUTS}-{number}-school" for number in range(MOST_ROWS)]
        return {post[box].strip()[:220] for box in boxes if post.get(box)}

    @property
    def part_total(self):
        """What the budget lines of the project come to."""
        return case_content.project_of(self.content, self.number)["total"]

    @property
    def periods(self):
        return periods.asked(self.project.starts_on, self.project.ends_on, self.asks.profile_months)

    def replies(self):
        """What was written back to each request of the office."""
        post = self.request.POST
        return {
            row: post.get(f"reply-{row.pk}", "").strip()[:4000] for row in self.requests if f"reply-{row.pk}" in post
        }

    def remove_document(self):
        """Take a file off; everything typed stays on the page."""
        key = self.request.POST["remove-document"]
        held = {str(row["id"]) for row in self.documents}
        if key not in held:
            raise Http404("There is no such file.")
        document = Document.objects.get(pk=key)
        if isinstance(self.section, bidding.AskedSet):
            self.remove_answer(int(key))
        else:
            self.project.case = self.case
            actions.remove_document(project=self.project, document=document, by=self.request.user, at=timezone.now())
        post = self.request.POST.copy()
        post["version"] = str(self.case.version)
        self.request.POST = post
        self.content = self.read()
        self.part = case_content.section_of(self.content, self.section, self.number)
        return self.render(self.forms(raw=post), fresh=True)

    def remove_answer(self, document_id):
        """Take off the file that answers a question; the other answers stay as saved."""
        values = self.part.get("values") or {}
        files = {key: value for key, value in values.items() if isinstance(value, dict)}
        write_answers(
            case=self.case,
            project=self.project,
            asked=self.section,
            values={key: value for key, value in values.items() if key not in files},
            removed=[key for key, value in files.items() if value["id"] == document_id],
            by=self.request.user,
            at=timezone.now(),
        )

    @property
    def documents(self):
        """The files of the project, where this section holds any."""
        if isinstance(self.section, bidding.AskedSet):
            return [row["value"] for row in self.part.get("answers") or [] if isinstance(row["value"], dict)]
        if self.section != CaseSection.NEED:
            return []
        return case_content.project_of(self.content, self.number)["documents"]

    def save(self, answers, *, upload=None, quietly=False):
        version = self.request.POST.get("version", "")
        return actions.save_section(
            case=self.case,
            section=self.section,
            project=self.project,
            answers=answers,
            replies=self.replies(),
            version=int(version) if version.isdigit() and len(version) < 10 else 0,
            revision=self.request.POST.get("revision", ""),
            upload=upload,
            by=self.request.user,
            at=timezone.now(),
            quietly=quietly,
        )

    def render(self, forms, *, fresh=False):
        post = self.request.POST
        for row in self.requests:
            row.reply = post.get(f"reply-{row.pk}", row.reply)
        context = {
            "case": self.case,
            "project": self.project,
            "title": "About the project" if self.section == CaseSection.PROJECTS else self.section.label,
            "lead": self.section.introduction if isinstance(self.section, bidding.AskedSet) else "",
            "needs_days": self.section == CaseSection.PROFILE and not self.periods,
            "budget": Decimal(self.part_total) if self.section == CaseSection.PROFILE else None,
            "about_url": section_url(self.case, CaseSection.PROJECTS, self.number) if self.project else "",
            "forms": forms,
            "form": forms.form,
            "rows": forms.rows,
            "introduction": None if isinstance(self.section, bidding.AskedSet) else INTRODUCTIONS.get(self.section),
            "requests": self.requests,
            "documents": self.documents,
            "version": post.get("version") or self.case.version,
            "revision": post.get("revision") or case_content.revision_of(self.part),
            "action": self.url,
            "autosave_url": f"{self.url}autosave",
            "fresh": fresh,
            "next": self.following(),
        }
        return render(self.request, "grants/project_section.html", context)

    def following(self):
        """The section after this one, or None at the end of the case's own or of a project."""
        part = case_content.project_of(self.content, self.number) if self.project else self.content
        sets = self.asks.of_project if self.project else self.asks.of_case
        order = [*case_content.sections_of(part, self.number), *sets]
        at = order.index(self.section) + 1
        return order[at] if at < len(order) else None

    def answer(self):
        """GET shows the section; POST changes a row, refuses, or saves."""
        self.refuse_if_closed()
        post = self.request.POST
        if self.request.method != "POST":
            return self.render(self.forms(part=self.part))
        if "add" in post or "remove" in post:
            return self.render(self.forms(raw=with_row_changed(post, self.section)), fresh=True)
        if "edit" in post:
            return self.render(self.forms(raw=post), fresh=True)
        if "remove-document" in post:
            return self.remove_document()
        forms = self.forms(data=post, files=self.request.FILES)
        if not forms.is_valid():
            return self.render(forms)
        try:
            self.save(forms.answers(), upload=forms.upload)
        except actions.Stale:
            return self.conflict(forms)
        messages.success(self.request, f"{self.label} saved")
        if "next" in post and self.following():
            return redirect(section_url(self.case, self.following(), self.number))
        return redirect(self.case)

    @property
    def label(self):
        words = "About the project" if self.section == CaseSection.PROJECTS else self.section.label
        return f"Project {self.number}, {words.lower()}:" if self.project else f"{words}:"

    def conflict(self, forms):
        """Somebody else was faster: both versions side by side, and the choice."""
        self.case.refresh_from_db()
        now = case_content.section_of(self.read(), self.section, self.number)
        theirs = questions.answers(now, self.section)
        yours = questions.answers(self.as_content(forms.answers()), self.section)
        names = ("csrfmiddlewaretoken", "version", "revision", "next")
        post = self.request.POST
        context = {
            "case": self.case,
            "title": self.label.rstrip(":"),
            "theirs": theirs,
            "yours": yours,
            "pairs": questions.side_by_side(theirs, yours),
            "last": queries.last_saved(self.case, self.request.user),
            "fields": [(name, value) for name, values in post.lists() if name not in names for value in values],
            "version": self.case.version,
            "revision": case_content.revision_of(now),
            "action": self.url,
        }
        return render(self.request, "grants/business_case_conflict.html", context, status=409)

    def as_content(self, answers):
        """Cleaned answers in the shape of stored content, for showing."""
        if isinstance(self.section, bidding.AskedSet):
            given = {question["id"]: answers["values"].get(question["key"]) for question in self.section.questions}
            return case_content.answered_sets([self.section], given)[0]
        shown = {name: self._plain(value) for name, value in answers.items()}
        if shown.get("lot"):
            names = {lot["number"]: lot["name"] for lot in self.asks.lots}
            shown["lot"] = {"number": shown["lot"], "name": names[shown["lot"]]}
        for row in shown.get(school_content.INPUTS) or []:
            row["topic_name"] = next(topic.name for topic in self.topics if topic.key == row["topic"])
        if "priorities" in shown:
            names = {row.key: row.name for row in queries.priorities_for(self.case)}
            shown["priorities"] = [{"key": key, "name": names[key]} for key in answers["priorities"]]
        return shown

    @staticmethod
    def _plain(value):
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return [{name: as_stored(cell) for name, cell in row.items()} for row in value]
        return value.isoformat() if hasattr(value, "isoformat") else value

    def autosave(self):
        """Keep what is typed while it is typed: saved where it is whole, 409 where somebody was faster."""
        try:
            self.refuse_if_closed()
            forms = self.forms(data=self.request.POST)
            if not forms.is_valid():
                return JsonResponse({"problem": "Not saved yet: something on this page is not finished."}, status=422)
            self.save(forms.answers(), quietly=True)
        except Refused as refusal:
            return JsonResponse({"problem": refusal.reason}, status=409)
        now = case_content.section_of(self.read(), self.section, self.number)
        return JsonResponse(
            {
                "saved_at": timezone.localtime().isoformat(),
                "version": self.case.version,
                "revision": case_content.revision_of(now),
            }
        )


@access.require(Permission.CASE_WRITE)
@require_http_methods(["GET", "POST"])
def business_case_overview(request, reference):
    """What the case is about."""
    return Page(request, reference).answer()


@access.require(Permission.CASE_WRITE)
@require_POST
def business_case_overview_autosave(request, reference):
    return Page(request, reference).autosave()


@access.require(Permission.CASE_WRITE)
@require_http_methods(["GET", "POST"])
def project_section(request, reference, number, section):
    """One section of one project."""
    return Page(request, reference, section, number).answer()


@access.require(Permission.CASE_WRITE)
@require_POST
def project_section_autosave(request, reference, number, section):
    return Page(request, reference, section, number).autosave()


@access.require(Permission.CASE_WRITE)
@require_http_methods(["GET", "POST"])
def case_questions(request, reference, key):
    """One set of questions that the round asks of the business case."""
    return Page(request, reference, key=key).answer()


@access.require(Permission.CASE_WRITE)
@require_POST
def case_questions_autosave(request, reference, key):
    return Page(request, reference, key=key).autosave()


@access.require(Permission.CASE_WRITE)
@require_http_methods(["GET", "POST"])
def project_questions(request, reference, number, key):
    """One set of questions that the round asks of each project."""
    return Page(request, reference, number=number, key=key).answer()


@access.require(Permission.CASE_WRITE)
@require_POST
def project_questions_autosave(request, reference, number, key):
    return Page(request, reference, number=number, key=key).autosave()


@access.require(Permission.CASE_WRITE)
@require_http_methods(["GET", "POST"])
def project_new(request, reference):
    """Add a project by its title; the sections follow."""
    case = get_case(request, reference)
    refuse_if(rules.why_not_save(case, user=request.user, on=timezone.localdate()), case)
    posted = request.POST if request.method == "POST" else None
    form = ProjectForm(posted)
    if posted is not None and form.is_valid():
        project = actions.write_project(case=case, title=form.cleaned_data["title"], by=request.user, at=timezone.now())
        return redirect(section_url(case, CaseSection.PROJECTS, project.number))
    return render(request, "grants/project_new.html", {"case": case, "form": form})


@access.require(Permission.CASE_WRITE)
@require_http_methods(["GET", "POST"])
def project_remove(request, reference, number):
    """Ask once more, then take the project out."""
    case = get_case(request, reference)
    project = get_object_or_404(case.projects.select_related("case__organisation"), number=number)
    refuse_if(rules.why_not_remove_project(project, user=request.user, on=timezone.localdate()), case)
    if request.method == "POST":
        actions.remove_project(project=project, by=request.user, at=timezone.now())
        messages.success(request, f"Project {number} removed")
        return redirect(case)
    back = reverse("grants:business_case_show", args=[case.reference])
    return render(request, "grants/project_remove.html", {"case": case, "project": project, "back_url": back})
