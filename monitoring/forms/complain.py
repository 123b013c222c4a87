"""What anybody types who complains, and what is entered for them (P2)."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Submit
from django import forms

from accounts.models import Organisation
from records.formfields import GovField, GovForm, GovRadios

from ..enums import Restriction
from .concern_typing import UNFILLED, checked_upload, typed_line, typed_words

TRAP = "website"
YES_NO = [("yes", "Yes"), ("no", "No")]
RESTRICTIONS = [
    (Restriction.SAFEGUARDING, "Somebody may be at risk of harm or abuse"),
    (Restriction.STAFF, "Something that a member of staff did, of this office or of a service"),
    (Restriction.NONE, "Neither of these"),
]
WHO_READS = "If you choose one of the first two, only two named people in this office can read what you write."


class ComplaintForm(GovForm):
    """What anybody can send without an account; no name is needed, and the browser is asked to remember nothing."""

    about = typed_line(
        "Which service or organisation is it about?",
        "For example, the name of a project, a charity or a support service.",
        longest=300,
        required=True,
        empty="Say which service or organisation it is about",
    )
    what_happened = typed_words(
        "What happened?",
        "Tell us in your own words. You need not name anybody.",
        longest=8000,
        empty="Say what happened",
    )
    happened_on = typed_line("When did it happen?", "A date, or something like “over the last month”.", longest=120)
    wanted = typed_words("What would put it right?", required=False, longest=2000)
    restriction = forms.ChoiceField(
        label="Is it about one of these?",
        choices=RESTRICTIONS,
        widget=GovRadios,
        help_text=WHO_READS,
        error_messages={"required": "Choose what it is about, or “Neither of these”"},
    )
    may_tell_provider = forms.ChoiceField(
        label="May we show what you write, with your name, to the organisation?",
        choices=YES_NO,
        widget=GovRadios(inline=True),
        help_text="If you say no, somebody in this office answers you and the organisation is not shown it.",
        error_messages={"required": "Choose yes or no: may the organisation see it?"},
    )
    name = typed_line("Your name", "You can leave this empty.", longest=150)
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        help_text="Our answers go there. Leave it empty if others read your e-mails.",
        widget=forms.EmailInput(attrs=UNFILLED),
    )
    telephone = typed_line("Telephone number", longest=40)
    reach_by = typed_line("Is there a safe way or time to reach you?", longest=200)
    upload = forms.FileField(label="Add a file", required=False, help_text="For example, a letter or a photograph.")
    website = typed_line("Leave this box empty", "It is here to stop automatic messages.", longest=200)

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


class EnterForm(ComplaintForm):
    """What an officer enters of a letter or call, or an organisation tells of itself."""

    organisation = forms.ModelChoiceField(
        label="Organisation it is about", queryset=Organisation.objects.none(), required=False, to_field_name="key",
        empty_label="Not known, or none",
    )  # fmt: skip

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


class AskNextForm(GovForm):
    """Why somebody else should look at it."""

    reason = typed_words("Why do you want somebody else to look at it?", longest=4000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(GovField("reason", rows=5))
