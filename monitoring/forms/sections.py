"""The sections of a return as forms: one small form for each row, gathered by project."""

from dataclasses import dataclass, field
from decimal import Decimal

from django import forms

from records.formfields import GovForm, GovRadios, MoneyField

from ..enums import ReturnSection, Standing

NUMBER = "Enter a number, like 12 or 12.5"


class FigureField(forms.DecimalField):
    """A count or a measure; "1,250" is read, and empty stays unknown."""

    widget = forms.TextInput

    def __init__(self, **given):
        given.setdefault("max_digits", 12)
        given.setdefault("decimal_places", 2)
        super().__init__(required=False, **given)
        self.error_messages |= {"invalid": NUMBER, "min_value": "Enter 0 or more"}
        self.widget.attrs |= {"inputmode": "decimal", "spellcheck": "false", "autocomplete": "off"}
        self.widget.gov_width = "govuk-input--width-5"

    def to_python(self, value):
        return super().to_python(value.replace(",", "").replace(" ", "") if isinstance(value, str) else value)

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            text = f"{value:f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        return value


def area(label, rows=3, **given):
    """A text area that may stay empty while it is a draft."""
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **given)


class RowForm(GovForm):
    """The form of one row; `label` names the row for those who cannot see the table."""

    FIELDS = ()

    def __init__(self, *args, row, label, **kwargs):
        initial = {name: getattr(row, name) for name in self.FIELDS}
        super().__init__(*args, initial=initial, prefix=f"row-{row.pk}", **kwargs)
        self.row, self.row_label = row, label
        for bound in self.fields.values():
            bound.label = f"{bound.label}: {label}"


class SpendForm(RowForm):
    FIELDS = ("spent", "evidence")
    spent = MoneyField(label="Spent", noun="amount spent", required=False)
    evidence = forms.CharField(label="Evidence", required=False, max_length=300)


class OutcomeForm(RowForm):
    FIELDS = ("value", "comment")
    value = FigureField(label="Result")
    comment = area("Comment", rows=2)


class OutputForm(RowForm):
    FIELDS = ("delivered", "comment")
    delivered = FigureField(label="Delivered", min_value=Decimal(0))
    comment = area("Comment", rows=2)


class ProjectForm(RowForm):
    FIELDS = ("standing", "narrative")
    standing = forms.ChoiceField(label="Standing", choices=Standing.choices, required=False, widget=GovRadios)
    narrative = area("Narrative", rows=6)

    def __init__(self, *args, label, **kwargs):
        super().__init__(*args, label=label, **kwargs)
        self.fields["standing"].label = f"How does “{label}” stand against its plan?"
        self.fields["narrative"].label = f"What happened in “{label}”?"


class OverallForm(GovForm):
    narrative = area("What happened over the whole period?", rows=8)
    learning = area("What did you learn? (optional)", rows=4)
    risks = area("What could go wrong from here? (optional)", rows=4)


class UnderspendForm(GovForm):
    underspend_reason = area("Why is money left unspent, and what should happen with it?", rows=6)


ROWS = {
    ReturnSection.SPEND: (SpendForm, "spend", lambda row: row.heading),
    ReturnSection.OUTCOMES: (OutcomeForm, "outcomes", lambda row: row.planned.outcome),
    ReturnSection.OUTPUTS: (OutputForm, "outputs", lambda row: row.planned.output),
}
WORDS = {ReturnSection.OVERALL: OverallForm, ReturnSection.UNDERSPEND: UnderspendForm}
EDITED = [*ROWS, ReturnSection.PROJECTS, *WORDS]


@dataclass
class Group:
    """The forms of one project."""

    part: object
    forms: list = field(default_factory=list)


class SectionForms:
    """All forms of one section. It looks like a formset to the error summary."""

    management_form = None

    def __init__(self, section, monitoring_return, parts, data=None):
        self.section, self.monitoring_return = section, monitoring_return
        self.is_bound = data is not None
        self.groups, self.words = [], None
        if section in WORDS:
            initial = {name: getattr(monitoring_return, name) for name in WORDS[section].base_fields}
            self.words = WORDS[section](data, initial=initial)
        elif section == ReturnSection.PROJECTS:
            self.groups = [Group(part, [self._row(ProjectForm, part.report, part.line.title, data)]) for part in parts]
        else:
            form, rows, label = ROWS[section]
            where = (lambda part: f" ({part.line.title})") if len(parts) > 1 else (lambda part: "")
            self.groups = [
                Group(part, [self._row(form, row, label(row) + where(part), data) for row in getattr(part, rows)])
                for part in parts
                if getattr(part, rows)
            ]

    @staticmethod
    def _row(form, row, label, data):
        return form(data, row=row, label=label)

    @property
    def forms(self):
        return [self.words] if self.words else [form for group in self.groups for form in group.forms]

    def put_beside(self, last):
        """Give each row the figure of the last return, `last` being {budget line or planned id: figure}."""
        for form in self.forms:
            row = form.row
            form.last = last.get(row.budget_line_id if self.section == ReturnSection.SPEND else row.planned_id)

    def non_form_errors(self):
        return []

    @property
    def total_error_count(self):
        return sum(len(form.errors) for form in self.forms)

    def is_valid(self):
        return not [form for form in self.forms if not form.is_valid()]

    def entries(self):
        """What was typed, as `save_return` takes it."""
        if self.words:
            return {}
        return {self.section: {form.row.pk: dict(form.cleaned_data) for form in self.forms}}

    def texts(self):
        return dict(self.words.cleaned_data) if self.words else {}

    def differences(self):
        """Where what was typed differs from what is saved now: {label, before, after}."""
        found = []
        for form in self.forms:
            for name, typed in form.cleaned_data.items():
                saved = form.initial[name]
                if saved != typed:
                    bound = form[name]
                    found.append({"label": bound.label, "before": _shown(saved), "after": _shown(typed)})
        return found


def _shown(value):
    return "Nothing" if value in (None, "") else str(value)


class CertifyForm(GovForm):
    declaration = forms.BooleanField(
        label="I have checked these figures against the accounts. They are true and complete, and the money was "
        "spent only on what was approved.",
        error_messages={"required": "Tick the box to sign the declaration, or decline with a reason"},
    )


class UploadForm(GovForm):
    section = forms.ChoiceField(
        label="What is the file about?",
        choices=[(value, label) for value, label in ReturnSection.choices if value != ReturnSection.FILES],
    )
    file = forms.FileField(
        label="File",
        help_text="PDF, Word (docx), Excel (xlsx), PNG, JPG, CSV or text.",
        error_messages={"required": "Select a file", "empty": "The selected file is empty."},
    )
