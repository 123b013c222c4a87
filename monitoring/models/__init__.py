from .returns import (
    MonitoringReturn,
    OutcomeResult,
    OutputResult,
    ProjectReport,
    ReturnQuery,
    ReturnVersion,
    SpendLine,
)

__all__ = [
    "MonitoringReturn",
    "OutcomeResult",
    "OutputResult",
    "ProjectReport",
    "ReturnQuery",
    "ReturnVersion",
    "SpendLine",
]
