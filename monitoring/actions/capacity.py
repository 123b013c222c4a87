"""Offers of support: written, opened, closed; their files, sessions and what suggests them (B1)."""

from django.db import transaction
from django.db.models import Max

from records import documents, obligations, workflow
from records.actions import log, next_reference
from records.calendar import london_day
from records.enums import ObligationKind
from records.refusals import refuse_if

from ..enums import OFFER_MOVES, OfferKind, OfferStatus, SignUpStatus, TriggerKind
from ..models import CapacityOffer, CapacitySession, OfferTrigger, SignUp
from ..notices import capacity as notices
from ..rules import capacity as rules
from .joining import fill_places, lock_session
from .suggesting import suggest_offers

WORDS = ("kind", "title", "description", "for_whom")


@transaction.atomic
def draft_offer(*, kind, title, description, for_whom="", is_example=False, by, at):
    """Write down an offer; nobody outside the office sees it before it is opened."""
    refuse_if(rules.why_not_draft(user=by, title=title, description=description))
    offer = CapacityOffer.objects.create(
        reference=next_reference("SU", london_day(at).year),
        kind=OfferKind(kind),
        title=title.strip(),
        description=description.strip(),
        for_whom=for_whom.strip(),
        is_example=is_example,
    )
    log(offer, "drafted", by=by, at=at, summary=f"Offer of support written: {offer.title}")
    return offer


@transaction.atomic
def change_offer(*, offer, title, description, for_whom="", by, at):
    """Other words for an offer; what they were stays in its history."""
    offer = CapacityOffer.objects.select_for_update().get(pk=offer.pk)
    refuse_if(rules.why_not_change(offer, user=by, title=title, description=description), offer)
    wanted = {"title": title.strip(), "description": description.strip(), "for_whom": for_whom.strip()}
    changes = {name: [getattr(offer, name), words] for name, words in wanted.items() if getattr(offer, name) != words}
    if changes:
        CapacityOffer.objects.filter(pk=offer.pk).update(**wanted)
        offer.refresh_from_db()
        log(offer, "changed", by=by, at=at, summary="The words of the offer were changed", changes=changes)
    return offer


@transaction.atomic
def open_offer(*, offer, by, at):
    """Organisations may see it and sign up; it is suggested at once to those whose record calls for it."""
    files = documents.about(offer).count() if offer.kind == OfferKind.TEMPLATE else None
    refuse_if(rules.why_not_open(offer, user=by, at=at, files=files), offer)
    workflow.move(offer, OfferStatus.OPEN, moves=OFFER_MOVES, verb="opened", by=by, at=at, summary="Offer opened")
    suggest_offers(on=london_day(at), at=at, offer=offer)
    return offer


@transaction.atomic
def close_offer(*, offer, reason, by, at):
    """The offer ends; it is suggested to nobody any more."""
    refuse_if(rules.why_not_close(offer, user=by, at=at, reason=reason), offer)
    return workflow.move(
        offer,
        OfferStatus.CLOSED,
        moves=OFFER_MOVES,
        verb="closed",
        by=by,
        at=at,
        reason=reason.strip(),
        summary="Offer closed",
    )


@transaction.atomic
def add_offer_file(*, offer, upload, by, at):
    """A template, guide or paper that goes with the offer."""
    refuse_if(rules.why_not_change(offer, user=by), offer)
    return documents.store(upload=upload, subject=offer, by=by, at=at)


@transaction.atomic
def remove_offer_file(*, offer, document, by, at):
    """Take a file off the offer."""
    refuse_if(rules.why_not_change(offer, user=by), offer)
    return documents.remove(document=document, by=by, at=at)


# ---------------------------------------------------------------- sessions


@transaction.atomic
def add_session(*, offer, starts_at, ends_at, place, places=None, by, at):
    """One more time the offer is given; `places` None has room for all."""
    offer = CapacityOffer.objects.select_for_update().get(pk=offer.pk)
    times = {"starts_at": starts_at, "ends_at": ends_at, "places": places}
    refuse_if(rules.why_not_add_session(offer, user=by, at=at, **times), offer)
    last = offer.sessions.aggregate(last=Max("number"))["last"] or 0
    session = CapacitySession.objects.create(offer=offer, number=last + 1, place=place.strip(), **times)
    log(session, "session_added", by=by, at=at, summary=f"Session {session.number}: {notices.when(session)}")
    return session


@transaction.atomic
def change_session(*, session, starts_at, ends_at, place, places=None, by, at):
    """Other hours, another place or more places; those signed up are told, and the waiting list moves up."""
    session = lock_session(session)
    times = {"starts_at": starts_at, "ends_at": ends_at, "places": places}
    refuse_if(rules.why_not_change_session(session, user=by, at=at, **times), session)
    was, told = f"{notices.when(session)}, {session.place}", (session.starts_at, session.ends_at, session.place)
    wanted = {**times, "place": place.strip()}
    changes = {name: [str(getattr(session, name)), str(now)] for name, now in wanted.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if not changes:
        return session
    CapacitySession.objects.filter(pk=session.pk).update(**wanted)
    session = lock_session(session)
    moved = (session.starts_at, session.ends_at, session.place) != told
    verb = "session_changed" if moved else "places_changed"
    log(session, verb, by=by, at=at, summary=f"Session {session.number} changed: it was {was}", changes=changes)
    if moved:
        notices.session_changed(session, _signed_up(session), was=was, at=at)
    fill_places(session, at=at)
    return session


def _signed_up(session):
    rows = SignUp.objects.filter(session=session).exclude(status=SignUpStatus.CANCELLED).select_related("person")
    found = list(rows.order_by("signed_up_at", "pk"))
    for row in found:
        row.session = session
    return found


@transaction.atomic
def cancel_session(*, session, reason, by, at):
    """The session is not held; everybody signed up or waiting is told why."""
    session = lock_session(session)
    refuse_if(rules.why_not_cancel_session(session, user=by, at=at, reason=reason), session)
    CapacitySession.objects.filter(pk=session.pk).update(cancelled_at=at, cancelled_reason=reason.strip())
    session = lock_session(session)
    summary = f"Session {session.number} cancelled"
    log(session, "session_cancelled", by=by, at=at, reason=reason.strip(), summary=summary)
    told = _signed_up(session)
    for sign_up in told:
        obligations.close(sign_up, ObligationKind.SESSION_FEEDBACK, at=at, by=by, closing="The session was cancelled")
    notices.session_cancelled(session, told, at=at)
    return session


# ---------------------------------------------------------------- what suggests an offer


@transaction.atomic
def add_trigger(*, offer, kind, criterion=None, section="", words="", below_percent=None, standard=None, by, at):
    """One more thing in an organisation's record that suggests the offer to it."""
    given = {"criterion": criterion, "words": words, "below_percent": below_percent}
    refuse_if(rules.why_not_add_trigger(offer, user=by, kind=kind, **given), offer)
    kind = TriggerKind(kind)
    scored = kind == TriggerKind.LOW_SCORE
    trigger = OfferTrigger.objects.create(
        offer=offer,
        kind=kind,
        criterion=criterion if scored else None,
        below_percent=below_percent if scored else None,
        section=section.strip() if kind == TriggerKind.QUERIED else "",
        words=words.strip() if kind not in (TriggerKind.UNSATISFACTORY, TriggerKind.STANDARD) else "",
        standard=standard if kind == TriggerKind.STANDARD else None,
    )
    log(offer, "trigger_added", by=by, at=at, summary=f"It is now suggested by: {trigger.sentence}"[:500])
    if offer.status == OfferStatus.OPEN:
        suggest_offers(on=london_day(at), at=at, offer=offer)
    return trigger


@transaction.atomic
def remove_trigger(*, trigger, by, at):
    """It suggests the offer no more; what was suggested stays until it is set aside."""
    refuse_if(rules.why_not_remove_trigger(trigger, user=by), trigger.offer)
    log(trigger.offer, "trigger_removed", by=by, at=at, summary=f"No longer suggested by: {trigger.sentence}"[:500])
    OfferTrigger.objects.filter(pk=trigger.pk).delete()
    return trigger.offer
