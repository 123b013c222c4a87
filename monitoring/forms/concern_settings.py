"""The procedure as data: who handles restricted complaints, and the stages (P2)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from accounts.models import User
from plans.enums import StageAnsweredBy
from records.formfields import GovField, GovForm

from ..queries import concerns as queries
from .concern_typing import typed_words


class ContactForm(GovForm):
    """Who handles restricted complaints of one sort."""

    officer = forms.ModelChoiceField(label="Named officer", queryset=User.objects.none())
    deputy = forms.ModelChoiceField(label="Deputy", queryset=User.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = self.fields["deputy"].queryset = queries.office_people()
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", "Save"))


class LevelForm(GovForm):
    """One stage of the procedure."""

    name = forms.CharField(label="Name of the stage", max_length=120)
    answered_by = forms.ChoiceField(label="Who answers", choices=StageAnsweredBy.choices)
    acknowledge_days = forms.IntegerField(label="Working days to acknowledge it", min_value=1, max_value=120)
    answer_days = forms.IntegerField(label="Working days to answer it", min_value=1, max_value=120)
    guidance = typed_words("Guidance for who answers", required=False, longest=2000)
    reason = typed_words("Why?", "It stays in the history.", longest=1000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "name",
            "answered_by",
            GovField("acknowledge_days", width=3),
            GovField("answer_days", width=3),
            GovField("guidance", rows=4),
            GovField("reason", rows=3),
        )
        self.helper.add_input(Submit("save", "Save the stage"))
