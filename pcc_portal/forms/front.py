"""Forms of the front hall: a step of a ladder, reminders held, a check of the oversight register, advice."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from records import ladders, rules
from records.documents import why_not_upload
from records.enums import OFFICE_AUDIENCES, OWED_BY_OFFICE, Audience
from records.formfields import GovCheckboxes, GovDateField, GovField, GovForm, GovRadios
from records.models import LadderStep
from services.enums import CheckResult, ExtensionOutcome
from services.rules import extensions as extension_rules

BEFORE, ON, AFTER = "before", "on", "after"


class LadderStepForm(GovForm):
    """When a reminder goes out, to whom, and in which words."""

    timing = forms.ChoiceField(
        label="When does it go out?",
        choices=[(BEFORE, "Before the due day"), (ON, "On the due day"), (AFTER, "After the due day")],
        widget=GovRadios,
    )
    days = forms.IntegerField(
        label="How many working days before or after?",
        required=False,
        help_text="Leave it empty for the due day itself. Weekends and bank holidays are not counted.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    audiences = forms.MultipleChoiceField(label="Who is told?", choices=(), required=False, widget=GovCheckboxes)
    heading = forms.CharField(label="Subject of the e-mail", required=False)
    wording = forms.CharField(label="What it says", required=False, widget=forms.Textarea(attrs={"rows": 6}))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, kind, step=None, others=(), **kwargs):
        self.kind, self.others = kind, list(others)
        if step is not None:
            kwargs.setdefault("initial", self.first_values(step))
        super().__init__(*args, **kwargs)
        self.fields["timing"].error_messages["required"] = "Say when it goes out"
        self.fields["days"].widget.gov_width = "govuk-input--width-3"
        self.fields["days"].error_messages["invalid"] = "Give the number of working days in figures, like 5"
        self.fields["audiences"].error_messages["invalid_choice"] = "Choose from the groups listed."
        self.fields["audiences"].choices = [
            choice for choice in Audience.choices if kind not in OWED_BY_OFFICE or choice[0] in OFFICE_AUDIENCES
        ]

    @staticmethod
    def first_values(step):
        days = step.working_days
        return {
            "timing": BEFORE if days < 0 else AFTER if days else ON,
            "days": abs(days) or None,
            "audiences": step.audiences,
            "heading": step.heading,
            "wording": step.wording,
            "seen": step.mark,
        }

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        days = cleaned.get("days")
        if cleaned.get("timing") in (BEFORE, AFTER) and "days" in cleaned and (days is None or days < 1):
            self.add_error("days", f"Give a number of working days from 1 to {rules.LONGEST_LADDER}.")
        if "timing" not in cleaned or "days" not in cleaned:
            cleaned["working_days"] = 0
        else:
            cleaned["working_days"] = {BEFORE: -(days or 0), ON: 0, AFTER: days or 0}[cleaned["timing"]]
        cleaned["wording"] = cleaned.get("wording", "").replace("\r\n", "\n")
        for field, sentence in rules.wrong_with(self.step(), others=self.others).items():
            name = {"working_days": "timing" if cleaned.get("timing") == ON else "days"}.get(field, field)
            if name not in self.errors and "timing" not in self.errors:
                self.add_error(name, sentence)
        return cleaned

    def step(self):
        """The step as typed, not saved."""
        given = self.cleaned_data
        return LadderStep(
            kind=self.kind,
            working_days=given["working_days"],
            audiences=given.get("audiences", []),
            heading=given.get("heading", ""),
            wording=given.get("wording", ""),
        )

    @property
    def placeholders(self):
        """What may stand in braces, with what takes its place."""
        return [("{" + name + "}", meaning) for name, meaning in ladders.PLACEHOLDERS.items()]


class HoldForm(GovForm):
    """Until when reminders are held, and why."""

    until = GovDateField(
        label="Hold reminders until", noun="day they are held until", help_text="They go out again from this day."
    )
    reason = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": 3}), help_text="Kept on the record; not sent to anybody."
    )

    def __init__(self, *args, obligation, on, **kwargs):
        self.obligation, self.on = obligation, on
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = "Say why the reminders are held"

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if "until" in cleaned and "reason" in cleaned:
            sentence = rules.why_not_hold(self.obligation, until=cleaned["until"], reason=cleaned["reason"], on=self.on)
            if sentence:
                self.add_error("until" if cleaned["until"] <= self.on else "reason", sentence)
        return cleaned


class CheckForm(GovForm):
    """The answer to one check, with what was looked at."""

    result = forms.ChoiceField(label="Is it met?", choices=CheckResult.choices, widget=GovRadios(inline=True))
    evidence = forms.CharField(
        label="What did you look at, and what did you find?", max_length=4000, widget=forms.Textarea
    )
    upload = forms.FileField(label="A paper that shows it", required=False)

    def clean_upload(self):
        upload = self.cleaned_data.get("upload")
        if upload and (why := why_not_upload(upload)):
            raise forms.ValidationError(why)
        return upload

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("result", GovField("evidence", rows=6), "upload")
        self.helper.add_input(Submit("save", "Save the check"))


class AdviceForm(GovForm):
    """The officer's advice on an extension, which is frozen with the evidence."""

    recommended = forms.ChoiceField(label="What do you recommend?", widget=GovRadios)
    months = forms.IntegerField(
        label="Length in months",
        required=False,
        min_value=1,
        help_text="Only for a shorter extension.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    ends_on = GovDateField(
        label="New last day", required=False, help_text="Only for an extension outside the original terms."
    )
    legal_basis = forms.CharField(
        label="Legal basis",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed for an extension outside the original terms.",
    )
    lapse_effect = forms.CharField(
        label="What would it mean if the contract were not extended?", widget=forms.Textarea(attrs={"rows": 5})
    )
    advice = forms.CharField(label="Your advice, with reasons", widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args, case, on, **kwargs):
        self.case, self.on = case, on
        super().__init__(*args, **kwargs)
        beyond = {ExtensionOutcome.OUTSIDE, ExtensionOutcome.DECLINE, ExtensionOutcome.DEFER}
        offered = set(ExtensionOutcome) - {ExtensionOutcome.OUTSIDE} if case.option_id else beyond
        self.fields["recommended"].choices = [choice for choice in ExtensionOutcome.choices if choice[0] in offered]
        self.fields["months"].widget.gov_width = "govuk-input--width-3"
        self.fields["recommended"].error_messages["required"] = "Choose what you recommend"
        self.fields["recommended"].error_messages["invalid_choice"] = "Choose one of the outcomes listed"
        self.fields["lapse_effect"].error_messages["required"] = "Write what it would mean"
        self.fields["advice"].error_messages["required"] = "Write the advice"
        if case.option_id:
            del self.fields["ends_on"], self.fields["legal_basis"]
        else:
            del self.fields["months"]

    def clean(self):
        super().clean()
        given = self.cleaned_data
        given.setdefault("months", None)
        given.setdefault("ends_on", None)
        given.setdefault("legal_basis", "")
        if given.get("recommended") != ExtensionOutcome.OFFER_SHORTER:
            given["months"] = None
        if given.get("recommended") != ExtensionOutcome.OUTSIDE:
            given["ends_on"], given["legal_basis"] = None, ""
        if not self.errors and (sentence := extension_rules.why_not_advise_so(self.case, **given, on=self.on)):
            shorter = given["recommended"] == ExtensionOutcome.OFFER_SHORTER
            outside = given["recommended"] == ExtensionOutcome.OUTSIDE
            name = "months" if shorter else "recommended"
            if outside:
                name = "legal_basis" if "legal basis" in sentence else "ends_on"
            self.add_error(name, sentence)
        return given
