"""Organisations the office deals with."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from records import lists
from records.refusals import Refused

from .. import access, queries, rules
from ..actions import organisations
from ..filters import OrganisationFilter
from ..forms import OrganisationForm
from ..models import Organisation
from ..roles import Permission

SORTED_BY = {"name": "name", "kind": ["kind", "name"], "body": ["accountable_body__name", "name"], "people": "people"}


@require_safe
@access.require(Permission.ORGANISATION_READ)
def organisation_list(request):
    """All organisations, found by kind, area and any name they ever had."""
    shown = OrganisationFilter(request.GET, queryset=queries.organisations(), areas=queries.areas())
    rows = lists.sort(request, shown.qs, SORTED_BY, default="name")
    if request.GET.get("format") == "csv":
        header = ["Name", "Kind", "Areas", "Accountable body", "People", "Example"]
        return lists.csv_response("organisations", header, (csv_row(row) for row in rows))
    page = lists.paginate(request, rows)
    return render(
        request,
        "accounts/organisation_list.html",
        {
            "filter": shown,
            "page_obj": page,
            "count": page.paginator.count,
            "may_add": access.may(request.user, Permission.ORGANISATION_MANAGE),
        },
    )


def csv_row(row):
    """One organisation as a line of the download."""
    body = row.accountable_body.name if row.accountable_body else ""
    return [row.name, row.get_kind_display(), ", ".join(row.areas), body, row.people, row.is_example]


@require_safe
@access.require(Permission.ORGANISATION_READ)
def organisation_show(request, key):
    """One organisation: names, numbers, who is paid, who acts for it."""
    organisation = get_object_or_404(queries.organisation_page(), key=key)
    user = request.user
    return render(
        request,
        "accounts/organisation_show.html",
        {
            "organisation": organisation,
            "may_change": not rules.why_not_change_organisation(organisation, kind=organisation.kind, user=user),
            "may_invite": rules.may_manage(user, organisation) and not organisation.closed_on,
            "sees_people": any(access.may(user, p) for p in (Permission.PEOPLE_INVITE, Permission.OFFICE_PEOPLE)),
            "events": queries.events_of_organisation(organisation)[:50],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.ORGANISATION_MANAGE)
def organisation_new(request):
    """Add an organisation."""
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            added = organisations.add_organisation(
                fields=form.fields_of_entry,
                aliases=form.cleaned_data["aliases"],
                numbers=form.numbers,
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"{added} is added. Now you can invite its people.")
            return redirect(added)
    return render(request, "accounts/organisation_form.html", {"form": form, "organisation": None})


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.ORGANISATION_MANAGE)
def organisation_edit(request, key):
    """Put an organisation's entry right."""
    organisation = get_object_or_404(Organisation, key=key)
    initial = OrganisationForm.initial_of(organisation)
    form = OrganisationForm(
        request.POST if request.method == "POST" else None, initial=initial, organisation=organisation
    )
    if request.method == "POST" and form.is_valid():
        try:
            organisations.change_organisation(
                organisation=organisation,
                fields=form.fields_of_entry,
                aliases=form.cleaned_data["aliases"],
                numbers=form.numbers,
                renamed_on=form.cleaned_data["renamed_on"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, "The entry is saved.")
            return redirect(organisation)
    return render(request, "accounts/organisation_form.html", {"form": form, "organisation": organisation})
