"""Doors of people, invitations and organisations, and those of django-allauth."""

from allauth.mfa.models import Authenticator

from accounts.actions import contact, invitations
from accounts.enums import RoleName
from accounts.models import Invitation
from tests.doors import door


def open_invitation(world):
    """Somebody asked to contribute for the partnership; they have not answered."""
    return invitations.invite_person(
        organisation=world.cast.maidstone,
        email="new@example.org",
        full_name="New Colleague",
        role=RoleName.CONTRIBUTOR,
        by=world.cast.maidstone_lead,
        at=world.now,
    )


def known_token(world):
    """The token of that invitation, since only its hash is kept."""
    Invitation.objects.filter(pk=world.open_invitation.pk).update(token_hash=invitations.hash_of("known"))
    return "known"


def colleague_role(world):
    return world.cast.maidstone_contributor.memberships.get()


def with_second_step(world):
    Authenticator.objects.create(user=world.cast.maidstone_contributor, type=Authenticator.Type.TOTP, data={})


def lead_has_calendar(world):
    person = world.cast.maidstone_lead
    contact.make_calendar_feed(person=person, by=person, at=world.now)


def colleague(world):
    return {"pk": world.cast.maidstone_contributor.pk}


def role(world):
    return {"pk": world.colleague_role.pk}


def invitation(world):
    return {"pk": world.open_invitation.pk}


def token(world):
    return {"token": world.known_token}


def organisation(world):
    return {"key": world.cast.maidstone.key}


# What the entry form needs to be content with an organisation.
ENTRY = {"name": "A New Trust", "kind": "CHARITY"}
INVITED = {"full_name": "A Person", "email": "person@example.org", "role": "CONTRIBUTOR"}
ACCOUNT = {"full_name": "New", "password": "three short words", "password_again": "three short words"}
KEY = {"uidb36": "1", "key": "set-password"}
WHY = {"reason": "They left."}

# A lead looks after their own organisation's people, officers after all, the chief executive after the office's.
LOOK_AFTER = "page: officers lead chief_executive stranger provider; 403: *"
ONE_PERSON = "page: officers lead chief_executive; 404: stranger provider; 403: *"

WORLD = {"open_invitation": open_invitation, "known_token": known_token, "colleague_role": colleague_role}
DOORS = [
    door("accounts:people_list", "", LOOK_AFTER),
    door("accounts:people_list", "", LOOK_AFTER, query="format=csv", note="csv"),
    door("accounts:invitation_list", "", LOOK_AFTER),
    door("accounts:invitation_new", "", LOOK_AFTER),
    door("accounts:invitation_new", "", LOOK_AFTER, method="POST", note="with nothing"),
    door(
        "accounts:invitation_new",
        "",
        "moved: lead stranger provider; page: officers chief_executive; 403: *",
        method="POST",
        data=INVITED,
    ),
    door(
        "accounts:invitation_new",
        "",
        "moved: officers lead; 404: stranger provider chief_executive; 403: *",
        method="POST",
        data=INVITED,
        query="organisation=csp-maidstone",
        note="to a partnership",
    ),
    door(
        "accounts:invitation_new",
        "",
        "moved: head chief_executive; 404: officer lead stranger provider; 403: *",
        method="POST",
        data={**INVITED, "role": "COMMISSIONING_OFFICER"},
        query="organisation=office",
        note="into the office",
    ),
    door(
        "accounts:invitation_resend",
        invitation,
        "moved: officers lead; 404: stranger provider chief_executive; 403: *",
        method="POST",
    ),
    door(
        "accounts:invitation_withdraw",
        invitation,
        "moved: officers lead; 404: stranger provider chief_executive; 403: *",
        method="POST",
    ),
    door("accounts:invitation_accept", token, "page: everybody"),
    door("accounts:invitation_accept", token, "sentence: *; moved: visitor", method="POST", data=ACCOUNT),
    door("accounts:person_show", colleague, ONE_PERSON),
    door("accounts:person_close", colleague, ONE_PERSON),
    door(
        "accounts:person_close",
        colleague,
        "moved: officers; sentence: lead chief_executive; 404: stranger provider; 403: *",
        method="POST",
        data=WHY,
    ),
    door("accounts:second_step_forget", colleague, ONE_PERSON),
    door(
        "accounts:second_step_forget",
        colleague,
        "moved: officers; sentence: lead chief_executive; 404: stranger provider; 403: *",
        method="POST",
        data=WHY,
        given=with_second_step,
    ),
    door("accounts:membership_start", colleague, ONE_PERSON),
    door(
        "accounts:membership_start",
        colleague,
        "moved: lead; page: officers chief_executive; 404: stranger provider; 403: *",
        method="POST",
        data={"role": "CERTIFIER"},
    ),
    door("accounts:membership_end", role, "page: officers lead; 404: stranger provider chief_executive; 403: *"),
    door(
        "accounts:membership_end",
        role,
        "moved: officers lead; 404: stranger provider chief_executive; 403: *",
        method="POST",
        data=WHY,
    ),
    door("accounts:profile", "", "page: *"),
    door("accounts:profile", "", "moved: *", method="POST", data={"full_name": "New Name"}),
    door("accounts:mail_choice", "", "page: *"),
    door("accounts:mail_choice", "", "moved: *", method="POST", data={"choice": "SINGLE"}),
    door("accounts:calendar", "", "page: *"),
    door("accounts:calendar_make", "", "page: *", method="POST", note="shows the address this once"),
    door("accounts:calendar_revoke", "", "moved: lead; sentence: *", method="POST", given=lead_has_calendar),
    door("accounts:organisation_list", "", "page: office; 403: *"),
    door("accounts:organisation_show", organisation, "page: office; 403: *"),
    door("accounts:organisation_new", "", "page: officers; 403: *"),
    door("accounts:organisation_new", "", "moved: officers; 403: *", method="POST", data=ENTRY),
    door("accounts:organisation_edit", organisation, "page: officers; 403: *"),
    door("accounts:organisation_edit", organisation, "moved: officers; 403: *", method="POST", data=ENTRY),
    # django-allauth: its own rules; sensitive pages ask for the password again ("moved").
    door("account_login", "", "moved: *; page: visitor"),
    door("account_login", "", "moved: *; page: visitor", method="POST"),
    door("account_logout", "", "page: *; sign in: visitor"),
    door("account_logout", "", "sign in: *", method="POST"),
    door("account_signup", "", "moved: *; page: visitor"),
    door("account_signup", "", "moved: *; page: visitor", method="POST"),
    door("account_inactive", "", "page: everybody"),
    door("account_reauthenticate", "", "page: *"),
    door("account_reauthenticate", "", "page: *", method="POST"),
    door("account_change_password", "", "page: *"),
    door("account_change_password", "", "page: *", method="POST"),
    door("account_set_password", "", "moved: *"),
    door("account_set_password", "", "moved: *", method="POST"),
    door("account_email", "", "page: *"),
    door("account_email", "", "moved: *", method="POST"),
    door(
        "account_email",
        "",
        "page: *",
        method="POST",
        data={"action_add": "", "email": "another@example.org"},
        note="a further address is refused",
    ),
    door("account_email_verification_sent", "", "page: everybody"),
    door("account_confirm_email", lambda world: {"key": "no-such-key"}, "page: everybody"),
    door("account_confirm_email", lambda world: {"key": "no-such-key"}, "404: everybody", method="POST"),
    door("account_confirm_login_code", "", "moved: *; sign in: visitor"),
    door("account_confirm_login_code", "", "moved: *; sign in: visitor", method="POST"),
    door("account_reset_password", "", "page: everybody"),
    door("account_reset_password", "", "page: everybody", method="POST"),
    door("account_reset_password_done", "", "page: everybody"),
    door("account_reset_password_from_key", lambda world: KEY, "page: everybody"),
    door("account_reset_password_from_key", lambda world: KEY, "page: everybody", method="POST"),
    door("account_reset_password_from_key_done", "", "page: everybody"),
    door("mfa_index", "", "page: *"),
    door("mfa_authenticate", "", "moved: *; sign in: visitor"),
    door("mfa_authenticate", "", "moved: *; sign in: visitor", method="POST"),
    door("mfa_reauthenticate", "", "moved: *"),
    door("mfa_reauthenticate", "", "moved: *", method="POST"),
    door("mfa_activate_totp", "", "moved: *"),
    door("mfa_activate_totp", "", "moved: *", method="POST"),
    door("mfa_deactivate_totp", "", "404: *"),
    door("mfa_deactivate_totp", "", "404: *", method="POST"),
    door("mfa_view_recovery_codes", "", "404: *"),
    door("mfa_generate_recovery_codes", "", "moved: *"),
    door("mfa_generate_recovery_codes", "", "moved: *", method="POST"),
    door("mfa_download_recovery_codes", "", "404: *"),
]
