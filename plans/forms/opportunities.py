"""What officers type about funds the office may bid for (O1, O2)."""

from decimal import Decimal

from django import forms

from accounts.models import Organisation, User
from accounts.roles import ROLES
from records.formfields import GovCheckboxes, GovDateField, GovRadios, MoneyField
from records.uploads import why_not_upload

from ..enums import Purpose
from ..models import Priority, Stream
from .plan import PlanForm

OFFICE_ROLES = [name for name, role in ROLES.items() if role.in_office]
NOT_KNOWN = "Leave empty while it is not known."


def office_people():
    """People who work in the office today."""
    rows = User.objects.filter(
        is_active=True, memberships__role__in=OFFICE_ROLES, memberships__ended_at__isnull=True
    ).distinct()
    return rows.order_by("full_name", "pk")


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return person.full_name


class OpportunityForm(PlanForm):
    """What is known of a fund; a change says why."""

    rows = {"description": 5, "fit": 4, "reason": 3}
    submit = "Save"
    fund = forms.CharField(label="Name of the fund", max_length=200)
    funder = forms.CharField(label="Funder", max_length=200)
    description = forms.CharField(label="What it is for", required=False, max_length=5000, widget=forms.Textarea)
    purpose = forms.ChoiceField(label="What its money may be spent on", choices=Purpose.choices)
    stream = forms.ModelChoiceField(
        Stream.objects.none(),
        label="Stream it would pay for",
        required=False,
        to_field_name="key",
        empty_label="None yet",
    )
    priorities = forms.ModelMultipleChoiceField(
        Priority.objects.none(), label="Priorities it serves", required=False, widget=GovCheckboxes, to_field_name="key"
    )
    fit = forms.CharField(
        label="How it fits", required=False, max_length=5000, widget=forms.Textarea,
        help_text="Why it is worth bidding for, and what it would add to what is funded now.",
    )  # fmt: skip
    opens_on = GovDateField(label="Day it opens", required=False, help_text=NOT_KNOWN)
    closes_on = GovDateField(
        label="Last day for bids", required=False, help_text="Reminders are sent before it. Leave empty if not known."
    )
    amount = MoneyField(label="Most a bid can ask for", required=False, help_text=NOT_KNOWN)
    match_needed = MoneyField(
        label="Match needed", required=False, help_text="What the office or its partners must bring. 0 for none."
    )
    lead = PersonChoice(User.objects.none(), label="Who leads?", required=False, empty_label="Nobody yet")
    source = forms.CharField(
        label="Where it is printed", required=False, max_length=500, help_text="A title and an address."
    )
    reason = forms.CharField(
        label="Why does this change?", max_length=500, widget=forms.Textarea, help_text="Kept in the history.",
        error_messages={"required": "Say why this changes"},
    )  # fmt: skip

    def __init__(self, *args, plan, changes=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stream"].queryset = Stream.objects.filter(plan=plan).order_by("order", "number")
        self.fields["priorities"].queryset = Priority.objects.filter(plan=plan).order_by("order")
        self.fields["lead"].queryset = office_people()
        if not changes:
            del self.fields["reason"]
            self.helper.layout.pop()


class WhyForm(PlanForm):
    """The reason of a choice."""

    rows = {"reason": 4}
    reason = forms.CharField(
        label="Why?", max_length=1000, widget=forms.Textarea, help_text="Kept in the history of the opportunity.",
        error_messages={"required": "Say why. It stays in the history of the opportunity."},
    )  # fmt: skip


class PursueForm(WhyForm):
    submit = "Bid for it"


class LeaveForm(WhyForm):
    submit = "Do not bid"


class LookAgainForm(WhyForm):
    submit = "Look at it again"


class SendForm(PlanForm):
    """The bid as it was sent."""

    submit = "Record the bid"
    submitted_on = GovDateField(label="Day it was sent")
    bid_amount = MoneyField(label="Sum asked for", min_value=Decimal("0.01"))


class WinForm(PlanForm):
    """What was given, and the source of funds it becomes."""

    rows = {"lessons": 4}
    submit = "Record that it was won"
    outcome_on = GovDateField(label="Day the funder said so")
    amount = MoneyField(label="Sum given", required=False, min_value=Decimal("0.01"), help_text=NOT_KNOWN)
    name = forms.CharField(
        label="Name of the source of funds", max_length=200, help_text="As it is called in the plan from now on."
    )
    purpose = forms.ChoiceField(label="What the money may be spent on", choices=Purpose.choices)
    streams = forms.ModelMultipleChoiceField(
        Stream.objects.none(), label="Streams it pays for", required=False, widget=GovCheckboxes, to_field_name="key"
    )
    starts_on = GovDateField(label="First day the money may be spent")
    ends_on = GovDateField(label="Last day the money may be spent")
    carry_over_allowed = forms.BooleanField(
        label="Money not spent by then may be carried over",
        required=False,
        help_text="Tick only if the funder allows it.",
    )
    carry_over_percent = forms.DecimalField(
        label="At most how many per cent of it?", required=False, min_value=0, max_value=100, decimal_places=2,
        help_text="Leave empty where all of it may.",
    )  # fmt: skip
    carry_over_needs_consent = forms.BooleanField(label="Only with the funder’s consent", required=False)
    over_commitment_percent = forms.DecimalField(
        label="By how many per cent may promises exceed it?", initial=0, min_value=0, max_value=100, decimal_places=2,
        help_text="0 unless the office has agreed to promise more than it holds.",
    )  # fmt: skip
    lessons = forms.CharField(label="What was learnt?", required=False, max_length=5000, widget=forms.Textarea)
    source = forms.CharField(label="Where the award is recorded", required=False, max_length=500)

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["streams"].queryset = Stream.objects.filter(plan=plan).order_by("order", "number")


class LoseForm(PlanForm):
    """A bid that was not won, or taken back."""

    rows = {"lessons": 5}
    submit = "Record the outcome"
    withdrawn = forms.TypedChoiceField(
        label="What happened?", choices=[("no", "The funder said no"), ("yes", "We took the bid back")],
        coerce=lambda value: value == "yes", widget=GovRadios,
    )  # fmt: skip
    outcome_on = GovDateField(label="Day of the outcome")
    lessons = forms.CharField(
        label="What was learnt?", max_length=5000, widget=forms.Textarea, help_text="The next bid begins there."
    )


class PartnerForm(PlanForm):
    """Who bids with the office."""

    submit = "Save the partner"
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="Partner, if it is in the portal", required=False
    )
    name = forms.CharField(label="Or its name", max_length=200, required=False)
    part = forms.CharField(label="What it does in the bid", max_length=300, required=False)
    brings = MoneyField(
        label="What it brings, in pounds", required=False, help_text="Match in money, or help in kind at its value."
    )
    agreed_on = GovDateField(label="Day it agreed", required=False, help_text="Leave empty until it has agreed.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.in_service().order_by("name")


class TaskForm(PlanForm):
    """Something to be done for the bid."""

    submit = "Save the task"
    task = forms.CharField(label="What is to be done?", max_length=300)
    owner = forms.CharField(label="Who does it?", max_length=120, required=False, help_text="A post or a name.")
    due_on = GovDateField(label="By when?", help_text="Reminders are sent before it.")


class FinishTaskForm(PlanForm):
    """What came of a task."""

    rows = {"result": 3}
    submit = "Mark as done"
    done_on = GovDateField(label="Day it was done")
    result = forms.CharField(label="What came of it?", required=False, max_length=2000, widget=forms.Textarea)


class BidDocumentForm(PlanForm):
    """A file of the bid."""

    submit = "Add the file"
    upload = forms.FileField(label="File")

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if why := why_not_upload(upload):
            raise forms.ValidationError(why)
        return upload
