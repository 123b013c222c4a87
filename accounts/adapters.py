"""How django-allauth behaves in this house: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only."""

    def is_open_for_signup(self, request):
        return False


def sign_in(request, person):
    """Sign in somebody who has just chosen their password, as if they had typed it at the door."""
    record_authentication(request, person, method="password", reauthenticated=True)
    return perform_login(request, person, email_verification="none")
