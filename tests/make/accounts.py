"""The cast: fixed people in fixed organisations."""

from datetime import UTC, datetime
from types import SimpleNamespace

from accounts.enums import OrganisationKind, RoleName
from accounts.models import Membership, Organisation, User

PASSWORD = "a-long-enough-password"
LONG_AGO = datetime(2019, 4, 1, 9, 0, tzinfo=UTC)


def organisation(key, name, kind, **fields):
    """An organisation, made once per key."""
    return Organisation.objects.get_or_create(key=key, defaults={"name": name, "kind": kind, **fields})[0]


def person(email, full_name, role, organisation):
    """A person with one role; more roles by calling again with the same address."""
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, PASSWORD, full_name=full_name)
    Membership.objects.get_or_create(user=user, organisation=organisation, role=role, defaults={"started_at": LONG_AGO})
    return user


def cast():
    """Everybody the tests speak of, by name."""
    office = organisation("office", "Office of the Commissioner", OrganisationKind.OFFICE)
    council = organisation("maidstone-council", "Maidstone Borough Council", "LOCAL_AUTHORITY")
    maidstone = organisation(
        "csp-maidstone",
        "Safer Maidstone Partnership",
        "CSP",
        accountable_body=council,
        areas=["Maidstone"],
    )
    swale_council = organisation("swale-council", "Swale Borough Council", "LOCAL_AUTHORITY")
    swale = organisation(
        "csp-swale",
        "Swale Community Safety Partnership",
        "CSP",
        accountable_body=swale_council,
        areas=["Swale"],
    )
    yot = organisation("yot", "Youth Offending Team", "STATUTORY_THIRD_PARTY")
    provider = organisation("provider", "Example Provider", "PROVIDER")
    at = "example.org"
    return SimpleNamespace(
        office=office,
        council=council,
        maidstone=maidstone,
        swale=swale,
        swale_council=swale_council,
        yot=yot,
        provider=provider,
        maidstone_contributor=person(f"contributor@maidstone.{at}", "Mo Contributor", RoleName.CONTRIBUTOR, maidstone),
        maidstone_lead=person(f"lead@maidstone.{at}", "Lee Lead", RoleName.LEAD, maidstone),
        maidstone_certifier=person(f"certifier@maidstone.{at}", "Cy Certifier", RoleName.CERTIFIER, maidstone),
        maidstone_signatory=person(f"signatory@maidstone.{at}", "Sig Natory", RoleName.SIGNATORY, council),
        swale_lead=person(f"lead@swale.{at}", "Sam Stranger", RoleName.LEAD, swale),
        swale_certifier=person(f"certifier@swale.{at}", "Col Certifier", RoleName.CERTIFIER, swale),
        swale_signatory=person(f"signatory@swale.{at}", "Sue Natory", RoleName.SIGNATORY, swale_council),
        yot_lead=person(f"lead@yot.{at}", "Yo Lead", RoleName.LEAD, yot),
        yot_certifier=person(f"certifier@yot.{at}", "Yo Certifier", RoleName.CERTIFIER, yot),
        yot_signatory=person(f"signatory@yot.{at}", "Yo Natory", RoleName.SIGNATORY, yot),
        provider_lead=person(f"lead@provider.{at}", "Pro Lead", RoleName.LEAD, provider),
        officer=person(f"officer@opcc.{at}", "Ola Officer", RoleName.COMMISSIONING_OFFICER, office),
        other_officer=person(f"officer2@opcc.{at}", "Olu Officer", RoleName.COMMISSIONING_OFFICER, office),
        finance=person(f"finance@opcc.{at}", "Fin Ance", RoleName.FINANCE_OFFICER, office),
        head=person(f"head@opcc.{at}", "Hed Commissioning", RoleName.HEAD_OF_COMMISSIONING, office),
        cfo=person(f"cfo@opcc.{at}", "Chi Finance", RoleName.CHIEF_FINANCE_OFFICER, office),
        chief_executive=person(f"ce@opcc.{at}", "Chi Executive", RoleName.CHIEF_EXECUTIVE, office),
        pcc=person(f"pcc@opcc.{at}", "Pat Commissioner", RoleName.COMMISSIONER, office),
        auditor=person(f"auditor@opcc.{at}", "Aud Itor", RoleName.AUDITOR, office),
        reader=person(f"reader@opcc.{at}", "Rea Der", RoleName.READER, office),
    )
