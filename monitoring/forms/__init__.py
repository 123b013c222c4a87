"""Forms of returns: for those who write them and for those who read them."""

from .reviews import (
    AnswerForm,
    AskForm,
    QuestionFormSet,
    ReasonForm,
    ReviewForm,
)
from .sections import ROWS, CertifyForm, SectionForms, UploadForm

__all__ = [
    "ROWS",
    "AnswerForm",
    "AskForm",
    "CertifyForm",
    "QuestionFormSet",
    "ReasonForm",
    "ReviewForm",
    "SectionForms",
    "UploadForm",
]
