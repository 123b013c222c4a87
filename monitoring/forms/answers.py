"""The sections of a return as forms, made from its sheets: one small form for each line.

The workbook is made from the same sheets and read by the same `read_value`, so both doors share every
label, limit and sentence.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from plans.enums import IndicatorKind, Required
from records.formfields import GovForm, GovRadios, MoneyWidget, upper_first
from services.queries.kpis import amber_words, shown

from ..enums import CellKind, ReturnSection
from ..queries import shown_as
from ..queries.returns import number_of, plain
from ..queries.sheet import TEXT_LONGEST
from ..rules.values import read_value

ONE_LINE = 300
ROWS_OF = {"comment": 2, "narrative": 6, "learning": 4, "risks": 4, "underspend_reason": 6, "words": 4}
# What a box is called beside its row; the words of the cell itself head the column.
SHORT = {
    "spent": "Spent",
    "forecast": "Expected",
    "evidence": "Evidence",
    "value": "Result",
    "delivered": "Delivered",
    "comment": "Comment",
}
OF_PROJECT = {
    "standing": "How does “{}” stand against its plan?",
    "narrative": "What happened in “{}”?",
}
BY_PROJECT = frozenset({ReturnSection.SPEND, ReturnSection.OUTCOMES, ReturnSection.OUTPUTS, ReturnSection.KPIS})


class AnswerField(forms.Field):
    """One answer, read as its cell says; empty stays unknown."""

    def __init__(self, cell, *, label):
        super().__init__(label=label, required=False, widget=widget_of(cell))
        self.cell = cell
        if isinstance(self.widget, forms.Textarea) and cell.longest < TEXT_LONGEST:
            self.max_length = cell.longest

    def to_python(self, value):
        read, sentence = read_value(self.cell, value)
        if sentence:
            raise ValidationError(f"{upper_first(sentence)}.", code="unreadable")
        return read

    def prepare_value(self, value):
        if not isinstance(value, Decimal) or self.cell.kind == CellKind.MONEY:
            return value
        return plain(value)


def widget_of(cell):
    """The control for a kind of answer."""
    if cell.kind == CellKind.MONEY:
        return MoneyWidget()
    if cell.kind == CellKind.YES_NO:
        return GovRadios(choices=cell.choices, inline=True, small=True)
    if cell.kind == CellKind.CHOICE:
        return GovRadios(choices=cell.choices)
    if cell.kind != CellKind.TEXT:
        box = forms.TextInput({"inputmode": "decimal", "spellcheck": "false", "autocomplete": "off"})
        box.gov_width = "govuk-input--width-5"
        return box
    if cell.longest <= ONE_LINE:
        return forms.TextInput()
    return forms.Textarea({"rows": ROWS_OF.get(cell.name, 4)})


class LineForm(GovForm):
    """The boxes of one line; `row_label` names it for those who cannot see the table."""

    def __init__(self, data, *, line, row_label):
        initial = {cell.name: cell.value for cell in line.cells}
        super().__init__(data, initial=initial, prefix=f"row-{line.pk}" if line.pk else None)
        self.line, self.row_label = line, row_label
        for cell in line.cells:
            self.fields[cell.name] = AnswerField(cell, label=label_of(line, cell, row_label))
        if line.indicator and not line.part:
            hint = " ".join(sentence for sentence in about(line) if sentence)
            self.fields[line.cells[0].name].help_text = hint

    @property
    def last(self):
        """The figure of the last return in words; empty where there is none."""
        if self.line.kpi:
            last = number_of(self.line.beside.get("last"))
            return "" if last is None else shown(self.line.kpi, last)
        return shown_as(self.line.cells[0].kind, self.line.beside.get("last"))

    @property
    def unit(self):
        """What stands behind the box of a figure."""
        cell = self.line.cells[0]
        if not cell.is_figure or cell.kind == CellKind.MONEY:
            return ""
        return "%" if cell.kind == CellKind.PERCENTAGE else self.line.beside.get("unit", "")

    @property
    def target_shown(self):
        """The target of a KPI in the period, in words; empty where none stands."""
        line = self.line
        return shown(line.kpi, line.target.target) if line.target else ""

    @property
    def amber_shown(self):
        """Where the amber of a KPI begins, in words; empty where it has none."""
        return amber_words(self.line.kpi, self.line.target)

    @property
    def answer(self):
        """The box of a line that has one."""
        return self[self.line.cells[0].name]

    def typed(self):
        """What was typed, by line and name; a box the page did not hold stays as it is saved."""
        sent = {name for name in self.cleaned_data if not self._left_out(name)}
        return {(self.line.key, name): value for name, value in self.cleaned_data.items() if name in sent}

    def _left_out(self, name):
        widget = self.fields[name].widget
        return not isinstance(widget, GovRadios) and widget.value_omitted_from_data(
            self.data, self.files, self.add_prefix(name)
        )


def about(line):
    """The hint of a question: its help, and what it was last time and should be."""
    indicator, last = line.indicator, shown_as(line.cells[0].kind, line.beside.get("last"))
    target = shown_as(line.cells[0].kind, plain(indicator.target)) if line.cells[0].is_figure else ""
    return [
        line.beside.get("needed", ""),
        indicator.help,
        f"Last return: {last}." if last and line.cells[0].kind != CellKind.TEXT else "",
        f"Target: {target}{' or fewer' if indicator.fewer_is_better else ''}." if target else "",
    ]


def label_of(line, cell, row_label):
    """The whole question of one box."""
    if line.section == ReturnSection.PROJECTS:
        return OF_PROJECT[cell.name].format(line.label)
    if cell.name in SHORT:
        return f"{SHORT[cell.name]}: {row_label}"
    if line.part and line.indicator.kind == IndicatorKind.SCORE:
        return line.label
    optional = line.indicator and not line.part and line.indicator.required == Required.NEVER
    return f"{row_label} (optional)" if optional else row_label


@dataclass
class Group:
    """The forms that stand under one heading: those of a project, or those of an indicator."""

    title: str
    indicator: Any = None
    approved: Decimal | None = None
    forms: list = field(default_factory=list)

    @property
    def hint(self):
        """The hint of an indicator asked in several boxes."""
        indicator = self.indicator
        target = f"Target in all: {plain(indicator.target)}." if indicator.target is not None else ""
        needed = self.forms[0].line.beside.get("needed", "")
        return " ".join(sentence for sentence in (needed, indicator.help, target) if sentence)

    @property
    def optional(self):
        return self.indicator.required == Required.NEVER


class SectionForms:
    """All forms of one sheet. It looks like a formset to the error summary."""

    management_form = None

    def __init__(self, sheet, data=None):
        self.sheet, self.is_bound = sheet, data is not None
        several = len({line.project for line in sheet.lines}) > 1
        self.forms = [LineForm(data, line=line, row_label=self._name(line, several)) for line in sheet.lines]

    def _name(self, line, several):
        if self.sheet.section == ReturnSection.INDICATORS:
            return f"{line.group}: {line.label}" if line.group else line.label
        return f"{line.label} ({line.group})" if several and line.group else line.label

    @property
    def groups(self):
        """The forms under their headings, in order."""
        found: dict[Any, Group] = {}
        for form in self.forms:
            line = form.line
            key = line.indicator.pk if line.indicator else line.project
            title = line.group if self.sheet.section in BY_PROJECT else line.group or line.label
            found.setdefault(key, Group(title, line.indicator, line.approved)).forms.append(form)
        return list(found.values())

    @property
    def has_last(self):
        """Whether any line has a figure of the last return."""
        return any(form.last for form in self.forms)

    def non_form_errors(self):
        return []

    @property
    def total_error_count(self):
        return sum(len(form.errors) for form in self.forms)

    def is_valid(self):
        return not [form for form in self.forms if not form.is_valid()]

    def values(self):
        """What was typed, as `to_save` and `faults_of` take it."""
        return {key: value for form in self.forms for key, value in form.typed().items()}

    def differences(self):
        """Where what was typed differs from what is saved now: {label, before, after}."""
        found = []
        for form in self.forms:
            for (_key, name), typed in form.typed().items():
                if (saved := form.initial[name]) != typed:
                    found.append({"label": form[name].label, "before": _shown(saved), "after": _shown(typed)})
        return found


def _shown(value):
    return "Nothing" if value in (None, "") else str(value)
