"""Contracts as open data: what each release tells and leaves out, and the files themselves."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from records import lists

from ..publication import left_out, ocds


@require_safe
@access.require(Permission.CONTRACT_MANAGE)
def open_contracting(request):
    """Every contract with the way to its release, and what would make the release fuller."""
    page = lists.paginate(request, left_out.contracts())
    context = {
        "page_obj": page,
        "rows": left_out.rows_of(page),
        "registered": left_out.prefix_is_registered(),
        "breadcrumbs": [{"label": "Contracts", "url": reverse("services:contract_list")}],
    }
    return render(request, "pcc_portal/open_contracting.html", context)


@require_safe
@access.require(Permission.CONTRACT_MANAGE)
def open_contracting_all(request):
    """A release package of every contract but example data."""
    return _download(request, ocds.contracts().filter(is_example=False), "open-contracting")


@require_safe
@access.require(Permission.CONTRACT_MANAGE)
def open_contracting_one(request, reference):
    """A release package of one contract."""
    contract = get_object_or_404(ocds.contracts(), reference=reference)
    return _download(request, [contract], f"open-contracting-{contract.reference}")


def _download(request, contracts, name):
    uri = f"{settings.BASE_URL}{request.path}"
    package = ocds.package(contracts, uri=uri, on=timezone.localdate(), at=timezone.now())
    response = HttpResponse(ocds.as_json(package), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
