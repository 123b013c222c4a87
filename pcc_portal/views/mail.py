"""The mail of a demonstration: written to files, read here. No such page exists elsewhere."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pcc_portal.queries import mail
from records import lists

NOT_HERE = "There is no such page."


@require_safe
@never_cache
def mail_list(request):
    """Every letter the demonstration would have sent, newest first."""
    if not settings.DEMONSTRATION:
        raise Http404(NOT_HERE)
    page = lists.paginate(request, mail.letters())
    return render(request, "pcc_portal/mail_list.html", {"page_obj": page, "count": page.paginator.count})


@require_safe
@never_cache
def mail_show(request, file, number):
    """One letter, with links that work."""
    letter = mail.letter(file, number) if settings.DEMONSTRATION else None
    if letter is None:
        raise Http404(NOT_HERE)
    return render(request, "pcc_portal/mail_show.html", {"letter": letter})
