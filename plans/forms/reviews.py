"""What officers type about reviews of requirements."""

from django import forms

from records.formfields import GovDateField

from ..models import Stream
from .plan import PlanForm, reason_field


def words(label, *, required=True, help_text=""):
    return forms.CharField(label=label, required=required, max_length=5000, widget=forms.Textarea, help_text=help_text)


class OpenReviewForm(PlanForm):
    """A review of what a stream asks for."""

    rows = {"scope": 4}
    submit = "Open the review"
    stream = forms.ModelChoiceField(Stream.objects.none(), label="Funding stream", empty_label="Choose")
    title = forms.CharField(label="Title", max_length=200)
    scope = words("What is looked at", required=False)
    opened_on = GovDateField(label="Opened on", noun="day it was opened")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stream"].queryset = Stream.objects.select_related("plan").order_by("-plan__starts_on", "order")


class ReviewForm(PlanForm):
    """Title and scope, put right."""

    rows = {"scope": 4, "reason": 3}
    title = forms.CharField(label="Title", max_length=200)
    scope = words("What is looked at", required=False)
    reason = reason_field()


class FindingForm(PlanForm):
    """What was found, and the condition it becomes."""

    rows = {"finding": 5, "condition": 5}
    submit = "Save the finding"
    finding = words("What was found")
    condition = words(
        "The condition it becomes",
        required=False,
        help_text="As recipients will read it in the next terms. Leave empty if nothing is to be asked for.",
    )
    checked_by = forms.CharField(
        label="How it will be checked", required=False, max_length=300, help_text="For an audit visit."
    )


class TermsOfReviewForm(PlanForm):
    """Terms that the findings become part of."""

    submit = "Make the terms"
    like = forms.ModelChoiceField(None, label="Built upon", required=False, empty_label="Nothing: only the findings")
    title = forms.CharField(label="Title", max_length=200)
    version = forms.CharField(label="Version", max_length=20)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["like"].queryset = choices


class ConcludeForm(PlanForm):
    """What the review comes to."""

    rows = {"conclusion": 6}
    submit = "Conclude the review"
    conclusion = words("Conclusion")
    concluded_on = GovDateField(label="Concluded on", noun="day it was concluded")
