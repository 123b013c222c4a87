"""What officers type about the plan as a document: words, sections, dated changes."""

from django import forms

from records.formfields import GovDateField

from ..enums import SectionKind
from ..models import PlanSection, Stream
from .plan import PlanForm, reason_field

LONGEST = 20_000


def words_field(**more):
    return forms.CharField(
        label="Words of the section",
        max_length=LONGEST,
        widget=forms.Textarea,
        strip=False,
        help_text="Leave an empty line between paragraphs. Begin a line with “- ” to make a list. "
        "Figures, names and dates of awards and contracts stand below the words by themselves.",
        **more,
    )


class PlanTitleForm(PlanForm):
    """The title of the plan and what it is for."""

    rows = {"purpose": 8, "reason": 3}
    title = forms.CharField(label="Title", max_length=200)
    purpose = forms.CharField(label="What the plan is for", required=False, max_length=5000, widget=forms.Textarea)
    reason = reason_field()


class WordsForm(PlanForm):
    """The words of one section, and why they change."""

    rows = {"words": 16, "reason": 3}
    words = words_field(required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = reason_field()


class SectionForm(PlanForm):
    """The number, the heading and the place of a section."""

    rows = {"reason": 3}
    number = forms.CharField(
        label="Number", required=False, max_length=10, help_text="For example 3.1. Leave empty for none."
    )
    title = forms.CharField(label="Heading", max_length=200)
    order = forms.IntegerField(
        label="Place in the plan",
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Sections stand in the order of these numbers.",
    )
    reason = reason_field()


class NewSectionForm(SectionForm):
    """A new section: what it shows, and its first words."""

    rows = {"words": 10, "reason": 3}
    kind = forms.ChoiceField(label="What it shows beside its words", choices=SectionKind.choices)
    stream = forms.ModelChoiceField(
        Stream.objects.none(),
        label="Stream",
        required=False,
        empty_label="None",
        help_text="For a section of a stream or of a commissioned service.",
    )
    words = words_field(required=False)
    field_order = ["number", "title", "kind", "stream", "order", "words", "reason"]

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stream"].queryset = Stream.objects.filter(plan=plan).order_by("order", "number")
        self.fields["order"].required = False
        self.fields["order"].help_text = "Leave empty to put it at the end."


class RemoveSectionForm(PlanForm):
    """Why a section goes."""

    rows = {"reason": 3}
    submit = "Remove this section"
    reason = reason_field()


class PlanChangeForm(PlanForm):
    """A dated variation of the plan."""

    rows = {"reason": 4}
    submit = "Record this change"
    on = GovDateField(label="Day from which it counts", noun="day from which it counts")
    title = forms.CharField(label="What changes", max_length=300)
    section = forms.ModelChoiceField(
        PlanSection.objects.none(), label="Section it concerns", required=False, empty_label="The plan as a whole"
    )
    reason = reason_field()

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = PlanSection.objects.filter(plan=plan).order_by("order", "pk")
