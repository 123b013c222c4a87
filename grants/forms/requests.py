"""What a recipient types to ask for a change of an award, and the office to answer it."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from plans.enums import RequestKind
from records.enums import DecisionOutcome
from records.formfields import GovDateField, GovField, GovForm, GovRadios

from ..queries.changes import day_of
from .acting import ActForm, long_text

HINTS = {
    RequestKind.TIME: "The award ends later. Its sum stays as it is.",
    RequestKind.MONEY: "Between the lines of one project’s budget. Its sum stays as it is.",
    RequestKind.OUTPUTS: "Other figures to reach, something new, or something that is no longer delivered.",
    RequestKind.PARTNER: "Somebody else delivers with you or for you.",
    RequestKind.PURPOSE: "The money is spent on something else than it was approved for.",
    RequestKind.SUSPENSION: "Work stops for a time. Nothing is paid while it does.",
    RequestKind.EARLY_END: "The award ends sooner. What is not paid by then is cancelled.",
}


class KindForm(ActForm):
    """What should change."""

    button = "Continue"
    kind = forms.ChoiceField(label="What should change?", choices=RequestKind.choices, widget=GovRadios(hints=HINTS))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.form_method = "get"
        self.helper.disable_csrf = True


class RequestForm(GovForm):
    """The words every request has; `after` and the other fields come from the kinds below."""

    button = "Save and see what follows"
    reason = long_text("Why is the change needed?", help_text="What has happened, and what it means for people.")

    def __init__(self, *args, standing, wanted=None, reason="", on=None, **kwargs):
        self.standing, self.wanted, self.on = standing, wanted or {}, on
        super().__init__(*args, **kwargs)
        self.fields["reason"].initial = reason
        changed = self.add_fields()
        self.helper = FormHelper()
        self.helper.layout = Layout(*changed, GovField("reason", rows=5))
        self.helper.add_input(Submit("save", self.button))

    def add_fields(self):
        """The rows about what changes."""
        raise NotImplementedError

    def after(self):
        """What stands afterwards, in the shape of `standing`."""
        raise NotImplementedError


class TimeForm(RequestForm):
    """Another last day."""

    label = "Day the award should end on"

    def add_fields(self):
        now = self.standing["ends_on"]
        self.fields["ends_on"] = GovDateField(
            label=self.label,
            noun="day the award should end on",
            help_text=f"The award now ends on {day_of(now)}.",
            initial=self.wanted.get("ends_on"),
        )
        return ["ends_on"]

    def after(self):
        return {"ends_on": self.cleaned_data["ends_on"].isoformat()}


class PauseForm(RequestForm):
    """Until when."""

    def add_fields(self):
        self.fields["until"] = GovDateField(
            label="Paused until",
            noun="day until which it is paused",
            help_text="The pause begins when the office agrees to it.",
            initial=self.wanted.get("until"),
        )
        return ["until"]

    def after(self):
        return {"until": self.cleaned_data["until"].isoformat()}


class PurposeForm(RequestForm):
    """Other words for what the money is for."""

    def add_fields(self):
        words = self.wanted.get("purpose", self.standing["purpose"])
        self.fields["purpose"] = long_text("What should the money be spent on?")
        self.fields["purpose"].initial = words
        return [GovField("purpose", rows=6)]

    def after(self):
        return {"purpose": self.cleaned_data["purpose"].strip()}


class AnswerForm(ActForm):
    """What is decided on a request, and why."""

    button = "Record the decision"
    outcome = forms.ChoiceField(
        label="Decision",
        choices=[(DecisionOutcome.APPROVED, "Approve the change"), (DecisionOutcome.DECLINED, "Refuse it")],
        widget=GovRadios(
            hints={
                DecisionOutcome.APPROVED: "It becomes part of the award at once.",
                DecisionOutcome.DECLINED: "The award stays as it is.",
            }
        ),
    )
    answer = long_text("Reason", help_text="The recipient reads it in the letter.")
