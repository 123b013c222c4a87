"""The plain form behind one act: its fields, one button, a way back."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from records.formfields import GovField, GovForm

LONG = 4000


def long_text(label, *, help_text="", required=True, rows=5, max_length=LONG):
    """A text area with a count."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=max_length,
        widget=forms.Textarea({"rows": rows}),
    )


class ActForm(GovForm):
    """A form that asks for what one action needs; `button` names the act."""

    button = "Save"
    style = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.rows())
        self.helper.add_input(Submit("act", self.button, css_class=self.style))

    def rows(self):
        return [GovField(name) for name in self.fields]

    def need(self, name, sentence):
        """Ask for a field that other answers make necessary."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, sentence)


class ReasonForm(ActForm):
    """Only a reason; `button`, `style` and the question are given by the view."""

    reason = long_text("Reason")

    def __init__(self, *args, button="Save", style="", label="Reason", help_text="", **kwargs):
        self.button, self.style = button, style
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = help_text
