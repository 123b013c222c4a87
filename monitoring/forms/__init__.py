"""Forms of returns: for those who write them and for those who read them."""

from .answers import SectionForms
from .corrections import InsteadForm, ReopenForm
from .owed import ExtendForm
from .reviews import (
    LONGEST_SECTION,
    AnswerForm,
    AskForm,
    QuestionFormSet,
    ReasonForm,
    ReviewForm,
    sections_of,
)
from .sections import CertifyForm, ReasonsForm, UploadForm, about_of, name_of_box

__all__ = [
    "LONGEST_SECTION",
    "AnswerForm",
    "AskForm",
    "CertifyForm",
    "ExtendForm",
    "InsteadForm",
    "QuestionFormSet",
    "ReasonForm",
    "ReasonsForm",
    "ReopenForm",
    "ReviewForm",
    "SectionForms",
    "UploadForm",
    "about_of",
    "name_of_box",
    "sections_of",
]
