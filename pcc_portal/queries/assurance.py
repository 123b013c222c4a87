"""What the office knows of those it funds, gathered for whoever decides: complaints, audits, overlaps, standards."""

from dataclasses import dataclass, field

from django.urls import reverse

from accounts import access
from accounts.roles import Permission
from monitoring.enums import WorkKind
from monitoring.queries import audits, concerns, overlaps
from plans.queries import standards

SHOWN = 5


@dataclass(frozen=True)
class Known:
    """What is known of one decision's subject; restricted complaints are never among the complaints."""

    complaints: list = field(default_factory=list)
    audit: object = None
    overdue: int = 0
    pairs: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    names: str = ""

    @property
    def is_clear(self):
        """Whether nothing asks for a second look."""
        return not (self.complaints or self.pairs or self.missing or self.overdue)


def known_of(user, *, on, organisations=(), award=None, contract=None, projects=(), rule_set=None):
    """What the office knows of these on a day; None for somebody outside the office."""
    bodies = [body for body in dict.fromkeys(organisations) if body is not None]
    if not access.is_office(user) or not access.may(user, Permission.CONCERN_READ):
        return None
    first = bodies[0] if bodies else None
    audit = audits.standing_of(award=award, contract=contract, organisation=first)
    lacking = standards.missing_for(first.payee, rule_set, on) if first and rule_set else []
    return Known(
        complaints=list(concerns.open_of(organisations=bodies, award=award, contract=contract)),
        audit=audit,
        overdue=audit.overdue_on(on),
        pairs=list(_pairs(projects, contract)[:SHOWN]),
        missing=list(lacking),
        names=", ".join(body.name for body in bodies),
    )


def _pairs(projects, contract):
    if contract is not None:
        return overlaps.pairs_of(WorkKind.CONTRACT, [contract.pk])
    return overlaps.pairs_of(WorkKind.PROJECT, [project.pk for project in projects])


@dataclass(frozen=True)
class Area:
    """One area of assurance and learning: where it is, and what it is for."""

    label: str
    sentence: str
    url: str


# (permission, name of the page, label, sentence for the office, sentence for everybody else)
AREAS = [
    (
        Permission.STANDARD_READ,
        "grants:standard_list",
        "Standards",
        "What each organisation must hold, what it has sent, what is about to end.",
        "What your organisation must hold, what you have sent, what is about to end.",
    ),
    (
        Permission.CONCERN_READ,
        "monitoring:concern_list",
        "Complaints",
        "Complaints about what is funded, stage by stage, with their clocks.",
        "",
    ),
    (
        Permission.CONCERN_ANSWER,
        "monitoring:concern_list",
        "Complaints",
        "",
        "Complaints about your work that wait for your answer.",
    ),
    (
        Permission.AUDIT_READ,
        "monitoring:audit_list",
        "Audits",
        "Risk, the yearly programme, visits, findings and what became of them.",
        "",
    ),
    (
        Permission.AUDIT_REPLY,
        "monitoring:audit_list",
        "Audits",
        "",
        "Reports of audits of your work, your reply, and what you agreed to do.",
    ),
    (
        Permission.SCHOOL_READ,
        "plans:school_list",
        "Schools",
        "Who goes into which school, when and about what; where visits clash.",
        "Who goes into which school, when and about what.",
    ),
    (
        Permission.OVERLAP_READ,
        "monitoring:overlap_list",
        "Overlaps",
        "Projects and contracts that may do the same work for the same people.",
        "",
    ),
    (
        Permission.SUPPORT_READ,
        "monitoring:support_list",
        "Support for providers",
        "Training, clinics and templates; who came, and what followed.",
        "Training, clinics and templates for you, and which of them may help.",
    ),
    (
        Permission.OUTCOME_READ,
        "monitoring:story_list",
        "Library of outcomes",
        "What projects achieved and what others can learn from them.",
        "What other projects achieved, and how to ask them about it.",
    ),
]


def areas_for(user):
    """The areas this person may open, each once, in the order of the work."""
    office = access.is_office(user)
    found = {}
    for permission, name, label, for_office, for_others in AREAS:
        sentence = for_office if office else for_others
        if sentence and access.may(user, permission):
            found.setdefault(label, Area(label, sentence, reverse(name)))
    return list(found.values())
