"""Complaints that only a named officer and a deputy may see (P2)."""

from django.db import transaction

from records.actions import log
from records.calendar import london_day
from records.refusals import refuse_if

from ...enums import Restriction
from ...models import RestrictedContact
from ...notices import concerns as notices
from ...rules import concerns as rules
from .owing import locked, owe_afresh
from .receiving import receipt_due


@transaction.atomic
def restrict_concern(*, concern, restriction, officer, deputy, reason, by, at, about_person=None):
    """Restrict a complaint, or give a restricted one to other people; from then on nobody else meets it."""
    concern = locked(concern)
    two = {"officer": officer, "deputy": deputy, "about_person": about_person}
    wrong = rules.why_not_restrict(concern, user=by, on=london_day(at), restriction=restriction, reason=reason, **two)
    refuse_if(wrong, concern)
    was = {"restriction": concern.get_restriction_display(), "named officer": str(concern.named_officer or "")}
    concern.restriction, concern.about_person = restriction, about_person
    concern.named_officer, concern.deputy = officer, deputy
    concern.save(update_fields=["restriction", "about_person", "named_officer", "deputy"])
    now = {"restriction": concern.get_restriction_display(), "named officer": str(officer)}
    changes = {name: [was[name], now[name]] for name in now if was[name] != now[name]}
    log(concern, "restricted", by=by, at=at, reason=reason.strip(), summary="Restricted", changes=changes)
    owe_afresh(concern, due_on=receipt_due(concern), by=by, at=at)
    notices.handlers_named(concern, [person for person in (officer, deputy) if person], at=at)
    return concern


@transaction.atomic
def lift_restriction(*, concern, reason, by, at):
    """Let the office see a complaint like any other, with the reason."""
    concern = locked(concern)
    refuse_if(rules.why_not_lift(concern, user=by, on=london_day(at), reason=reason), concern)
    was = concern.get_restriction_display()
    concern.restriction = Restriction.NONE
    concern.save(update_fields=["restriction"])
    changes = {"restriction": [was, concern.get_restriction_display()]}
    log(
        concern,
        "restriction_lifted",
        by=by,
        at=at,
        reason=reason.strip(),
        summary="No longer restricted",
        changes=changes,
    )
    owe_afresh(concern, due_on=receipt_due(concern), by=by, at=at)
    return concern


@transaction.atomic
def set_contact(*, restriction, officer, deputy, by, at):
    """Say who handles restricted complaints of a sort from now on; those that are here stay where they are."""
    refuse_if(rules.why_not_set_contacts(user=by, on=london_day(at), officer=officer, deputy=deputy))
    was = RestrictedContact.objects.filter(restriction=restriction).select_related("officer", "deputy").first()
    people = {"officer": officer, "deputy": deputy, "set_at": at, "set_by": by}
    contact, _ = RestrictedContact.objects.update_or_create(restriction=restriction, defaults=people)
    names = [f"{row.officer.full_name}, {row.deputy.full_name}" if row else "" for row in (was, contact)]
    summary = f"Restricted complaints ({contact.get_restriction_display().lower()}) go to {names[1]}"
    log(contact, "contact_set", by=by, at=at, summary=summary[:500], changes={"people": names})
    return contact
