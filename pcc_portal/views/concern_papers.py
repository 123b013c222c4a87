"""Letters and files of complaints, by their place on the complaint's page: their own numbers are never shown (P2)."""

from django.http import Http404
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts import access
from accounts.roles import Permission
from monitoring.queries import concerns
from records import documents, papers

from .papers import NOT_SO, download_of, page_of, pdf_of

READS = access.require(Permission.CONCERN_READ, Permission.CONCERN_ANSWER)


def _concern(request, reference):
    found = concerns.found(request.user, reference)
    if found is None:
        raise Http404(NOT_SO)
    return found


def _at(rows, number):
    """The row at a place, counted from one."""
    if not 1 <= number <= len(rows):
        raise Http404(NOT_SO)
    return rows[number - 1]


def _letter(concern, number):
    return _at(list(reversed(papers.about(concern))), number)


@require_safe
@access.require(Permission.CONCERN_READ)
@cache_control(private=True, no_store=True)
def concern_letter(request, reference, number):
    """A letter to the complainant, word for word as it was sent."""
    concern = _concern(request, reference)
    pdf_url = reverse("concern_letter_pdf", args=[reference, number])
    return page_of(_letter(concern, number), concern, pdf_url=pdf_url)


@require_safe
@access.require(Permission.CONCERN_READ)
@cache_control(private=True, no_store=True)
def concern_letter_pdf(request, reference, number):
    """The same letter as a PDF."""
    letter = _letter(_concern(request, reference), number)
    return pdf_of(request, letter, page_url=reverse("concern_letter", args=[reference, number]))


@require_safe
@READS
@cache_control(private=True, no_store=True)
def concern_file(request, reference, number):
    """A file about a complaint, always as a download."""
    return download_of(_at(list(documents.about(_concern(request, reference))), number))
