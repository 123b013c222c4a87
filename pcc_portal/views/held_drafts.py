"""Nothing typed is lost when a sign-in runs out: the fields are held, and given back after signing in."""

import hashlib
import secrets

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from .. import actions
from ..models import HeldDraft

PREFIX = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
PERSON_COOKIE, HELD_COOKIE = f"{PREFIX}person", f"{PREFIX}held"
SALT = "portal.person"
MONTH = 30 * 24 * 60 * 60
NOT_HELD = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code"}


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()


def _set(response, name, value, *, max_age):
    cookie = {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE, "path": "/"}
    response.set_cookie(name, value, max_age=max_age, **cookie)


def remember_person(request, response):
    """Note in a signed cookie who works at this browser, so that a held draft goes back to nobody else."""
    mark = str(request.user.pk)
    if request.get_signed_cookie(PERSON_COOKIE, default="", salt=SALT) != mark:
        cookie = {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE, "path": "/"}
        response.set_signed_cookie(PERSON_COOKIE, mark, salt=SALT, max_age=MONTH, **cookie)


def keep(request):
    """An anonymous POST of somebody who was signed in here: hold the fields, then ask to sign in.

    Gives None where there is nobody to give them back to.
    """
    person = request.get_signed_cookie(PERSON_COOKIE, default="", salt=SALT, max_age=MONTH)
    path = request.get_full_path()
    fields = [[name, value] for name, values in request.POST.lists() if name not in NOT_HELD for value in values]
    if not person or request.headers.get("X-Autosave") or not fields or len(path) > 500:
        return None
    token = secrets.token_urlsafe(32)
    actions.hold_draft(
        token_hash=_hash(token),
        user_id=int(person),
        path=path,
        fields=fields,
        had_files=bool(request.FILES),
        at=timezone.now(),
    )
    messages.info(request, "You had been signed out. What you typed is kept: sign in again to go on.")
    response = redirect_to_login(path)
    _set(response, HELD_COOKIE, token, max_age=int(actions.KEPT_FOR.total_seconds()))
    return response


def offer(request):
    """The page that gives the held fields back, when the same person opens the same address; else None."""
    held = HeldDraft.objects.filter(
        token_hash=_hash(request.COOKIES[HELD_COOKIE]),
        user=request.user,
        path=request.get_full_path(),
        held_at__gte=timezone.now() - actions.KEPT_FOR,
    ).first()
    if held is None:
        return None
    shown = [(name, value) for name, value in held.fields if value.strip() and name != "version"]
    return render(request, "pcc_portal/held_draft.html", {"held": held, "shown": shown})


def given_back(request):
    """Forget the held draft that this POST brings back."""
    actions.drop_draft(token_hash=_hash(request.COOKIES[HELD_COOKIE]), by=request.user)


@require_POST
def held_draft_forget(request):
    """Throw a held draft away and open the page as it is."""
    token = request.COOKIES.get(HELD_COOKIE, "")
    if token:
        actions.drop_draft(token_hash=_hash(token), by=request.user)
    path = request.POST.get("path", "/")
    safe = url_has_allowed_host_and_scheme(path, allowed_hosts=None) and path.startswith("/")
    response = redirect(path if safe else "home")
    response.delete_cookie(HELD_COOKIE, path="/")
    return response
