"""What people type in an extension decision: each act has its own short form (S2)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from records.formfields import GovDateField, GovField, GovForm, GovRadios, MoneyField

from ..enums import OFFERS, ExtensionOutcome

O = ExtensionOutcome  # noqa: E741 (the outcomes, many times over)
HINTS = {
    O.OFFER: "The provider is told at once by letter, and accepts or refuses.",
    O.OFFER_SHORTER: "For fewer months than the option allows. Enter how many below.",
    O.DECLINE: "The provider is told at once, by letter, on which day the contract ends.",
    O.DEFER: "Enter below what the decision waits for, and by which day you will make it.",
    O.LAPSE: "The right to extend is given up. The provider is told on which day the contract ends.",
    O.OUTSIDE: "Takes effect once a second approver, who is somebody else, agrees.",
}
WITH_OPTION = (O.OFFER, O.OFFER_SHORTER, O.DECLINE, O.DEFER, O.LAPSE)
WITHOUT_OPTION = (O.OUTSIDE, O.DECLINE, O.DEFER)
WILLING = [("yes", "Yes"), ("no", "No")]


def long_text(label, *, help_text="", required=True, max_length=4000):
    """A text area."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=max_length, widget=forms.Textarea
    )


class StepForm(GovForm):
    """A form that asks for what one act needs; `button` names the act."""

    button = "Save"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.rows())
        self.helper.add_input(Submit("act", self.button))

    def rows(self):
        return [
            GovField(name, rows=5) if isinstance(field.widget, forms.Textarea) else name
            for name, field in self.fields.items()
        ]

    def need(self, name, sentence):
        """Ask for a field that other answers make necessary."""
        if self.cleaned_data.get(name) in (None, "") and name not in self.errors:
            self.add_error(name, sentence)


class OpenForm(StepForm):
    """Why a case is opened by hand, and where no date is known by when it is to be decided."""

    button = "Open the case"
    decide_by = GovDateField(label="Decide by", help_text="The steps are counted back from this day.")
    reason = long_text("Why is it opened?", max_length=1000)

    def __init__(self, *args, known=None, **kwargs):
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["decide_by"]
            self.helper.layout = Layout(*self.rows())


class AskForm(StepForm):
    """The question to the provider."""

    button = "Send the letter"
    words = long_text("What do you ask the provider?", help_text="These words stand in the letter. It is no offer.")


class WillingForm(StepForm):
    """The provider's answer, before anything is decided."""

    button = "Send the answer"
    willing = forms.ChoiceField(
        label="Are you willing to go on?", choices=WILLING, widget=GovRadios(inline=True),
        error_messages={"required": "Say whether you are willing to go on"},
    )  # fmt: skip
    words = long_text("What else should the office know?", required=False, help_text="If you are not willing, say why.")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("willing") == "no":
            self.need("words", "Say why you are not willing to go on")
        return cleaned


class ReadyForm(StepForm):
    """What makes the evidence complete."""

    button = "The evidence is ready"
    lapse_effect = long_text(
        "What would it mean if the contract were not extended?",
        help_text="For the people who use the service, and for what else the office pays for. It stands in the pack.",
    )


class CommentForm(StepForm):
    """The chief finance officer on the money."""

    button = "Save the comment"
    words = long_text("Your comment on the money", help_text="It stands in the register with the decision.")


class ReasonForm(StepForm):
    """Only a reason."""

    reason = long_text("Reason", max_length=1000)

    def __init__(self, *args, button, label, **kwargs):
        self.button = button
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class DecideForm(StepForm):
    """The decision, with what each outcome needs."""

    button = "Make this decision"
    outcome = forms.ChoiceField(
        label="What do you decide?", widget=GovRadios(hints=HINTS),
        error_messages={"required": "Select what you decide"},
    )  # fmt: skip
    months = forms.IntegerField(label="Months", required=False, min_value=1, help_text="Only for a shorter extension.")
    ends_on = GovDateField(label="New last day of the contract", required=False)
    amount = MoneyField(
        label="Value of the extension", required=False, help_text="In pounds, for the whole time it would run."
    )
    purpose = long_text("Purpose of the spend", required=False, help_text="Needed to extend. Published later.")
    legal_basis = long_text(
        "Legal basis", required=False, help_text="The provision that allows a contract to go on beyond its terms."
    )
    question = long_text("What does the decision wait for?", required=False, help_text="Only to decide later.")
    defer_until = GovDateField(label="You will decide by", required=False)
    reason = long_text("Reason for the decision", help_text="Published later with the decision.")
    interests = long_text("Interests you declare", required=False, help_text="Leave empty if you have none.")
    is_key = forms.BooleanField(label="This is a key decision: it gets the next notice number", required=False)

    def __init__(self, *args, case, safe, **kwargs):
        self.case = case
        super().__init__(*args, **kwargs)
        outcomes = WITH_OPTION if case.option_id else WITHOUT_OPTION
        named = {} if case.option_id else {O.DECLINE: "Do not extend it"}
        self.fields["outcome"].choices = [(outcome, named.get(outcome, outcome.label)) for outcome in outcomes]
        for name in ("ends_on", "legal_basis") if case.option_id else ("months",):
            del self.fields[name]
        self.fields["defer_until"].help_text = f"Only to decide later. The last safe day is {safe}."
        self.helper.layout = Layout(*self.rows())

    def rows(self):
        widths = {"months": 3, "amount": 10}
        rows = {"purpose": 3, "question": 3, "legal_basis": 3, "reason": 5, "interests": 2}
        return [
            GovField(name, width=widths[name]) if name in widths else GovField(name, rows=rows[name])
            if name in rows else name
            for name in self.fields
        ]  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        outcome = cleaned.get("outcome")
        if outcome in OFFERS or outcome == O.OUTSIDE:
            self.need("amount", "Enter the value of the extension")
            self.need("purpose", "Enter the purpose of the spend")
        if outcome == O.OFFER_SHORTER:
            self.need("months", "Enter how many months you offer")
        if outcome == O.OUTSIDE:
            self.need("ends_on", "Enter the new last day of the contract")
            self.need("legal_basis", "Enter the legal basis")
        if outcome == O.DEFER:
            self.need("question", "Enter what the decision waits for")
            self.need("defer_until", "Enter the day by which you will decide")
        return cleaned


class ReplyForm(StepForm):
    """The provider's answer to an offer."""

    button = "Send the answer"
    answer = forms.ChoiceField(
        label="Do you accept the extension?", choices=[("yes", "Yes, accept it"), ("no", "No, refuse it")],
        widget=GovRadios(), error_messages={"required": "Say whether you accept the extension"},
    )  # fmt: skip
    words = long_text("Your words to the office", required=False, help_text="If you refuse, say why.")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == "no":
            self.need("words", "Say why you refuse")
        return cleaned


class SecondForm(StepForm):
    """The second approver's answer."""

    button = "Save the answer"
    answer = forms.ChoiceField(
        label="Do you agree?", choices=[("yes", "Yes, the contract runs on"), ("no", "No, it goes back")],
        widget=GovRadios(), error_messages={"required": "Say whether you agree"},
    )  # fmt: skip
    reason = long_text("If not, why?", required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == "no":
            self.need("reason", "Say why you do not agree")
        return cleaned


class NoticeForm(StepForm):
    """The notice that was published, or why none is needed."""

    button = "Save"
    needed = forms.ChoiceField(
        label="Was a notice published?", choices=[("yes", "Yes"), ("no", "No, none is needed")],
        widget=GovRadios(), error_messages={"required": "Say whether a notice was published"},
    )  # fmt: skip
    reference = forms.CharField(label="Reference of the notice", required=False, max_length=60)
    published_on = GovDateField(label="Published on", required=False)
    reason = long_text(
        "Why is none needed?", required=False, help_text="Say who advised so. Only if none is needed.", max_length=1000
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("needed") == "yes":
            self.need("reference", "Enter the reference of the notice")
            self.need("published_on", "Enter the day the notice was published")
        elif cleaned.get("needed") == "no":
            self.need("reason", "Say why no notice is needed")
        return cleaned
