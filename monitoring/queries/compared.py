"""What the finder knows of each piece of work: its facts and its words, read from grants and services (C7)."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from accounts.enums import OrganisationKind
from accounts.models import Organisation, OrganisationIdentifier, OrganisationName
from grants.enums import CASE_WITH_OFFICE, AwardStatus, CaseStatus, DirectAwardStatus, ProjectStatus, SchoolInputStatus
from grants.models import DeliveryPartner, DeliverySession, DirectAward, Project, SchoolInput
from plans.queries import schools as registers
from services.enums import ContractStatus, ServiceState
from services.models import AdditionalService, Contract
from services.queries.term import term

from ..enums import WorkKind
from ..models import ComparedWork
from ..overlap import field, likeness, marks, names

MOST_TEXT = 4000
# Public bodies that stand in almost every project: named as a partner, or applying for others, they say nothing.
EVERYWHERE = {OrganisationKind.OFFICE, OrganisationKind.POLICE, OrganisationKind.CSP, OrganisationKind.LOCAL_AUTHORITY}
FELL = (AwardStatus.DECLINED, AwardStatus.LAPSED, AwardStatus.TERMINATED)
OPEN, FUNDED = (ProjectStatus.PROPOSED, ProjectStatus.DEFERRED), ProjectStatus.APPROVED
FACTS = (
    "reference", "title", "link", "organisation_name", "text", "provider_marks", "school_terms", "themes", "areas",
    "cohorts", "terms", "starts_on", "ends_on", "in_play",
)  # fmt: skip
TOO_WIDE = {"whom:volunteers", "whom:professionals", "whom:residents"}


@dataclass(frozen=True)
class Directory:
    """Every organisation with its names and numbers, read once for many pieces of work."""

    marks: dict
    by_name: dict
    kinds: dict

    def of(self, pk):
        """What a registered organisation is known by; nothing for a body that stands everywhere."""
        return self.marks[pk]

    def partner(self, name, pk=None):
        """What a partner is known by: the organisation named, or one of that name, else the name as written."""
        known = pk or self.by_name.get(names.canonical(name))
        if known is None:
            return marks.of_name(name)
        if self.kinds[known] in EVERYWHERE:
            return []
        return list(dict.fromkeys([*self.of(known), f"{marks.WRITTEN}{name.strip()}"[: marks.LONGEST]]))


def directory():
    """All organisations: three questions, whatever their number."""
    known, numbers, kinds = defaultdict(list), defaultdict(list), {}
    for pk, name, kind in Organisation.objects.order_by("pk").values_list("pk", "name", "kind"):
        known[pk].append(name)
        kinds[pk] = kind
    for pk, name in OrganisationName.objects.order_by("pk").values_list("organisation_id", "name"):
        known[pk].append(name)
    for pk, scheme, number in OrganisationIdentifier.objects.order_by("pk").values_list(
        "organisation_id", "scheme", "number"
    ):
        numbers[pk].append(f"{scheme}-{number}")
    by_name = {names.canonical(name): pk for pk in sorted(known, reverse=True) for name in known[pk]}
    found = {pk: marks.of_organisation(pk, known[pk], numbers[pk]) for pk in known}
    return Directory(found, by_name, kinds)


def digest_of(work):
    """A mark of all that is compared: another one, and the work is compared anew."""
    told = json.dumps([getattr(work, name) for name in FACTS], default=str, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _work(kind, subject_id, *, title, text, provider_marks, themes=(), areas=(), schools=(), **facts):
    """One piece of work, not yet kept."""
    text = "\n".join(part.strip() for part in text if part and part.strip())[:MOST_TEXT]
    terms = likeness.marks_of(title, text)
    whom = [mark for mark in terms if mark not in TOO_WIDE]
    work = ComparedWork(
        kind=kind,
        subject_id=subject_id,
        title=title[:300],
        text=text,
        provider_marks=list(dict.fromkeys(provider_marks)),
        school_terms=sorted(set(schools)),
        themes=[name[:120] for name in themes],
        areas=sorted({area.strip() for area in areas if area.strip()}),
        cohorts=field.named(whom, "whom"),
        terms=sorted(terms),
        **facts,
    )
    work.digest = digest_of(work)
    return work


def eligible_projects():
    """Projects of cases with the office, and of decided ones whose money runs; cases being changed keep still."""
    proposed = Q(case__status__in=CASE_WITH_OFFICE, status__in=OPEN)
    funded = Q(case__status=CaseStatus.DECIDED, status=FUNDED) & ~Q(award_line__award__status__in=FELL)
    waiting = Q(case__status__in=CASE_WITH_OFFICE, status=FUNDED)
    return Project.objects.filter(proposed | funded | waiting)


def resting_projects():
    """Projects of cases that were returned for changes: what was last submitted stays compared."""
    return Project.objects.filter(case__status=CaseStatus.RETURNED)


def projects(ids, on, known, terms):
    """Projects as the finder sees them."""
    inputs = SchoolInput.objects.exclude(status=SchoolInputStatus.CANCELLED).select_related("school")
    partners = DeliveryPartner.agreed.filter(is_dropped=False)
    rows = (
        eligible_projects()
        .filter(pk__in=ids)
        .select_related("case__organisation", "case__round", "lot", "award_line__award")
        .prefetch_related("priorities", "outcomes", Prefetch("partners", partners), Prefetch("school_inputs", inputs))
    )
    return [_project(row, on, known, terms) for row in rows]


def _project(row, on, known, terms):
    case, applicant = row.case, row.case.organisation
    ends_on = row.ends_on or case.round.ends_on
    providers = [] if applicant.kind in EVERYWHERE else known.of(applicant.pk)
    for partner in row.partners.all():
        providers = [*providers, *known.partner(partner.name, partner.organisation_id)]
    schools = [
        f"{one.school.urn}|{term}"
        for one in row.school_inputs.all()
        for term in registers.terms_touched(one.starts_on, one.ends_on, terms)
    ]
    return _work(
        WorkKind.PROJECT,
        row.pk,
        reference=row.reference,
        title=row.title,
        link=row.get_absolute_url(),
        organisation_name=applicant.name,
        text=[row.description, *(one.outcome for one in row.outcomes.all()), row.need],
        provider_marks=providers,
        themes=[*(one.name for one in row.priorities.all()), *([row.lot.name] if row.lot else [])],
        areas=[*row.areas, *applicant.areas],
        schools=schools,
        starts_on=row.starts_on or case.round.starts_on,
        ends_on=ends_on,
        in_play=ends_on is None or ends_on >= on,
    )


def eligible_direct_awards():
    """Direct awards proposed for decision, and decided ones whose money runs."""
    rows = DirectAward.objects.filter(status=DirectAwardStatus.AWAITING_DECISION)
    return rows | DirectAward.objects.filter(status=DirectAwardStatus.DECIDED, award__isnull=False).exclude(
        award__status__in=FELL
    )


def direct_awards(ids, on, known, terms):
    """Direct awards as the finder sees them."""
    rows = eligible_direct_awards().filter(pk__in=ids).select_related("recipient", "award").distinct()
    rows = list(rows.prefetch_related("priorities"))
    awards = [row.award_id for row in rows if row.award_id]
    visits = defaultdict(list)
    sessions = DeliverySession.objects.filter(schedule__award__in=awards, school__isnull=False)
    for award, urn, day in sessions.values_list("schedule__award_id", "school__urn", "on"):
        visits[award] += [f"{urn}|{name}" for name in registers.terms_touched(day, day, terms)]
    return [
        _work(
            WorkKind.DIRECT_AWARD,
            row.pk,
            reference=row.reference,
            title=row.title,
            link=row.get_absolute_url(),
            organisation_name=row.recipient.name,
            text=[row.purpose, row.outcomes],
            provider_marks=known.of(row.recipient_id),
            themes=[one.name for one in row.priorities.all()],
            areas=row.recipient.areas,
            schools=visits[row.award_id],
            starts_on=row.starts_on,
            ends_on=row.award.ends_on if row.award else row.ends_on,
            in_play=row.ends_on >= on,
        )
        for row in rows
    ]


def eligible_contracts():
    """Contracts that run."""
    return Contract.objects.filter(status=ContractStatus.LIVE)


def contracts(ids, on, known, terms):
    """Contracts as the finder sees them, with everybody who delivers."""
    return [_contract(row, on, known) for row in _with_parties(eligible_contracts().filter(pk__in=ids))]


def _with_parties(rows):
    return rows.select_related("provider").prefetch_related("parties__organisation", "lots", "options", "variations")


def _contract(row, on, known):
    return _work(
        WorkKind.CONTRACT,
        row.pk,
        reference=row.reference,
        title=row.name,
        link=row.get_absolute_url(),
        organisation_name=row.provider.name if row.provider else "",
        text=[row.description, *(lot.name for lot in row.lots.all())],
        provider_marks=_parties(row, on, known),
        areas=row.provider.areas if row.provider else [],
        starts_on=row.starts_on,
        ends_on=term(row).ends_on,
        in_play=True,
    )


def _parties(row, on, known):
    """Everybody who delivers a contract now."""
    found = known.of(row.provider_id) if row.provider_id else []
    for party in row.parties.all():
        if party.ends_on is None or party.ends_on >= on:
            found = [*found, *known.partner(party.organisation.name, party.organisation_id)]
    return found


def eligible_services():
    """Services inside contracts that run."""
    return AdditionalService.objects.filter(contract__status=ContractStatus.LIVE).exclude(state=ServiceState.STOPPED)


def services(ids, on, known, terms):
    """Additional services as the finder sees them: delivered by the provider of their contract."""
    rows = eligible_services().filter(pk__in=ids).select_related("contract__provider")
    rows = rows.prefetch_related("contract__parties__organisation", "contract__options", "contract__variations")
    return [_service(row, on, known) for row in rows]


def _service(row, on, known):
    contract = row.contract
    return _work(
        WorkKind.SERVICE,
        row.pk,
        reference=f"{contract.reference}/S{row.pk}",
        title=row.name,
        link=contract.get_absolute_url(),
        organisation_name=contract.provider.name if contract.provider else "",
        text=[row.description],
        provider_marks=_parties(contract, on, known),
        areas=contract.provider.areas if contract.provider else [],
        starts_on=row.starts_on or contract.starts_on,
        ends_on=term(contract).ends_on,
        in_play=True,
    )


ELIGIBLE = {
    WorkKind.PROJECT: (eligible_projects, projects),
    WorkKind.DIRECT_AWARD: (eligible_direct_awards, direct_awards),
    WorkKind.CONTRACT: (eligible_contracts, contracts),
    WorkKind.SERVICE: (eligible_services, services),
}


def facts_of(kind, ids, *, on, known=None):
    """These pieces of work as they stand, not kept; what is no longer open or funded is left out."""
    return ELIGIBLE[kind][1](list(ids), on, known or directory(), registers.terms())
