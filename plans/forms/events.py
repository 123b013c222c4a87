"""What officers enter about events whose day may move (V5)."""

from django import forms

from records.formfields import GovDateField

from .plan import PlanForm


class HappenedForm(PlanForm):
    """The day an event happened, and how that is known."""

    rows = {"evidence": 3}
    submit = "Record that it happened"
    happened_on = GovDateField(label="Day it happened")
    evidence = forms.CharField(
        label="How is it known?", max_length=500, widget=forms.Textarea,
        help_text="Where the result stands, or who confirmed it. Kept in the history.",
        error_messages={"required": "Write how it is known"},
    )  # fmt: skip
