"""Rule sets: all of them, one with every rule in plain words, new ones, versions, and its own fields topic by topic."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records import queries as records_queries
from records.refusals import Refused

from .. import actions, forms, queries, rules
from ..models import QuestionSet, RuleSet, TermsVersion
from .plan import EDITING, READERS, edit_page, posted

# What adds a row of each kind, as the link says it.
ADD = {
    "limits": "Add a limit",
    "match_rules": "Ask for match funding",
    "lots": "Add a lot",
    "formulas": "Write a formula",
    "weights": "Add a factor",
    "stages": "Add a stage",
    "criteria": "Add a criterion",
    "instalment_rules": "Add an instalment",
    "approval_rules": "Add an approval",
    "asked": "Ask a set of questions",
    "required_standards": "Ask for a standard",
    "questions": "Add a question",
    "conditions": "Add a condition",
}
ADVICE = {
    "stages": "Without stages projects are evaluated freely and the commissioner decides.",
    "limits": "There are no limits.",
    "match": "No match funding is asked for.",
    "approvals": "Nothing is said, so the usual levels hold.",
    "later": "Awards run to their end.",
    "duration": "A project may last any time.",
    "standards": "No standards are asked for.",
    "paying": "No instalments are published for these rules.",
    "reporting": "No returns are asked for under these rules.",
    "case": "Nothing beyond a title.",
    "terms": "No terms are published for these rules. A round cannot open on them until terms are added.",
}


def row_address(name, part, row):
    return reverse(f"plans:{name}", kwargs={"part": part.name.replace("_", "-"), "pk": row.pk})


def add_address(part, parent):
    return reverse("plans:rule_row_new", kwargs={"part": part.name.replace("_", "-"), "under": parent.pk})


def lines_of(part, parent, names, edits):
    """Each row of a kind as a sentence with what can be done to it, and the rows under it likewise."""
    rows = sorted(getattr(parent, part.name).all(), key=lambda row: order_of(part, row))
    lines = []
    for row in rows:
        beside = [other for other in rows if all(getattr(other, name) == getattr(row, name) for name in part.within)]
        lines.append(
            {
                "row": row,
                "words": queries.row_in_words(part.name, queries.row_of(row, part), names),
                "note": getattr(row, "guidance", "") or getattr(row, "why", "") or getattr(row, "source", ""),
                "children": [children_of(child, row, names, edits) for child in concerned(part, row)],
                "edit": row_address("rule_row_edit", part, row) if edits else "",
                "remove": row_address("rule_row_remove", part, row) if edits else "",
                "move": row_address("rule_row_move", part, row) if edits and part.order and part.moves else "",
                "first": row == beside[0],
                "last": row == beside[-1],
                "only": len(beside) == 1,
            }
        )
    return lines


def order_of(part, row):
    by = [*part.within, part.order] if part.order else list(part.once)
    return tuple(getattr(row, name) for name in by)


def concerned(part, row):
    """The kinds of row a row has pages for: criteria belong to a gate or a scored stage."""
    if part.name == "stages" and row.kind not in rules.HAS_CRITERIA:
        return []
    return [child for child in part.children if child.name in forms.ROW_FORMS]


def children_of(part, parent, names, edits):
    lines = lines_of(part, parent, names, edits)
    add = add_address(part, parent) if edits else ""
    return {"lines": lines, "add": add, "label": ADD[part.name], "part": part.name}


def topics_of(rule_set, names, edits):
    """The topics of the hub: what is said of the set itself, then row by row."""
    parts = queries.parts_of(rule_set)
    found = []
    for key, title in queries.TITLES.items():
        kinds = [queries.PARTS[name] for name in queries.ROWS_OF.get(key, ()) if name in forms.ROW_FORMS]
        groups = [
            {
                "lines": lines_of(part, rule_set, names, edits),
                "add": add_address(part, rule_set),
                "label": ADD[part.name],
            }
            for part in kinds
        ]
        own = queries.fields_in_words(key, parts, names)
        found.append(
            {
                "key": key,
                "title": title,
                "own": own,
                "groups": groups,
                "change": settings_address(rule_set, key) if edits and key in forms.SETTINGS_FORMS else "",
                "empty": ADVICE.get(key, "") if not own and not any(group["lines"] for group in groups) else "",
            }
        )
    return found


def settings_address(rule_set, topic):
    return reverse("plans:rule_settings_edit", kwargs={"key": rule_set.key, "topic": topic})


def moves_of(rule_set, user):
    why = rules.why_not_make_version(rule_set, user=user)
    url = reverse("plans:rule_set_version", kwargs={"key": rule_set.key})
    label = "Make a new version"
    return [] if why and rule_set.frozen_at is None else [
        {"label": label, "url": url, "why_not": why, "method": "get", "style": "secondary"}
    ]  # fmt: skip


@require_safe
@access.require(*READERS)
def rule_set_list(request):
    """Every rule set, set of questions and version of terms."""
    rule_sets = RuleSet.objects.select_related("plan", "follows", "followed_by", "terms")
    context = {
        "rule_sets": rule_sets.order_by("-plan__starts_on", "name", "version"),
        "question_sets": QuestionSet.objects.order_by("title").prefetch_related("asked_by__rule_set"),
        "terms": TermsVersion.objects.order_by("title", "version").prefetch_related("rule_sets"),
        "edits": access.may(request.user, Permission.PLAN_MANAGE),
        "breadcrumbs": [{"label": "Plan", "url": reverse("plan_show")}],
    }
    return render(request, "plans/rule_set_list.html", context)


@require_safe
@access.require(*READERS)
def rule_set_show(request, key):
    """The rules and the terms, as anybody in the portal may read them; officers change them from here."""
    rule_set = get_object_or_404(queries.whole_rule_sets(), key=key)
    manages = access.may(request.user, Permission.PLAN_MANAGE)
    edits = manages and rule_set.frozen_at is None
    names = queries.names_in_rules()
    faults = [*rules.faults_of_rules(queries.parts_of(rule_set)), *rules.faults_of_asked(rule_set)] if edits else []
    context = {
        "rule_set": rule_set,
        "topics": topics_of(rule_set, names, edits),
        "asked": queries.asked_by(rule_set),
        "faults": [sentence for _, sentence in faults],
        "edits": edits,
        "manages": manages,
        "name_address": settings_address(rule_set, "name"),
        "follower": RuleSet.objects.filter(follows=rule_set).first(),
        "moves": moves_of(rule_set, request.user) if manages else [],
        "events": records_queries.history(rule_set)[:20] if access.is_office(request.user) else [],
        "breadcrumbs": crumbs(),
    }
    return render(request, "plans/rule_set_show.html", context)


def crumbs(*more):
    return [
        {"label": "Plan", "url": reverse("plan_show")},
        {"label": "Rules", "url": reverse("plans:rule_set_list")},
        *more,
    ]


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def rule_set_new(request):
    """Start rules: empty, or like others."""
    plan = queries.plan_on(timezone.localdate())
    if plan is None:
        raise Refused("There is no plan yet, so there is nothing the rules could belong to. Load one first.")
    form = forms.StartRuleSetForm(posted(request))
    if form.is_bound and form.is_valid():
        rule_set = actions.start_rule_set(plan=plan, **form.cleaned_data, by=request.user, at=timezone.now())
        return redirect(rule_set.get_absolute_url())
    return render(
        request, "plans/plan_edit.html", page(form, "Start rules", plan.title, reverse("plans:rule_set_list"))
    )


def page(form, title, caption, back, lead=""):
    return {"form": form, "title": title, "caption": caption, "lead": lead, "back": back, "events": []}


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def rule_set_version(request, key):
    """Make a version of frozen rules that can be changed."""
    rule_set = get_object_or_404(RuleSet, key=key)
    if why := rules.why_not_make_version(rule_set, user=request.user):
        raise Refused(why, rule_set)
    form = forms.MakeVersionForm(posted(request))
    if form.is_bound and form.is_valid():
        version = actions.make_version(rule_set=rule_set, **form.cleaned_data, by=request.user, at=timezone.now())
        return redirect(version.get_absolute_url())
    lead = "Everything is copied. What was offered under the rules as they are stays under them."
    context = page(form, "Make a new version", rule_set.name, rule_set.get_absolute_url(), lead)
    return render(request, "plans/plan_edit.html", context)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def rule_settings_edit(request, key, topic):
    """Change what is said of the set itself on one topic."""
    rule_set = get_object_or_404(RuleSet.objects.select_related("terms", "extension_event"), key=key)
    if topic not in forms.SETTINGS_FORMS:
        raise Http404
    if why := rules.why_not_change_rules(rule_set, user=request.user):
        raise Refused(why, rule_set)
    form_class = forms.SETTINGS_FORMS[topic]
    initial = {name: getattr(rule_set, name) for name in form_class.base_fields}
    form = form_class(posted(request), initial=initial, rule_set=rule_set, user=request.user)

    def act(*, reason, by, at, **fields):
        return actions.edit_rule_set(rule_set=rule_set, fields=fields, reason=reason, by=by, at=at)

    back = rule_set.get_absolute_url()
    return edit_page(request, form, act, title=form_class.title, caption=rule_set.name, back_to=back)
