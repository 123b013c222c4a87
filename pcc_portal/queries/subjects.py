"""Which rows a person may see, by the label of the row: papers, documents and notices are seen with their subject."""

from django.apps import apps
from django.db.models import Q

from accounts import access
from accounts.models import Organisation
from grants.models import Award, BusinessCase, Continuation, Instalment, Project, Round
from grants.queries import claims, direct, duties, retaining
from monitoring.models import (
    AuditAction,
    AuditCheck,
    AuditVisit,
    CapacityOffer,
    MonitoringReturn,
    OutcomeStory,
    ReturnUpload,
    SignUp,
    StoryContact,
)
from monitoring.queries import overlap_pairs
from plans.models import Opportunity, Plan
from records.enums import PaperKind
from records.models import Decision
from services.models import Contract, ExtensionCase, ExtensionOption, ExtensionStep, OversightActivity
from services.queries import variations


def _decisions(user):
    """The office sees every decision; others those published, or offered to an organisation of theirs."""
    if access.is_office(user):
        return Decision.objects.all()
    theirs = Q(offered_at__isnull=False) & (
        Q(projects__case__in=BusinessCase.objects.visible_to(user))
        | Q(award_lines__award__in=Award.objects.visible_to(user))
    )
    return Decision.objects.filter(Q(published_at__isnull=False) | theirs).distinct()


def _organisations(user):
    return Organisation.objects.all() if access.is_office(user) else Organisation.objects.of_user(user)


def _office_alone(model):
    """Rows that are the office's working papers."""
    return lambda user: model.objects.all() if access.is_office(user) else model.objects.none()


VISIBLE = {
    "accounts.Organisation": _organisations,
    "grants.Award": lambda user: Award.objects.visible_to(user),
    "grants.BusinessCase": lambda user: duties.open_to(BusinessCase.objects.visible_to(user), user),
    "grants.Continuation": lambda user: Continuation.objects.visible_to(user),
    "grants.Claim": lambda user: claims.visible_to(user),
    "grants.DirectAward": lambda user: direct.visible_to(user),
    "grants.Instalment": lambda user: Instalment.objects.filter(award__in=Award.objects.visible_to(user)),
    "grants.Project": lambda user: Project.objects.filter(
        case__in=duties.open_to(BusinessCase.objects.visible_to(user), user)
    ),
    "grants.RetainProposal": lambda user: retaining.visible_to(user),
    "grants.Round": lambda user: Round.objects.visible_to(user),
    "monitoring.CapacityOffer": lambda user: CapacityOffer.objects.visible_to(user),
    "monitoring.SignUp": lambda user: SignUp.objects.visible_to(user),
    "monitoring.AuditAction": lambda user: AuditAction.objects.filter(
        finding__visit__in=AuditVisit.objects.visible_to(user)
    ),
    "monitoring.AuditCheck": _office_alone(AuditCheck),
    "monitoring.AuditVisit": lambda user: AuditVisit.objects.visible_to(user),
    "monitoring.MonitoringReturn": lambda user: MonitoringReturn.objects.visible_to(user),
    "monitoring.OverlapPair": lambda user: overlap_pairs.visible_to(user),
    "monitoring.OutcomeStory": lambda user: OutcomeStory.objects.visible_to(user),
    "monitoring.StoryContact": lambda user: StoryContact.objects.visible_to(user),
    "monitoring.ReturnUpload": lambda user: ReturnUpload.objects.visible_to(user),
    "plans.Opportunity": _office_alone(Opportunity),
    "plans.Plan": lambda user: Plan.objects.all(),
    "records.Decision": _decisions,
    "services.OversightActivity": lambda user: OversightActivity.objects.visible_to(user),
    "services.ContractVariation": lambda user: variations.visible_variations(user),
    "services.Contract": lambda user: Contract.objects.visible_to(user),
    "services.ExtensionCase": _office_alone(ExtensionCase),
    "services.ExtensionOption": lambda user: ExtensionOption.objects.filter(
        contract__in=Contract.objects.visible_to(user)
    ),
    "services.ExtensionStep": _office_alone(ExtensionStep),
}

OFFICE_PAPERS = frozenset({PaperKind.EVIDENCE_PACK})


def subject_of(row, user):
    """The subject of a paper, document or notice if this person may see it, else None.

    A kind of row not named above is seen by nobody. Evidence for a decision is the office's alone.
    """
    if getattr(row, "kind", "") in OFFICE_PAPERS and not access.is_office(user):
        return None
    visible = VISIBLE.get(row.subject_type)
    return visible(user).filter(pk=row.subject_id).first() if visible else None


def named(rows):
    """The subjects of notices or events as {(label, id): row}, one query for each kind of row."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        if row.subject_type in VISIBLE:
            wanted.setdefault(row.subject_type, set()).add(row.subject_id)
    return {
        (label, subject.pk): subject
        for label, ids in wanted.items()
        for subject in apps.get_model(label)._base_manager.filter(pk__in=ids)
    }
