"""Forms of a business case: one for each section, with rows that can be added without scripts."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from records.documents import why_not_upload
from records.formfields import PARTS, GovCheckboxes, GovDateField, GovForm, GovRadios, MoneyField
from records.words import listed, pounds

from ..enums import CaseSection, EvidenceStrength, MeasureDirection
from ..queries.bidding import AskedSet
from ..queries.question_list import hint_of, label_of
from ..queries.questions import number_words
from ..queries.school_content import GOES
from .bids import AnswersForm, MatchRow, NumberField, ProfileForm
from .schools import SchoolRow, SchoolsForm, goes_field

S = CaseSection
LONG = 4000
STRENGTH_HINTS = {
    EvidenceStrength.STRONG: "It worked here or elsewhere, and somebody independent has shown it.",
    EvidenceStrength.GOOD: "Local figures, consultation or analysis point to it.",
    EvidenceStrength.SOME: "People who know the area or the work judge that it is needed.",
    EvidenceStrength.NONE: "An officer must then justify the project, unless it serves a priority.",
}


class LinesField(forms.CharField):
    """Several short texts, one on each line."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), required=False, **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = list(dict.fromkeys(line.strip() for line in (value or "").splitlines() if line.strip()))
        if any(len(line) > 80 for line in lines):
            raise forms.ValidationError("Write each area on its own line, in 80 characters or fewer")
        return lines


def long_text(section, name, rows=6, maximum=LONG):
    return forms.CharField(
        label=label_of(section, name),
        help_text=hint_of(section, name),
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=maximum,
        required=False,
    )


def hint_of_lot(lot):
    """What a lot is for, and how little or how much it gives to one project."""
    bounds = [
        f"at {word} {pounds(Decimal(lot[name]))}" for word, name in (("least", "floor"), ("most", "cap")) if lot[name]
    ]
    said = f"A project may ask for {listed(bounds)}." if bounds else ""
    return " ".join(filter(None, [lot["guidance"], said]))


class StartForm(GovForm):
    """The name of a new business case; the organisation where the person writes for several."""

    title = forms.CharField(
        label=label_of(S.OVERVIEW, "title"), max_length=200, help_text="You can change it until you send it in."
    )

    def __init__(self, *args, organisations=(), **kwargs):
        super().__init__(*args, **kwargs)
        if len(organisations) > 1:
            choices = [(row.key, row.name) for row in organisations]
            self.fields["organisation"] = forms.ChoiceField(label="Organisation", choices=choices, widget=GovRadios())
            self.order_fields(["organisation", "title"])


class OverviewForm(GovForm):
    title = forms.CharField(label=label_of(S.OVERVIEW, "title"), max_length=200)
    summary = long_text(S.OVERVIEW, "summary")
    serving_officers = long_text(S.OVERVIEW, "serving_officers", rows=3, maximum=1000)


class AboutForm(GovForm):
    title = forms.CharField(label=label_of(S.PROJECTS, "title"), max_length=200)
    description = long_text(S.PROJECTS, "description")
    starts_on = GovDateField(label=label_of(S.PROJECTS, "starts_on"), noun="start date", required=False)
    ends_on = GovDateField(label=label_of(S.PROJECTS, "ends_on"), noun="end date", required=False)

    def __init__(self, *args, lots=(), about_schools=False, **kwargs):
        super().__init__(*args, **kwargs)
        if about_schools:
            self.fields[GOES] = goes_field()
        if lots:
            field = forms.ChoiceField(
                label=label_of(S.PROJECTS, "lot"),
                choices=[(str(lot["number"]), f"Lot {lot['number']}: {lot['name']}") for lot in lots],
                widget=GovRadios(hints={str(lot["number"]): hint for lot in lots if (hint := hint_of_lot(lot))}),
                required=False,
            )
            self.fields["lot"] = field
            self.order_fields(["title", "lot"])

    def clean_lot(self):
        return int(self.cleaned_data["lot"]) if self.cleaned_data["lot"] else None

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "End date must be on or after the start date")
        return cleaned


class NeedForm(GovForm):
    need = long_text(S.NEED, "need")
    evidence = long_text(S.NEED, "evidence")
    evidence_strength = forms.ChoiceField(
        label=label_of(S.NEED, "evidence_strength"),
        choices=EvidenceStrength.choices,
        widget=GovRadios(hints=STRENGTH_HINTS),
        required=False,
    )
    evidence_source = forms.CharField(
        label=label_of(S.NEED, "evidence_source"),
        help_text=hint_of(S.NEED, "evidence_source"),
        max_length=300,
        required=False,
    )
    file = forms.FileField(label=label_of(S.NEED, "documents"), help_text=hint_of(S.NEED, "documents"), required=False)

    def clean_file(self):
        upload = self.cleaned_data.get("file")
        if upload and (why := why_not_upload(upload)):
            raise forms.ValidationError(why)
        return upload


class OutputsForm(GovForm):
    no_outputs_reason = long_text(S.OUTPUTS, "no_outputs_reason", rows=3, maximum=1000)


class PrioritiesForm(GovForm):
    priorities = forms.MultipleChoiceField(
        label=label_of(S.PRIORITIES, "priorities"),
        help_text=hint_of(S.PRIORITIES, "priorities"),
        widget=GovCheckboxes(),
        required=False,
    )
    no_priority_reason = long_text(S.PRIORITIES, "no_priority_reason", rows=3, maximum=1000)

    def __init__(self, *args, priorities=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["priorities"].choices = [(row.key, row.name) for row in priorities]


class AreasForm(GovForm):
    areas = LinesField(label=label_of(S.AREAS, "areas"), help_text=hint_of(S.AREAS, "areas"))


class OutcomeRow(GovForm):
    noun = "Outcome"
    outcome = forms.CharField(label="Outcome: what will change", max_length=300)
    measure = forms.CharField(label="How it is measured", max_length=300)
    unit = forms.CharField(label="Unit (for example, people)", max_length=60, required=False)
    direction = forms.ChoiceField(
        label="Better when the figure is", choices=[("UP", "Higher"), ("DOWN", "Lower")], initial=MeasureDirection.UP
    )
    baseline = NumberField(label="Now (leave empty if not known)", required=False)
    target = NumberField(label="Target")


class OutputRow(GovForm):
    noun = "Output"
    output = forms.CharField(label="Output", max_length=300)
    target = NumberField(label="How many", min_value=Decimal(0))
    unit = forms.CharField(label="Unit", max_length=60, required=False)


class BudgetRow(GovForm):
    noun = "Budget line"
    heading = forms.CharField(label="What for", max_length=200)
    amount = MoneyField(label="Amount", min_value=Decimal("0.01"))


class PartnerRow(GovForm):
    noun = "Partner"
    name = forms.CharField(label="Organisation", max_length=200)
    part = forms.CharField(label="What it does", max_length=300, required=False)


class Rows(BaseFormSet):
    """Rows in which an empty one is simply left out."""

    def initial_form_count(self):
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.row_label = f"{form.noun} {(index or 0) + 1}"

    def answers(self):
        return [form.cleaned_data for form in self.forms if form.has_changed()]


SECTION_FORMS = {
    S.OVERVIEW: OverviewForm,
    S.PROJECTS: AboutForm,
    S.NEED: NeedForm,
    S.OUTPUTS: OutputsForm,
    S.PRIORITIES: PrioritiesForm,
    S.AREAS: AreasForm,
    S.PROFILE: ProfileForm,
    S.SCHOOLS: SchoolsForm,
}
SECTION_ROWS = {
    S.OUTCOMES: ("outcomes", OutcomeRow),
    S.OUTPUTS: ("outputs", OutputRow),
    S.BUDGET: ("budget_lines", BudgetRow),
    S.AREAS: ("partners", PartnerRow),
    S.MATCH: ("match_lines", MatchRow),
    S.SCHOOLS: ("school_inputs", SchoolRow),
}
MOST_ROWS = 60


class SectionForms:
    """The form and the rows of one section as one: filled from content, from what was typed, or bound."""

    def __init__(self, section, *, part=None, data=None, files=None, raw=None, **extra):
        """`extra`: what the form of this section takes beside: priorities, lots or periods; its rows, for schools."""
        self.section = section
        self.is_set = isinstance(section, AskedSet)
        row_class: Any
        self.rows_name, row_class = ("", None) if self.is_set else SECTION_ROWS.get(section, ("", None))
        self.row_class = row_class
        form_class = AnswersForm if self.is_set else SECTION_FORMS.get(section)
        self.row_extra = extra if section == S.SCHOOLS else {}
        self.extra = extra = {"asked": section} if self.is_set else {} if self.row_extra else extra
        if data is not None:
            self.form = form_class(data, files, **extra) if form_class else None
            self.rows = self._rows(len(self.raw_rows(data)), data) if self.row_class else None
            return
        initial = self._typed(form_class, raw, extra) if raw is not None else self._stored(part or {})
        self.form = form_class(initial=initial, **extra) if form_class else None
        rows = self.raw_rows(raw) if raw is not None else self._stored_rows(part or {})
        self.rows = self._rows(0 if rows else 1, initial=rows) if self.row_class else None

    def _rows(self, extra, data=None, **filled):
        made = formset_factory(
            self.row_class, formset=Rows, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS * 2, validate_max=True
        )
        return made(data, prefix=self.rows_name, form_kwargs=self.row_extra, **filled)

    def _stored(self, part):
        """Stored answers as the form takes them: priorities by key, a lot by number."""
        if self.is_set:
            return AnswersForm.typed_from(part)
        if self.section == S.PROFILE:
            return ProfileForm.typed_from(part, self.extra.get("periods") or ())
        initial = dict(part)
        if "priorities" in initial:
            initial["priorities"] = [row["key"] for row in initial["priorities"] or []]
        if initial.get("lot"):
            initial["lot"] = str(initial["lot"]["number"])
        return initial

    def _stored_rows(self, part):
        """Stored rows as people would type them: "120", not "120.00"; sums as sums."""
        rows = [dict(row) for row in part.get(self.rows_name) or []]
        for row in rows:
            for name in ("target", "baseline"):
                if row.get(name):
                    row[name] = number_words(row[name])
            if row.get("amount"):
                row["amount"] = Decimal(row["amount"])
        return rows

    @staticmethod
    def _typed(form_class, raw, extra):
        """What was typed, unjudged, so that nothing is lost when a row is added."""
        if form_class is None:
            return {}
        blank = form_class(**extra)
        return {name: field.widget.value_from_datadict(raw, {}, name) for name, field in blank.fields.items()}

    def raw_rows(self, data):
        """The rows as typed, unjudged."""
        if not self.row_class:
            return []
        try:
            total = min(int(data.get(f"{self.rows_name}-TOTAL_FORMS", 0)), MOST_ROWS)
        except ValueError:
            total = 0
        fields = self.row_class.base_fields.items()
        return [
            {name: typed_in(field, data, f"{self.rows_name}-{row}-{name}") for name, field in fields}
            for row in range(total)
        ]

    def is_valid(self):
        parts = [part for part in (self.form, self.rows) if part is not None]
        found = [part.is_valid() for part in parts]
        return all(found)

    def answers(self):
        """The cleaned answers, as the action takes them."""
        if isinstance(self.form, AnswersForm | ProfileForm):
            return self.form.answers()
        answers = dict(self.form.cleaned_data) if self.form else {}
        answers.pop("file", None)
        if self.rows is not None:
            answers[self.rows_name] = self.rows.answers()
        return answers

    @property
    def upload(self):
        """The file sent along, or None; files that answer questions go with their answers."""
        return self.form.cleaned_data.get("file") if self.form and not self.is_set else None

    @property
    def both(self):
        return [part for part in (self.form, self.rows) if part is not None]


def typed_in(field, data, name):
    """What one box of a row holds as typed; the three boxes of a day as a list."""
    return field.widget.value_from_datadict(data, {}, name) if isinstance(field, GovDateField) else data.get(name, "")


def typed_again(typed, name, value):
    """Put what a box held back among posted data, where the row stands now."""
    if not isinstance(value, list):
        typed[name] = value
        return
    for part, box in zip(PARTS, value, strict=True):
        typed[f"{name}_{part}"] = box


def with_row_changed(data, section):
    """What was typed with one row more (`add`) or one row less (`remove`), as posted data."""
    typed = data.copy()
    name, row_class = SECTION_ROWS[CaseSection(section)]
    rows = SectionForms(section, raw=data).raw_rows(data)
    if "add" in data:
        rows.append({})
    elif data.get("remove", "").isdigit() and int(data["remove"]) < len(rows):
        rows.pop(int(data["remove"]))
    typed[f"{name}-TOTAL_FORMS"] = str(len(rows))
    for number, row in enumerate(rows):
        for field, at_first in row_class.base_fields.items():
            typed_again(typed, f"{name}-{number}-{field}", row.get(field, at_first.initial or ""))
    return typed


class DeclarationForm(GovForm):
    agrees = forms.BooleanField(
        label="What this business case says is true as far as I know, and the organisation agrees to send it",
        error_messages={"required": "Tick the box to say that the organisation agrees to send this"},
    )


class ReasonForm(GovForm):
    """Why: kept in the history and told to those concerned."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)

    def __init__(self, *args, label="Reason", hint="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = hint


class ProjectForm(GovForm):
    title = forms.CharField(
        label=label_of(S.PROJECTS, "title"),
        max_length=200,
        help_text="Each project is decided on its own, so give it a name of its own.",
    )
