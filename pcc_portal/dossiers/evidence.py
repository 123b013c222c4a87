"""The evidence pack of an extension decision: its sections in the order they are read."""

import copy

from records.calendar import london_day
from services import queries as services_queries
from services.enums import ExtensionOutcome, ExtensionStatus

from . import assurance, contract, lapse, nearby, performance
from .pack import Fact, Pack, Section, day, text


def evidence_of(case, on):
    """Everything the decision rests on as it stands on the day, gathered from the rows.

    Payments and KPI figures count up to the day. A section whose source is not built is absent.
    """
    subject = case.contract
    term = services_queries.term(subject)
    sections = [
        contract.term_section(subject, term),
        contract.options_section(case, term),
        contract.money_section(case, term, on),
        performance.kpis_section(subject, on),
        performance.returns_section(subject, on),
        performance.improvement_section(subject),
        assurance.complaints_section(subject, on),
        assurance.audits_section(subject, on),
        contract.variations_section(subject),
        nearby.nearby_section(subject, on),
        assurance.overlaps_section(subject),
        lapse.lapse_section(case, term),
        _advice(case),
        _finance(case),
    ]
    return Pack(
        case.reference,
        subject.reference,
        subject.name,
        subject.provider.name if subject.provider else "Not published",
        on.isoformat(),
        subject.is_example,
        tuple(section for section in sections if section),
    )


def with_advice(case, *, recommended, months=None, ends_on=None, legal_basis="", lapse_effect, advice, by, at):
    """The case as it will stand once the advice is given, for the pack that goes with it; nothing is written."""
    advised = copy.copy(case)
    advised.status = ExtensionStatus.ADVISED
    advised.recommended, advised.recommended_months, advised.recommended_ends_on = recommended, months, ends_on
    advised.legal_basis, advised.lapse_effect, advised.advice = legal_basis, lapse_effect, advice
    advised.advised_by, advised.advised_at = by, at
    advised.cfo_comment, advised.cfo_commented_at, advised.cfo_commented_by = "", None, None
    return advised


def _advice(case):
    """The officer's advice, once it is given and not taken back."""
    if case.status == ExtensionStatus.PREPARING or not case.advised_at:
        return None
    facts = [Fact("Recommended", text(ExtensionOutcome(case.recommended).label))]
    if case.recommended_months:
        facts.append(Fact("Length", text(f"{case.recommended_months} months")))
    if case.recommended_ends_on:
        facts.append(Fact("New end", day(case.recommended_ends_on)))
    if case.legal_basis:
        facts.append(Fact("Legal basis", text(case.legal_basis)))
    facts += [
        Fact("Advice", text(case.advice)),
        Fact("Given by", text(case.advised_by.full_name)),
        Fact("Given on", day(london_day(case.advised_at))),
    ]
    return Section("advice", "Officer’s advice", facts=tuple(facts))


def _finance(case):
    """The chief finance officer's comment, once it is there."""
    if not case.cfo_commented_at:
        return None
    facts = (
        Fact("Comment", text(case.cfo_comment)),
        Fact("Made by", text(case.cfo_commented_by.full_name)),
        Fact("Made on", day(london_day(case.cfo_commented_at))),
    )
    return Section("finance", "Chief finance officer’s comment", facts=facts)
