"""Papers and documents, handed out to those who may see what they are about."""

import base64
import hashlib
import logging
import re

from csp.constants import NONE
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pcc_portal.queries import subjects
from records import papers, pdf
from records.models import Document, Paper

logger = logging.getLogger(__name__)
NOT_SO = "There is nothing here that you can see."
STYLES = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def _visible_or_404(row, user):
    """The subject of the row; 404 to a stranger, as for a row that does not exist."""
    subject = subjects.subject_of(row, user)
    if subject is None:
        raise Http404(NOT_SO)
    return subject


def _policy_for(html):
    """What a browser may do with a paper: its own styles, named by their hashes, and our fonts."""
    digests = (hashlib.sha256(style.encode()).digest() for style in STYLES.findall(html))
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return (
        f"default-src 'none'; style-src {hashes or NONE}; font-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
    )


@require_safe
@cache_control(private=True, no_store=True)
def paper_show(request, pk):
    """The paper as a page: word for word as it was made, under a bar that leads back."""
    paper = get_object_or_404(Paper.objects.defer("pdf"), pk=pk)
    return page_of(paper, _visible_or_404(paper, request.user))


def page_of(paper, subject, pdf_url=""):
    """A paper on screen; `pdf_url` where its PDF has an address of its own."""
    bar = render_to_string("pcc_portal/paper_bar.html", {"paper": paper, "subject": subject, "pdf_url": pdf_url})
    icon = f'<link rel="icon" href="{static("img/favicon.svg")}" type="image/svg+xml">'
    html = paper.html.replace("</head>", f"{icon}</head>", 1).replace("<body>", f"<body>{bar}", 1)
    response = HttpResponse(html)
    response["Content-Security-Policy"] = _policy_for(html)
    return response


@require_safe
@cache_control(private=True, no_store=True)
def paper_pdf(request, pk):
    """The PDF of the paper; where none could be made, what to install and the way to the HTML twin."""
    paper = get_object_or_404(Paper, pk=pk)
    _visible_or_404(paper, request.user)
    return pdf_of(request, paper)


def pdf_of(request, paper, page_url=""):
    """The PDF, or what is missing to make it; `page_url` where the page has an address of its own."""
    content = papers.pdf_of(paper)
    if content is None:
        context = {"paper": paper, "packages": pdf.WHAT_TO_INSTALL, "page_url": page_url or paper.get_absolute_url()}
        return render(request, "pcc_portal/paper_no_pdf.html", context, status=503)
    name = re.sub(r"[^\w.-]+", "-", f"{paper.reference}-{paper.get_kind_display()}").strip("-")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@cache_control(private=True, no_store=True)
def document_download(request, pk):
    """An uploaded file, always as a download, never shown within the portal."""
    document = get_object_or_404(Document, pk=pk, removed_at__isnull=True)
    _visible_or_404(document, request.user)
    return download_of(document)


def download_of(document):
    """The bytes of a file under its own name; 404 where they are gone."""
    try:
        file = document.file.open("rb")
    except FileNotFoundError:
        logger.error("The file of document %s is missing: %s", document.pk, document.file.name)
        raise Http404(NOT_SO) from None
    response = FileResponse(file, as_attachment=True, filename=document.name, content_type=document.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
