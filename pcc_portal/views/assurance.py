"""The way into assurance and learning: what each person may open, with what waits there."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import access

from ..queries import assurance


@require_safe
def assurance_show(request):
    """Every area of assurance and learning this person may open."""
    office = access.is_office(request.user)
    return render(request, "pcc_portal/assurance.html", {"areas": assurance.areas_for(request.user), "office": office})
