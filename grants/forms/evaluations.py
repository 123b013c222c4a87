"""Forms of evaluation: interests, findings, recommendation, comment on the money."""

from django import forms

from records.enums import APPROVING, DecisionOutcome
from records.formfields import GovField, GovRadios, MoneyField

from .acting import ActForm, long_text

OUTCOMES = [choice for choice in DecisionOutcome.choices if choice[0] != DecisionOutcome.DEFERRED]


class InterestForm(ActForm):
    """Has the person a tie to the applicant?"""

    button = "Declare"
    has_interest = forms.ChoiceField(
        label="Do you have an interest in this business case?",
        help_text="For example: you, your family or a close friend work for, own or belong to the applicant "
        "or a body that would deliver its projects.",
        choices=[("no", "No, I have no interest"), ("yes", "Yes, I have an interest")],
        widget=GovRadios,
        error_messages={"required": "Say whether you have an interest"},
    )
    details = long_text("What is your interest?", required=False, help_text="Only if you answered yes.", rows=3)

    def clean(self):
        if self.cleaned_data.get("has_interest") == "yes":
            self.need("details", "Say what your interest is")
        return self.cleaned_data

    def declared(self):
        """What the action asks for."""
        has_interest = self.cleaned_data["has_interest"] == "yes"
        return {"has_interest": has_interest, "details": self.cleaned_data["details"] if has_interest else ""}


class EvaluationForm(ActForm):
    """One officer's findings on one project."""

    button = "Save evaluation"
    need_found = long_text("Need and evidence", help_text="Is the need shown, and how strong is the evidence?")
    outcomes = long_text("Outcomes", help_text="Are they measured, with a baseline and a target that can be reached?")
    value_for_money = long_text("Value for money", help_text="Is the budget reasonable for what is delivered?")
    risks = long_text("Risks", required=False, rows=3)

    def found(self):
        """What the action asks for."""
        answers = dict(self.cleaned_data)
        return {"need": answers.pop("need_found"), **answers}


class RecommendationForm(ActForm):
    """The officers' advice on one project."""

    button = "Save recommendation"
    outcome = forms.ChoiceField(label="What do you recommend?", choices=OUTCOMES, widget=GovRadios)
    amount = MoneyField(
        label="Sum recommended", required=False, help_text="Needed where you recommend approval.", min_value=None
    )
    conditions = long_text(
        "Conditions", required=False, rows=3, help_text="Needed where you recommend approval with conditions."
    )
    advice = long_text("Advice to the decider")
    justification = long_text(
        "Why fund a project without priority or evidence?",
        required=False,
        rows=3,
        help_text="This project names neither a priority nor evidence, so an officer must justify it.",
    )

    def __init__(self, *args, asked, justify=False, **kwargs):
        self.asked = asked
        super().__init__(*args, **kwargs)
        self.fields["amount"].max_value = asked
        if not justify:
            del self.fields["justification"]
            self.helper.layout.fields.pop()

    def rows(self):
        return [GovField("outcome"), GovField("amount", width=10), "conditions", "advice", "justification"]

    def clean(self):
        answers = self.cleaned_data
        if answers.get("outcome") not in APPROVING:
            answers["amount"] = None
            return answers
        if answers.get("outcome") == DecisionOutcome.APPROVED and not answers.get("amount"):
            answers["amount"] = self.asked
        self.need("amount", "Enter the sum recommended")
        if answers.get("outcome") == DecisionOutcome.APPROVED_CONDITIONS:
            self.need("conditions", "Enter the conditions")
        return answers


class FinanceCommentForm(ActForm):
    """The chief finance officer's comment on one project."""

    button = "Save comment"
    comment = long_text(
        "Comment on the money", help_text="Affordability, source of funds, value and any financial risk."
    )
