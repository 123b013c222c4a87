"""What an officer types about a contract."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from plans.models import MovableEvent, RuleSet
from records.formfields import GovDateField, GovField, GovForm

from .. import rules


class DecideByForm(GovForm):
    """When an option must be decided: a notice period, a window as printed, and why it changes."""

    notice_months = forms.IntegerField(
        label="Notice period",
        required=False,
        min_value=0,
        max_value=60,
        help_text="In months, counted back from the day the option would start. Leave empty if no source gives one.",
    )
    printed_window = forms.CharField(
        label="Time of the decision, as printed",
        required=False,
        max_length=60,
        help_text="For example, autumn 2021.",
    )
    window_starts_on = GovDateField(
        label="First day of that time", required=False, help_text="The evidence should be ready by then."
    )
    window_ends_on = GovDateField(
        label="Last day of that time", required=False, help_text="The decision must be made by then."
    )
    event = forms.ModelChoiceField(
        MovableEvent.objects.order_by("expected_on", "pk"),
        label="Event the decision waits for",
        required=False,
        empty_label="None",
        to_field_name="key",
        help_text="For example, an election. When its day moves, the decision moves with it.",
    )
    event_days = forms.IntegerField(
        label="Days after the event",
        required=False,
        min_value=-365,
        max_value=365,
        help_text="The decision must be made by then. 0 is the day itself; a minus sign means before it.",
    )
    reason = forms.CharField(label="Why does this change?", max_length=1000, widget=forms.Textarea)

    def __init__(self, *args, option, **kwargs):
        self.option = option
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            GovField("notice_months", width=3, suffix="months"),
            Fieldset(
                "Or a time given in print", GovField("printed_window", width=20), "window_starts_on", "window_ends_on"
            ),
            Fieldset("Or an event", "event", GovField("event_days", width=3, suffix="days")),
            GovField("reason", rows=4),
        )
        self.helper.add_input(Submit("save", "Save the date"))

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        why = rules.why_not_this_window(
            self.option,
            notice_months=cleaned.get("notice_months"),
            window_starts_on=cleaned.get("window_starts_on"),
            window_ends_on=cleaned.get("window_ends_on"),
            event=cleaned.get("event"),
            event_days=cleaned.get("event_days"),
        )
        if why:
            field = "notice_months" if "notice" in why else "event_days" if "event" in why else "window_ends_on"
            self.add_error(field, why)
        return cleaned


class RuleSetForm(GovForm):
    """The rules a contract is put under, and why."""

    rule_set = forms.ModelChoiceField(
        RuleSet.objects.none(), label="Rules", empty_label="Choose one", to_field_name="key",
        help_text="What each of them asks for stands above.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Why these rules?",
        max_length=1000,
        widget=forms.Textarea,
        help_text="The provider reads these words.",
        error_messages={"required": "Say why the contract is put under these rules"},
    )

    def __init__(self, *args, rule_sets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule_set"].queryset = rule_sets
        self.helper = FormHelper()
        self.helper.layout = Layout("rule_set", GovField("reason", rows=3))
        self.helper.add_input(Submit("save", "Put the contract under these rules"))
