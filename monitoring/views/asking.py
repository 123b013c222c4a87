"""A return asked for outside the pattern, of an award or a contract."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.roles import Permission
from grants.models import Award
from records.refusals import refuse_if
from services.models import Contract

from .. import actions, queries, rules
from ..forms import AskForm
from .fetch import crumbs


def fetch_subject(request, reference):
    """The award or contract of that reference, if this person may see it; with the word for it."""
    awards = Award.objects.visible_to(request.user).select_related("recipient", "rule_set")
    contracts = Contract.objects.visible_to(request.user).select_related("provider", "rule_set")
    for word, rows in (("award", awards), ("contract", contracts)):
        if subject := rows.filter(reference=reference).first():
            return word, subject
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.RETURN_REVIEW)
def return_ask(request, reference):
    """Ask the holder of an award, or of a contract, for a return outside the pattern (C8)."""
    word, subject = fetch_subject(request, reference)
    on = timezone.localdate()
    refuse_if(rules.why_not_ask(subject, user=request.user, on=on), subject)
    within = (subject.starts_on, queries.last_day_of(subject))
    form = AskForm(request.POST if request.method == "POST" else None, within=within, on=on)
    if form.is_bound and form.is_valid():
        made = actions.ask_for_return(**{word: subject}, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The return was asked for. The recipient has been told by mail.")
        return redirect(made)
    context = {
        "subject": subject,
        "word": word,
        "holder": queries.holder_of(subject),
        "name": queries.name_of(subject),
        "within": within,
        "form": form,
        "today": on,
        "breadcrumbs": [*crumbs()[:1], {"label": subject.reference, "url": subject.get_absolute_url()}],
    }
    return render(request, "monitoring/return_ask.html", context)
