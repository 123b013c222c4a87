"""Reads about claims for money spent (X2)."""

from django.db.models import Prefetch

from accounts import access
from accounts.roles import Permission
from plans.enums import ConditionKind
from records import documents
from records.models import Event, Obligation

from ..enums import AwardStatus, ClaimStatus, InstalmentStatus
from ..models import Award, Claim, Instalment


def summary_of(award, user):
    """The claims of the award, and what can still be claimed; nothing where no instalment is paid on receipts."""
    rows = Instalment.objects.filter(award=award, condition=ConditionKind.RECEIPTS_ACCEPTED)
    claims = Prefetch("claims", Claim.objects.order_by("submitted_at"))
    instalments = list(rows.prefetch_related(claims).order_by("number")) if award.rule_set_id else []
    if not instalments:
        return {}
    may = access.may(user, Permission.AWARD_REQUEST, award.recipient) and award.status == AwardStatus.LIVE
    found = [claim for instalment in instalments for claim in instalment.claims.all()]
    return {
        "claims": sorted(found, key=lambda claim: (claim.submitted_at, claim.pk)),
        "open": [row for row in instalments if is_open(row)],
        "may_claim": may and not access.is_office(user),
    }


def is_open(instalment):
    """Whether something can be claimed on it: on the schedule, not met, no claim with the office."""
    waiting = any(claim.status == ClaimStatus.SUBMITTED for claim in instalment.claims.all())
    return instalment.status == InstalmentStatus.SCHEDULED and not instalment.condition_met_at and not waiting


def visible_to(user):
    """Claims on awards the person may see."""
    return Claim.objects.filter(award__in=Award.objects.visible_to(user))


def with_joins(rows):
    """Claims with all that their page reads from them."""
    return rows.select_related(
        "award__recipient", "award__payee", "award__rule_set", "instalment", "answered_by", "submitted_by"
    )


def to_answer():
    """Claims with the office, the oldest first."""
    return with_joins(Claim.objects.filter(status=ClaimStatus.SUBMITTED)).order_by("submitted_at", "pk")


def receipts_of(claim):
    """The files sent with the claim."""
    return documents.about(claim)


def owed(claim):
    """The office's open duty to answer, or None."""
    return Obligation.objects.open().about(claim).first()


def history(claim):
    """What happened to the claim, newest first."""
    rows = Event.objects.filter(subject_type=Claim._meta.label, subject_id=claim.pk)
    return rows.order_by("-at", "-pk")
