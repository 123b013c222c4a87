"""Reads about money the office would retain: which projects, what each partnership loses, whose turn it is (C7)."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Prefetch, Q, Sum

from accounts import access
from accounts.models import Organisation
from records.enums import DecisionOutcome, PaperKind
from records.models import Event, Paper

from ..enums import CASE_WITH_OFFICE, MovementKind, ProjectStatus, RetainStatus, Window
from ..models import (
    Allocation,
    AllocationMovement,
    DeliveryPartner,
    InterestDeclaration,
    Project,
    RetainPart,
    RetainProposal,
)
from . import money, sources
from .money import ZERO

OPEN = (RetainStatus.DRAFT, RetainStatus.RECOMMENDED)
TENTH = Decimal("0.1")
FORMS_OF_COMPANY = re.compile(r"\b(the|ltd|limited|cic|cio|plc|llp|community interest company)\b")


def visible_to(user):
    """Proposals are the office's own papers; a partnership is told what was decided."""
    return RetainProposal.objects.all() if access.is_office(user) else RetainProposal.objects.none()


def for_list(rows):
    """Proposals with the sum of their parts and what of it was retained."""
    retained = Q(parts__decision__outcome=DecisionOutcome.RETAINED)
    return rows.select_related("provider", "direct_award").annotate(
        total=Sum("parts__amount"), retained=Sum("parts__amount", filter=retained)
    )


def with_joins(rows):
    """Proposals with all that their page reads from them."""
    return rows.select_related(
        "provider", "direct_award__recipient", "direct_award__decision", "started_by", "recommended_by", "cfo_by"
    )


def parts_of(proposal):
    """The parts with project, case, allocation and decision, by organisation."""
    rows = RetainPart.objects.filter(proposal=proposal).select_related(
        "decision", "project__case__organisation", "project__case__allocation",
        "project__case__round__stream__plan__body", "project__case__round__rule_set",
        "project__case__round__funding_source",
    )  # fmt: skip
    return list(rows.prefetch_related("project__budget_lines").order_by("project__case__organisation__name", "pk"))


@dataclass
class Loss:
    """What one partnership would lose of its allocation, in pounds; `before` None where it is not published."""

    organisation: Organisation
    allocation: Allocation
    awarded: Decimal = ZERO
    parts: list = field(default_factory=list)

    @property
    def retained(self):
        return sum((part.amount for part in self.parts), ZERO)

    @property
    def before(self):
        return self.allocation.amount

    @property
    def after(self):
        return None if self.before is None else self.before - self.retained

    @property
    def left(self):
        """What of the allocation it could still be awarded for something else."""
        return None if self.after is None else max(self.after - self.awarded, ZERO)

    @property
    def share(self):
        """Per cent of the whole allocation, to one place."""
        return (self.retained * 100 / self.before).quantize(TENTH) if self.before else None

    def _of(self, window):
        return sum((part.amount for part in self.parts if part.project.case.window == window), ZERO)

    @property
    def windows(self):
        """[(name of the part of the allocation, before, after)] of the parts that lose something."""
        named = (
            (Window.MAIN, "Main window", self.allocation.main_amount),
            (Window.TACTICAL, "Tactical pot", self.allocation.tactical_amount),
        )
        lost = [(name, amount, self._of(window)) for window, name, amount in named]
        return [(name, amount, None if amount is None else amount - gone) for name, amount, gone in lost if gone]


def losses_of(parts):
    """What each partnership loses if all these parts are retained; two queries however many there are."""
    found = {}
    for part in parts:
        case = part.project.case
        loss = found.setdefault(case.allocation_id, Loss(case.organisation, case.allocation))
        loss.parts.append(part)
    for pk, pot in money.pots_of([loss.allocation for loss in found.values()]).items():
        found[pk].awarded = pot.whole.awarded
    return list(found.values())


def total_of(parts):
    """The sum of these parts in pounds."""
    return sum((part.amount for part in parts), ZERO)


def retained_of(parts):
    """What of these parts the commissioner retained, in pounds."""
    return total_of([part for part in parts if part.decision and part.decision.outcome == DecisionOutcome.RETAINED])


def money_retained(parts):
    """[(source of funds, pounds)] of what was retained: each source of a round in its share, to the penny."""
    found: dict[int, list] = {}
    for part in parts:
        if part.decision is None or part.decision.outcome != DecisionOutcome.RETAINED:
            continue
        shares = sources.sources_of(part.project.case.round)
        for (source, _), amount in zip(shares, sources.split(part.amount, [s for _, s in shares]), strict=True):
            found.setdefault(source.pk, [source, ZERO])[1] += amount
    return [(source, amount) for source, amount in (found[pk] for pk in sorted(found)) if amount]


def movements_of(parts):
    """The movements of allocations that followed, by decision."""
    rows = AllocationMovement.objects.filter(
        kind=MovementKind.RETAINED, decision__in=[part.decision_id for part in parts if part.decision_id]
    )
    return {row.decision_id: row for row in rows}


def open_projects():
    """Projects whose money could be retained: proposed, with the office, from an allocation."""
    return (
        Project.objects.filter(status=ProjectStatus.PROPOSED, case__status__in=CASE_WITH_OFFICE)
        .filter(case__allocation__isnull=False)
        .select_related(
            "case__organisation", "case__allocation", "case__round__stream", "case__round__rule_set",
            "case__round__funding_source",
        )
        .prefetch_related("budget_lines", Prefetch("partners", DeliveryPartner.objects.order_by("pk")))
        .order_by("case__organisation__name", "case__reference", "number")
    )  # fmt: skip


def by_reference(references):
    """The projects of these references (BC-2020-001/2) among those whose money could be retained, in their order."""
    wanted = Q(pk__in=[])
    for reference in references:
        case, _, number = str(reference).strip().rpartition("/")
        if case and number.isdecimal() and len(number) < 4:
            wanted |= Q(case__reference__iexact=case, number=int(number))
    return open_projects().filter(wanted)


def find(projects, words):
    """The projects in which these words stand: title, organisation, reference or delivery partner."""
    if not words:
        return projects
    partners = DeliveryPartner.objects.filter(name__icontains=words).values("project")
    return projects.filter(
        Q(title__icontains=words)
        | Q(case__organisation__name__icontains=words)
        | Q(case__reference__icontains=words)
        | Q(pk__in=partners)
    )


@dataclass
class SharedProvider:
    """One provider named in open projects of several organisations."""

    name: str
    projects: list = field(default_factory=list)

    @property
    def organisations(self):
        return sorted({project.case.organisation.name for project in self.projects})

    @property
    def references(self):
        return [project.reference for project in self.projects]


def provider_mark(name):
    """A name as it is compared: small letters, without punctuation and the form of the company."""
    plain = re.sub(r"[^a-z0-9 ]", "", name.casefold().replace("&", " and "))
    return " ".join(FORMS_OF_COMPANY.sub(" ", plain).split())


def shared_providers():
    """Providers that open projects of several organisations name, most organisations first; two queries."""
    rows = DeliveryPartner.objects.filter(project__in=open_projects().order_by().values("pk"))
    found: dict[object, SharedProvider] = {}
    for row in rows.select_related("project__case__organisation").order_by("pk"):
        mark = row.organisation_id or provider_mark(row.name)
        if mark:
            shared = found.setdefault(mark, SharedProvider(row.name))
            if row.project not in shared.projects:
                shared.projects.append(row.project)
    several = [shared for shared in found.values() if len(shared.organisations) > 1]
    return sorted(several, key=lambda shared: (-len(shared.organisations), shared.name))


def other_proposals(projects, proposal=None):
    """{project id: reference} of other open proposals that already hold these projects."""
    rows = RetainPart.objects.filter(project__in=projects, proposal__status__in=OPEN).select_related("proposal")
    if proposal is not None:
        rows = rows.exclude(proposal=proposal)
    return {row.project_id: row.proposal.reference for row in rows}


def with_interest(user, cases):
    """Ids of the cases among these in which the person declared an interest."""
    rows = InterestDeclaration.objects.filter(user=user, case__in=cases, has_interest=True)
    return set(rows.values_list("case_id", flat=True))


def advisers_of(proposal):
    """Ids of everybody who prepared, recommended or commented on the proposal."""
    return {proposal.started_by_id, proposal.recommended_by_id, proposal.cfo_by_id} - {None}


def history(proposal):
    """What happened to the proposal, newest first."""
    rows = Event.objects.filter(subject_type=RetainProposal._meta.label, subject_id=proposal.pk)
    return rows.select_related("by").order_by("-at", "-pk")


def letters_of(rows):
    """The letters about money retained of these projects of a case (as case content); asks nothing without one."""
    retained = [row["id"] for row in rows if row["status"] == ProjectStatus.RETAINED]
    if not retained:
        return []
    found = Paper.objects.filter(
        kind=PaperKind.RETAIN_LETTER, subject_type=Project._meta.label, subject_id__in=retained
    )
    return found.defer("html", "pdf").order_by("made_at", "pk")


def proposal_of(decision):
    """The proposal to retain money a decision belongs to, or None."""
    if decision.outcome not in (DecisionOutcome.RETAINED, DecisionOutcome.DECLINED):
        return None
    part = RetainPart.objects.filter(decision=decision).select_related("proposal").first()
    return part.proposal if part else None


def handled_by(user):
    """Proposals the person prepared, recommended or commented on."""
    return Q(started_by=user) | Q(recommended_by=user) | Q(cfo_by=user)
