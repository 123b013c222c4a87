"""Who is really calling, when trusted proxies stand in front of the portal."""

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """The caller's address: the entry of X-Forwarded-For written by the outermost proxy we trust.

    Entries further left were sent by the caller and can be invented, so they are never read.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    count = settings.TRUSTED_PROXY_COUNT
    if not count:
        return peer
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return forwarded[-count] if len(forwarded) >= count else peer


def sign_in_name(request: HttpRequest, credentials: dict | None = None) -> str:
    """The e-mail address being tried, as one spelling, so that capitals do not give more tries."""
    credentials = credentials or {}
    name = credentials.get("email") or credentials.get("login") or request.POST.get("login") or ""
    return str(name).strip().lower()
