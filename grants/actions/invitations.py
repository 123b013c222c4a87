"""Who is invited to a round by bids, and which sources share in its awards (V1, X2)."""

from django.db import transaction

from records.actions import log
from records.calendar import london_day
from records.refusals import refuse_if

from ..enums import RoundStatus
from ..models import RoundInvitation, RoundSource
from ..notices import rounds as notices
from ..rules import applying
from ..rules import rounds as rules
from .case_owing import owe_business_case


@transaction.atomic
def invite(*, round, organisation, by, at, continues=None):
    """Invite one organisation, with the award that would go on; told at once where the round is open."""
    refuse_if(
        applying.why_not_invite(round, organisation=organisation, continues=continues, user=by, on=london_day(at)),
        round,
    )
    invitation = RoundInvitation.objects.create(
        round=round, organisation=organisation, continues=continues, at=at, by=by
    )
    log(round, "invited", by=by, at=at, summary=f"{organisation} invited")
    if round.status == RoundStatus.OPEN:
        owe_business_case(invitation, due_on=round.deadline_on)
        notices.invited(round, invitation=invitation, at=at)
    return invitation


@transaction.atomic
def invite_current_recipients(*, round, by, at):
    """Invite every organisation with an award of the stream now, or in the year before, that the rules fit (V1)."""
    refuse_if(applying.why_not_change_invitations(round, user=by, on=london_day(at)), round)
    made = []
    for organisation, award in applying.could_be_invited(round):
        made.append(invite(round=round, organisation=organisation, continues=award, by=by, at=at))
    return made


@transaction.atomic
def take_invitation_back(*, invitation, by, at):
    """Take an organisation off the list while the round is being prepared."""
    refuse_if(applying.why_not_take_back(invitation, user=by, on=london_day(at)), invitation.round)
    round_ = invitation.round
    log(round_, "invitation_removed", by=by, at=at, summary=f"{invitation.organisation} is not invited any more")
    invitation.delete()
    return round_


@transaction.atomic
def set_sources(*, round, shares, by, at):
    """Say how much of each award which source pays: [(source, per cent)], none for the round's one source (X2)."""
    refuse_if(rules.why_not_edit_round(round, user=by, on=london_day(at)), round)
    refuse_if(rules.why_not_these_shares(round, shares), round)
    was = {str(row.funding_source): f"{row.share_percent:f}" for row in round.shares.select_related("funding_source")}
    round.shares.all().delete()
    rows = [RoundSource(round=round, funding_source=source, share_percent=percent) for source, percent in shares]
    RoundSource.objects.bulk_create(rows)
    now = {str(source): f"{percent:f}" for source, percent in shares}
    changes = {
        name: [was.get(name, ""), now.get(name, "")] for name in {**was, **now} if was.get(name) != now.get(name)
    }
    log(round, "sources_shared", by=by, at=at, summary="Shares of the sources set", changes=changes)
    return rows
