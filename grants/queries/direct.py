"""Reads about direct awards, and about who has had a hand in money that came without a round (C9, X3)."""

from django.db.models import Prefetch, Q, Sum

from accounts import access
from records.models import Event

from ..enums import DirectAwardStatus
from ..models import Claim, Continuation, DirectAward, DirectAwardSource
from .money import ZERO


def visible_to(user):
    """Proposals are the office's own papers; a recipient sees the award once it is offered."""
    return DirectAward.objects.all() if access.is_office(user) else DirectAward.objects.none()


def for_list(rows):
    """Direct awards with their sums beside them."""
    return rows.select_related("recipient", "stream", "decision", "award").annotate(total=Sum("sources__amount"))


def with_joins(rows):
    """Direct awards with all that their page reads from them."""
    sources = DirectAwardSource.objects.select_related("funding_source").order_by("number")
    return rows.select_related(
        "recipient", "stream__plan__body", "rule_set__terms", "proposed_by", "advised_by", "cfo_by", "award",
        "decision__made_by",
    ).prefetch_related(Prefetch("sources", sources), "priorities")  # fmt: skip


def total_of(proposal):
    """What is asked for in pounds, from its sources."""
    return sum((row.amount for row in proposal.sources.all()), ZERO)


def waiting_for_decision():
    """Proposals with the commissioner, the oldest first."""
    return for_list(DirectAward.objects.filter(status=DirectAwardStatus.AWAITING_DECISION)).order_by("proposed_at")


def history(proposal):
    """What happened to the proposal, newest first."""
    rows = Event.objects.filter(subject_type=DirectAward._meta.label, subject_id=proposal.pk)
    return rows.order_by("-at", "-pk")


def proposal_of(decision):
    """The direct award a decision is about, or None."""
    return DirectAward.objects.filter(decision=decision).select_related("recipient", "stream", "award").first()


def advisers_of_proposal(proposal):
    """Ids of everybody who proposed, advised or commented on the money."""
    return {proposal.proposed_by_id, proposal.advised_by_id, proposal.cfo_by_id} - {None}


def advisers_of(award):
    """Ids of everybody who advised on the award other than on a project: as a proposal, or on time to come."""
    ids = set()
    for proposed in DirectAward.objects.filter(award=award).values_list("proposed_by_id", "advised_by_id", "cfo_by_id"):
        ids.update(proposed)
    for advised in Continuation.objects.filter(award=award).values_list("advised_by_id", "cfo_by_id"):
        ids.update(advised)
    return ids - {None}


def deciders_of(award):
    """Ids of everybody who decided on time to come of the award."""
    rows = Continuation.objects.filter(award=award, decision__isnull=False)
    return set(rows.values_list("decision__made_by_id", flat=True)) - {None}


def claimants_of(instalment):
    """Ids of everybody who claimed the instalment or accepted the claim."""
    rows = Claim.objects.filter(Q(instalment=instalment)).values_list("submitted_by_id", "answered_by_id")
    return {person for row in rows for person in row} - {None}
