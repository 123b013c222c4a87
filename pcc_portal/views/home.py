"""Home: what needs me now; what we owe and when."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access

from ..queries import home as reads


@require_safe
def home(request):
    """The person's own work, and the deadlines of their organisation or of the office."""
    on = timezone.localdate()
    in_office = access.is_office(request.user)
    owed = reads.coming_up(request.user, on)
    return render(
        request,
        "pcc_portal/home.html",
        {
            "piles": reads.work_for(request.user, on),
            "owed": owed,
            "overdue": sum(1 for row in owed if row.due_on < on),
            "late_to_office": reads.owed_to_office(on) if in_office else None,
            "in_office": in_office,
            "without_role": not access.memberships_of(request.user),
            "today": on,
        },
    )


@login_not_required
@require_safe
def accessibility_statement(request):
    """How accessible the portal is, what was tested, and whom to ask."""
    return render(request, "pcc_portal/accessibility_statement.html")
