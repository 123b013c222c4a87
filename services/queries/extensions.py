"""Reads of extension decisions: the cases of a contract, their steps, who acts next (S2)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Prefetch

from accounts import access
from records import calendar
from records.enums import ObligationKind
from records.models import Event, Obligation, Paper

from ..enums import OFFERS, ContractStatus, ExtensionOutcome, ExtensionStatus, ExtensionStepKind, OptionStatus
from ..models import Contract, ExtensionCase, ExtensionRuling, ExtensionStep
from .term import end_if_taken, term

K = ExtensionStepKind
OPEN = (ExtensionStatus.PREPARING, ExtensionStatus.ADVISED, ExtensionStatus.AWAITING_SECOND)
WAITING = (OptionStatus.AVAILABLE, OptionStatus.OFFERED)
ACTS = {
    K.PROVIDER_ASKED: "A commissioning officer acts",
    K.EVIDENCE: "A commissioning officer acts",
    K.ADVICE: "A commissioning officer acts",
    K.FINANCE: "The chief finance officer acts",
    K.DECISION: "The commissioner acts, or a post with a delegation",
    K.LETTER: "The portal sends it once the second approver agrees",
    K.NOTICE: "A commissioning officer acts",
}
ADVISING = ("advised", "finance_commented")


@dataclass(frozen=True)
class StepRow:
    """One step as a page shows it: who acts, and whether it is next."""

    step: ExtensionStep
    who: str
    is_next: bool

    @property
    def done(self):
        return self.step.done_at is not None


def cases_of(contract):
    """The extension decisions of a contract, newest first, with what was decided in each."""
    rulings = ExtensionRuling.objects.select_related("decision__made_by", "second_approved_by", "answered_by")
    rows = ExtensionCase.objects.filter(contract=contract).select_related("option", "contract__provider")
    rows = rows.prefetch_related("steps", Prefetch("rulings", rulings.order_by("number")))
    return rows.order_by("-number")


def case_of(option):
    """The newest case about an option, or None."""
    rows = ExtensionCase.objects.filter(option=option).select_related("contract", "option")
    return rows.order_by("-number").first()


def open_case_of(contract):
    """The case of a contract that still waits for its decision, or None."""
    rows = ExtensionCase.objects.filter(contract=contract, status__in=OPEN)
    return rows.select_related("contract", "option").first()


def usable_option(contract, on):
    """The option the next decision is about while the contract is live and its first day has not come, or None."""
    ahead = term(contract).next_option if contract.status == ContractStatus.LIVE else None
    return ahead if ahead and on < ahead.starts_on else None


def period_of(case, *, outcome, months, ends_on):
    """The first and the last day an extension would have; None for an outcome that extends nothing."""
    if outcome == ExtensionOutcome.OUTSIDE and ends_on:
        return term(case.contract).ends_on + calendar.DAY, ends_on
    if outcome in OFFERS and case.option:
        line = next(line for line in term(case.contract).options if line.option.pk == case.option_id)
        return line.starts_on, end_if_taken(case.contract, case.option, months or case.option.months)
    return None


def in_diary(option):
    """Whether the office knew of the decision on this option in time: it was owed, or worked on."""
    owed = Obligation.objects.about(option).filter(kind=ObligationKind.EXTENSION_DECISION)
    return owed.exists() or ExtensionCase.objects.filter(option=option).exists()


def with_options_ahead():
    """Live contracts with an option that is open or offered, for the sweep."""
    rows = Contract.objects.filter(status=ContractStatus.LIVE, options__status__in=WAITING).distinct()
    return rows.prefetch_related("options__event", "variations").order_by("pk")


def moot_cases():
    """Open cases about an option that is no longer open."""
    rows = ExtensionCase.objects.filter(status__in=OPEN, option__isnull=False).select_related("contract")
    return list(rows.exclude(option__status=OptionStatus.AVAILABLE).order_by("pk"))


def case_by(contract, number):
    """One case with everybody who acted in it; for `get_object_or_404`."""
    rows = ExtensionCase.objects.filter(contract=contract, number=number)
    return rows.select_related(
        "option__event", "asked_by", "answered_by", "advised_by",
        "cfo_commented_by", "pack",
    )  # fmt: skip


def steps_of(case):
    """The steps of a case in order, with who acts in each; the first not done is next while the case is not closed."""
    steps = sorted(case.steps.all(), key=lambda step: (list(K).index(K(step.kind)), step.pk))
    waiting = [step for step in steps if step.done_at is None and not step.dropped]
    ahead = waiting[0] if waiting and case.status != ExtensionStatus.CLOSED else None
    return [StepRow(step, ACTS[K(step.kind)], step is ahead) for step in steps]


def next_step_of(case):
    """The step of a case that comes next, or None."""
    return next((row for row in steps_of(case) if row.is_next), None)


def rulings_of(case):
    """What was decided in a case, in order."""
    rows = ExtensionRuling.objects.filter(case=case).order_by("number")
    return rows.select_related("decision__made_by", "second_approved_by", "answered_by", "letter")


def told_of(case):
    """Whether the provider has been asked or told anything in a case, so that it may see it."""
    return bool(case.asked_at) or bool(told_rulings(list(case.rulings.all())))


def told_rulings(rulings):
    """The rulings the provider has been told of by letter, or that put the decision off."""
    return [ruling for ruling in rulings if ruling.letter_id or ruling.outcome == ExtensionOutcome.DEFER]


def advisers_of(case):
    """Ids of those who advised on a case or commented on its money, also in advice since taken back."""
    rows = Event.objects.filter(subject_type=case._meta.label, subject_id=case.pk, verb__in=ADVISING, by__isnull=False)
    now = {case.advised_by_id, case.cfo_commented_by_id} - {None}
    return now | set(rows.values_list("by_id", flat=True))


def question_of(case):
    """The letter that asked the provider whether it is willing, or None."""
    rows = letters_of(case.contract).filter(made_at=case.asked_at).order_by("pk")
    return rows.first() if case.asked_at else None


def letters_of(contract):
    """The letters about extensions of a contract, newest first."""
    rows = Paper.objects.filter(kind="EXTENSION_LETTER", subject_type=contract._meta.label, subject_id=contract.pk)
    return rows.defer("html", "pdf").order_by("-made_at", "-pk")


def value_of(contract, starts_on, ends_on):
    """What the contract is worth between two days, in pounds, or None where no source says.

    The values of its periods where they cover every day; else the value of a year, by months.
    """
    covered = [value for value in contract.values.all() if value.ends_on >= starts_on and value.starts_on <= ends_on]
    whole = sum((min(v.ends_on, ends_on) - max(v.starts_on, starts_on)).days + 1 for v in covered)
    if covered and all(v.amount is not None for v in covered) and whole == (ends_on - starts_on).days + 1:
        return _pence(sum(_share(v, starts_on, ends_on) for v in covered))
    if contract.annual_value is None:
        return None
    return _pence(contract.annual_value * months_between(starts_on, ends_on) / 12)


def _share(value, starts_on, ends_on):
    days = (min(value.ends_on, ends_on) - max(value.starts_on, starts_on)).days + 1
    return value.amount * days / ((value.ends_on - value.starts_on).days + 1)


def _pence(amount):
    return Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)


def months_between(starts_on, ends_on):
    """How many months a period has, as a Decimal: whole months, then days as a part of the month begun."""
    whole = 0
    while calendar.period_end(starts_on, whole + 1) <= ends_on:
        whole += 1
    begun = calendar.add_months(starts_on, whole)
    days = (ends_on - begun).days + 1
    return Decimal(whole) + Decimal(days) / ((calendar.add_months(starts_on, whole + 1) - begun).days)


@dataclass(frozen=True)
class ExtensionSummary:
    """What the page of a contract says of its extension decisions; `ahead` is for the office alone."""

    case: ExtensionCase | None
    ahead: StepRow | None
    answer_asked: bool
    offer: ExtensionRuling | None
    decided: list
    is_office: bool
    is_party: bool = True


def summary_of(contract, user):
    """The decision being prepared, what waits for the provider, and what was decided before; a partner sees none."""
    office = access.is_office(user)
    if not office and not (contract.provider and access.belongs_to(user, contract.provider)):
        return ExtensionSummary(None, None, False, None, [], is_office=False, is_party=False)
    cases = list(cases_of(contract))
    case = next((case for case in cases if case.status in OPEN), None)
    rulings = [ruling for one in cases for ruling in reversed(list(one.rulings.all()))]
    asked = bool(case and case.asked_at and case.answered_at is None)
    waiting = [ruling for ruling in rulings if ruling.answer_by and ruling.accepted is None]
    offer = next((ruling for ruling in waiting if ruling.case.option.status == OptionStatus.OFFERED), None)
    ahead = next_step_of(case) if case and office else None
    return ExtensionSummary(case, ahead, asked, offer, rulings, office)
