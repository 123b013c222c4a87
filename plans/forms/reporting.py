"""What officers type about the returns a rule set asks for."""

from datetime import datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from records.formfields import GovDateField, GovField, upper_first

from .. import rules
from ..enums import Anchor, ReportKind, Timing, WhenExtended
from ..models import MovableEvent, ReturnTemplate
from ..models.patterns import Pattern
from .plan import PlanForm, reason_field

WRITTEN = ("%d/%m/%Y", "%d %m %Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d")
NOT_ASKED_BY_RULES = {ReportKind.EXTENSION, ReportKind.AD_HOC}
PATTERN = ("timing", "anchor", "period_months", "days", "event")


def a_day(words):
    """The day that was typed, in one of the ways people write it; ValueError where it is none."""
    for written in WRITTEN:
        try:
            return datetime.strptime(words, written).date()
        except ValueError:
            continue
    raise ValueError(words)


def whole_number(label, help_text, *, highest, lowest=0):
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=lowest, max_value=highest)


class ReportingRuleForm(PlanForm):
    """One kind of return: its periods, when it is due, what an extension does to it."""

    kind = forms.ChoiceField(
        label="Kind of return",
        choices=[
            ("", "Choose one"),
            *((kind.value, kind.label) for kind in ReportKind if kind not in NOT_ASKED_BY_RULES),
        ],
    )
    timing = forms.ChoiceField(
        label="How often", choices=Timing.choices, widget=forms.RadioSelect, initial=Timing.ONCE.value
    )
    period_months = whole_number(
        "Months of a period",
        "For a return asked for once, leave it empty to cover the whole award or contract.",
        lowest=1,
        highest=120,
    )
    days = forms.CharField(
        label="Days on which periods end",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="Only for set days. One day in a line, for example 30/9/2026.",
    )
    anchor = forms.ChoiceField(
        label="The due day is counted from",
        choices=[(anchor.value, upper_first(anchor.label)) for anchor in Anchor],
        widget=forms.RadioSelect,
        initial=Anchor.PERIOD_END.value,
    )
    event = forms.ModelChoiceField(
        MovableEvent.objects.order_by("name"), label="Which event", required=False, empty_label="None",
        help_text="Only where it is counted from an event whose day may move.",
    )  # fmt: skip
    due_days = whole_number("Due so many days later", "Working days rule where both are given.", highest=366)
    due_working_days = whole_number(
        "Or so many working days later", "Weekends and bank holidays are not counted.", highest=260
    )
    when_extended = forms.ChoiceField(
        label="When the award or contract is extended, a return at the end",
        choices=WhenExtended.choices,
        widget=forms.RadioSelect,
        initial=WhenExtended.ADDS.value,
    )
    template = forms.ModelChoiceField(
        ReturnTemplate.objects.order_by("name"), label="Return template", required=False,
        empty_label="The usual one of the stream",
    )  # fmt: skip
    reason = reason_field()
    first_day = GovDateField(label="First day", required=False)
    last_day = GovDateField(label="Last day", required=False)

    def __init__(self, *args, rule_set, row=None, user=None, **kwargs):
        self.rule_set, self.row, self.user = rule_set, row, user
        super().__init__(*args, **kwargs)
        if row:
            self.fields["kind"].disabled = True
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "kind", "timing", GovField("period_months", width=3), GovField("days", rows=4), "anchor", "event",
            GovField("due_days", width=3), GovField("due_working_days", width=3), "when_extended", "template",
            Fieldset("Try it for these days", "first_day", "last_day", css_id="try"),
            GovField("reason", rows=3),
        )  # fmt: skip
        self.helper.add_input(Submit("save", "Save"))
        self.helper.add_input(Submit("preview", "Show what it gives", css_class="govuk-button--secondary"))
        if "preview" in self.data:
            self.fields["reason"].required = False

    def clean_days(self):
        found = []
        for line in self.cleaned_data["days"].splitlines():
            try:
                found += [a_day(line.strip())] if line.strip() else []
            except ValueError:
                raise forms.ValidationError(f"“{line.strip()[:30]}” is not a day. Write it like 30/9/2026") from None
        return sorted(set(found))

    def clean(self):
        given = super().clean()
        if self.errors:
            return given
        if given["due_days"] is None and given["due_working_days"] is None:
            self.add_error("due_days", "Say how many days, or working days, later the return is due")
        why = rules.why_not_write_reporting(
            self.rule_set, user=self.user, kind=given["kind"], row=self.row, **{name: given[name] for name in PATTERN}
        )
        if why:
            self.add_error(None, why)
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last <= first:
            self.add_error("last_day", "The last day must be after the first day")
        return given

    def rule(self):
        """What the action takes."""
        given = {**self.cleaned_data}
        given["due_days"] = 30 if given["due_days"] is None else given["due_days"]
        return {name: value for name, value in given.items() if name not in {"first_day", "last_day"}}

    def pattern(self):
        given = self.rule()
        event, template = given["event"], given["template"]
        plain = {name: given[name] for name in Pattern.__dataclass_fields__ if name not in {"event", "template"}}
        return Pattern(
            **{**plain, "days": tuple(plain["days"])}, event=event and event.pk, template=template and template.pk
        )


class DropReportingForm(PlanForm):
    """Why a kind of return is no longer asked for."""

    rows = {"reason": 3}
    submit = "Take it out of the rules"
    reason = reason_field()


class PreviewForm(PlanForm):
    """The days of an award or contract for which the returns are shown."""

    submit = "Show the returns"
    first_day = GovDateField(label="First day")
    last_day = GovDateField(label="Last day")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.form_method = "get"

    def clean(self):
        given = super().clean()
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last <= first:
            self.add_error("last_day", "The last day must be after the first day")
        return given
