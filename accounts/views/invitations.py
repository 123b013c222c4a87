"""Invitations: whom we asked to join, and the page their link opens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from records import lists
from records.refusals import Refused

from .. import access, adapters, queries, rules
from ..actions import invitations
from ..forms import AccountForm, InvitationForm
from ..models import Invitation, User
from ..roles import Permission
from .people import LOOKS_AFTER_PEOPLE


@require_safe
@access.require(*LOOKS_AFTER_PEOPLE)
def invitation_list(request):
    """Invitations nobody has answered yet, the newest first."""
    rows = queries.invitations_visible_to(request.user).unanswered()
    page = lists.paginate(request, rows.select_related("organisation", "invited_by").order_by("-invited_at", "-pk"))
    return render(request, "accounts/invitation_list.html", {"page_obj": page, "now": timezone.now()})


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*LOOKS_AFTER_PEOPLE)
def invitation_new(request):
    """Invite somebody; the organisation may be named in the address."""
    organisations = queries.managed_by(request.user).order_by("name")
    if key := request.GET.get("organisation"):
        organisations = organisations.filter(pk=get_object_or_404(organisations, key=key).pk)
    form = InvitationForm(
        request.POST if request.method == "POST" else None,
        organisations=organisations,
        with_office=access.may(request.user, Permission.OFFICE_PEOPLE),
    )
    if request.method == "POST" and form.is_valid():
        try:
            invitations.invite_person(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"The invitation to {form.cleaned_data['email']} is on its way.")
            return redirect("accounts:invitation_list")
    return render(request, "accounts/invitation_new.html", {"form": form, "organisation": form.only})


@require_POST
@access.require(*LOOKS_AFTER_PEOPLE)
def invitation_resend(request, pk):
    """Send a new link."""
    invitation = get_object_or_404(queries.invitations_visible_to(request.user), pk=pk)
    invitations.resend_invitation(invitation=invitation, by=request.user, at=timezone.now())
    messages.success(request, f"A new link is on its way to {invitation.email}. The old one no longer works.")
    return redirect("accounts:invitation_list")


@require_POST
@access.require(*LOOKS_AFTER_PEOPLE)
def invitation_withdraw(request, pk):
    """Take an invitation back."""
    invitation = get_object_or_404(queries.invitations_visible_to(request.user), pk=pk)
    invitations.withdraw_invitation(invitation=invitation, by=request.user, at=timezone.now())
    messages.success(request, f"The invitation to {invitation.email} is withdrawn.")
    return redirect("accounts:invitation_list")


@login_not_required
@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request, token):
    """What the link in the mail opens: set up an account, or join with the one you have."""
    rows = Invitation.objects.select_related("organisation", "invited_by")
    invitation = get_object_or_404(rows, token_hash=invitations.hash_of(token))
    answer = _join if request.user.is_authenticated else _set_up
    response = answer(request, invitation)
    response["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response


def _set_up(request, invitation):
    """Somebody new chooses a name and a password, and is signed in."""
    has_account = User.objects.filter(email=invitation.email, is_active=True).exists()
    why_not = rules.why_not_accept_invitation(invitation, at=timezone.now())
    form = AccountForm(
        request.POST if request.method == "POST" else None,
        email=invitation.email,
        initial={"full_name": invitation.full_name},
    )
    if request.method == "POST" and not (why_not or has_account) and form.is_valid():
        person = invitations.set_up_account(
            invitation=invitation,
            full_name=form.cleaned_data["full_name"],
            password=form.cleaned_data["password"],
            at=timezone.now(),
        )
        messages.success(request, f"Welcome. You have joined {invitation.organisation}.")
        return adapters.sign_in(request, person)
    sign_in = f"{reverse('account_login')}?next={request.path}"
    content = {
        "invitation": invitation,
        "form": form,
        "why_not": why_not,
        "sign_in": sign_in,
        "has_account": has_account,
    }
    return render(request, "accounts/invitation_accept.html", content)


def _join(request, invitation):
    """Somebody signed in takes up a further role with one button."""
    if request.method == "POST":
        invitations.join_by_invitation(invitation=invitation, by=request.user, at=timezone.now())
        messages.success(request, f"You have joined {invitation.organisation}.")
        return redirect("home")
    why_not = rules.why_not_join_by_invitation(invitation, user=request.user, at=timezone.now())
    return render(request, "accounts/invitation_accept.html", {"invitation": invitation, "why_not": why_not})
