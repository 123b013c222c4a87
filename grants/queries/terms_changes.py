"""New versions of terms put to awards: which awards they can be put to, and what became of them (P1)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from records.enums import ObligationKind
from records.models import Obligation

from ..enums import AwardStatus, TermsChangeStatus
from ..models import Award, TermsChange

CONSENT, CHECK, NEEDED = "Answer new terms", "Check standards", "Send evidence of standards"
LIVE = (AwardStatus.LIVE, AwardStatus.SUSPENDED)


@dataclass(frozen=True)
class Work:
    """One thing that waits for somebody: what, about whom, where, and by when."""

    title: str
    detail: str
    link: str
    due_on: date | None


def visible_to(user):
    """Changes of terms of the awards the person may see."""
    rows = TermsChange.objects.select_related("award__recipient", "award__payee", "terms", "was", "proposed_by")
    return rows.select_related("answered_by").filter(award__in=Award.objects.visible_to(user))


def summary_of(award):
    """What stands on the page of the award: each version put to it since it was accepted; nothing without one."""
    if not award.had_new_terms:
        return {}
    rows = TermsChange.objects.filter(award=award).select_related("terms", "was", "answered_by")
    return {"changes": list(rows.order_by("-number"))}


def awards_to_ask(terms):
    """Live awards under other terms that could be asked now, by rule set: none that has not answered yet."""
    waiting = TermsChange.objects.filter(status=TermsChangeStatus.PROPOSED)
    rows = Award.objects.filter(status__in=LIVE, is_recorded=False).exclude(terms=terms)
    rows = rows.exclude(pk__in=waiting.values("award_id"))
    rows = rows.select_related("recipient", "payee", "terms", "rule_set").order_by("rule_set__name", "reference")
    found = defaultdict(list)
    for award in rows:
        found[award.rule_set].append(award)
    return dict(found)


def accepted_terms(award):
    """[(terms, person, position, moment)] in the order they were accepted: the last bind now."""
    acceptance = getattr(award, "acceptance", None)
    found = [(acceptance.terms, acceptance.by, acceptance.position, acceptance.at)] if acceptance else []
    later = TermsChange.objects.filter(award=award, status=TermsChangeStatus.ACCEPTED)
    later = later.select_related("terms", "answered_by").order_by("number")
    return found + [(row.terms, row.answered_by, row.position, row.answered_at) for row in later]


def office_work(user, on):
    """Evidence that waits to be checked."""
    if not access.may(user, Permission.STANDARD_CHECK):
        return {}
    return _piles({ObligationKind.STANDARD_CHECK: CHECK}, Q(organisation__isnull=True))


def partner_work(user, on):
    """New terms to answer, and standards to send evidence of or to renew."""
    headings = {}
    if access.may(user, Permission.TERMS_ACCEPT):
        headings[ObligationKind.TERMS_CONSENT] = CONSENT
    if access.may(user, Permission.STANDARD_SEND):
        headings |= {ObligationKind.STANDARD_NEEDED: NEEDED, ObligationKind.STANDARD_EXPIRY: NEEDED}
    mine = Organisation.objects.of_user(user)
    return _piles(headings, Q(organisation__in=mine) | Q(recipient__in=mine)) if headings else {}


def _piles(headings, whose):
    found = defaultdict(list)
    rows = Obligation.objects.open().filter(whose, kind__in=headings).order_by("due_on", "pk")
    for row in rows.select_related("organisation"):
        detail = row.organisation.name if row.organisation else row.reference
        found[headings[ObligationKind(row.kind)]].append(Work(row.title, detail, row.link, row.due_on))
    return dict(found)
