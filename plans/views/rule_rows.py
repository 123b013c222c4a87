"""One row of the rules, of a set of questions or of terms: added, changed, moved, taken out, all alike."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import access
from accounts.roles import Permission
from records.refusals import Refused

from .. import actions, forms, queries, rules
from ..models import DecisionStage, Formula, QuestionSet, RuleSet, TermsVersion
from .plan import EDITING, posted
from .rule_sets import ADD

CHILDREN = {child.name: (child, kind.model) for kind in queries.PARTS.values() for child in kind.children}
KINDS = {
    **{name: (part, RuleSet) for name, part in queries.PARTS.items()},
    **CHILDREN,
    "questions": (queries.QUESTIONS, QuestionSet),
    "conditions": (queries.CONDITIONS, TermsVersion),
}
TITLES = {
    "limits": "limit",
    "match_rules": "match funding",
    "lots": "lot",
    "formulas": "formula",
    "weights": "factor of the formula",
    "stages": "stage",
    "criteria": "criterion",
    "instalment_rules": "instalment",
    "approval_rules": "approval of a change",
    "asked": "set of questions to ask",
    "required_standards": "standard to hold",
    "questions": "question",
    "conditions": "condition",
}


def kind_of(part):
    """The kind of row an address names, and what its rows stand under; 404 where it has no form."""
    name = part.replace("-", "_")
    if name not in forms.ROW_FORMS:
        raise Http404
    return KINDS[name]


def fetch(part, pk):
    """A row with what it stands under."""
    part, _ = kind_of(part)
    row = get_object_or_404(part.model, pk=pk)
    return part, getattr(row, part.parent), row


def root_of(parent):
    return parent.rule_set if isinstance(parent, (DecisionStage, Formula)) else parent


def refuse_frozen(root, user):
    if why := rules.why_not_change_rules(root, user=user):
        raise Refused(why, root)


def initial_of(part, row):
    """What stands in the row, with the lists that its own form takes."""
    found = {name: getattr(row, name) for name in part.fields}
    found |= {name: list(getattr(row, name).all()) for name in part.many}
    return found | {child.name: queries.rows_of(row, child) for child in part.children}


def form_for(request, part, parent, row=None):
    form_class = forms.ROW_FORMS[part.name]
    more = {"parent": parent, "row": row} if part.name == "questions" else {}
    return form_class(posted(request), initial=initial_of(part, row) if row else None, **more)


def row_page(request, part, parent, row, title):
    """The form of a row: shown again with what is wrong, or saved."""
    root = root_of(parent)
    refuse_frozen(root, request.user)
    form = form_for(request, part, parent, row)
    if form.is_bound and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "reason"}
        given = {"reason": form.cleaned_data["reason"], "by": request.user, "at": timezone.now()}
        try:
            saved = actions.save_row(part=part, parent=parent, fields=fields, row=row, **given)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, "Saved. The history shows what changed.")
            return redirect(f"{root.get_absolute_url()}#{part.name}-{saved.pk}")
    context = {"form": form, "title": title, "caption": str(parent), "back": root.get_absolute_url(), "events": []}
    return render(request, "plans/plan_edit.html", context)


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def rule_row_new(request, part, under):
    """Add a row under the rule set, stage, formula, set of questions or terms of that number."""
    part, above = kind_of(part)
    parent = get_object_or_404(above, pk=under)
    return row_page(request, part, parent, None, ADD[part.name])


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def rule_row_edit(request, part, pk):
    """Change a row."""
    part, parent, row = fetch(part, pk)
    return row_page(request, part, parent, row, f"Change the {TITLES[part.name]}")


@require_http_methods(EDITING)
@access.require(Permission.PLAN_MANAGE)
def rule_row_remove(request, part, pk):
    """Take a row out, with a reason."""
    part, parent, row = fetch(part, pk)
    root = root_of(parent)
    if why := rules.why_not_remove_row(root, part, row, user=request.user):
        raise Refused(why, root)
    form = forms.RemoveRowForm(posted(request))
    if form.is_bound and form.is_valid():
        given = {**form.cleaned_data, "by": request.user, "at": timezone.now()}
        actions.remove_row(part=part, parent=parent, row=row, **given)
        messages.success(request, "Taken out. The history keeps what it was.")
        return redirect(root.get_absolute_url())
    words = queries.row_in_words(part.name, queries.row_of(row, part), queries.names_in_rules())
    context = {"form": form, "title": f"Take out the {TITLES[part.name]}", "caption": str(root), "lead": words}
    return render(request, "plans/plan_edit.html", context | {"back": root.get_absolute_url(), "events": []})


@require_POST
@access.require(Permission.PLAN_MANAGE)
def rule_row_move(request, part, pk):
    """Let a row change places with the one before or after it."""
    part, parent, row = fetch(part, pk)
    if not (part.order and part.moves):
        raise Http404
    up = request.POST.get("to") == "up"
    actions.move_row(part=part, parent=parent, row=row, up=up, by=request.user, at=timezone.now())
    return redirect(f"{root_of(parent).get_absolute_url()}#{part.name}-{row.pk}")
