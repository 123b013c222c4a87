"""From HTML to tagged PDF. WeasyPrint needs Pango, which a machine may lack: then the answer is None."""

import hashlib
import logging
import mimetypes
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from fontTools.ttLib import woff2

logger = logging.getLogger(__name__)
HERE = "https://paper.invalid/"
KEPT_SECONDS = 3600
MAY_BE_FETCHED = {".woff2", ".svg", ".png"}
WHAT_TO_INSTALL = ("libpangoft2-1.0-0", "libharfbuzz-subset0")


def packaged(url):
    """The file of our own static folder that `url` names; ValueError for anything else in the world."""
    parts, here = urlsplit(url), urlsplit(HERE)
    static = settings.STATIC_URL
    if (parts.scheme, parts.netloc) != (here.scheme, here.netloc) or not parts.path.startswith(static):
        raise ValueError(f"A paper may not fetch {url[:80]}")
    name = unquote(parts.path.removeprefix(static))
    found = None if ".." in name or "\\" in name or "\0" in name else finders.find(name)
    if not found or Path(found).suffix not in MAY_BE_FETCHED:
        raise ValueError(f"A paper may not fetch {url[:80]}")
    return Path(found)


@lru_cache(maxsize=32)
def contents(path, changed_at):
    """The bytes of a file of ours, a font unpacked: unpacking takes longer than all else of a paper."""
    if path.suffix != ".woff2":
        return path.read_bytes()
    unpacked = BytesIO()
    woff2.decompress(path.open("rb"), unpacked)
    return unpacked.getvalue()


def render_once(html):
    """As `render`, and the same words again within the hour are not drawn a second time."""
    key = f"pdf-{hashlib.sha256(html.encode()).hexdigest()}"
    if (drawn := cache.get(key)) is None and (drawn := render(html)) is not None:
        cache.set(key, drawn, KEPT_SECONDS)
    return drawn


def render(html):
    """The PDF of `html` as bytes, tagged for screen readers (PDF/UA-1), or None without Pango.

    Only fonts and pictures of our own static folder are read; no network, no other file.
    """
    try:
        import weasyprint  # slow to import, and fails where its libraries are missing
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError:
        logger.warning("No PDF could be made; install %s.", " and ".join(WHAT_TO_INSTALL))
        return None

    class PackagedOnly(URLFetcher):
        def fetch(self, url, headers=None):
            path = packaged(url)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, contents(path, path.stat().st_mtime_ns), {"Content-Type": kind})

    return weasyprint.HTML(string=html, base_url=HERE, url_fetcher=PackagedOnly()).write_pdf(pdf_variant="pdf/ua-1")
