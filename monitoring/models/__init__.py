from .returns import (
    COVERS_THE_AWARD,
    MonitoringReturn,
    OutcomeResult,
    OutputResult,
    ProjectReport,
    ReturnQuery,
    ReturnVersion,
    SpendLine,
)

__all__ = [
    "COVERS_THE_AWARD",
    "MonitoringReturn",
    "OutcomeResult",
    "OutputResult",
    "ProjectReport",
    "ReturnQuery",
    "ReturnVersion",
    "SpendLine",
]
