"""The wrong moment becomes a sentence; a person without a second factor is sent to set one up."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render

from records.refusals import Refused

from .views import held_drafts

WITHOUT_SECOND_FACTOR = ("/account/", "/static/", "/brand.css", "/healthz", "/readyz", "/invitations/")


class RefusedMiddleware:
    """Turn `Refused(reason, subject)` into a message on the subject's own page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        messages.error(request, exception.reason)
        subject = exception.subject
        if hasattr(subject, "get_absolute_url"):
            return redirect(subject)
        return render(request, "refused.html", {"reason": exception.reason}, status=409)


class SecondFactorMiddleware:
    """Where the setting asks for it, nobody works without a second factor (duties.md, 17)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if (
            settings.SECOND_FACTOR_REQUIRED
            and request.user.is_authenticated
            and not request.path.startswith(WITHOUT_SECOND_FACTOR)
            and not is_mfa_enabled(request.user)
        ):
            messages.info(request, "Set up a second step for signing in before you go on.")
            return redirect("mfa_activate_totp")
        return self.get_response(request)


class HeldDraftMiddleware:
    """Hold what was typed when a sign-in ran out, and offer it to the same person afterwards."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            held_drafts.remember_person(request, response)
            if getattr(request, "held_draft_sent", False):
                response.delete_cookie(held_drafts.HELD_COOKIE, path="/")
        return response

    def process_view(self, request, view, args, kwargs):
        if not getattr(view, "login_required", True):
            return None
        if request.user.is_anonymous:
            return held_drafts.keep(request) if request.method == "POST" else None
        if held_drafts.HELD_COOKIE not in request.COOKIES:
            return None
        if request.method == "GET":
            return held_drafts.offer(request)
        if request.method == "POST" and view is not held_drafts.held_draft_forget:
            held_drafts.given_back(request)
            request.held_draft_sent = True
        return None
