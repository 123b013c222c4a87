"""What people type about standards: evidence, answers, waivers, notes, payees, kinds."""

from django import forms

from records.formfields import FilesField, GovDateField, GovRadios

from ..models import RuleSet
from .plan import PlanForm, reason_field
from .rule_rows import whole

ACCEPT, REFUSE = "accept", "refuse"


def long_words(label, help_text="", *, required=True, longest=5000):
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=longest, widget=forms.Textarea
    )


class SendStandardForm(PlanForm):
    """Evidence of a standard with its days and files."""

    rows = {"note": 3}
    submit = "Send the evidence"
    title = forms.CharField(
        label="What it is", max_length=200, help_text="For example, Safeguarding policy, version 3, agreed by trustees."
    )
    starts_on = GovDateField(label="Holds from", required=False, help_text="Leave it empty where no day is named.")
    expires_on = GovDateField(label="Holds until", required=False, help_text="The day it ends or must be reviewed.")
    uploads = FilesField(label="Files", help_text="One or several files: PDF, Word, Excel, PNG, JPG, CSV or text.")
    note = long_words("Anything the officer should know (optional)", required=False, longest=2000)

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        if kind.must_expire:
            self.fields["expires_on"].required = True
            self.fields["expires_on"].error_messages["required"] = "Enter the day the evidence ends"
            self.fields[
                "expires_on"
            ].help_text = "The day it ends or must be reviewed. This standard has to be renewed."


class CheckStandardForm(PlanForm):
    """Accepted, or refused with a reason."""

    rows = {"answer": 4}
    submit = "Save your answer"
    choice = forms.ChoiceField(
        label="Does this evidence show that the standard is held?",
        choices=[(ACCEPT, "Yes, accept it"), (REFUSE, "No, refuse it")],
        widget=GovRadios(hints={REFUSE: "Say why below. The organisation is asked for other evidence."}),
    )
    answer = long_words("What you saw, or why it is not accepted", "The organisation reads it.", required=False)

    def clean(self):
        given = super().clean()
        if given.get("choice") == REFUSE and not given.get("answer", "").strip():
            self.add_error("answer", "Say why the evidence is not accepted")
        return given


class StandardReasonForm(PlanForm):
    """Only a reason."""

    rows = {"reason": 4}
    reason = long_words("Reason", "Kept in the history.", longest=2000)

    def __init__(self, *args, submit="Save", **kwargs):
        self.submit = submit
        super().__init__(*args, **kwargs)


class WaiveStandardForm(PlanForm):
    """Why a standard may rest, and for how long."""

    rows = {"reason": 4}
    submit = "Waive the standard"
    reason = long_words("Why it may rest", "The organisation reads it.", longest=2000)
    starts_on = GovDateField(label="From", noun="first day")
    ends_on = GovDateField(label="Until", noun="last day", help_text="Money may go out until then.")
    rule_set = forms.ModelChoiceField(
        RuleSet.objects.none(), label="For awards under", required=False, empty_label="Everything funded"
    )

    def __init__(self, *args, rule_sets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule_set"].queryset = rule_sets


class DueDiligenceForm(PlanForm):
    """What was looked into, and what was found."""

    rows = {"found": 6}
    submit = "Keep the note"
    on = GovDateField(label="Day you looked", noun="day you looked")
    looked_at = forms.CharField(
        label="What you looked at", max_length=300, help_text="For example, the last accounts at the charity regulator."
    )
    found = long_words("What you found", "Only the office reads it. A note is never edited: write another.")
    is_worry = forms.BooleanField(label="This is a worry that whoever decides should know", required=False)


class PayeeCheckForm(PlanForm):
    """That the body that is paid was verified."""

    submit = "Record the check"
    on = GovDateField(label="Day of the check", noun="day of the check")
    how = forms.CharField(
        label="How it was verified",
        max_length=300,
        help_text="For example, a call to a number known before. Never enter account numbers here.",
    )
    finance_reference = forms.CharField(
        label="Number in the finance system (optional)", required=False, max_length=60, help_text="The supplier number."
    )


class StandardKindForm(PlanForm):
    """One kind of standard that rules may ask for."""

    rows = {"guidance": 5, "reason": 3}
    name = forms.CharField(label="Name", max_length=120, help_text="For example, Public liability insurance.")
    guidance = long_words("What counts as evidence (optional)", "Organisations read it.", required=False)
    must_expire = forms.BooleanField(label="The evidence always has a day it ends", required=False)
    lasts_months = whole(
        "It usually holds for so many months (optional)", "It fills in the day it ends.", low=1, high=120
    )
    order = whole("Place in the list", high=999)
    reason = reason_field()

    def clean_order(self):
        return self.cleaned_data["order"] or 0
