"""Forms of returns: for those who write them and for those who read them."""

from .answers import SectionForms
from .owed import ExtendForm
from .reviews import (
    AnswerForm,
    AskForm,
    QuestionFormSet,
    ReasonForm,
    ReviewForm,
)
from .sections import CertifyForm, ReasonsForm, UploadForm, about_of, name_of_box

__all__ = [
    "AnswerForm",
    "AskForm",
    "CertifyForm",
    "ExtendForm",
    "QuestionFormSet",
    "ReasonForm",
    "ReasonsForm",
    "ReviewForm",
    "SectionForms",
    "UploadForm",
    "about_of",
    "name_of_box",
]
