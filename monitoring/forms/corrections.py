"""What officers are asked for when a return is opened again, or stands in for another."""

from django import forms

from grants.models import Instalment
from records.formfields import GovDateField, GovRadios
from records.words import pounds

from .reviews import PlainHelper, ReasonForm


class ReopenForm(ReasonForm):
    """Why a reviewed return is opened again, and by when it is owed."""

    due_on = GovDateField(label="By when shall it be sent again?", noun="due date")

    def __init__(self, *args, on, **kwargs):
        words = {"label": "Why is it opened again?", "hint": "The recipient reads these words."}
        super().__init__(*args, **words, **kwargs)
        self.fields["due_on"].earliest = on
        self.helper = PlainHelper("reason", "due_on")


class InsteadForm(ReasonForm):
    """Which waiting instalment a return meets in place of another, and why."""

    instalment = forms.ModelChoiceField(
        label="Which instalment?", queryset=Instalment.objects.none(), widget=GovRadios, empty_label=None
    )

    def __init__(self, *args, waiting, **kwargs):
        words = {"label": "Why does this return meet it?", "hint": "The reason stays in the history of the award."}
        super().__init__(*args, **words, **kwargs)
        field = self.fields["instalment"]
        field.queryset = Instalment.objects.filter(pk__in=[row.pk for row in waiting]).order_by("number")
        field.label_from_instance = instalment_words
        field.initial = waiting[0].pk
        self.helper = PlainHelper("instalment", "reason")


def instalment_words(row):
    """Instalment 2, £5,000: mid-year return found satisfactory."""
    return f"Instalment {row.number}, {pounds(row.amount)}: {row.get_condition_display().lower()}"
