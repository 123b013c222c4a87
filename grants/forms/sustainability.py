"""What is typed about what follows the funding."""

from django import forms

from records.formfields import GovDateField, GovField, GovRadios

from ..enums import SustainabilityOutcome
from .acting import ActForm, long_text


class InformForm(ActForm):
    """When the recipients of a stream were informed."""

    button = "Record it"
    told_on = GovDateField(
        label="Day on which the recipients were informed", noun="day on which the recipients were informed"
    )


class PlanForm(ActForm):
    """How the project is to go on."""

    button = "Save the plan"
    told_on = GovDateField(
        label="Day on which the recipient was informed", noun="day on which the recipient was informed", required=False
    )
    summary = long_text("How is the project to go on?", required=False, rows=6)


class ContactForm(ActForm):
    """One contact with the recipient."""

    button = "Record the contact"
    on = GovDateField(label="Day")
    who = forms.CharField(label="Whom you spoke to", max_length=200, help_text="Name or post.")
    note = long_text("What came of it", rows=4)

    def rows(self):
        return ["on", GovField("who", width="two-thirds"), GovField("note", rows=4)]


class ActionForm(ActForm):
    """Something to be done."""

    button = "Add the action"
    action = forms.CharField(label="What is to be done?", max_length=300)
    by_office = forms.ChoiceField(
        label="Who does it?",
        choices=[("no", "The recipient"), ("yes", "The office")],
        initial="no",
        widget=GovRadios(inline=True),
    )
    due_on = GovDateField(label="By when")

    def clean_by_office(self):
        return self.cleaned_data["by_office"] == "yes"


class MoveForm(ActForm):
    """Another day for an action."""

    button = "Move the day"
    due_on = GovDateField(label="New day", noun="new day")
    reason = long_text("Why does it move?", rows=3)


class DoneForm(ActForm):
    """What came of an action."""

    button = "Record it as done"
    done_on = GovDateField(label="Day it was done", noun="day it was done")
    result = long_text("What came of it", rows=4)


class OutcomeForm(ActForm):
    """How the project stands once its funding has ended."""

    button = "Close the plan"
    outcome = forms.ChoiceField(
        label="How does the project stand now?", choices=SustainabilityOutcome.choices, widget=GovRadios()
    )
    outcome_words = long_text("More about it", required=False, rows=4)
    closed_on = GovDateField(label="As at", noun="day")
