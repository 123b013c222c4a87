"""The cast: fixed people in fixed organisations."""

from datetime import UTC, datetime
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password

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


ORGANISATIONS = {  # name: (key, full name, kind, accountable body, areas)
    "office": ("office", "Office of the Commissioner", OrganisationKind.OFFICE, None, []),
    "council": ("maidstone-council", "Maidstone Borough Council", "LOCAL_AUTHORITY", None, []),
    "maidstone": ("csp-maidstone", "Safer Maidstone Partnership", "CSP", "council", ["Maidstone"]),
    "swale_council": ("swale-council", "Swale Borough Council", "LOCAL_AUTHORITY", None, []),
    "swale": ("csp-swale", "Swale Community Safety Partnership", "CSP", "swale_council", ["Swale"]),
    "yot": ("yot", "Youth Offending Team", "STATUTORY_THIRD_PARTY", None, []),
    "provider": ("provider", "Example Provider", "PROVIDER", None, []),
}
PEOPLE = {  # name: (e-mail address, full name, role, organisation)
    "maidstone_contributor": ("contributor@maidstone.example.org", "Mo Contributor", RoleName.CONTRIBUTOR, "maidstone"),
    "maidstone_lead": ("lead@maidstone.example.org", "Lee Lead", RoleName.LEAD, "maidstone"),
    "maidstone_certifier": ("certifier@maidstone.example.org", "Cy Certifier", RoleName.CERTIFIER, "maidstone"),
    "maidstone_signatory": ("signatory@maidstone.example.org", "Sig Natory", RoleName.SIGNATORY, "council"),
    "swale_lead": ("lead@swale.example.org", "Sam Stranger", RoleName.LEAD, "swale"),
    "swale_certifier": ("certifier@swale.example.org", "Col Certifier", RoleName.CERTIFIER, "swale"),
    "swale_signatory": ("signatory@swale.example.org", "Sue Natory", RoleName.SIGNATORY, "swale_council"),
    "yot_lead": ("lead@yot.example.org", "Yo Lead", RoleName.LEAD, "yot"),
    "yot_certifier": ("certifier@yot.example.org", "Yo Certifier", RoleName.CERTIFIER, "yot"),
    "yot_signatory": ("signatory@yot.example.org", "Yo Natory", RoleName.SIGNATORY, "yot"),
    "provider_lead": ("lead@provider.example.org", "Pro Lead", RoleName.LEAD, "provider"),
    "officer": ("officer@opcc.example.org", "Ola Officer", RoleName.COMMISSIONING_OFFICER, "office"),
    "other_officer": ("officer2@opcc.example.org", "Olu Officer", RoleName.COMMISSIONING_OFFICER, "office"),
    "finance": ("finance@opcc.example.org", "Fin Ance", RoleName.FINANCE_OFFICER, "office"),
    "head": ("head@opcc.example.org", "Hed Commissioning", RoleName.HEAD_OF_COMMISSIONING, "office"),
    "cfo": ("cfo@opcc.example.org", "Chi Finance", RoleName.CHIEF_FINANCE_OFFICER, "office"),
    "chief_executive": ("ce@opcc.example.org", "Chi Executive", RoleName.CHIEF_EXECUTIVE, "office"),
    "pcc": ("pcc@opcc.example.org", "Pat Commissioner", RoleName.COMMISSIONER, "office"),
    "auditor": ("auditor@opcc.example.org", "Aud Itor", RoleName.AUDITOR, "office"),
    "reader": ("reader@opcc.example.org", "Rea Der", RoleName.READER, "office"),
}


def cast():
    """Everybody the tests speak of, by name; found where they are here already."""
    if Organisation.objects.exists() or User.objects.exists():
        places = {}
        for name, (key, full_name, kind, body, areas) in ORGANISATIONS.items():
            places[name] = organisation(key, full_name, kind, accountable_body=places.get(body), areas=areas)
        people = {name: person(*words, places[place]) for name, (*words, place) in PEOPLE.items()}
    else:
        places = new_organisations()
        people = new_people(places)
    return SimpleNamespace(**places, **people)


def new_organisations():
    """The cast's organisations in few statements, since nearly every test begins here."""
    made = {
        name: Organisation(key=key, name=full_name, kind=kind, areas=areas)
        for name, (key, full_name, kind, _body, areas) in ORGANISATIONS.items()
    }
    Organisation.objects.bulk_create(made.values())
    for name, (*_words, body, _areas) in ORGANISATIONS.items():
        made[name].accountable_body = made.get(body)
    Organisation.objects.bulk_update([one for one in made.values() if one.accountable_body], ["accountable_body"])
    return made


def new_people(places):
    """The cast's people in few statements, as `person` makes them."""
    hashed = make_password(PASSWORD)
    made = {
        name: User(email=email, full_name=full_name, password=hashed)
        for name, (email, full_name, _role, _place) in PEOPLE.items()
    }
    User.objects.bulk_create(made.values())
    Membership.objects.bulk_create(
        Membership(user=made[name], organisation=places[place], role=role, started_at=LONG_AGO)
        for name, (_email, _full_name, role, place) in PEOPLE.items()
    )
    return made
