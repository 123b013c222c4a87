"""Forms of officers, and the form by which questions are answered."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from records.formfields import GovDateField, GovField, GovForm, GovRadios

from ..enums import ReturnSection, Verdict, section_words
from ..models import ReturnQuery

LONGEST_SECTION = ReturnQuery._meta.get_field("section").max_length


class PlainHelper(FormHelper):
    """Fields only: the page brings the form element and its buttons."""

    def __init__(self, *fields):
        super().__init__()
        self.form_tag = False
        self.layout = Layout(*fields)


def sections_of(sheets):
    """What a question can be about: the title of each sheet, kept as words, and the files."""
    titles = [*(sheet.title for sheet in sheets), str(ReturnSection.FILES.label)]
    return [(title[:LONGEST_SECTION], title) for title in dict.fromkeys(titles)]


class QuestionForm(GovForm):
    """One question about a section, named by its title in this return."""

    section = forms.ChoiceField(label="Section")
    question = forms.CharField(label="Question", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)

    def __init__(self, *args, sections, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [("", "Choose a section"), *sections]

    @property
    def row_label(self):
        return f"question {int(self.prefix.rpartition('-')[2]) + 1}"


class BaseQuestionFormSet(forms.BaseFormSet):
    """Up to five questions; rows left wholly empty do not count."""

    def questions(self):
        return [
            (form.cleaned_data["section"], form.cleaned_data["question"]) for form in self.forms if form.cleaned_data
        ]

    def clean(self):
        if not any(self.errors) and not self.questions():
            raise forms.ValidationError("Ask at least one question")


QuestionFormSet: type[BaseQuestionFormSet] = forms.formset_factory(
    QuestionForm, formset=BaseQuestionFormSet, extra=3, max_num=5
)


class AnswerForm(GovForm):
    """One text for each open question, named by the question."""

    def __init__(self, *args, queries, **kwargs):
        super().__init__(*args, **kwargs)
        self.queries = queries
        for query in queries:
            self.fields[f"answer-{query.pk}"] = forms.CharField(
                label=query.question,
                help_text=f"About: {section_words(query.section)}",
                widget=forms.Textarea(attrs={"rows": 4}),
                max_length=4000,
                error_messages={"required": f"Answer the question “{query.question[:80]}”"},
            )
        self.helper = PlainHelper(*[GovField(name, label_size="s") for name in self.fields])

    def answers(self):
        return {query.pk: self.cleaned_data[f"answer-{query.pk}"] for query in self.queries}


class ReviewForm(GovForm):
    verdict = forms.ChoiceField(
        label="Is the return satisfactory?",
        choices=Verdict.choices,
        widget=GovRadios(
            hints={
                Verdict.SATISFACTORY: "Meets the condition of any instalment that waits for this return.",
                Verdict.UNSATISFACTORY: "Meets no condition. Say in the reply what has to happen.",
            }
        ),
        error_messages={"required": "Select whether the return is satisfactory"},
    )
    reply = forms.CharField(
        label="Reply to the recipient",
        help_text="They read these words.",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        error_messages={"required": "Write a reply to the recipient"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = PlainHelper("verdict", "reply")


class ReasonForm(GovForm):
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Enter the reason"},
    )

    def __init__(self, *args, label="Reason", hint="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, hint
        self.helper = PlainHelper("reason")


class AskForm(GovForm):
    starts_on = GovDateField(label="The period starts on")
    ends_on = GovDateField(label="The period ends on")
    due_on = GovDateField(label="The return is due on")
    reason = forms.CharField(
        label="Why is it asked for?",
        help_text="The recipient reads these words.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        error_messages={"required": "Say why the return is asked for"},
    )

    def __init__(self, *args, within, on, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "ends_on"):
            self.fields[name].earliest, self.fields[name].latest = within
            self.fields[name].noun = "start of the period" if name == "starts_on" else "end of the period"
        self.fields["due_on"].earliest, self.fields["due_on"].noun = on, "due date"
        self.helper = PlainHelper("starts_on", "ends_on", "due_on", "reason")

    def clean(self):
        given = super().clean()
        starts_on, ends_on = given.get("starts_on"), given.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The end of the period must be on or after its start")
        return given
