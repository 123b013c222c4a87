"""A new version of the terms put to live awards; it binds an award once the payee's signatory consents (P1)."""

from django.db import transaction

from records import obligations, workflow
from records.actions import log
from records.calendar import london_day
from records.enums import ObligationKind
from records.refusals import refuse_if

from ..enums import TERMS_CHANGE_MOVES, TermsChangeStatus
from ..letters import terms_changes as letters
from ..models import Award, TermsChange
from ..notices import terms_changes as notices
from ..rules import terms_changes as rules
from .locks import lock_award

STATUS = TermsChangeStatus


@transaction.atomic
def propose_terms(*, award, terms, reason, answer_by, by, at):
    """Put a version to one award: a letter goes out, and the signatory owes an answer."""
    award = lock_award(award)
    refuse_if(rules.why_not_propose_terms(award, terms, user=by), award)
    refuse_if(rules.why_not_so(reason=reason, answer_by=answer_by, on=london_day(at)), award)
    change = TermsChange.objects.create(
        award=award,
        number=award.terms_changes.count() + 1,
        terms=terms,
        was=award.terms,
        reason=reason.strip(),
        answer_by=answer_by,
        proposed_at=at,
        proposed_by=by,
    )
    log(
        award,
        "terms_proposed",
        by=by,
        at=at,
        reason=change.reason,
        summary=f"New terms put to the payee: {terms}"[:500],
    )
    obligations.owe(
        award,
        ObligationKind.TERMS_CONSENT,
        title=f"Answer the new terms of {award.title}"[:300],
        organisation=award.payee,
        recipient=award.recipient,
        due_on=answer_by,
        link=change.get_absolute_url(),
        period=f"terms {change.number}",
        anchor="proposed",
    )
    paper = letters.terms_letter(change, by=by, at=at)
    notices.terms_proposed(change, paper=paper, at=at)
    return change


@transaction.atomic
def propose_terms_to_all(*, awards, terms, reason, answer_by, by, at):
    """Put a version to several awards at once, each with its own letter and answer; all or none."""
    ordered = Award.objects.filter(pk__in=[award.pk for award in awards]).order_by("pk")
    given = {"terms": terms, "reason": reason, "answer_by": answer_by, "by": by, "at": at}
    return [propose_terms(award=award, **given) for award in ordered]


def locked(change):
    """Lock the award, then give back the change as it now is."""
    award = lock_award(change.award)
    fresh = TermsChange.objects.select_for_update(of=("self",)).select_related("terms", "was").get(pk=change.pk)
    fresh.award = award
    return fresh


@transaction.atomic
def accept_terms(*, change, position, by, at):
    """The signatory consents: the award is under the new version from this moment."""
    change = locked(change)
    refuse_if(rules.why_not_answer_terms(change, user=by), change)
    refuse_if("" if position.strip() else "Give your position in the organisation.", change)
    award, was = change.award, change.was
    words = f"New terms accepted ({change.terms}) by {by.full_name}, {position.strip()}"
    settle(
        change,
        STATUS.ACCEPTED,
        "accepted",
        words,
        by=by,
        at=at,
        answered_at=at,
        answered_by=by,
        position=position.strip(),
    )
    Award.objects.filter(pk=award.pk).update(terms=change.terms)
    award.refresh_from_db()
    changes = {"terms": [str(was), str(change.terms)]}
    log(award, "terms_accepted", by=by, at=at, summary=words[:500], changes=changes)
    notices.terms_answered(change, at=at)
    return change


@transaction.atomic
def refuse_terms(*, change, reason, by, at):
    """The signatory refuses: the award stays under the terms accepted before."""
    change = locked(change)
    refuse_if(rules.why_not_answer_terms(change, user=by), change)
    refuse_if("" if reason.strip() else "Say why you refuse; the office reads it.", change)
    words = f"New terms refused ({change.terms})"
    settle(
        change,
        STATUS.REFUSED,
        "refused",
        words,
        by=by,
        at=at,
        reason=reason.strip(),
        answered_at=at,
        answered_by=by,
        answer=reason.strip(),
    )
    log(change.award, "terms_refused", by=by, at=at, reason=reason.strip(), summary=words[:500])
    notices.terms_answered(change, at=at)
    return change


@transaction.atomic
def withdraw_terms(*, change, reason, by, at):
    """The office takes a proposal back."""
    change = locked(change)
    refuse_if(rules.why_not_withdraw_terms(change, user=by), change)
    refuse_if("" if reason.strip() else "Say why it is taken back; the payee is told.", change)
    take_back(change, reason=reason.strip(), by=by, at=at)
    notices.terms_withdrawn(change, reason=reason.strip(), at=at)
    return change


def take_back(change, *, reason, by, at):
    words = f"New terms taken back ({change.terms})"
    settle(change, STATUS.WITHDRAWN, "withdrawn", words, by=by, at=at, reason=reason)
    log(change.award, "terms_withdrawn", by=by, at=at, reason=reason, summary=words[:500])


def settle(change, to, verb, words, *, by, at, reason="", **stamps):
    """Answer a locked change; nothing more is owed about it."""
    workflow.move(
        change, to, moves=TERMS_CHANGE_MOVES, verb=verb, by=by, at=at, reason=reason, summary=words[:500], **stamps
    )
    owed = {"period": f"terms {change.number}", "closing": change.get_status_display(), "at": at, "by": by}
    obligations.close(change.award, ObligationKind.TERMS_CONSENT, **owed)


def let_go(award, *, reason, by, at):
    """An award that ends waits for no answer any more; the award is locked."""
    for change in award.terms_changes.filter(status=STATUS.PROPOSED).select_related("terms"):
        change.award = award
        take_back(change, reason=reason, by=by, at=at)
