"""Forms of what follows a year or the end of an award."""

from django import forms

from records.formfields import GovDateField, GovField, GovRadios, MoneyField

from ..enums import ContinuationChoice, ContinuationKind
from ..models import Round
from ..queries.continuations import CHOICES_OF
from .acting import ActForm, long_text

GO_ON, REAPPLY, END = ContinuationChoice.GO_ON, ContinuationChoice.REAPPLY, ContinuationChoice.END
LABELS = {
    ContinuationKind.CONTINUATION: {GO_ON: "The award goes on into the year", END: "The award ends with this year"},
    ContinuationKind.EXTENSION: {
        GO_ON: "Extend the award",
        REAPPLY: "The recipient applies again",
        END: "The award ends, with nothing after it",
    },
}
HINTS = {
    GO_ON: "Enter the sum and the purpose below.",
    REAPPLY: "Name the round below, or leave it empty where it is still to come.",
    END: "The recipient is told, with your reason.",
}


def choices_for(continuation):
    """What can be chosen here, in words."""
    kind = ContinuationKind(continuation.kind)
    return [(choice.value, LABELS[kind][choice]) for choice in CHOICES_OF[kind]]


class CaseForm(ActForm):
    """The business case for the time to come, as its recipient writes it."""

    button = "Save"
    need = long_text("Why is the work still needed?", required=False)
    plans_for_year = long_text("What is planned for that time?", required=False)
    asked_amount = MoneyField(label="Sum needed for that time", required=False)
    changes = long_text(
        "What changed?",
        required=False,
        rows=3,
        help_text="Needed where you ask for more than the award sets apart. Say what the extra money is for.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def rows(self):
        return ["need", "plans_for_year", GovField("asked_amount", width=10), "changes", "version"]


class SendForm(ActForm):
    """The declaration before a business case is sent."""

    button = "Send the business case"
    agrees = forms.BooleanField(
        label="What this business case says is true as far as I know, and the organisation agrees to send it",
        error_messages={"required": "Confirm that it is true and that the organisation agrees"},
    )


class AskForm(ActForm):
    """By when a recipient is asked for a business case, and why."""

    button = "Ask the recipient"
    due_on = GovDateField(label="Day the business case is due", noun="day the business case is due")
    reason = long_text("Why it is asked for", required=False, rows=3, help_text="Kept in the history.")


class AdviceForm(ActForm):
    """What officers recommend, and why."""

    button = "Give this advice"
    recommended = forms.ChoiceField(label="What do you recommend?", widget=GovRadios)
    amount = MoneyField(label="Sum recommended for that time", required=False, help_text="Only where it goes on.")
    advice = long_text("Advice to the decider")

    def __init__(self, *args, continuation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["recommended"].choices = choices_for(continuation)

    def rows(self):
        return ["recommended", GovField("amount", width=10), "advice"]


class CommentForm(ActForm):
    """The chief finance officer's comment."""

    button = "Save the comment"
    comment = long_text(
        "Comment on the money", help_text="Affordability, source of funds, value and any financial risk."
    )


class DecideForm(ActForm):
    """The decision, with its purpose and reason."""

    button = "Check this decision"
    choice = forms.ChoiceField(label="What do you decide?", widget=GovRadios(hints=HINTS))
    amount = MoneyField(label="Sum for that time", required=False, help_text="Only where it goes on.")
    conditions = long_text("Conditions", required=False, rows=3, help_text="Leave empty where there are none.")
    purpose = long_text(
        "Purpose of the spend",
        required=False,
        rows=3,
        help_text="Published with the decision. Needed where it goes on.",
    )
    round = forms.ModelChoiceField(
        label="Round to apply in",
        queryset=Round.objects.none(),
        required=False,
        empty_label="A round that is to come",
        help_text="Only where the recipient applies again.",
    )
    reason = long_text("Reason for the decision", help_text="Published with the decision.")
    interests = long_text("Interests you declare", required=False, rows=2, help_text="Leave empty if you have none.")
    is_key = forms.BooleanField(label="This is a key decision: it gets the next notice number", required=False)

    def __init__(self, *args, continuation, rounds, **kwargs):
        self.continuation = continuation
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = choices_for(continuation)
        if continuation.is_extension:
            self.fields["round"].queryset = rounds

    def rows(self):
        names = ["choice", GovField("amount", width=10), "conditions", "purpose", "round", "reason", "interests"]
        return [name for name in [*names, "is_key"] if name != "round" or self.continuation.is_extension]

    def clean(self):
        answers = self.cleaned_data
        if answers.get("choice") == GO_ON:
            self.need("purpose", "Enter the purpose of the spend")
            if self.continuation.sum_in_question is not None:
                self.need("amount", "Enter the sum")
        else:
            answers["amount"], answers["conditions"], answers["purpose"] = None, "", ""
        if answers.get("choice") != REAPPLY:
            answers["round"] = None
        return answers
