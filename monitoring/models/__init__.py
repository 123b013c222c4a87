from .kpis import KpiLine
from .returns import (
    COVERS_THE_AWARD,
    MonitoringReturn,
    OutcomeResult,
    OutputResult,
    ProjectReport,
    ReturnQuery,
    ReturnReview,
    ReturnVersion,
    SpendLine,
)
from .workbooks import IndicatorValue, ReturnUpload, WarningReason

__all__ = [
    "COVERS_THE_AWARD",
    "IndicatorValue",
    "KpiLine",
    "MonitoringReturn",
    "OutcomeResult",
    "OutputResult",
    "ProjectReport",
    "ReturnQuery",
    "ReturnReview",
    "ReturnUpload",
    "ReturnVersion",
    "SpendLine",
    "WarningReason",
]
