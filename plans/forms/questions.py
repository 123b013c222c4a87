"""What officers type about questions and conditions, and how questions look to those who answer them."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from records.formfields import GovCheckboxes, GovDateField, GovField, GovForm, GovRadios, MoneyField

from .. import rules
from ..enums import QuestionKind, YesNo
from ..models import Stream
from .rule_rows import LONG, SHORT, RuleForm, as_lines, radios, whole, words

Q = QuestionKind


class QuestionForm(RuleForm):
    """One question of a set."""

    part = "questions"
    lists = ("options", "shown_for")
    wishes = {
        "help": SHORT,
        "options": LONG,
        "shown_for": SHORT,
        "longest": {"width": 5},
        "lowest": {"width": 10},
        "highest": {"width": 10},
    }
    label = forms.CharField(label="Question", max_length=300)
    help = words("Help", "Shown under the question.")
    kind = radios("Kind of answer", QuestionKind)
    required = forms.BooleanField(label="It must be answered", required=False, initial=True)
    options = words("Answers to choose from", "For a list only. One in a line.")
    lowest = forms.DecimalField(
        label="Lowest", required=False, max_digits=12, decimal_places=2, help_text="For a number or a sum only."
    )
    highest = forms.DecimalField(
        label="Highest", required=False, max_digits=12, decimal_places=2, help_text="For a number or a sum only."
    )
    longest = whole("Most characters", "For words only.", low=1, high=20_000, initial=2000)
    shown_if = forms.ChoiceField(label="Asked only where this question", required=False)
    shown_for = words("is answered with", "One answer in a line. For a yes or no, write yes or no.")

    def __init__(self, *args, parent, row=None, **kwargs):
        super().__init__(*args, **kwargs)
        before = [other for other in parent.questions.all() if row is None or other.number < row.number]
        self.before = before
        self.fields["shown_if"].choices = [("", "Always asked"), *((other.key, other.label) for other in before)]

    def clean_longest(self):
        return self.cleaned_data["longest"] or 2000

    def clean_shown_for(self):
        given = self.cleaned_data["shown_for"]
        yes_no = {"yes": "yes", "no": "no"}
        return "\n".join(yes_no.get(line.casefold(), line) for line in as_lines(given))

    def check(self, given):
        """Against the questions before it, in the words of the rule."""
        before = {
            row.key: {"key": row.key, "kind": row.kind, "label": row.label, "options": row.options}
            for row in self.before
        }
        for field, sentence in rules.faults_of_question({"key": "", **given}, before):
            self.add_error(field if field in self.fields else None, sentence.removesuffix("."))


class ConditionForm(RuleForm):
    """One numbered, checkable condition of the terms."""

    part = "conditions"
    wishes = {"number": {"width": 5}, "text": LONG, "why": SHORT}
    number = forms.CharField(label="Number", max_length=10, help_text="As printed, for example 4.2.")
    text = words("Condition", "One that can be checked.", required=True, longest=10_000)
    why = words("Why it stands there")
    checked_by = forms.CharField(
        label="How it is checked", required=False, max_length=300, help_text="For example, a copy of the policy."
    )
    streams = forms.ModelMultipleChoiceField(
        Stream.objects.order_by("plan__starts_on", "order", "pk"), label="Only for these streams", required=False,
        widget=GovCheckboxes(small=True), help_text="Tick none where it holds for all.",
    )  # fmt: skip


class AnswersPreview(GovForm):
    """Questions as applicants see them; nothing can be sent."""

    def __init__(self, questions, **kwargs):
        super().__init__(**kwargs)
        labels = {question.key: question.label for question in questions}
        for question in questions:
            self.fields[question.key] = answer_field(question, hint_of(question, labels))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        long = {question.key for question in questions if question.kind == Q.WORDS}
        self.helper.layout = Layout(*(GovField(name, rows=5) if name in long else name for name in self.fields))


def hint_of(question, labels):
    """The help of a question, with when it is asked."""
    answers = [dict(YesNo.choices).get(answer, answer) for answer in question.shown_for]
    asked = f"Asked only where “{labels.get(question.shown_if, '')}” is answered: {', '.join(answers)}."
    return " ".join(filter(None, [question.help, asked if question.shown_if else ""]))


def answer_field(question, hint):
    """The field that takes an answer of this kind."""
    label = question.label if question.required else f"{question.label} (optional)"
    given = {"label": label, "help_text": hint, "required": False}
    choices = [(option, option) for option in question.options]
    bounds = {"min_value": question.lowest, "max_value": question.highest}
    return {
        Q.TEXT: lambda: forms.CharField(**given, max_length=question.longest),
        Q.WORDS: lambda: forms.CharField(**given, max_length=question.longest, widget=forms.Textarea),
        Q.NUMBER: lambda: forms.DecimalField(**given, **bounds),
        Q.MONEY: lambda: MoneyField(**given),
        Q.YES_NO: lambda: forms.ChoiceField(**given, choices=YesNo.choices, widget=GovRadios(inline=True)),
        Q.CHOICE: lambda: forms.ChoiceField(**given, choices=choices, widget=GovRadios()),
        Q.CHOICES: lambda: forms.MultipleChoiceField(**given, choices=choices, widget=GovCheckboxes()),
        Q.DAY: lambda: GovDateField(**given),
        Q.FILE: lambda: forms.FileField(**given),
    }[Q(question.kind)]()
