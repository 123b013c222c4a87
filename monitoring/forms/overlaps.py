"""What an officer says when judging a pair of work (C7)."""

from crispy_forms.layout import Submit
from django import forms

from records.formfields import GovForm

from .reviews import PlainHelper


class JudgeForm(GovForm):
    """The reason, which stays with the pair."""

    reason = forms.CharField(
        label="Why?",
        help_text="Colleagues who meet this pair later read it.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Write why"},
    )

    def __init__(self, *args, button, style="", **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = PlainHelper("reason")
        self.helper.form_tag = True
        self.helper.add_input(Submit("act", button, css_class=style))
