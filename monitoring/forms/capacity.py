"""What people type about offers of support, sessions, sign-ups and money won elsewhere (B1)."""

from datetime import datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils import timezone

from accounts.models import Organisation
from plans.models import Criterion, StandardKind
from records.formfields import GovCheckboxes, GovDateField, GovField, GovForm, GovRadios, MoneyField

from ..enums import HelpGiven, OfferKind, ReturnSection, TriggerKind
from ..models import CapacityOffer
from ..rules.capacity import MOST_PLACES

TIMES = ["%H:%M", "%H.%M", "%I%p", "%I:%M%p", "%I.%M%p", "%I %p", "%I:%M %p"]
RATINGS = [(5, "5: very useful"), (4, "4: useful"), (3, "3: of some use"), (2, "2: of little use"), (1, "1: of no use")]
KINDS = {
    OfferKind.TRAINING: "A day or an hour with a trainer.",
    OfferKind.CLINIC: "Time with an officer, for questions.",
    OfferKind.TEMPLATE: "A file to download. It has no sessions.",
}


def _long(label, *, help_text="", required=True, max_length=4000):
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=max_length, widget=forms.Textarea
    )


class SupportForm(GovForm):
    """A form about support: its fields from top to bottom and one button."""

    button = "Save"
    style = ""
    rows: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.prepare()
        self.helper = FormHelper()
        self.helper.layout = Layout(*[GovField(name, **self.rows.get(name, {})) for name in self.fields])
        self.helper.add_input(Submit("act", self.button, css_class=self.style))

    def prepare(self):
        """Choices that depend on rows."""


class OfferForm(SupportForm):
    """What is offered, and to whom it is of use."""

    button = "Save the offer"
    rows = {"description": {"rows": 6}}
    kind = forms.ChoiceField(label="What is it?", choices=OfferKind.choices, widget=GovRadios(hints=KINDS))
    title = forms.CharField(label="Title", max_length=200)
    description = _long("What people learn or get")
    for_whom = forms.CharField(
        label="For whom", max_length=300, required=False, help_text="For example, those who write returns."
    )


class OfferWordsForm(OfferForm):
    """Other words for an offer; what it is stays."""

    kind = None


class SessionForm(SupportForm):
    """When and where an offer is given, and for how many."""

    button = "Save the session"
    rows = {"starts": {"width": 5}, "ends": {"width": 5}, "places": {"width": 4}}
    day = GovDateField(label="Day", noun="day")
    starts = forms.TimeField(label="Begins at", input_formats=TIMES, help_text="For example, 10:00 or 2:30pm")
    ends = forms.TimeField(label="Ends at", input_formats=TIMES, help_text="On the same day")
    place = forms.CharField(
        label="Where", max_length=300, help_text="An address, or how to join online. Those signed up read it."
    )
    places = forms.IntegerField(
        label="Places", min_value=1, max_value=MOST_PLACES, required=False, help_text="Leave empty for room for all."
    )

    def prepare(self):
        for name in ("starts", "ends"):
            self.fields[name].error_messages["invalid"] = "Enter a time like 10:00 or 2:30pm"

    def given(self):
        """What the action takes: moments in London time."""
        said = self.cleaned_data
        moments = {
            f"{end}_at": timezone.make_aware(datetime.combine(said["day"], said[end])) for end in ("starts", "ends")
        }
        return {**moments, "place": said["place"], "places": said["places"]}


def session_initial(session):
    """The form filled with a session as it stands."""
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return {
        "day": starts.date(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "place": session.place,
        "places": session.places,
    }


class ReasonForm(SupportForm):
    """Why something is closed, cancelled or set aside."""

    rows = {"reason": {"rows": 3}}
    reason = _long("Why?", max_length=300)

    def __init__(self, *args, button, label="Why?", help_text="", style="", **kwargs):
        self.button, self.style, self.words = button, style, (label, help_text)
        super().__init__(*args, **kwargs)

    def prepare(self):
        self.fields["reason"].label, self.fields["reason"].help_text = self.words


class FileForm(SupportForm):
    """A file that goes with an offer."""

    button = "Add the file"
    upload = forms.FileField(label="File", help_text="PDF, Word, Excel, a picture, CSV or text.")


class JoinForm(SupportForm):
    """Who comes: people of the organisations the person may sign up for."""

    button = "Sign up"
    who = forms.MultipleChoiceField(label="Who is to come?", widget=GovCheckboxes)

    def __init__(self, *args, people, **kwargs):
        self.people = people
        super().__init__(*args, **kwargs)

    def prepare(self):
        one = len(self.people) == 1
        self.known = {f"{body.pk}:{row.pk}": (body, row) for body, rows in self.people.items() for row in rows}
        self.fields["who"].choices = [
            (key, row.full_name if one else f"{row.full_name} ({body.name})") for key, (body, row) in self.known.items()
        ]
        self.fields["who"].error_messages["required"] = "Select who is to come"

    def given(self):
        """[(organisation, person)], each person once."""
        chosen: dict = {}
        for key in self.cleaned_data["who"]:
            body, person = self.known[key]
            chosen.setdefault(person.pk, (body, person))
        return list(chosen.values())


class AttendanceForm(SupportForm):
    """Who came, out of those who had a place."""

    button = "Save who came"
    came = forms.MultipleChoiceField(
        label="Who came?", required=False, widget=GovCheckboxes, help_text="Whoever is not ticked did not come."
    )

    def __init__(self, *args, sign_ups, **kwargs):
        self.sign_ups = sign_ups
        super().__init__(*args, **kwargs)

    def prepare(self):
        self.fields["came"].choices = [
            (str(row.pk), f"{row.person.full_name} ({row.organisation.name})") for row in self.sign_ups
        ]
        self.fields["came"].initial = [str(row.pk) for row in self.sign_ups if row.attended]

    def given(self):
        return {int(key) for key in self.cleaned_data["came"]}


class FeedbackForm(SupportForm):
    """What somebody who came thought."""

    button = "Send"
    rows = {"feedback": {"rows": 5}}
    rating = forms.TypedChoiceField(label="How useful was it?", choices=RATINGS, coerce=int, widget=GovRadios)
    feedback = _long(
        "What will you do differently, and what could be better?",
        required=False,
        help_text="Only the office reads these words.",
    )


# ---------------------------------------------------------------- what suggests an offer


class ScoreTriggerForm(SupportForm):
    """A low score: of one criterion, or of any whose title holds some words."""

    button = "Suggest it then"
    rows = {"below_percent": {"width": 3, "suffix": "%"}}
    criterion = forms.ModelChoiceField(
        Criterion.objects.none(), label="Criterion", required=False, empty_label="Any, by the words below"
    )
    words = forms.CharField(label="Words in the title of the criterion", max_length=120, required=False)
    below_percent = forms.IntegerField(
        label="Low is below this share of the best score", min_value=1, max_value=100, initial=50
    )

    def prepare(self):
        rows = Criterion.objects.select_related("stage__rule_set").order_by("stage__rule_set__name", "number")
        self.fields["criterion"].queryset = rows
        self.fields["criterion"].label_from_instance = lambda row: f"{row.stage.rule_set.name}: {row.title}"[:160]


class QuestionTriggerForm(SupportForm):
    """A question of an officer about a return."""

    button = "Suggest it then"
    section = forms.ChoiceField(label="Section", choices=[("", "Any section"), *ReturnSection.choices], required=False)
    words = forms.CharField(
        label="Words in the question or the section’s title",
        max_length=120,
        required=False,
        help_text="Leave empty for any question.",
    )


class VerdictTriggerForm(SupportForm):
    """A return found unsatisfactory: nothing more to say."""

    button = "Suggest it then"


class AuditTriggerForm(SupportForm):
    """A condition of the terms not met at an audit."""

    button = "Suggest it then"
    words = forms.CharField(
        label="Number of the condition, or words in it",
        max_length=120,
        required=False,
        help_text="Leave empty for any condition. One that was met in part counts too.",
    )


class StandardTriggerForm(SupportForm):
    """A standard that an award asks for and its payee does not hold."""

    button = "Suggest it then"
    standard = forms.ModelChoiceField(
        StandardKind.objects.none(), label="Standard", required=False, empty_label="Any standard"
    )

    def prepare(self):
        self.fields["standard"].queryset = StandardKind.objects.all()


TRIGGER_FORMS = {
    TriggerKind.LOW_SCORE: ScoreTriggerForm,
    TriggerKind.QUERIED: QuestionTriggerForm,
    TriggerKind.UNSATISFACTORY: VerdictTriggerForm,
    TriggerKind.AUDIT: AuditTriggerForm,
    TriggerKind.STANDARD: StandardTriggerForm,
}


# ---------------------------------------------------------------- money won elsewhere


class FundingForm(SupportForm):
    """Money a provider won elsewhere, and how the office helped."""

    button = "Save"
    rows = {"note": {"rows": 3}, "reason": {"rows": 3}}
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Organisation", to_field_name="key")
    funder = forms.CharField(label="Who gave the money", max_length=200)
    purpose = forms.CharField(label="What it is for", max_length=300)
    amount = MoneyField(label="Sum", required=False, help_text="Leave empty where it is not known.")
    won_on = GovDateField(label="When it was won", noun="day it was won")
    offer = forms.ModelChoiceField(
        CapacityOffer.objects.none(), label="Support it came with", required=False, empty_label="None of those offered"
    )
    how_it_helped = forms.MultipleChoiceField(
        label="How the office helped", choices=HelpGiven.choices, required=False, widget=GovCheckboxes
    )
    note = _long("Anything else", required=False, max_length=2000)
    reason = _long("Why is it corrected?", max_length=1000)

    def __init__(self, *args, organisations=None, **kwargs):
        self.organisations = organisations
        super().__init__(*args, **kwargs)

    def prepare(self):
        self.fields["offer"].queryset = CapacityOffer.objects.exclude(status="DRAFT").order_by("-reference")
        if self.organisations is None:
            del self.fields["organisation"]
        else:
            del self.fields["reason"]
            self.fields["organisation"].queryset = self.organisations
