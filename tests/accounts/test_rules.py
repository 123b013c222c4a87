"""Every sentence about people and organisations, once."""

from datetime import timedelta

import pytest

from accounts import rules
from accounts.actions import invitations, memberships
from accounts.enums import RoleName
from accounts.models import Invitation

from .places import AT

pytestmark = pytest.mark.django_db
ANSWERED = "answered@example.org"
AGAIN = "Ask the person who invited you to send it again."
NOT_ONESELF = "Nobody changes their own roles. Ask somebody else who looks after people."
NOT_THE_OFFICE = "Only the head of commissioning or the chief executive may say who works in the office."
NOT_MAIDSTONE = "Only a lead of Safer Maidstone Partnership or a commissioning officer may say who acts for it."
SUCCESSOR = "Give somebody else that role first, so that its work can go on."


def invite(cast, email=ANSWERED, role=RoleName.CONTRIBUTOR, at=AT):
    return invitations.invite_person(
        organisation=cast.maidstone, email=email, full_name="A Person", role=role, by=cast.maidstone_lead, at=at
    )


@pytest.mark.parametrize(
    ("who", "where", "email", "role", "sentence"),
    [
        ("maidstone_lead", "maidstone", "a@example.org", "CONTRIBUTOR", ""),
        ("maidstone_lead", "maidstone", "a@example.org", "LEAD", ""),
        ("officer", "maidstone", "a@example.org", "SIGNATORY", ""),
        ("head", "office", "a@example.org", "COMMISSIONING_OFFICER", ""),
        ("chief_executive", "office", "a@example.org", "COMMISSIONER", ""),
        (
            "swale_lead",
            "maidstone",
            "a@example.org",
            "CONTRIBUTOR",
            NOT_MAIDSTONE,
        ),
        (
            "maidstone_contributor",
            "maidstone",
            "a@example.org",
            "CONTRIBUTOR",
            NOT_MAIDSTONE,
        ),
        (
            "chief_executive",
            "maidstone",
            "a@example.org",
            "CONTRIBUTOR",
            NOT_MAIDSTONE,
        ),
        (
            "officer",
            "office",
            "a@example.org",
            "READER",
            NOT_THE_OFFICE,
        ),
        (
            "pcc",
            "office",
            "a@example.org",
            "READER",
            NOT_THE_OFFICE,
        ),
        (
            "maidstone_lead",
            "maidstone",
            "a@example.org",
            "COMMISSIONER",
            "Commissioner is a post in the office. Choose one of the roles of Safer Maidstone Partnership.",
        ),
        (
            "head",
            "office",
            "a@example.org",
            "LEAD",
            "Lead is a role of other organisations. Choose a post in the office.",
        ),
        (
            "maidstone_lead",
            "maidstone",
            "Lead@maidstone.example.org",
            "CERTIFIER",
            "You cannot invite yourself. Ask somebody else who looks after people to give you the role.",
        ),
        (
            "officer",
            "maidstone",
            "Contributor@Maidstone.example.org",
            "CONTRIBUTOR",
            "contributor@maidstone.example.org is already contributor of Safer Maidstone Partnership.",
        ),
        (
            "officer",
            "maidstone",
            "waiting@example.org",
            "CONTRIBUTOR",
            "waiting@example.org has an open invitation as contributor. Send it again from the list of invitations.",
        ),
    ],
)
def test_why_not_invite(cast, who, where, email, role, sentence):
    invite(cast, "waiting@example.org")

    found = rules.why_not_invite(getattr(cast, where), email=email, role=role, user=getattr(cast, who), at=AT)

    assert found == sentence


def test_why_not_invite_to_a_closed_organisation(cast):
    cast.maidstone.closed_on = AT.date()

    found = rules.why_not_invite(cast.maidstone, email="a@example.org", role=RoleName.LEAD, user=cast.officer, at=AT)

    assert found == ("Safer Maidstone Partnership is closed. Invite people to the organisation that followed it.")


def test_why_not_invite_more_than_fifty(cast):
    for number in range(49):
        invite(cast, f"person{number}@example.org")
    asked = {"email": "more@example.org", "role": RoleName.LEAD, "user": cast.maidstone_lead}

    fiftieth = rules.why_not_invite(cast.maidstone, at=AT, **asked)
    invite(cast, "person49@example.org")
    one_more = rules.why_not_invite(cast.maidstone, at=AT, **asked)
    when_run_out = rules.why_not_invite(cast.maidstone, at=AT + timedelta(days=7), **asked)

    assert fiftieth == ""
    assert one_more == (
        "Safer Maidstone Partnership has 50 open invitations, which is the most allowed. "
        "Withdraw those no longer needed, or wait until some are answered."
    )
    assert when_run_out == ""


def test_why_not_invite_somebody_whose_account_was_closed(cast):
    cast.maidstone_contributor.is_active = False
    cast.maidstone_contributor.save()
    asked = {"email": cast.maidstone_contributor.email, "role": RoleName.LEAD, "at": AT}

    by_lead = rules.why_not_invite(cast.maidstone, user=cast.maidstone_lead, **asked)
    by_officer = rules.why_not_invite(cast.maidstone, user=cast.officer, **asked)

    assert by_lead == "The account of this person was closed. Ask a commissioning officer to invite them again."
    assert by_officer == ""


@pytest.mark.parametrize(
    ("change", "after", "sentence"),
    [
        ({}, timedelta(days=6, hours=23), ""),
        ({}, timedelta(days=7), f"This invitation ran out on 11 May 2020. {AGAIN}"),
        ({"withdrawn_at": AT}, timedelta(), f"This invitation was withdrawn. {AGAIN}"),
        (
            {"accepted_at": AT},
            timedelta(),
            "This invitation has been used. Sign in with your e-mail address and password.",
        ),
    ],
)
def test_why_not_accept_invitation(cast, change, after, sentence):
    invitation = invite(cast)
    for name, value in change.items():
        setattr(invitation, name, value)

    assert rules.why_not_accept_invitation(invitation, at=AT + after) == sentence
    assert rules.why_not_set_up_account(invitation, at=AT + after) == sentence


def test_why_not_accept_invitation_of_a_closed_organisation(cast):
    invitation = invite(cast)
    invitation.organisation.closed_on = AT.date()

    found = rules.why_not_accept_invitation(invitation, at=AT)

    assert found == "Safer Maidstone Partnership is closed, so nobody can join it."


def test_why_not_set_up_account_of_somebody_who_has_one(cast):
    invitation = invite(cast, cast.swale_lead.email)

    found = rules.why_not_set_up_account(invitation, at=AT)

    assert found == "You already have an account. Sign in, then open the link again."


def test_why_not_join_by_invitation(cast):
    invitation = invite(cast, cast.swale_lead.email)

    own = rules.why_not_join_by_invitation(invitation, user=cast.swale_lead, at=AT)
    other = rules.why_not_join_by_invitation(invitation, user=cast.yot_lead, at=AT)

    assert own == ""
    assert other == "This invitation is for another person. Sign out, then open the link again."


@pytest.mark.parametrize(
    ("change", "who", "sentence"),
    [
        ({}, "maidstone_lead", ""),
        ({}, "officer", ""),
        (
            {},
            "swale_lead",
            NOT_MAIDSTONE,
        ),
        ({"accepted_at": AT}, "officer", "This invitation has been accepted. End the person's role instead."),
        ({"withdrawn_at": AT}, "officer", "This invitation has been withdrawn already."),
    ],
)
def test_why_not_withdraw_or_resend_invitation(cast, change, who, sentence):
    invitation = invite(cast)
    for name, value in change.items():
        setattr(invitation, name, value)

    assert rules.why_not_withdraw_invitation(invitation, user=getattr(cast, who)) == sentence
    assert rules.why_not_resend_invitation(invitation, user=getattr(cast, who)) == sentence


@pytest.mark.parametrize(
    ("who", "person", "where", "role", "sentence"),
    [
        ("maidstone_lead", "maidstone_contributor", "maidstone", "CERTIFIER", ""),
        ("officer", "maidstone_contributor", "council", "SIGNATORY", ""),
        ("head", "officer", "office", "FINANCE_OFFICER", ""),
        (
            "head",
            "head",
            "office",
            "COMMISSIONER",
            NOT_ONESELF,
        ),
        (
            "officer",
            "other_officer",
            "office",
            "HEAD_OF_COMMISSIONING",
            NOT_THE_OFFICE,
        ),
        (
            "maidstone_lead",
            "maidstone_contributor",
            "maidstone",
            "CONTRIBUTOR",
            "Mo Contributor is already contributor of Safer Maidstone Partnership.",
        ),
        (
            "officer",
            "maidstone_contributor",
            "maidstone",
            "READER",
            "Reader is a post in the office. Choose one of the roles of Safer Maidstone Partnership.",
        ),
    ],
)
def test_why_not_start_membership(cast, who, person, where, role, sentence):
    found = rules.why_not_start_membership(
        getattr(cast, where), person=getattr(cast, person), role=role, user=getattr(cast, who)
    )

    assert found == sentence


def test_why_not_start_membership_of_an_account_not_in_use(cast):
    cast.maidstone_contributor.is_active = False

    found = rules.why_not_start_membership(
        cast.maidstone, person=cast.maidstone_contributor, role=RoleName.LEAD, user=cast.officer
    )

    assert found == "This account is not in use. Send an invitation instead."


@pytest.mark.parametrize(
    ("who", "whose", "sentence"),
    [
        ("maidstone_lead", "maidstone_contributor", ""),
        ("officer", "maidstone_contributor", ""),
        ("head", "officer", ""),
        ("maidstone_lead", "maidstone_lead", NOT_ONESELF),
        (
            "officer",
            "maidstone_lead",
            f"Lee Lead is the only lead of Safer Maidstone Partnership. {SUCCESSOR}",
        ),
        (
            "chief_executive",
            "head",
            f"Hed Commissioning is the only head of commissioning of Office of the Commissioner. {SUCCESSOR}",
        ),
        ("officer", "finance", NOT_THE_OFFICE),
        (
            "swale_lead",
            "maidstone_contributor",
            NOT_MAIDSTONE,
        ),
    ],
)
def test_why_not_end_membership(cast, who, whose, sentence):
    membership = getattr(cast, whose).memberships.get()

    assert rules.why_not_end_membership(membership, user=getattr(cast, who)) == sentence


def test_why_not_end_membership_of_the_last_lead_once_there_is_another(cast):
    memberships.start_membership(
        person=cast.maidstone_contributor, organisation=cast.maidstone, role=RoleName.LEAD, by=cast.officer, at=AT
    )

    assert rules.why_not_end_membership(cast.maidstone_lead.memberships.get(), user=cast.officer) == ""


def test_why_not_end_membership_twice(cast):
    membership = cast.maidstone_contributor.memberships.get()
    membership.ended_at = AT

    assert rules.why_not_end_membership(membership, user=cast.officer) == "This role has ended already."


@pytest.mark.parametrize(
    ("who", "person", "sentence"),
    [
        ("officer", "maidstone_contributor", ""),
        ("chief_executive", "finance", ""),
        ("head", "other_officer", ""),
        ("officer", "officer", "You cannot close your own account. Ask somebody else who looks after people."),
        (
            "maidstone_lead",
            "maidstone_contributor",
            "Only a commissioning officer may close an account. You may end the person's roles.",
        ),
        (
            "officer",
            "finance",
            NOT_THE_OFFICE,
        ),
        (
            "chief_executive",
            "maidstone_contributor",
            NOT_MAIDSTONE,
        ),
        (
            "officer",
            "swale_lead",
            f"Sam Stranger is the only lead of Swale Community Safety Partnership. {SUCCESSOR}",
        ),
    ],
)
def test_why_not_close_person(cast, who, person, sentence):
    assert rules.why_not_close_person(getattr(cast, person), user=getattr(cast, who)) == sentence


def test_why_not_close_person_twice(cast):
    cast.maidstone_contributor.is_active = False

    assert rules.why_not_close_person(cast.maidstone_contributor, user=cast.officer) == "This account is not in use."


@pytest.mark.parametrize(
    ("who", "person", "has_one", "sentence"),
    [
        ("officer", "maidstone_lead", True, ""),
        ("chief_executive", "officer", True, ""),
        ("officer", "maidstone_lead", False, "Lee Lead has not set up a second step."),
        (
            "head",
            "head",
            True,
            "You cannot do this for yourself. Turn the app off on the page of how you sign in.",
        ),
        ("maidstone_lead", "maidstone_contributor", True, "Only a commissioning officer may do this."),
        ("officer", "head", True, NOT_THE_OFFICE),
        ("chief_executive", "maidstone_lead", True, NOT_MAIDSTONE),
    ],
)
def test_why_not_forget_second_step(cast, who, person, has_one, sentence):
    found = rules.why_not_forget_second_step(getattr(cast, person), has_one=has_one, user=getattr(cast, who))

    assert found == sentence


def test_why_not_make_first_person(cast):
    where_there_is_one = rules.why_not_make_first_person(cast.office, role=RoleName.HEAD_OF_COMMISSIONING)
    cast.head.memberships.all().delete()
    with_the_chief_executive = rules.why_not_make_first_person(cast.office, role=RoleName.HEAD_OF_COMMISSIONING)
    cast.chief_executive.memberships.all().delete()

    assert where_there_is_one.endswith("looks after the people of the office already. Ask them for an invitation.")
    assert with_the_chief_executive.startswith("Chi Executive looks after")
    assert rules.why_not_make_first_person(cast.office, role=RoleName.HEAD_OF_COMMISSIONING) == ""
    assert rules.why_not_make_first_person(cast.office, role=RoleName.READER) == (
        "The first person is one of: CHIEF_EXECUTIVE, HEAD_OF_COMMISSIONING."
    )
    assert rules.why_not_make_first_person(None, role=RoleName.READER) == (
        "No office is known yet. Load a plan file first."
    )


def test_is_closed_tells_the_closed_from_those_who_never_came(cast):
    invite(cast, "never@example.org")
    cast.maidstone_contributor.is_active = False
    cast.maidstone_contributor.save()

    assert rules.is_closed("never@example.org") is False
    assert rules.is_closed(cast.maidstone_contributor.email) is True
    assert rules.is_closed(cast.maidstone_lead.email) is False
    assert Invitation.objects.count() == 1
