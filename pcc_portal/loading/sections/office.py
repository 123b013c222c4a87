"""The office, its organisations and people, its plan."""

from accounts.enums import IdentifierScheme, NameKind, OrganisationKind, RoleName
from accounts.models import Organisation, OrganisationIdentifier, OrganisationName, OrganisationSuccession, User
from plans.models import CommissioningBody, LearningArea, MovableEvent, Plan, Priority, SensitivePeriod

from ..entries import Items, Memberships
from ..kinds import COLOUR, EMAIL, Day, Matching, Position, Text, Texts, Word, YesNo
from ..references import Cited, Reference
from .section import DAY, LONG, Section, needed

ADDRESS = {"pattern": EMAIL, "like": "Write an e-mail address, like name@example.org."}
HUE = {"pattern": COLOUR, "like": 'Write a colour like "#1d2b53".'}

ORGANISATIONS = Section(
    "organisations",
    "organisation",
    Organisation,
    {
        "name": needed(),
        "kind": Word(required=True, words=OrganisationKind),
        "areas": Texts(limit=80),
        "accountable_body": Reference(section="organisations"),
        "aliases": Items(
            fields={"name": needed()},
            model=OrganisationName,
            parent="organisation",
            short="name",
            fixed={"kind": NameKind.ALIAS},
        ),
        "former_names": Items(
            fields={"name": needed(), "until": DAY, "source": Cited()},
            model=OrganisationName,
            parent="organisation",
            short="name",
            fixed={"kind": NameKind.FORMER},
        ),
        "numbers": Items(
            fields={
                "scheme": Word(required=True, words=IdentifierScheme),
                "number": needed(40, numbers=True),
                "source": Cited(),
            },
            model=OrganisationIdentifier,
            parent="organisation",
        ),
        "hide_address": YesNo(attribute="public_address_hidden"),
        "closed_on": DAY,
        "note": LONG,
        "source": Cited(),
    },
    says_example=True,
)
SUCCESSIONS = Section(
    "successions",
    "succession",
    OrganisationSuccession,
    {
        "predecessor": Reference(required=True, section="organisations"),
        "successor": Reference(required=True, section="organisations"),
        "on": DAY,
        "note": LONG,
        "source": Cited(),
    },
    key_column="",
    natural=("predecessor", "successor"),
)
OFFICE = Section(
    "office",
    "office",
    CommissioningBody,
    {
        "organisation": Reference(required=True, section="organisations"),
        "name": needed(),
        "short_name": needed(60),
        "commissioner_title": needed(120),
        "commissioner_short_title": Text(limit=40),
        "police_area": Text(limit=120),
        "address": LONG,
        "contact_email": Matching(limit=254, **ADDRESS),
        "telephone": Text(limit=40, numbers=True),
        "brand_colour": Matching(limit=7, required=True, **HUE),
        "accent_colour": Matching(limit=7, required=True, **HUE),
        "starts_on": DAY,
        "ends_on": DAY,
        "source": Cited(),
    },
    single=True,
    says_example=True,
)
PLAN = Section(
    "plan",
    "plan",
    Plan,
    {
        "title": needed(),
        "starts_on": Day(required=True),
        "ends_on": Day(required=True),
        "purpose": LONG,
        "follows": Reference(section="plan"),
        "source": Cited(),
    },
    single=True,
    belongs_to="body",
    says_example=True,
)
LEARNING = Section(
    "learning",
    "learning area",
    LearningArea,
    {
        "order": Position(),
        "area": needed(300),
        "evidence": LONG,
        "change": LONG,
        "owner": Text(limit=120),
        "done_on": DAY,
    },
    key_column="",
    belongs_to="plan",
)
PRIORITIES = Section(
    "priorities",
    "priority",
    Priority,
    {
        "order": Position(),
        "name": needed(),
        "starts_on": DAY,
        "ends_on": DAY,
        "is_violence_reduction": YesNo(),
        "source": Cited(),
    },
    belongs_to="plan",
)
MOVABLE_EVENTS = Section(
    "movable_events",
    "movable event",
    MovableEvent,
    {
        "name": needed(),
        "first_expected_on": Day(required=True),
        "expected_on": Day(required=True),
        "source": Cited(required=True),
    },
    says_example=True,
)
SENSITIVE_PERIODS = Section(
    "sensitive_periods",
    "sensitive period",
    SensitivePeriod,
    {"name": needed(), "starts_on": Day(required=True), "ends_on": Day(required=True), "source": Cited()},
    says_example=True,
)
PEOPLE = Section(
    "people",
    "person",
    User,
    {
        "email": Matching(limit=254, required=True, **ADDRESS),
        "full_name": needed(150),
        "telephone": Text(limit=40, numbers=True),
        "roles": Memberships(
            required=True,
            fields={
                "organisation": Reference(required=True, section="organisations"),
                "role": Word(required=True, words=RoleName),
            },
        ),
    },
    key_column="",
    says_example=True,
    natural=("email",),
)
