"""What an officer types about the meetings of a contract (S4)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from records.formfields import GovDateField, GovField, GovForm, GovRadios

from ..enums import ActionStatus, MeetingKind
from ..rules.meetings import MOST

OFFICE, PROVIDER = "office", "provider"


def _layout(form, button, *rows):
    form.helper = FormHelper()
    form.helper.layout = Layout(*rows)
    form.helper.add_input(Submit("save", button))


class PlanForm(GovForm):
    """One meeting, or a series from a first day."""

    kind = forms.ChoiceField(
        label="Which meetings?",
        choices=[
            (MeetingKind.MONTHLY, "Every month"),
            (MeetingKind.QUARTERLY, "Every three months"),
            (MeetingKind.OTHER, "One meeting"),
        ],
        widget=GovRadios,
    )
    first_on = GovDateField(label="Day of the first meeting")
    count = forms.IntegerField(
        label="How many meetings?",
        min_value=1,
        max_value=MOST,
        required=False,
        help_text="Twelve monthly or four quarterly meetings make a year. Leave empty for one meeting.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _layout(self, "Show the days", "kind", "first_on", GovField("count", width=3))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == MeetingKind.OTHER:
            cleaned["count"] = 1
        elif not self.errors and not cleaned.get("count"):
            self.add_error("count", "Enter how many meetings to plan")
        return cleaned


class HoldForm(GovForm):
    """What was said, by whom, on which day."""

    held_on = GovDateField(label="Day it was held")
    present = forms.CharField(
        label="Who was there?", max_length=2000, widget=forms.Textarea, help_text="One person a line, with their post."
    )
    notes = forms.CharField(
        label="Notes",
        max_length=20000,
        widget=forms.Textarea,
        help_text="The provider reads them. Keep people’s private affairs out of them.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _layout(self, "Save the notes", "held_on", GovField("present", rows=4), GovField("notes", rows=12))


class CorrectForm(HoldForm):
    """Better words for the notes, and why."""

    reason = forms.CharField(label="Why do the notes change?", max_length=1000, widget=forms.Textarea)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["held_on"]
        _layout(
            self,
            "Save the correction",
            GovField("present", rows=4),
            GovField("notes", rows=12),
            GovField("reason", rows=3),
        )


class MoveForm(GovForm):
    """Another day for a meeting, and why."""

    planned_on = GovDateField(label="New day")
    reason = forms.CharField(
        label="Why does it move?", max_length=1000, widget=forms.Textarea, help_text="The provider reads these words."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _layout(self, "Move the meeting", "planned_on", GovField("reason", rows=3))


class CancelForm(GovForm):
    """Why a meeting is not held."""

    reason = forms.CharField(
        label="Why is it not held?", max_length=1000, widget=forms.Textarea, help_text="The provider reads these words."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _layout(self, "Cancel the meeting", GovField("reason", rows=3))


class ActionForm(GovForm):
    """Who does what by when."""

    does = forms.CharField(label="What is to be done?", max_length=300)
    whose = forms.ChoiceField(label="Who does it?", widget=GovRadios)
    owner = forms.CharField(label="Name or post", max_length=120, required=False)
    due_on = GovDateField(label="By when?")

    def __init__(self, *args, contract, **kwargs):
        super().__init__(*args, **kwargs)
        self.contract = contract
        choices = [(OFFICE, "The office")]
        if contract.provider_id:
            choices.append((PROVIDER, contract.provider.name))
        self.fields["whose"].choices = choices
        _layout(self, "Add the action", "does", "whose", "owner", "due_on")

    def given(self):
        """What the action takes."""
        told = dict(self.cleaned_data)
        whose = told.pop("whose")
        return {**told, "organisation": self.contract.provider if whose == PROVIDER else None}


class SettleForm(GovForm):
    """Done, or dropped with the reason."""

    status = forms.ChoiceField(
        label="What became of it?",
        choices=[(ActionStatus.DONE, "It is done"), (ActionStatus.DROPPED, "It is dropped")],
        widget=GovRadios,
    )
    settled_on = GovDateField(label="On which day?")
    words = forms.CharField(
        label="What was done, or why is it dropped?", max_length=1000, required=False, widget=forms.Textarea
    )

    def __init__(self, *args, may_drop, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_drop:
            del self.fields["status"]
            self.fields["words"].label = "What was done?"
        _layout(self, "Save", *(["status"] if may_drop else []), "settled_on", GovField("words", rows=3))

    def clean(self):
        cleaned = super().clean()
        cleaned.setdefault("status", ActionStatus.DONE.value)
        if cleaned["status"] == ActionStatus.DROPPED and not cleaned.get("words", "").strip():
            self.add_error("words", "Say why it is dropped")
        return cleaned


class ReopenForm(GovForm):
    """What is still to do."""

    reason = forms.CharField(label="What is still to do?", max_length=1000, widget=forms.Textarea)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _layout(self, "Open the action again", GovField("reason", rows=3))
