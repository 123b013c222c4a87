"""What officers type about the plan."""

from .plan import (
    DelegationForm,
    FundingSourceForm,
    LearningForm,
    MoveEventForm,
    PlanForm,
    PriorityForm,
    SensitivePeriodForm,
    StreamForm,
)
from .reporting import DropReportingForm, PreviewForm, ReportingRuleForm

__all__ = [
    "DelegationForm",
    "DropReportingForm",
    "FundingSourceForm",
    "LearningForm",
    "MoveEventForm",
    "PlanForm",
    "PreviewForm",
    "PriorityForm",
    "ReportingRuleForm",
    "SensitivePeriodForm",
    "StreamForm",
]
