from .contracts import (
    AdditionalService,
    Contract,
    ContractDocument,
    ContractParty,
    ContractPayment,
    ContractReference,
    ContractSource,
    ContractValue,
    ExtensionOption,
    Lot,
)
from .extensions import ExtensionCase, ExtensionRuling, ExtensionStep
from .kpis import ImprovementPlan, ImprovementStep, Kpi, KpiResult, KpiTarget
from .meetings import ContractMeeting, MeetingAction
from .oversight import OversightActivity, OversightCheck, OversightCheckKind
from .variations import ContractVariation

__all__ = [
    "AdditionalService",
    "Contract",
    "ContractDocument",
    "ContractMeeting",
    "ContractParty",
    "ContractPayment",
    "ContractReference",
    "ContractSource",
    "ContractValue",
    "ContractVariation",
    "ExtensionCase",
    "ExtensionOption",
    "ExtensionRuling",
    "ExtensionStep",
    "ImprovementPlan",
    "ImprovementStep",
    "Kpi",
    "KpiResult",
    "KpiTarget",
    "Lot",
    "MeetingAction",
    "OversightActivity",
    "OversightCheck",
    "OversightCheckKind",
]
