"""What is typed for each act on a complaint (P2)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from accounts.models import Organisation, User
from grants.models import Award
from plans.enums import StageAnsweredBy
from plans.models import ConcernLevel
from records.formfields import GovDateField, GovField, GovForm, GovRadios
from services.models import Contract

from ..enums import ConcernOutcome, ConcernTheme, Restriction
from ..queries import concerns as queries
from .concern_typing import checked_upload, typed_line, typed_words


class ActForm(GovForm):
    """A form of one act: its fields in order under one button."""

    button = "Save"

    def __init__(self, *args, concern, **kwargs):
        super().__init__(*args, **kwargs)
        self.concern = concern
        self.begin()
        self.helper = FormHelper()
        long = {name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)}
        self.helper.layout = Layout(*(GovField(name, rows=5) if name in long else name for name in self.fields))
        self.helper.add_input(Submit("act", self.button))

    def begin(self):
        """Fill in what depends on the complaint."""


class ReasonForm(ActForm):
    reason = typed_words("Why?", "It stays in the history of the complaint.", longest=2000)


class AboutForm(ActForm):
    """What a complaint is about."""

    theme = forms.ChoiceField(label="Theme", choices=ConcernTheme.choices)
    organisation = forms.ModelChoiceField(
        label="Organisation it is about", queryset=Organisation.objects.none(), required=False, to_field_name="key",
        empty_label="Not known, or none",
    )  # fmt: skip
    reference = typed_line(
        "Reference of the award or contract", "For example AW-2020-001. Leave it empty if it is about neither.",
        longest=20,
    )  # fmt: skip

    def begin(self):
        self.fields["organisation"].queryset = Organisation.objects.order_by("name", "pk")
        linked = self.concern.award or self.concern.contract
        self.initial.setdefault("theme", self.concern.theme)
        self.initial.setdefault("organisation", self.concern.organisation and self.concern.organisation.key)
        self.initial.setdefault("reference", linked.reference if linked else "")

    def clean(self):
        cleaned = super().clean()
        reference = cleaned.pop("reference", "").strip().upper()
        cleaned["award"] = cleaned["contract"] = None
        if reference:
            cleaned["award"] = Award.objects.filter(reference=reference).first()
            if cleaned["award"] is None:
                cleaned["contract"] = Contract.objects.filter(reference=reference).first()
            if cleaned["award"] is None and cleaned["contract"] is None:
                self.add_error("reference", "No award or contract has this reference")
            elif not cleaned.get("organisation"):
                linked = cleaned["award"]
                cleaned["organisation"] = linked.recipient if linked else cleaned["contract"].provider
        return cleaned


class DescribeForm(AboutForm):
    reason = typed_words("Why does it change?", longest=1000)


class TakeUpForm(AboutForm):
    """Take a complaint up at a stage of the procedure."""

    button = "Take it up and acknowledge it"
    level = forms.ModelChoiceField(
        label="Stage it begins at", queryset=ConcernLevel.objects.none(), widget=GovRadios, empty_label=None
    )
    words = typed_words("Words for the acknowledgement", "The letter says who answers and by when.", required=False)

    def begin(self):
        super().begin()
        rows = ConcernLevel.objects.order_by("number")
        if not self.concern.may_tell_provider or self.concern.is_restricted:
            rows = rows.exclude(answered_by=StageAnsweredBy.PROVIDER)
        self.fields["level"].queryset = rows
        self.initial.setdefault("level", rows.first())


class AnswerForm(ActForm):
    button = "Send the answer"
    outcome = forms.ChoiceField(label="Is the complaint upheld?", choices=ConcernOutcome.choices, widget=GovRadios)
    answer = typed_words("Answer", "The complainant reads these words in a letter.", longest=8000)


class AcknowledgeForm(ActForm):
    button = "Send the acknowledgement"
    words = typed_words("Words for the acknowledgement", "The letter says who answers and by when.")


class ElsewhereForm(ActForm):
    button = "Tell the complainant"
    words = typed_words("Whom is it for, and how are they reached?", "The complainant reads these words in a letter.")


class RestrictForm(ActForm):
    """Who alone sees a complaint from now on."""

    button = "Restrict it to these two"
    restriction = forms.ChoiceField(
        label="Why is it restricted?", choices=[row for row in Restriction.choices if row[0] != Restriction.NONE]
    )
    officer = forms.ModelChoiceField(label="Named officer", queryset=User.objects.none())
    deputy = forms.ModelChoiceField(label="Deputy", queryset=User.objects.none())
    about_person = forms.ModelChoiceField(
        label="Who is complained of, if they have an account",
        queryset=User.objects.none(),
        required=False,
        help_text="They never see the complaint, and it stays restricted.",
    )
    reason = typed_words("Why?", "It stays in the history of the complaint.", longest=2000)

    def begin(self):
        people = queries.office_people()
        self.fields["officer"].queryset = self.fields["deputy"].queryset = people
        self.fields["about_person"].queryset = queries.may_be_complained_of(self.concern)
        concern = self.concern
        if concern.is_restricted:
            two = {"officer": concern.named_officer_id, "deputy": concern.deputy_id}
            self.initial = {**two, "restriction": concern.restriction, "about_person": concern.about_person_id}


class LearningForm(ActForm):
    button = "Agree the change"
    action = typed_line("What is to change?", longest=300, required=True)
    whose = forms.ChoiceField(
        label="Who makes the change?", choices=[("ORGANISATION", "The organisation"), ("OFFICE", "The office")],
        widget=GovRadios(inline=True),
    )  # fmt: skip
    due_on = GovDateField(label="Done by")

    def said(self):
        """What the action takes."""
        given = dict(self.cleaned_data)
        given["by_office"] = given.pop("whose") == "OFFICE"
        return given


class ResultForm(ActForm):
    button = "Mark as done"
    result = typed_words("What was done, and what came of it?", longest=4000)


class FileForm(ActForm):
    button = "Add the file"
    upload = forms.FileField(label="File")

    def clean_upload(self):
        return checked_upload(self.cleaned_data.get("upload"))
