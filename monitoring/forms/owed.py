"""What officers are asked for when they act on many returns at once."""

from django import forms

from records.formfields import GovDateField, GovField, GovForm

from .reviews import PlainHelper


class ExtendForm(GovForm):
    """A new day, or so many working days more; always with a reason."""

    due_on = GovDateField(label="New due day", noun="new due day", required=False)
    working_days = forms.IntegerField(
        label="Or so many working days more",
        help_text="Counted from the day each return is due now.",
        min_value=1,
        max_value=130,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label="Reason",
        help_text="The recipients read these words.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Enter the reason"},
    )

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].earliest = on
        self.helper = PlainHelper("due_on", GovField("working_days", width=4), "reason")

    def clean(self):
        given = super().clean()
        wrong = self.errors.keys() & {"due_on", "working_days"}
        if not wrong and bool(given.get("due_on")) == bool(given.get("working_days")):
            self.add_error("due_on", "Enter a new due day, or a number of working days, and not both")
        return given
