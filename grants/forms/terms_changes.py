"""What is typed about new terms of awards: whom they are put to, and the payee's answer."""

from django import forms

from records.formfields import GovCheckboxes, GovDateField, GovRadios

from .acting import ActForm, long_text

ACCEPT, REFUSE = "accept", "refuse"


class ProposeTermsForm(ActForm):
    """The awards, why the terms change, and until when to answer."""

    button = "Put the terms to these awards"
    awards = forms.ModelMultipleChoiceField(
        None, label="Awards", widget=GovCheckboxes(small=True), error_messages={"required": "Choose at least one award"}
    )
    reason = long_text("Why do the terms change?", help_text="The payee reads it in the letter.")
    answer_by = GovDateField(label="Answer by", noun="day to answer by")

    def __init__(self, *args, awards, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["awards"].queryset = awards
        self.fields["awards"].label_from_instance = self.in_words

    @staticmethod
    def in_words(award):
        rules = award.rule_set.name if award.rule_set else "No rules"
        return f"{award.reference}, {award.recipient.name}: {award.terms} ({rules})"


class AnswerTermsForm(ActForm):
    """Accepted with a position, or refused with a reason."""

    button = "Send the answer"
    choice = forms.ChoiceField(
        label="Your answer",
        choices=[(ACCEPT, "Accept the new terms"), (REFUSE, "Refuse them")],
        widget=GovRadios(
            hints={
                ACCEPT: "They bind the award from now on.",
                REFUSE: "The terms accepted before go on to hold. Say why below.",
            }
        ),
    )
    position = forms.CharField(
        label="Your position in the organisation", required=False, max_length=120, help_text="Needed to accept."
    )
    reason = long_text("Why you refuse", required=False, help_text="Needed to refuse. The office reads it.")

    def clean(self):
        given = super().clean()
        if given.get("choice") == ACCEPT:
            self.need("position", "Enter your position in the organisation")
        elif given.get("choice") == REFUSE:
            self.need("reason", "Say why you refuse")
        return given
