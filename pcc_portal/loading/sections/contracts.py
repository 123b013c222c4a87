"""Contracts, with all that stands beside one: parties, lots, services, options, values, what happened to them."""

from plans.enums import Basis
from services.enums import ContractStatus, OptionStatus, PartyRole, ReferenceKind, Regime
from services.models import (
    Contract,
    ContractParty,
    ContractPayment,
    ContractReference,
    ContractSource,
    ContractValue,
    ExtensionOption,
    Lot,
)

from ..entries import Items
from ..kinds import Day, Maybe, Sum, Text, Whole, Word, YesNo
from ..recorded import RecordedChanges, Services
from ..references import Cited, Reference
from .section import DAY, LONG, MONEY, Section, needed

OPTIONS = Items(
    fields={
        "months": Whole(empty=12, low=1, high=120),
        "agreed_months": Whole(low=1, high=120),
        "notice_months": Whole(low=0, high=60),
        "printed_window": Text(limit=60),
        "window_starts_on": DAY,
        "window_ends_on": DAY,
        "status": Word(words=OptionStatus, default=OptionStatus.AVAILABLE.value),
        "inferred": YesNo(),
        "source": Cited(),
    },
    model=ExtensionOption,
    parent="contract",
    numbered="number",
    stays=True,
)
PARTIES = Items(
    fields={
        "organisation": Reference(required=True, section="organisations"),
        "role": Word(required=True, words=PartyRole),
        "does": Text(limit=300),
        "starts_on": DAY,
        "ends_on": DAY,
        "source": Cited(),
    },
    model=ContractParty,
    parent="contract",
)
LOTS = Items(
    fields={"name": needed(), "description": LONG, "value": MONEY, "source": Cited()},
    model=Lot,
    parent="contract",
    numbered="number",
    stays=True,
    short="name",
)
VALUES = Items(
    fields={
        "starts_on": Day(required=True),
        "ends_on": Day(required=True),
        "amount": MONEY,
        "basis": Word(words=Basis),
        "source": Cited(required=True),
    },
    model=ContractValue,
    parent="contract",
    ordered="starts_on",
)
SOURCES = Items(
    fields={
        "funding_source": Reference(required=True, section="funding_sources"),
        "amount": MONEY,
        "source": Cited(),
    },
    model=ContractSource,
    parent="contract",
    short="funding_source",
)
REFERENCES = Items(
    fields={
        "kind": Word(required=True, words=ReferenceKind),
        "value": needed(100, numbers=True),
        "url": Text(limit=500),
        "published_on": DAY,
        "source": Cited(),
    },
    model=ContractReference,
    parent="contract",
)
PAYMENTS = Items(
    fields={
        "amount": Sum(required=True),
        "covers_from": Day(required=True),
        "covers_to": Day(required=True),
        "invoice": Text(limit=60, numbers=True),
        "funding_source": Reference(section="funding_sources"),
        "received_on": DAY,
        "due_on": DAY,
        "paid_on": DAY,
        "note": LONG,
        "source": Cited(required=True),
    },
    model=ContractPayment,
    parent="contract",
    ordered="covers_from",
    fixed={"is_recorded": True},
)
CONTRACTS = Section(
    "contracts",
    "contract",
    Contract,
    {
        "stream": Reference(section="streams"),
        "provider": Reference(section="organisations"),
        "rule_set": Reference(section="rule_sets"),
        "name": needed(300),
        "description": LONG,
        "starts_on": Day(required=True),
        "initial_months": Whole(required=True, low=1, high=240),
        "options": OPTIONS,
        "parties": PARTIES,
        "lots": LOTS,
        "additional_services": Services(),
        "regime": Word(words=Regime),
        "light_touch": Maybe(),
        "below_threshold": Maybe(),
        "estimated_value": MONEY,
        "estimated_value_source": Cited(),
        "annual_value": MONEY,
        "annual_value_year": Text(limit=20, numbers=True),
        "annual_value_source": Cited(),
        "values": VALUES,
        "funding_sources": SOURCES,
        "references": REFERENCES,
        "payments": PAYMENTS,
        "variations": RecordedChanges(),
        "status": Word(words=ContractStatus, default=ContractStatus.LIVE.value),
        "ended_on": DAY,
        "ended_reason": LONG,
        "note": LONG,
        "source": Cited(required=True),
    },
    says_example=True,
)
