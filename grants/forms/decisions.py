"""Forms of decisions: the decision itself, and the applicant's answer to a question."""

from django import forms

from records.enums import APPROVING, DecisionOutcome
from records.formfields import GovField, GovRadios, MoneyField

from .acting import ActForm, long_text

O = DecisionOutcome  # noqa: E741 (the outcomes, many times over)
HINTS = {
    O.APPROVED: "The whole sum asked for.",
    O.APPROVED_LOWER: "Less than was asked for. Enter the sum below.",
    O.APPROVED_CONDITIONS: "Enter the sum and the conditions below.",
    O.DEFERRED: "The applicant answers your question first; the project then comes back to you.",
    O.DECLINED: "Nothing is funded.",
    O.RETAINED: "The office takes the sum out of this allocation and keeps it for itself.",
}


class DecisionForm(ActForm):
    """One decision on one project, with its purpose and reason."""

    button = "Check this decision"
    outcome = forms.ChoiceField(label="What do you decide?", choices=O.choices, widget=GovRadios(hints=HINTS))
    amount = MoneyField(label="Sum", required=False, min_value=None, help_text="Needed for a lower sum or conditions.")
    conditions = long_text("Conditions", required=False, rows=3, help_text="Only for an approval with conditions.")
    question = long_text("Question to the applicant", required=False, rows=3, help_text="Only for a deferral.")
    purpose = long_text(
        "Purpose of the spend", required=False, rows=3, help_text="Published with the decision. Needed for approval."
    )
    reason = long_text("Reason for the decision", help_text="Published with the decision.")
    interests = long_text(
        "Interests you declare", required=False, rows=2, help_text="Leave empty if you have none in this project."
    )
    is_key = forms.BooleanField(
        label="This is a key decision: it gets the next notice number and a decision notice", required=False
    )

    def __init__(self, *args, asked, **kwargs):
        self.asked = asked
        super().__init__(*args, **kwargs)
        self.fields["amount"].max_value = asked

    def rows(self):
        return [
            "outcome",
            GovField("amount", width=10),
            "conditions",
            "question",
            "purpose",
            "reason",
            "interests",
            "is_key",
        ]

    def clean(self):
        answers = self.cleaned_data
        outcome = answers.get("outcome")
        if outcome in (O.APPROVED, O.RETAINED) and not answers.get("amount"):
            answers["amount"] = self.asked
        if outcome in APPROVING:
            self.need("amount", "Enter the sum")
            self.need("purpose", "Enter the purpose of the spend")
        if outcome == O.APPROVED_CONDITIONS:
            self.need("conditions", "Enter the conditions")
        if outcome == O.DEFERRED:
            self.need("question", "Enter the question to the applicant")
        if outcome in (O.DEFERRED, O.DECLINED):
            answers["amount"] = None
        return answers


class AnswerForm(ActForm):
    """The applicant's answer to the question of a deferral."""

    button = "Send the answer"
    answer = long_text("Your answer")
