"""Extension decisions, walked through the real actions to the state wanted."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

from accounts.enums import RoleName
from records.enums import PaperKind
from records.models import Paper
from services.actions import extensions as actions
from services.enums import ExtensionStatus
from services.models import Contract, ExtensionCase
from services.queries import extensions as queries

from . import accounts, plans, services

OPENS = datetime(2021, 4, 12, 8, 0, tzinfo=UTC)
OUTSIDE_BY = date(2022, 3, 1)
ADVICE = {
    "lapse_effect": "Nobody would support the people who use this service.",
    "advice": "The service performs well. Extend it.",
}
OFFER = {"outcome": "OFFER", "amount": Decimal("250000"), "purpose": "A year of support.", "reason": "It works."}
OUTSIDE = {
    "outcome": "OUTSIDE",
    "ends_on": date(2022, 9, 30),
    "amount": Decimal("125000"),
    "purpose": "Half a year of support.",
    "legal_basis": "Regulation 72(1)(b)",
    "reason": "The new service is not ready.",
}
S = ExtensionStatus


def day(year, month, number, hour=9):
    return datetime(year, month, number, hour, 0, tzinfo=UTC)


def forget(person):
    """As a new request would: the roles of the person are read afresh."""
    vars(person).pop("_current_memberships", None)
    return person


def world():
    """The cast with a signatory of the provider and a plan."""
    cast = accounts.cast()
    cast.provider_signatory = accounts.person(
        "signatory@provider.example.org", "Pro Signatory", RoleName.SIGNATORY, cast.provider
    )
    return SimpleNamespace(cast=cast, plan=plans.plan(cast))


def pack(case, by, at):
    """Frozen evidence."""
    return Paper.objects.create(
        kind=PaperKind.EVIDENCE_PACK,
        subject_type=case._meta.label,
        subject_id=case.pk,
        reference=case.reference,
        title="Evidence",
        made_at=at,
        made_by=by,
        html="<p>Evidence</p>",
    )


def opened(made, *, at=OPENS, **changes):
    """A case the sweep has opened, about the first option of a contract 3 + 1 + 1 + 1 from 1 April 2019."""
    contract = services.contract(made.cast, made.plan, **changes)
    actions.prepare_decisions(at=at)
    return queries.open_case_of(contract)


def outside(made, *, at=None, **changes):
    """A case outside the original terms, opened by hand: the contract has no option and runs to 31 March 2022."""
    contract = services.contract(made.cast, made.plan, **{"options": [], **changes})
    at = at or day(2021, 10, 1)
    return actions.open_case(
        contract=contract, decide_by=OUTSIDE_BY, reason="The new service is late", by=made.cast.officer, at=at
    )


def willing(made, case, *, at):
    """The provider asked, and willing."""
    actions.ask_provider(case=case, words="Are you willing?", by=made.cast.officer, at=at)
    return actions.answer_ask(case=case, willing=True, words="Gladly", by=made.cast.provider_lead, at=at)


def advised(made, case, *, at, by=None, **advice):
    """Advice given with a frozen pack."""
    by = by or made.cast.officer
    said = {"case": case, "recommended": "OFFER", **ADVICE, **advice}
    return actions.give_advice(**said, pack=pack(case, by, at), by=by, at=at)


def commented(made, case, *, at, **advice):
    """Advice given, and the chief finance officer's comment."""
    advised(made, case, at=at, **advice)
    return actions.comment(case=case, words="Within the budget.", by=made.cast.cfo, at=at)


def offered(made, case, *, at, **changes):
    """Decided and offered to the provider."""
    commented(made, case, at=at)
    return actions.decide(case=case, **{**OFFER, **changes}, by=made.cast.pcc, at=at).case


def awaiting_second(made, case, *, at):
    """Outside the original terms, decided by the commissioner."""
    willing(made, case, at=at)
    commented(made, case, at=at, recommended="OUTSIDE", ends_on=OUTSIDE["ends_on"], legal_basis="Regulation 72")
    return actions.decide(case=case, **OUTSIDE, by=made.cast.pcc, at=at).case


def fresh(case):
    """The case as it stands in the database."""
    return ExtensionCase.objects.select_related("contract__provider", "contract__stream", "option").get(pk=case.pk)


def contract_of(case):
    return Contract.objects.get(pk=case.contract_id)
