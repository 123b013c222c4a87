"""Acts of the register of standards: evidence sent and checked, waivers, notes, payees, kinds."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from records import documents
from records import queries as record
from records.refusals import Refused, refuse_if

from ..actions import standards as actions
from ..forms import standards as forms
from ..models import HeldStandard, StandardKind, StandardWaiver
from ..queries import standards as queries
from ..rules import standards as rules
from .plan import EDITING, posted

HOME = [{"label": "Standards", "url": "/standards/"}]
SENDERS = (Permission.STANDARD_SEND, Permission.STANDARD_CHECK)


def register_of(request, key):
    """An organisation whose register this person may see: the office any, others their own and their payee's."""
    rows = Organisation.objects.all()
    if not access.is_office(request.user):
        mine = Organisation.objects.of_user(request.user)
        rows = rows.filter(pk__in=mine) | rows.filter(pk__in=mine.values("accountable_body"))
    return get_object_or_404(rows.distinct(), key=key)


def back_to(organisation):
    return actions.register_address(organisation)


def crumbs(organisation=None):
    more = [{"label": organisation.name, "url": back_to(organisation)}] if organisation else []
    return [{"label": "Assurance", "url": "/assurance/"}, *HOME, *more]


def act_page(request, form, act, *, title, caption, back, done, lead="", template="plans/plan_edit.html", **more):
    """Show the form of one act, or do it and go back."""
    if form.is_bound and form.is_valid():
        try:
            act(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"form": form, "title": title, "caption": caption, "back": back, "lead": lead, **more}
    return render(request, template, context)


@require_http_methods(EDITING)
@access.require(*SENDERS)
def standard_send(request, key, kind):
    """Send evidence of a standard with its files."""
    organisation, kind = register_of(request, key), get_object_or_404(StandardKind, key=kind)
    refuse_if(rules.why_not_send_standard(organisation, user=request.user), organisation)
    on = timezone.localdate()
    started = {"title": kind.name, "expires_on": queries.usual_end(on, kind)}
    files = request.FILES if request.method == "POST" else None
    form = forms.SendStandardForm(posted(request), files, kind=kind, initial=started)

    def act(**given):
        return actions.send_standard(organisation=organisation, kind=kind, **given)

    return act_page(
        request, form, act, title=f"Send evidence: {kind.name}", caption=organisation.name, back=back_to(organisation),
        done="Sent. An officer checks it within 10 working days.", lead=kind.guidance,
    )  # fmt: skip


def get_held(request, key, pk):
    """Evidence of an organisation this person may see."""
    rows = HeldStandard.objects.visible_to(request.user)
    rows = rows.select_related("organisation", "kind", "sent_by", "checked_by")
    return get_object_or_404(rows, organisation__key=key, pk=pk)


def files_of(held):
    """The files of evidence, with their addresses."""
    return [
        {
            "name": row.name,
            "url": reverse("document_download", args=[row.pk]),
            "size": row.size,
            "uploaded_at": row.uploaded_at,
            "uploaded_by": row.uploaded_by,
        }
        for row in documents.about(held)
    ]


def held_moves(held, user, on):
    """What this person can do with the evidence."""
    args = [held.organisation.key, held.pk]
    found = []
    if access.may(user, Permission.STANDARD_CHECK) and held.status == "SENT":
        why = rules.why_not_check_standard(held, user=user, on=on)
        found.append(
            {"label": "Check this evidence", "url": reverse("plans:standard_check", args=args), "why_not": why}
        )
    if not rules.why_not_withdraw_standard(held, user=user):
        url = reverse("plans:standard_withdraw", args=args)
        found.append({"label": "No longer rely on it", "url": url, "why_not": "", "style": "secondary"})
    return [{**move, "method": "get"} for move in found]


@require_safe
@access.require(Permission.STANDARD_READ)
def standard_held(request, key, pk):
    """One piece of evidence: its days, its files, who checked it."""
    held = get_held(request, key, pk)
    on = timezone.localdate()
    context = {
        "held": held,
        "documents": files_of(held),
        "counts": held.status == "ACCEPTED" and queries.is_valid(held, on),
        "moves": held_moves(held, request.user, on),
        "owed": record.owed_about(held, "STANDARD_CHECK"),
        "events": record.history(held),
        "in_office": access.is_office(request.user),
        "today": on,
        "breadcrumbs": crumbs(held.organisation),
    }
    return render(request, "plans/standard_held.html", context)


@require_http_methods(EDITING)
@access.require(Permission.STANDARD_CHECK)
def standard_check(request, key, pk):
    """Accept or refuse evidence."""
    held = get_held(request, key, pk)
    refuse_if(rules.why_not_check_standard(held, user=request.user, on=timezone.localdate()), held)
    form = forms.CheckStandardForm(posted(request))

    def act(*, choice, **given):
        verb = actions.accept_standard if choice == forms.ACCEPT else actions.refuse_standard
        return verb(held=held, **given)

    return act_page(
        request, form, act, title=f"Check: {held.kind.name}", caption=held.organisation.name,
        back=held.get_absolute_url(), done="Your answer is kept. The organisation has been told.",
        held=held, documents=files_of(held), template="plans/standard_check.html",
    )  # fmt: skip


@require_http_methods(EDITING)
@access.require(*SENDERS)
def standard_withdraw(request, key, pk):
    """Say that nobody relies on the evidence any more."""
    held = get_held(request, key, pk)
    refuse_if(rules.why_not_withdraw_standard(held, user=request.user), held)
    form = forms.StandardReasonForm(posted(request), submit="No longer rely on it")

    def act(**given):
        return actions.withdraw_standard(held=held, **given)

    lead = (
        "It stays in the register, but counts no more. Where a standard is asked for, money waits for other evidence."
    )
    return act_page(
        request, form, act, title="No longer rely on this evidence", caption=str(held), lead=lead,
        back=held.get_absolute_url(), done="Nobody relies on it any more. The history keeps it.",
    )  # fmt: skip


@require_http_methods(EDITING)
@access.require(Permission.STANDARD_CHECK)
def standard_waive(request, key, kind):
    """Let a standard rest until a day, with a reason."""
    organisation, kind = register_of(request, key), get_object_or_404(StandardKind, key=kind)
    refuse_if(rules.why_not_waive_standard(organisation, user=request.user), organisation)
    started = {"starts_on": timezone.localdate()}
    form = forms.WaiveStandardForm(posted(request), rule_sets=queries.rule_sets_asking(kind), initial=started)

    def act(**given):
        return actions.waive_standard(organisation=organisation, kind=kind, **given)

    return act_page(
        request, form, act, title=f"Waive: {kind.name}", caption=organisation.name, back=back_to(organisation),
        done="Waived. The organisation has been told until when.",
        lead="Money may go out without the standard until the last day. Reminders are sent before it ends.",
    )  # fmt: skip


@require_http_methods(EDITING)
@access.require(Permission.STANDARD_CHECK)
def waiver_end(request, key, pk):
    """End a waiver early."""
    rows = StandardWaiver.objects.select_related("organisation", "kind")
    waiver = get_object_or_404(rows, organisation=register_of(request, key), pk=pk)
    refuse_if(rules.why_not_end_waiver(waiver, user=request.user, on=timezone.localdate()), waiver.organisation)
    form = forms.StandardReasonForm(posted(request), submit="End the waiver")

    def act(**given):
        return actions.end_waiver(waiver=waiver, **given)

    return act_page(
        request, form, act, title="End the waiver now", caption=str(waiver), back=back_to(waiver.organisation),
        done="The waiver has ended. The organisation has been told.",
    )  # fmt: skip


@require_http_methods(EDITING)
@access.require(Permission.STANDARD_CHECK, Permission.PAYEE_VERIFY)
def diligence_new(request, key):
    """Write down what was looked into about an organisation."""
    organisation = register_of(request, key)
    refuse_if(rules.why_not_note(organisation, user=request.user), organisation)
    form = forms.DueDiligenceForm(posted(request), initial={"on": timezone.localdate()})

    def act(**given):
        return actions.note_due_diligence(organisation=organisation, **given)

    return act_page(
        request, form, act, title="Write a note of due diligence", caption=organisation.name,
        back=back_to(organisation), done="The note is kept. Only the office reads it.",
    )  # fmt: skip


@require_http_methods(EDITING)
@access.require(Permission.PAYEE_VERIFY)
def payee_verify(request, key):
    """Record that the body that is paid was verified."""
    organisation = register_of(request, key)
    refuse_if(rules.why_not_verify_payee(organisation, user=request.user), organisation)
    form = forms.PayeeCheckForm(posted(request), initial={"on": timezone.localdate()})

    def act(**given):
        return actions.verify_payee(organisation=organisation, **given)

    return act_page(
        request, form, act, title="Verify who is paid", caption=organisation.name, back=back_to(organisation),
        done="The check is recorded.", lead="Bank details stay in the finance system. They are never entered here.",
    )  # fmt: skip


@require_safe
@access.require(Permission.STANDARD_CHECK)
def standard_kinds(request):
    """Every kind of standard, and which rules ask for it."""
    context = {"kinds": queries.kinds_with_use(), "breadcrumbs": crumbs()}
    return render(request, "plans/standard_kinds.html", context)


@require_http_methods(EDITING)
@access.require(Permission.STANDARD_CHECK)
def standard_kind_new(request):
    """Add a kind of standard."""
    form = forms.StandardKindForm(posted(request), initial={"order": 0})
    back = reverse("plans:standard_kinds")
    done = "Added. Rules can ask for it now."
    return act_page(request, form, actions.start_kind, title="Add a kind of standard", caption="", back=back, done=done)


@require_http_methods(EDITING)
@access.require(Permission.STANDARD_CHECK)
def standard_kind_edit(request, kind):
    """Change a kind of standard."""
    row = StandardKind.objects.filter(key=kind).first()
    if row is None:
        raise Http404
    fields = [name for name in forms.StandardKindForm.base_fields if name != "reason"]
    form = forms.StandardKindForm(posted(request), initial={name: getattr(row, name) for name in fields})

    def act(*, reason, by, at, **fields):
        return actions.edit_kind(kind=row, fields=fields, reason=reason, by=by, at=at)

    return act_page(
        request, form, act, title="Change the standard", caption=row.name, back=reverse("plans:standard_kinds"),
        done="Saved. The history shows what changed.", events=record.history(row)[:20],
    )  # fmt: skip
