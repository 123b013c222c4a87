"""What an organisation holds of the standards asked of it, on any day (P1)."""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Prefetch

from records.calendar import add_working_days, period_end
from records.enums import ObligationKind
from records.models import Obligation
from records.words import day_in_words

from ..enums import StandardStatus
from ..models import (
    DueDiligenceNote,
    HeldStandard,
    PayeeCheck,
    RequiredStandard,
    RuleSet,
    StandardKind,
    StandardWaiver,
)

# The first of the reminders before an end (records.ladders): from then on evidence is shown as about to end.
ENDS_SOON = 60


class State(StrEnum):
    """How an organisation stands with one standard."""

    HELD = "HELD"
    ENDING = "ENDING"
    WAIVED = "WAIVED"
    WAITING = "WAITING"
    EXPIRED = "EXPIRED"
    MISSING = "MISSING"


LABELS = {
    State.HELD: "Held",
    State.ENDING: "Ends soon",
    State.WAIVED: "Waived",
    State.WAITING: "Waiting to be checked",
    State.EXPIRED: "Expired",
    State.MISSING: "Missing",
}
STANDS = frozenset({State.HELD, State.ENDING, State.WAIVED})


@dataclass(frozen=True)
class Standing:
    """One standard of one organisation: `held` is the evidence that counts, or the last that did; `sent` waits."""

    kind: StandardKind
    state: State
    held: HeldStandard | None = None
    waiver: StandardWaiver | None = None
    sent: HeldStandard | None = None
    until: object = None

    @property
    def is_met(self):
        """Whether money may go out as far as this standard is concerned."""
        return self.state in STANDS

    @property
    def label(self):
        return LABELS[self.state]

    @property
    def why(self):
        """What is wrong, in few words; nothing where the standard is met."""
        if self.is_met:
            return ""
        if self.state == State.EXPIRED and self.held:
            newer = "; newer evidence not checked yet" if self.sent else ""
            return f"expired on {day_in_words(self.held.expires_on)}{newer}"
        return "evidence not checked yet" if self.sent else "no evidence accepted"


@dataclass
class Evidence:
    """Everything that organisations sent and were let off, read in two questions."""

    held: dict = field(default_factory=lambda: defaultdict(list))
    waivers: dict = field(default_factory=lambda: defaultdict(list))

    def standing(self, organisation_id, kind, on, rule_set_id=None):
        """How an organisation stands with a kind on a day; a waiver for one set of rules counts for those alone."""
        rows = self.held[organisation_id, kind.pk]
        accepted = [row for row in rows if row.status == StandardStatus.ACCEPTED]
        sent = next((row for row in rows if row.status == StandardStatus.SENT), None)
        if best := best_of(accepted, on):
            ending = best.expires_on is not None and best.expires_on <= add_working_days(on, ENDS_SOON)
            return Standing(kind, State.ENDING if ending else State.HELD, held=best, sent=sent, until=best.expires_on)
        over = [row for row in accepted if row.expires_on is not None and row.expires_on < on]
        last = max(over, key=lambda row: (row.expires_on, row.pk)) if over else None
        waivers = [row for row in self.waivers[organisation_id, kind.pk] if row.rule_set_id in (None, rule_set_id)]
        lasting = [row for row in waivers if row.starts_on <= on <= row.ends_on]
        if lasting:
            waiver = max(lasting, key=lambda row: (row.ends_on, row.pk))
            return Standing(kind, State.WAIVED, held=last, waiver=waiver, sent=sent, until=waiver.ends_on)
        if last is not None:
            return Standing(kind, State.EXPIRED, held=last, sent=sent, until=last.expires_on)
        return Standing(kind, State.WAITING if sent else State.MISSING, sent=sent)


def best_of(accepted, on):
    """Of the evidence that counts on a day, the one that lasts longest; None without one."""
    valid = [row for row in accepted if is_valid(row, on)]
    return max(valid, key=lambda row: (row.expires_on is None, row.expires_on or on, row.pk)) if valid else None


def is_valid(row, on):
    """Whether accepted evidence counts on a day: begun, not expired."""
    return (row.starts_on is None or row.starts_on <= on) and (row.expires_on is None or row.expires_on >= on)


def evidence_of(organisation_ids):
    """What these organisations sent and were let off, the newest first, in two questions."""
    found = Evidence()
    held = HeldStandard.objects.filter(organisation__in=organisation_ids, status__in=["SENT", "ACCEPTED"])
    held = held.select_related("organisation")
    for row in held.order_by("-sent_at", "-pk"):
        found.held[row.organisation_id, row.kind_id].append(row)
    for waiver in StandardWaiver.objects.filter(organisation__in=organisation_ids, ended_at__isnull=True):
        found.waivers[waiver.organisation_id, waiver.kind_id].append(waiver)
    return found


def asked_under(rule_set, organisation_kind):
    """The rows of a rule set that ask a standard of such an organisation, in the order of the kinds."""
    if rule_set is None:
        return []
    rows = RequiredStandard.objects.filter(rule_set=rule_set).select_related("kind").order_by("kind__order", "pk")
    return [row for row in rows if asks(row, organisation_kind)]


def asks(required, organisation_kind):
    """Whether a row asks its standard of an organisation of that kind; one that names no kinds asks all."""
    return not required.for_kinds or organisation_kind in required.for_kinds


def missing_for(organisation, rule_set, on):
    """The standings of what a rule set asks of an organisation and it does not hold on that day."""
    asked = asked_under(rule_set, organisation.kind)
    evidence = evidence_of([organisation.pk]) if asked else Evidence()
    found = [evidence.standing(organisation.pk, row.kind, on, rule_set.pk) for row in asked]
    return [standing for standing in found if not standing.is_met]


def register_of(organisation, on):
    """Every kind of standard and how the organisation stands with it on a day, in the order of the kinds."""
    evidence = evidence_of([organisation.pk])
    return [evidence.standing(organisation.pk, kind, on) for kind in StandardKind.objects.all()]


def history_of(organisation):
    """All evidence an organisation ever sent, by kind, the newest first."""
    found = defaultdict(list)
    rows = HeldStandard.objects.filter(organisation=organisation).select_related(
        "organisation", "sent_by", "checked_by"
    )
    for row in rows.order_by("-sent_at", "-pk"):
        found[row.kind_id].append(row)
    return found


def waivers_of(organisation):
    """Every waiver ever given to an organisation, the newest first."""
    rows = StandardWaiver.objects.filter(organisation=organisation)
    return rows.select_related("kind", "rule_set", "given_by", "ended_by").order_by("-given_at", "-pk")


def notes_of(organisation):
    """What was looked into about an organisation."""
    return DueDiligenceNote.objects.filter(organisation=organisation).select_related("by")


def payee_checks_of(organisation):
    """When an organisation was verified as a payee, by whom and how."""
    return PayeeCheck.objects.filter(organisation=organisation).select_related("by")


def was_asked(organisation, kind):
    """Whether anything funded ever asked the standard of the organisation: each request is an obligation."""
    rows = Obligation.objects.filter(kind=ObligationKind.STANDARD_NEEDED, organisation=organisation, period=kind.key)
    return rows.exists()


def kinds():
    """Every kind of standard, in order."""
    return StandardKind.objects.all()


def kinds_with_use():
    """Every kind of standard with the rule sets that ask for it."""
    uses = RequiredStandard.objects.select_related("rule_set").order_by("rule_set__name", "pk")
    return StandardKind.objects.prefetch_related(Prefetch("required_by", queryset=uses))


def rule_sets_asking(kind):
    """The rule sets a waiver of this kind may be limited to."""
    return RuleSet.objects.filter(required_standards__kind=kind).order_by("name", "version")


def usual_end(starts_on, kind):
    """When evidence of a kind that starts on a day usually ends; None where it has no usual length."""
    return period_end(starts_on, kind.lasts_months) if starts_on and kind.lasts_months else None
