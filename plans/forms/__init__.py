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
from .questions import AnswersPreview, ConditionForm, QuestionForm
from .reporting import DropReportingForm, PreviewForm, ReportingRuleForm
from .rule_rows import (
    ApprovalForm,
    AskedForm,
    CriterionForm,
    FormulaForm,
    InstalmentForm,
    LimitForm,
    LotForm,
    MatchForm,
    RequiredStandardForm,
    StageForm,
    WeightForm,
)
from .rule_settings import (
    SETTINGS_FORMS,
    MakeVersionForm,
    QuestionSetForm,
    RemoveRowForm,
    StartQuestionSetForm,
    StartRuleSetForm,
    StartTermsForm,
    TermsTextForm,
)

# The form of each kind of row, by the name the registry of kinds gives it.
ROW_FORMS = {
    form.part: form
    for form in (
        LimitForm,
        MatchForm,
        LotForm,
        FormulaForm,
        WeightForm,
        StageForm,
        CriterionForm,
        InstalmentForm,
        ApprovalForm,
        AskedForm,
        RequiredStandardForm,
        QuestionForm,
        ConditionForm,
    )
}

__all__ = [
    "ROW_FORMS",
    "SETTINGS_FORMS",
    "AnswersPreview",
    "DelegationForm",
    "DropReportingForm",
    "FundingSourceForm",
    "LearningForm",
    "MakeVersionForm",
    "MoveEventForm",
    "PlanForm",
    "PreviewForm",
    "PriorityForm",
    "QuestionSetForm",
    "RemoveRowForm",
    "ReportingRuleForm",
    "SensitivePeriodForm",
    "StartQuestionSetForm",
    "StartRuleSetForm",
    "StartTermsForm",
    "StreamForm",
    "TermsTextForm",
]
