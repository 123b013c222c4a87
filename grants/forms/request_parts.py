"""The fields of a request that changes parts of projects: budget, outputs and outcomes, partners."""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms

from plans.enums import RequestKind
from records.formfields import GovField, GovRadios, MoneyField

from ..enums import MeasureDirection
from .requests import PauseForm, PurposeForm, RequestForm, TimeForm

FIGURE: dict[str, Any] = {"max_digits": 12, "decimal_places": 2}
MOST_NEW = 2


def _plain(number):
    """A figure without useless noughts, as people write it."""
    return f"{Decimal(number).normalize():f}"


class PartsForm(RequestForm):
    """Rows of projects: those there are, and room for new ones."""

    new_rows = 1

    def add_fields(self):
        wanted = {line["line"]: line["rows"] for line in self.wanted.get("lines", [])}
        fieldsets = []
        for line in self.standing["lines"]:
            rows = wanted.get(line["line"], [])
            kept = {(row["part"], row["pk"]): row for row in rows if row["pk"]}
            new = [row for row in rows if not row["pk"]]
            names = [
                name
                for row in line["rows"]
                for name in self.add_row(line, row, kept.get((row["part"], row["pk"]), row))
            ]
            for number in range(max(self.new_rows, len(new))):
                names += self.add_new(line, number, new[number] if number < len(new) else {})
            fieldsets.append(Fieldset(line["title"], *names, legend_size="m"))
        return fieldsets

    def after(self):
        lines = []
        for line in self.standing["lines"]:
            rows = [self.row_after(line, row) for row in line["rows"]]
            number = 0
            while f"new_{line['line']}_{number}" in self.fields:
                rows += filter(None, [self.new_after(line, number)])
                number += 1
            lines.append({**line, "rows": rows})
        return {"lines": lines}

    def name(self, line, row, what="value"):
        return f"{what}_{line['line']}_{row['part']}_{row['pk']}"

    def add_row(self, line, row, wanted):
        raise NotImplementedError

    def add_new(self, line, number, wanted):
        raise NotImplementedError

    def row_after(self, line, row):
        raise NotImplementedError

    def new_after(self, line, number):
        raise NotImplementedError

    def new_name(self, line, number, label, wanted, help_text=""):
        name = f"new_{line['line']}_{number}"
        self.fields[name] = forms.CharField(
            label=label, required=False, max_length=200, help_text=help_text, initial=wanted.get("name", "")
        )
        return name

    def gone_field(self, line, row, wanted, label):
        name = self.name(line, row, "gone")
        self.fields[name] = forms.BooleanField(label=label, required=False, initial=bool(wanted.get("gone")))
        return name


class MoneyForm(PartsForm):
    """The budget of each project, line by line; the sum of each stays as it was approved."""

    new_rows = MOST_NEW

    def add_row(self, line, row, wanted):
        name = self.name(line, row)
        self.fields[name] = MoneyField(
            label=row["name"], help_text=f"Now £{Decimal(row['value']):,.2f}.", initial=Decimal(wanted["value"])
        )
        return [GovField(name, width=10)]

    def add_new(self, line, number, wanted):
        label = "A new line of the budget (optional)" if number == 0 else "Another new line (optional)"
        heading = self.new_name(line, number, label, wanted)
        amount = f"sum_{line['line']}_{number}"
        value = Decimal(wanted["value"]) if wanted else None
        self.fields[amount] = MoneyField(label="Its sum", required=False, min_value=Decimal("0.01"), initial=value)
        return [GovField(heading, width="two-thirds"), GovField(amount, width=10)]

    def row_after(self, line, row):
        return {**row, "value": f"{self.cleaned_data[self.name(line, row)]:.2f}"}

    def new_after(self, line, number):
        name, amount = (
            self.cleaned_data[f"new_{line['line']}_{number}"],
            self.cleaned_data[f"sum_{line['line']}_{number}"],
        )
        if not name:
            return None
        return {"part": "budget_lines", "pk": None, "name": name, "value": f"{amount:.2f}"}

    def clean(self):
        cleaned = super().clean()
        for line in self.standing["lines"]:
            for number in range(MOST_NEW):
                name, amount = f"new_{line['line']}_{number}", f"sum_{line['line']}_{number}"
                if cleaned.get(name) and cleaned.get(amount) is None and amount not in self.errors:
                    self.add_error(amount, "Enter the sum of the new line")
                if cleaned.get(amount) is not None and not cleaned.get(name):
                    self.add_error(name, "Enter what the sum is for")
        return cleaned


class OutputsForm(PartsForm):
    """What is to be reached and delivered."""

    def add_row(self, line, row, wanted):
        name = self.name(line, row)
        what = "Outcome" if row["part"] == "outcomes" else "Output"
        unit = f" {row['unit']}" if row["unit"] else ""
        self.fields[name] = forms.DecimalField(
            **FIGURE,
            min_value=0 if row["part"] == "outputs" else None,
            label=f"{what}: {row['name']}",
            help_text=f"Now {_plain(row['value'])}{unit}.",
            initial=_plain(wanted["value"]),
        )
        gone = self.gone_field(line, row, wanted, f"No longer part of the award: {row['name']}")
        return [GovField(name, width=10), gone]

    def add_new(self, line, number, wanted):
        key = f"{line['line']}_{number}"
        name = self.new_name(line, number, "A new output or outcome (optional)", wanted)
        is_outcome = wanted.get("part") == "outcomes"
        self.fields[f"kind_{key}"] = forms.ChoiceField(
            label="It is",
            required=False,
            choices=[
                ("outputs", "an output: something delivered"),
                ("UP", "an outcome: the figure should go up"),
                ("DOWN", "an outcome: the figure should go down"),
            ],
            widget=GovRadios(small=True),
            initial=wanted.get("direction", "outputs") if is_outcome else "outputs",
        )
        self.fields[f"unit_{key}"] = forms.CharField(
            label="How it is counted", required=False, max_length=60, initial=wanted.get("unit", "")
        )
        self.fields[f"target_{key}"] = forms.DecimalField(
            **FIGURE, min_value=0, label="Figure to reach", required=False, initial=wanted and _plain(wanted["value"])
        )
        return [GovField(name, width="two-thirds"), f"kind_{key}", GovField(f"unit_{key}", width=20),
                GovField(f"target_{key}", width=10)]  # fmt: skip

    def row_after(self, line, row):
        told = {**row, "value": f"{self.cleaned_data[self.name(line, row)]:.2f}"}
        return {**told, "gone": True} if self.cleaned_data[self.name(line, row, "gone")] else told

    def new_after(self, line, number):
        key = f"{line['line']}_{number}"
        name, kind = self.cleaned_data[f"new_{key}"], self.cleaned_data[f"kind_{key}"] or "outputs"
        if not name:
            return None
        unit, value = self.cleaned_data[f"unit_{key}"], f"{self.cleaned_data[f'target_{key}']:.2f}"
        told = {"pk": None, "name": name, "unit": unit, "value": value}
        if kind == "outputs":
            return {"part": "outputs", **told}
        return {"part": "outcomes", **told, "measure": unit or name, "direction": MeasureDirection(kind).value}

    def clean(self):
        cleaned = super().clean()
        for line in self.standing["lines"]:
            key = f"{line['line']}_0"
            if (
                cleaned.get(f"new_{key}")
                and cleaned.get(f"target_{key}") is None
                and f"target_{key}" not in self.errors
            ):
                self.add_error(f"target_{key}", "Enter the figure to reach")
        return cleaned


class PartnerForm(PartsForm):
    """Who delivers."""

    def add_row(self, line, row, wanted):
        return [self.gone_field(line, row, wanted, f"No longer takes part: {row['name']}")]

    def add_new(self, line, number, wanted):
        name = self.new_name(line, number, "Who joins (optional)", wanted)
        part = f"part_{line['line']}_{number}"
        self.fields[part] = forms.CharField(
            label="What they do", required=False, max_length=300, initial=wanted.get("value", "")
        )
        return [GovField(name, width="two-thirds"), part]

    def row_after(self, line, row):
        return {**row, "gone": True} if self.cleaned_data[self.name(line, row, "gone")] else row

    def new_after(self, line, number):
        name = self.cleaned_data[f"new_{line['line']}_{number}"]
        part = self.cleaned_data[f"part_{line['line']}_{number}"]
        return {"part": "partners", "pk": None, "name": name, "value": part} if name else None


FORMS = {
    RequestKind.TIME: TimeForm,
    RequestKind.EARLY_END: TimeForm,
    RequestKind.SUSPENSION: PauseForm,
    RequestKind.PURPOSE: PurposeForm,
    RequestKind.MONEY: MoneyForm,
    RequestKind.OUTPUTS: OutputsForm,
    RequestKind.PARTNER: PartnerForm,
}
