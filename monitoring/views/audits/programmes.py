"""Programmes: the list, one with its sample, written, drawn, added to, closed (P4)."""

import secrets

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records import lists
from records import queries as records_queries
from records.refusals import refuse_if

from ...actions import audits as actions
from ...enums import ProgrammeStatus
from ...forms import audits as forms
from ...queries import audits as queries
from ...rules import audits as rules
from .fetch import act_page, crumbs, fetch_programme, subject_of
from .moves import programme_moves
from .visits import visit_list

SAMPLE = [
    "Place", "Reference", "Kind", "Organisation", "Name", "Score", "Why this score", "Chosen", "Why chosen or not",
    "Visit",
]  # fmt: skip


@require_safe
@access.require(Permission.AUDIT_READ, Permission.AUDIT_REPLY)
def audit_list(request):
    """The programmes, newest first; whoever is outside the office sees the visits of their own organisations."""
    if not access.is_office(request.user):
        return visit_list(request)
    page = lists.paginate(request, queries.programmes())
    context = {
        "page_obj": page,
        "here": "programmes",
        "may_manage": not rules.why_not_manage(request.user),
        "breadcrumbs": crumbs()[:-1],
    }
    return render(request, "monitoring/audit_list.html", context)


@require_safe
@access.require(Permission.AUDIT_READ)
def programme_show(request, reference):
    """One programme: what was wanted, the sample with every score, the visits."""
    programme = fetch_programme(reference)
    candidates = queries.candidates_of(programme) if programme.status != ProgrammeStatus.DRAFT else []
    return render(
        request,
        "monitoring/audit_programme.html",
        {
            "programme": programme,
            "chosen": [row for row in candidates if row.is_chosen],
            "others": [row for row in candidates if not row.is_chosen],
            "may_plan": not rules.why_not_manage(request.user) and programme.status == ProgrammeStatus.DRAWN,
            "moves": programme_moves(programme, request.user),
            "history": records_queries.history(programme),
            "breadcrumbs": crumbs(),
        },
    )


@require_safe
@access.require(Permission.AUDIT_READ)
def programme_csv(request, reference):
    """Everything the draw looked at, with its score and why it was chosen or not."""
    programme = fetch_programme(reference)
    rows = [_line(row) for row in queries.candidates_of(programme)]
    return lists.csv_response(f"sample-{programme.reference}", SAMPLE, rows)


def _line(row):
    subject = subject_of(row)
    why = "; ".join(f"{line['label']}: {line['found']} ({line['points']})" for line in row.lines if line["points"])
    return [
        row.place,
        subject.reference,
        "Award" if row.award_id else "Contract",
        str(queries.holder_of(subject)),
        queries.name_of(subject),
        row.score,
        why,
        row.is_chosen,
        row.why,
        row.visit.reference if row.visit else "",
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def programme_new(request):
    """How many audits, in which time, chosen how, and why."""
    form = forms.ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on")}
        if why := rules.why_not_start_programme(user=request.user, **days):
            form.add_error("ends_on", why)
        else:
            made = actions.start_programme(**form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, "The programme was written down. Next, draw the sample.")
            return redirect(made)
    return act_page(request, form, title="New audit programme", caption="Audits")


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def programme_edit(request, reference):
    """Change what was written down, until the sample is drawn."""
    programme = fetch_programme(reference)
    refuse_if(rules.why_not_change_programme(programme, user=request.user), programme)
    stands = {name: getattr(programme, name) for name in forms.ProgrammeForm.base_fields}
    form = forms.ProgrammeForm(request.POST or None, initial=stands)
    if request.method == "POST" and form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on")}
        if why := rules.why_not_change_programme(programme, user=request.user, **days):
            form.add_error("ends_on", why)
        else:
            actions.change_programme(programme=programme, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, "Saved.")
            return redirect(programme)
    return act_page(request, form, title="Change the programme", caption=programme.name, rows=[programme])


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def programme_draw(request, reference):
    """Score everything that runs today and draw."""
    programme = fetch_programme(reference)
    refuse_if(rules.why_not_draw(programme, user=request.user), programme)
    form = forms.DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seed = form.cleaned_data["seed"].strip() or secrets.token_hex(6)
        actions.draw_sample(programme=programme, seed=seed, by=request.user, at=timezone.now())
        messages.success(request, f"The sample was drawn. The seed was {seed}.")
        return redirect(programme)
    lead = (
        f"{programme.sample_size} of everything that runs today: {programme.get_strategy_display().lower()}. "
        "Every score is worked out now and kept for good. A sample is drawn once."
    )
    return act_page(request, form, title="Draw the sample", caption=programme.name, lead=lead, rows=[programme])


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def programme_add(request, reference):
    """Add an award or contract by hand."""
    programme = fetch_programme(reference)
    refuse_if(rules.why_not_add(programme, user=request.user), programme)
    form = forms.AddForm(request.POST or None, initial={"reference": request.GET.get("reference", "")})
    if request.method == "POST" and form.is_valid():
        subject = queries.subject_by(form.cleaned_data["reference"].strip().upper())
        given = {"subject": subject, "reason": form.cleaned_data["reason"]}
        if subject is None:
            form.add_error("reference", "No award or contract has this reference. Copy it from its page.")
        elif why := rules.why_not_add(programme, user=request.user, **given):
            form.add_error("reference", why)
        else:
            actions.add_by_hand(programme=programme, **given, by=request.user, at=timezone.now())
            messages.success(request, f"{subject.reference} was added to the sample.")
            return redirect(programme)
    return act_page(request, form, title="Add to the sample", caption=programme.name, rows=[programme])


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.AUDIT_MANAGE)
def programme_close(request, reference):
    """What the year's audits showed."""
    programme = fetch_programme(reference)
    refuse_if(rules.why_not_close_programme(programme, user=request.user), programme)
    label = "What did the year’s audits show?"
    form = forms.WordsForm(request.POST or None, label=label, button="Close the programme", rows=6)
    if request.method == "POST" and form.is_valid():
        summary = form.cleaned_data["words"]
        actions.close_programme(programme=programme, summary=summary, by=request.user, at=timezone.now())
        messages.success(request, "The programme is closed.")
        return redirect(programme)
    return act_page(request, form, title="Close the programme", caption=programme.name, rows=[programme])
