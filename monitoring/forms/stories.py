"""What is typed about stories of outcomes: words and figures, consent, the check, messages (P6)."""

from django import forms

from records.formfields import GovCheckboxes, GovDateField, GovForm, GovRadios

from ..models import OutcomeStory
from .reviews import PlainHelper

LIBRARY, PUBLIC = "LIBRARY", "PUBLIC"
HOW_FAR = [(LIBRARY, "In the library only"), (PUBLIC, "In the library and in public")]
HOW_FAR_HINTS = {
    LIBRARY: "Everybody who signs in to this portal can read it.",
    PUBLIC: "Everybody can read it, without signing in, and copy it.",
}
LONGEST = 10_000


def length_of(name):
    """How long one entry of a list of words may be."""
    return OutcomeStory._meta.get_field(name).base_field.max_length


def each_line(text, name):
    """The lines of a box, each once; too long a line is an error."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    found = list(dict.fromkeys(line for line in lines if line))
    longest = length_of(name)
    if any(len(line) > longest for line in found):
        raise forms.ValidationError(f"Each line must be {longest} characters or less")
    return found


def _long(label, help_text="", *, rows=8, required=False, message=""):
    errors = {"required": message} if message else None
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONGEST, widget=widget, error_messages=errors
    )


class StoryForm(GovForm):
    """The words of a story, and which figures of its return it shows."""

    title = forms.CharField(
        label="Title", max_length=200, help_text="What was achieved, in a line.",
        error_messages={"required": "Give the story a title"},
    )  # fmt: skip
    story = _long("What happened", "What was done, for whom, and what changed.", rows=12, required=True,
                  message="Write what happened")  # fmt: skip
    what_worked = _long("What worked", "What others should do as well.", rows=5)
    advice = _long("Advice to others", "What to watch for, and what the project would do differently.", rows=5)
    themes = _long("Themes", "One on each line.", rows=3)
    areas = _long("Areas", "One on each line.", rows=3)
    shown = forms.MultipleChoiceField(
        label="Figures to show", required=False, widget=GovCheckboxes(small=True),
        help_text="Parts and their total go together. Low counts of people are hidden by the portal.",
    )  # fmt: skip
    counting = forms.MultipleChoiceField(
        label="Which of them count people?", required=False, widget=GovCheckboxes(small=True),
        help_text="Counts of one to four people are hidden. Leave a figure ticked if you are not sure.",
    )  # fmt: skip

    def __init__(self, *args, blocks, known_themes=(), **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(block.key, block.title) for block in blocks]
        for name in ("shown", "counting"):
            self.fields[name].choices = choices
            self.fields[name].widget.choices = choices
        if not blocks:
            del self.fields["shown"], self.fields["counting"]
        if known_themes:
            self.fields["themes"].help_text = f"One on each line. Used so far: {'; '.join(known_themes[:12])}."
        self.helper = PlainHelper(*self.fields)

    def clean_themes(self):
        return each_line(self.cleaned_data["themes"], "themes")

    def clean_areas(self):
        return each_line(self.cleaned_data["areas"], "areas")


class ConsentForm(GovForm):
    """Who agreed, when, and to what; a lead on screen agrees in person, so is not asked who and when."""

    consent_from = forms.CharField(
        label="Who agreed for the organisation?", max_length=200, help_text="Name and position.",
        error_messages={"required": "Say who agreed for the organisation"},
    )  # fmt: skip
    consent_on = GovDateField(label="When did they agree?", noun="day of the consent")
    how_far = forms.ChoiceField(
        label="Where may the story be read?", choices=HOW_FAR, widget=GovRadios(hints=HOW_FAR_HINTS),
        error_messages={"required": "Select where the story may be read"},
    )  # fmt: skip
    open_to_contact = forms.BooleanField(
        label="Other projects may write to the organisation about it", required=False,
        help_text="Messages go through the portal to its leads. No e-mail address is shown.",
    )  # fmt: skip

    def __init__(self, *args, on, in_person=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consent_on"].latest = on
        if in_person:
            del self.fields["consent_from"], self.fields["consent_on"]
        self.helper = PlainHelper(*self.fields)


class CheckForm(GovForm):
    """One person puts their name to it that nobody can be recognised."""

    confirmed = forms.BooleanField(
        label="I have read the whole story and its figures. Nobody can be recognised from them.",
        error_messages={"required": "Tick the box to confirm, or change the story"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = PlainHelper("confirmed")


class MessageForm(GovForm):
    """A message of one organisation to another."""

    organisation = forms.ChoiceField(label="For which organisation do you write?")
    message = forms.CharField(
        label="Message", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Write a message"},
        help_text="Your name and organisation are shown with it, and the office can read it. "
        "Do not name anybody a project has helped.",
    )  # fmt: skip

    def __init__(self, *args, organisations=(), label="Message", **kwargs):
        super().__init__(*args, **kwargs)
        self.organisations = {str(row.pk): row for row in organisations}
        self.fields["organisation"].choices = [(key, row.name) for key, row in self.organisations.items()]
        self.fields["message"].label = label
        if len(self.organisations) < 2:
            del self.fields["organisation"]
        self.helper = PlainHelper(*self.fields)

    def chosen(self):
        """The organisation that writes."""
        only = next(iter(self.organisations.values()), None)
        return self.organisations.get(self.cleaned_data.get("organisation", ""), only)
