"""Forms of officers for return templates: only what fits the kind of question is asked."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from plans.enums import CheckKind, IndicatorKind, Required, ReturnPart, StreamPurpose
from plans.models import TemplateVersion
from plans.queries import indicators_of
from plans.rules.templates import FIGURES, LONGEST_WORDS, MAY_LEAD
from records.formfields import GovCheckboxes, GovField, GovForm, GovRadios

K = IndicatorKind
HINTS_OF_KIND = {
    K.COUNT: "People, sessions, referrals. For example, people supported.",
    K.NUMBER: "For example, hours of support or an average.",
    K.MONEY: "Pounds and pence.",
    K.PERCENTAGE: "Between 0 and 100. A count and a check say more, because small groups can be added up.",
    K.COUNTS: "The same count for each of several groups. For example, people by age.",
    K.SCORE: "For a survey that people fill in twice: how many were asked, and the average score each time.",
    K.YES_NO: "A question answered by yes or no.",
    K.TEXT: "A box to write in.",
    K.FILE: "A document that goes with the return. It comes by the web form, never by the workbook.",
}
HINTS_OF_NEED = {
    Required.AT_THE_END: "Returns before the last one may leave it empty.",
    Required.WHEN: "Choose that question below.",
    Required.NEVER: "It may stay empty in every return.",
}
WITH_UNIT = frozenset({K.COUNT, K.COUNTS, K.NUMBER})
WITH_TARGET = frozenset({K.COUNT, K.NUMBER, K.MONEY, K.PERCENTAGE})


NEW_QUESTION = {"required": Required.ALWAYS, "warns_on_jump": True}


class NumberField(forms.DecimalField):
    """A limit or a target; "1,250" is read."""

    widget = forms.TextInput

    def __init__(self, **given):
        super().__init__(required=False, max_digits=12, decimal_places=2, **given)
        self.error_messages |= {"invalid": "Enter a number, like 12 or 12.5"}
        self.widget.attrs |= {"inputmode": "decimal", "spellcheck": "false", "autocomplete": "off"}
        self.widget.gov_width = "govuk-input--width-5"

    def to_python(self, value):
        return super().to_python(value.replace(",", "").replace(" ", "") if isinstance(value, str) else value)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else f"{value.normalize():f}"


class DrawnForm(GovForm):
    """A form with its layout and one button; `heights` gives text areas their rows."""

    heights: dict[str, int] = {}
    submit = "Save"

    def draw(self):
        self.helper = FormHelper()
        wide = {name: GovField(name, rows=rows) for name, rows in self.heights.items()}
        self.helper.layout = Layout(*(wide.get(name, name) for name in self.fields))
        self.helper.add_input(Submit("save", self.submit))


class TemplateForm(DrawnForm):
    """What a template is called and which returns ask for it."""

    name = forms.CharField(label="Name", max_length=200, help_text="For example, Court support return.")
    for_purpose = forms.MultipleChoiceField(
        label="It is the usual return of streams for",
        required=False,
        choices=StreamPurpose.choices,
        widget=GovCheckboxes,
        help_text="A rule set can name a template for one kind of return; then that one is used.",
    )
    source = forms.CharField(
        label="Where it comes from", required=False, max_length=500, help_text="A funder's guidance, a contract."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.draw()


class NewTemplateForm(TemplateForm):
    """The same, with what to start from."""

    submit = "Start the template"
    like = forms.ModelChoiceField(
        TemplateVersion.objects.filter(status="IN_USE").select_related("template").order_by("template__name"),
        label="Start as a copy of",
        required=False,
        empty_label="The usual parts of a return only",
    )


class GuidanceForm(DrawnForm):
    """What everybody who fills in the return reads first; and why this version."""

    heights = {"guidance": 6, "why": 4}
    guidance = forms.CharField(
        label="Guidance for the whole return",
        required=False,
        max_length=5000,
        widget=forms.Textarea,
        help_text="It stands above the form and on the first sheet of the workbook.",
    )
    why = forms.CharField(
        label="Why does the template change?",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="It stays with the version. Needed before it is put to use.",
    )

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        if version.number == 1:
            self.fields["why"].help_text = "It stays with the version."
            self.fields["why"].label = "What is this template for?"
        self.draw()


class SectionForm(DrawnForm):
    """A section: its own questions, or a part that follows from the award."""

    heights = {"guidance": 4}
    part = forms.ChoiceField(label="What does it ask for?", widget=GovRadios)
    title = forms.CharField(label="Title", max_length=200)
    guidance = forms.CharField(
        label="Guidance",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="Plain words for somebody who fills this in once a year.",
    )

    def __init__(self, *args, version, section=None, **kwargs):
        super().__init__(*args, **kwargs)
        if section is not None:
            del self.fields["part"]
        else:
            taken = {row.part for row in version.sections.all()} - {ReturnPart.INDICATORS}
            self.fields["part"].choices = [choice for choice in ReturnPart.choices if choice[0] not in taken]
        self.draw()


class KindForm(DrawnForm):
    """The first step of a new question: what its answer is."""

    submit = "Continue"
    kind = forms.ChoiceField(
        label="What is the answer?",
        choices=IndicatorKind.choices,
        widget=GovRadios(hints=HINTS_OF_KIND),
        error_messages={"required": "Select what the answer is"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.draw()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True


class QuestionForm(DrawnForm):
    """The details of a question of one kind."""

    heights = {"help": 3, "categories": 8}
    label = forms.CharField(
        label="Question or name of the figure", max_length=200, error_messages={"required": "Say what is asked for"}
    )
    help = forms.CharField(
        label="Help",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="What counts, and what does not, in words a volunteer understands.",
    )
    categories = forms.CharField(
        label="Categories",
        widget=forms.Textarea,
        help_text="One on each line, in the order they are shown.",
        error_messages={"required": "Enter the categories, one on each line"},
    )
    unit = forms.CharField(label="Unit", required=False, max_length=40, help_text="For example, people or hours.")
    lowest = NumberField(label="Lowest that can be entered")
    highest = NumberField(label="Highest that can be entered")
    longest = forms.IntegerField(
        label="Letters at most",
        min_value=1,
        max_value=LONGEST_WORDS,
        initial=2000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    target = NumberField(label="Target", help_text="Shown beside the answer. Leave empty where there is none.")
    fewer_is_better = forms.BooleanField(label="Fewer is better, for example people waiting", required=False)
    warns_on_jump = forms.BooleanField(
        label="When it changes by over half on the last return, ask the recipient why", required=False
    )
    required = forms.ChoiceField(
        label="When must it be answered?", choices=Required.choices, widget=GovRadios(hints=HINTS_OF_NEED)
    )
    required_if = forms.ChoiceField(label="Needed when this is above nought or yes", required=False)

    def __init__(self, *args, kind, version, indicator=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = K(kind)
        for name in self.left_out():
            del self.fields[name]
        leads = [row for row in indicators_of(version) if row.kind in MAY_LEAD and row != indicator]
        self.fields["required_if"].choices = [("", "No other question"), *((row.key, row.label) for row in leads)]
        if not leads:
            del self.fields["required_if"]
            self.fields["required"].choices = [c for c in Required.choices if c[0] != Required.WHEN]
        if self.kind == K.SCORE:
            self.fields["lowest"].label, self.fields["highest"].label = "Lowest score", "Highest score"
        self.draw()

    def left_out(self):
        """The fields that say nothing about an answer of this kind."""
        found = set()
        if self.kind != K.COUNTS:
            found.add("categories")
        if self.kind not in WITH_UNIT:
            found.add("unit")
        if self.kind not in WITH_TARGET:
            found.add("target")
        if self.kind not in FIGURES:
            found |= {"lowest", "highest", "fewer_is_better", "warns_on_jump"}
        if self.kind != K.TEXT:
            found.add("longest")
        return found

    def clean_categories(self):
        return [line.strip() for line in self.cleaned_data["categories"].splitlines() if line.strip()]


def initial_of(indicator):
    """A question as its form shows it."""
    found = {name: getattr(indicator, name) for name in QuestionForm.base_fields}
    return found | {"categories": "\n".join(indicator.categories)}


class CheckForm(DrawnForm):
    """How figures of a version must agree."""

    left = forms.MultipleChoiceField(
        label="These figures together",
        widget=GovCheckboxes(small=True),
        error_messages={"required": "Select at least one figure"},
    )
    kind = forms.ChoiceField(label="must", choices=CheckKind.choices, widget=GovRadios)
    right = forms.ChoiceField(label="this figure")
    only_warns = forms.TypedChoiceField(
        label="When they do not",
        choices=[("yes", "The recipient may say why it is right"), ("no", "It must be corrected")],
        coerce=lambda value: value == "yes",
        widget=GovRadios,
    )

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, **kwargs)
        figures = [(row.key, row.label) for row in indicators_of(version) if row.kind in FIGURES]
        self.fields["left"].choices = figures
        self.fields["right"].choices = [("", "Choose a figure"), *figures]
        self.draw()
