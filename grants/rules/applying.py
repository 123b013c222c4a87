"""Who may apply in a round, and who may be invited to it (V1, X1)."""

from accounts.enums import OrganisationKind
from records.words import listed

from ..enums import RoundStatus
from ..queries import bidding
from .rounds import NOT_YOUR_WORK, may_manage


def why_not_fit(round, organisation):
    """Say why this kind of organisation, its area or its past keeps it out of the round, or nothing."""
    rule_set = round.rule_set
    return (
        why_not_kind(rule_set.open_to_kinds, organisation)
        or why_not_area(rule_set.open_to_areas, organisation)
        or why_not_recipient(round, organisation)
    )


def why_not_kind(kinds, organisation):
    """An empty list is open to every kind but the office itself."""
    if organisation.kind == OrganisationKind.OFFICE:
        return "The office does not apply for its own money."
    if not kinds or organisation.kind in kinds:
        return ""
    open_to = listed([_lower(OrganisationKind(kind).label) for kind in kinds])
    return (
        f"This round is only for organisations of these kinds: {open_to}. {organisation} is recorded as "
        f"{_lower(organisation.get_kind_display())}. Ask the office if that is wrong."
    )


def _lower(words):
    """Charity is charity in a sentence, Community Safety Partnership stays."""
    return words if words[:1].isupper() and any(word[:1].isupper() for word in words.split()[1:]) else words.lower()


def why_not_area(areas, organisation):
    """One area in common is enough; an empty list is open to every area."""
    wanted = {area.casefold() for area in areas}
    if not wanted or wanted & {area.casefold() for area in organisation.areas}:
        return ""
    return f"This round is only for organisations that work in {listed(list(areas))}, and {organisation} is not."


def why_not_recipient(round, organisation):
    """V1: where only current recipients may apply, an award of the stream now or in the year before."""
    if not round.rule_set.current_recipients_only or bidding.award_held(round, organisation):
        return ""
    return (
        f"Only organisations with an award of {round.stream.name} now, or in the year before this round, may apply, "
        f"and {organisation} has none."
    )


def why_not_apply(round, organisation):
    """Say why the organisation may not bid in a round without allocations, or nothing."""
    if round.rule_set.invited_only and bidding.invitation_for(round, organisation) is None:
        return "Your organisation was not invited to this round. Ask the office if you think it should be."
    return why_not_fit(round, organisation)


def why_not_change_invitations(round, *, user, on):
    """Say why nobody can be invited, or taken off the list, now; or nothing."""
    if not may_manage(user):
        return NOT_YOUR_WORK
    if not bidding.by_bids(round):
        return "Organisations are invited to this round by their allocation. Add an allocation instead."
    if not round.rule_set.invited_only:
        return "This round is open to everybody its rules fit, so nobody needs an invitation."
    if round.status not in (RoundStatus.DRAFT, RoundStatus.OPEN):
        return "Organisations can be invited only until the round is closed."
    return ""


def why_not_invite(round, *, organisation, user, on, continues=None):
    """V1: only those whom the rules fit are invited, each once."""
    if why := why_not_change_invitations(round, user=user, on=on):
        return why
    if organisation.closed_on:
        return f"{organisation} has closed, so it cannot be invited."
    if why := why_not_fit(round, organisation):
        return why
    if continues and continues.recipient_id not in bidding.same_bodies(organisation):
        return f"{continues.reference} is not an award of {organisation}. Choose one of its own."
    if bidding.invitation_for(round, organisation):
        return f"{organisation} is invited already."
    return ""


def could_be_invited(round):
    """[(organisation, award)] of current recipients of the stream whom the rules fit and nobody has invited yet."""
    found = []
    for organisation in bidding.recipients_near(round):
        award = bidding.award_held(round, organisation)
        if award and not bidding.invitation_for(round, organisation) and not why_not_fit(round, organisation):
            found.append((organisation, award))
    return found


def why_not_take_back(invitation, *, user, on):
    """An invitation stays once the round is open: the organisation has been told."""
    if why := why_not_change_invitations(invitation.round, user=user, on=on):
        return why
    if invitation.round.status != RoundStatus.DRAFT:
        return f"{invitation.organisation} has been told of this round, so the invitation stays."
    return ""
