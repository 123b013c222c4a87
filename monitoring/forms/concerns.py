"""What people type about complaints: the public form, an officer's entry, and each act (P2)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Submit
from django import forms

from accounts.models import Organisation, User
from grants.models import Award
from plans.enums import StageAnsweredBy
from plans.models import ConcernLevel
from records import uploads
from records.formfields import GovDateField, GovField, GovForm, GovRadios
from services.models import Contract

from ..enums import ConcernOutcome, ConcernTheme, Restriction
from ..queries import concerns as queries

TRAP = "website"
UNFILLED = {"autocomplete": "off"}
YES_NO = [("yes", "Yes"), ("no", "No")]
RESTRICTIONS = [
    (Restriction.SAFEGUARDING, "Somebody may be at risk of harm or abuse"),
    (Restriction.STAFF, "Something that a member of staff did, of this office or of a service"),
    (Restriction.NONE, "Neither of these"),
]
WHO_READS = "If you choose one of the first two, only two named people in this office can read what you write."


def _words(label, rows_hint="", *, required=True, longest=4000):
    return forms.CharField(
        label=label, help_text=rows_hint, required=required, max_length=longest, widget=forms.Textarea(attrs=UNFILLED)
    )


def _line(label, hint="", *, longest, required=False):
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=longest, widget=forms.TextInput(attrs=UNFILLED)
    )


class ComplaintForm(GovForm):
    """What anybody can send without an account; no name is needed, and the browser is asked to remember nothing."""

    about = _line(
        "Which service or organisation is it about?",
        "For example, the name of a project, a charity or a support service.",
        longest=300,
        required=True,
    )
    what_happened = _words("What happened?", "Tell us in your own words. You need not name anybody.", longest=8000)
    happened_on = _line("When did it happen?", "A date, or something like “over the last month”.", longest=120)
    wanted = _words("What would put it right?", required=False, longest=2000)
    restriction = forms.ChoiceField(
        label="Is it about one of these?", choices=RESTRICTIONS, widget=GovRadios, help_text=WHO_READS
    )
    may_tell_provider = forms.ChoiceField(
        label="May we show what you write, with your name, to the organisation?",
        choices=YES_NO,
        widget=GovRadios(inline=True),
        help_text="If you say no, somebody in this office answers you and the organisation is not shown it.",
    )
    name = _line("Your name", "You can leave this empty.", longest=150)
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        help_text="Our answers go there. Leave it empty if others read your e-mails.",
        widget=forms.EmailInput(attrs=UNFILLED),
    )
    telephone = _line("Telephone number", longest=40)
    reach_by = _line("Is there a safe way or time to reach you?", longest=200)
    upload = forms.FileField(label="Add a file", required=False, help_text="For example, a letter or a photograph.")
    website = _line("Leave this box empty", "It is here to stop automatic messages.", longest=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[TRAP].widget.attrs["tabindex"] = "-1"
        self.helper = FormHelper()
        self.helper.attrs = {"autocomplete": "off"}
        self.helper.layout = Layout(
            "about",
            GovField("what_happened", rows=8),
            "happened_on",
            GovField("wanted", rows=3),
            "restriction",
            "may_tell_provider",
            Fieldset("How to reach you, if you want an answer", "name", "email", "telephone", "reach_by"),
            "upload",
            Div(TRAP, css_class="govuk-visually-hidden"),
        )
        self.helper.add_input(Submit("send", "Send"))

    def clean_upload(self):
        return checked_upload(self.cleaned_data.get("upload"))

    def clean_website(self):
        if self.cleaned_data.get(TRAP):
            raise forms.ValidationError("Leave the last box empty, then send it again")
        return ""

    def said(self):
        """What the action takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {TRAP, "upload"}}
        upload = self.cleaned_data["upload"]
        agreed = given.pop("may_tell_provider") == "yes"
        return {**given, "may_tell_provider": agreed, "uploads": [upload] if upload else []}


def checked_upload(upload):
    """The file, if it is one that may be kept."""
    if upload and (why := uploads.why_not_upload(upload)):
        raise forms.ValidationError(why)
    return upload


class EnterForm(ComplaintForm):
    """What an officer enters of a letter or call, or an organisation tells of itself."""

    organisation = forms.ModelChoiceField(
        label="Organisation it is about", queryset=Organisation.objects.none(), required=False, to_field_name="key"
    )

    def __init__(self, *args, organisations, own, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields[TRAP]
        self.fields["organisation"].queryset = organisations.order_by("name", "pk")
        self.fields["organisation"].required = own
        self.fields["about"].label = "Which service or project is it about?"
        self.fields["name"].label, self.fields["name"].help_text = "Name of the complainant", "Empty where not known."
        self.fields["email"].label, self.fields["email"].help_text = "Their e-mail address", "Letters go there."
        self.fields["may_tell_provider"].label = "May the organisation be shown it, with the name?"
        self.fields["may_tell_provider"].help_text = ""
        if own:
            del self.fields["may_tell_provider"]
        self.helper.layout = Layout(
            "organisation",
            "about",
            GovField("what_happened", rows=8),
            "happened_on",
            GovField("wanted", rows=3),
            "restriction",
            *([] if own else ["may_tell_provider"]),
            Fieldset("Who complained", "name", "email", "telephone", "reach_by"),
            "upload",
        )
        self.helper.inputs = []
        self.helper.add_input(Submit("save", "Enter the complaint"))

    def said(self):
        self.cleaned_data.setdefault("may_tell_provider", "yes")
        return super().said()


# ---------------------------------------------------------------- acts


class ActForm(GovForm):
    """A form of one act: its fields in order under one button."""

    button = "Save"

    def __init__(self, *args, concern, **kwargs):
        super().__init__(*args, **kwargs)
        self.concern = concern
        self.begin()
        self.helper = FormHelper()
        long = {name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)}
        self.helper.layout = Layout(*(GovField(name, rows=5) if name in long else name for name in self.fields))
        self.helper.add_input(Submit("act", self.button))

    def begin(self):
        """Fill in what depends on the complaint."""


class ReasonForm(ActForm):
    reason = _words("Why?", "It stays in the history of the complaint.", longest=2000)


class AboutForm(ActForm):
    """What a complaint is about."""

    theme = forms.ChoiceField(label="Theme", choices=ConcernTheme.choices)
    organisation = forms.ModelChoiceField(
        label="Organisation it is about", queryset=Organisation.objects.none(), required=False, to_field_name="key"
    )
    reference = _line(
        "Reference of the award or contract", "For example AW-2020-001. Leave it empty if it is about neither.",
        longest=20,
    )  # fmt: skip

    def begin(self):
        self.fields["organisation"].queryset = Organisation.objects.order_by("name", "pk")
        linked = self.concern.award or self.concern.contract
        self.initial.setdefault("theme", self.concern.theme)
        self.initial.setdefault("organisation", self.concern.organisation and self.concern.organisation.key)
        self.initial.setdefault("reference", linked.reference if linked else "")

    def clean(self):
        cleaned = super().clean()
        reference = cleaned.pop("reference", "").strip().upper()
        cleaned["award"] = cleaned["contract"] = None
        if reference:
            cleaned["award"] = Award.objects.filter(reference=reference).first()
            if cleaned["award"] is None:
                cleaned["contract"] = Contract.objects.filter(reference=reference).first()
            if cleaned["award"] is None and cleaned["contract"] is None:
                self.add_error("reference", "No award or contract has this reference")
            elif not cleaned.get("organisation"):
                linked = cleaned["award"]
                cleaned["organisation"] = linked.recipient if linked else cleaned["contract"].provider
        return cleaned


class DescribeForm(AboutForm):
    reason = _words("Why does it change?", longest=1000)


class TakeUpForm(AboutForm):
    """Take a complaint up at a stage of the procedure."""

    button = "Take it up and acknowledge it"
    level = forms.ModelChoiceField(
        label="Stage it begins at", queryset=ConcernLevel.objects.none(), widget=GovRadios, empty_label=None
    )
    words = _words("Words for the acknowledgement", "The letter says who answers and by when.", required=False)

    def begin(self):
        super().begin()
        rows = ConcernLevel.objects.order_by("number")
        if not self.concern.may_tell_provider or self.concern.is_restricted:
            rows = rows.exclude(answered_by=StageAnsweredBy.PROVIDER)
        self.fields["level"].queryset = rows
        self.initial.setdefault("level", rows.first())


class AnswerForm(ActForm):
    button = "Send the answer"
    outcome = forms.ChoiceField(label="Is the complaint upheld?", choices=ConcernOutcome.choices, widget=GovRadios)
    answer = _words("Answer", "The complainant reads these words in a letter.", longest=8000)


class AcknowledgeForm(ActForm):
    button = "Send the acknowledgement"
    words = _words("Words for the acknowledgement", "The letter says who answers and by when.")


class ElsewhereForm(ActForm):
    button = "Tell the complainant"
    words = _words("Whom is it for, and how are they reached?", "The complainant reads these words in a letter.")


class RestrictForm(ActForm):
    """Who alone sees a complaint from now on."""

    button = "Restrict it to these two"
    restriction = forms.ChoiceField(
        label="Why is it restricted?", choices=[row for row in Restriction.choices if row[0] != Restriction.NONE]
    )
    officer = forms.ModelChoiceField(label="Named officer", queryset=User.objects.none())
    deputy = forms.ModelChoiceField(label="Deputy", queryset=User.objects.none())
    about_person = forms.ModelChoiceField(
        label="Who is complained of, if they have an account",
        queryset=User.objects.none(),
        required=False,
        help_text="They never see the complaint, and it stays restricted.",
    )
    reason = _words("Why?", "It stays in the history of the complaint.", longest=2000)

    def begin(self):
        people = queries.office_people()
        self.fields["officer"].queryset = self.fields["deputy"].queryset = people
        self.fields["about_person"].queryset = queries.may_be_complained_of(self.concern)
        concern = self.concern
        if concern.is_restricted:
            two = {"officer": concern.named_officer_id, "deputy": concern.deputy_id}
            self.initial = {**two, "restriction": concern.restriction, "about_person": concern.about_person_id}


class LearningForm(ActForm):
    button = "Agree the change"
    action = _line("What is to change?", longest=300, required=True)
    whose = forms.ChoiceField(
        label="Who makes the change?", choices=[("ORGANISATION", "The organisation"), ("OFFICE", "The office")],
        widget=GovRadios(inline=True),
    )  # fmt: skip
    due_on = GovDateField(label="Done by")

    def said(self):
        """What the action takes."""
        given = dict(self.cleaned_data)
        given["by_office"] = given.pop("whose") == "OFFICE"
        return given


class ResultForm(ActForm):
    button = "Mark as done"
    result = _words("What was done, and what came of it?", longest=4000)


class FileForm(ActForm):
    button = "Add the file"
    upload = forms.FileField(label="File")

    def clean_upload(self):
        return checked_upload(self.cleaned_data.get("upload"))


# ---------------------------------------------------------------- the complainant's own page


class AskNextForm(GovForm):
    """Why somebody else should look at it."""

    reason = _words("Why do you want somebody else to look at it?", longest=4000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(GovField("reason", rows=5))


# ---------------------------------------------------------------- settings


class ContactForm(GovForm):
    """Who handles restricted complaints of one sort."""

    officer = forms.ModelChoiceField(label="Named officer", queryset=User.objects.none())
    deputy = forms.ModelChoiceField(label="Deputy", queryset=User.objects.none())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = self.fields["deputy"].queryset = queries.office_people()
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", "Save"))


class LevelForm(GovForm):
    """One stage of the procedure."""

    name = forms.CharField(label="Name of the stage", max_length=120)
    answered_by = forms.ChoiceField(label="Who answers", choices=StageAnsweredBy.choices)
    acknowledge_days = forms.IntegerField(label="Working days to acknowledge it", min_value=1, max_value=120)
    answer_days = forms.IntegerField(label="Working days to answer it", min_value=1, max_value=120)
    guidance = _words("Guidance for who answers", required=False, longest=2000)
    reason = _words("Why?", "It stays in the history.", longest=1000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "name",
            "answered_by",
            GovField("acknowledge_days", width=3),
            GovField("answer_days", width=3),
            GovField("guidance", rows=4),
            GovField("reason", rows=3),
        )
        self.helper.add_input(Submit("save", "Save the stage"))
