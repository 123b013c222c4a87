"""Forms of what the rules of a round ask beside the standing sections: match, periods, questions (X1)."""

from datetime import date
from decimal import Decimal

from django import forms

from plans.enums import QuestionKind, YesNo
from records.documents import why_not_upload
from records.formfields import GovCheckboxes, GovDateField, GovForm, GovRadios, MoneyField
from records.words import day_in_words

from ..enums import MatchKind
from ..rules.answers import condition_words

K = QuestionKind
A_FEW_WORDS = 200


class NumberField(forms.DecimalField):
    """A number as people write it: "1,250" or "12.5"."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        super().__init__(max_digits=12, decimal_places=2, **kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "spellcheck": "false", "autocomplete": "off"})
        self.error_messages["invalid"] = "Enter a number, like 12 or 1,250"

    def to_python(self, value):
        return super().to_python(value.replace(",", "").replace(" ", "") if isinstance(value, str) else value)


class MatchRow(GovForm):
    noun = "Contribution"
    who = forms.CharField(label="Who brings it", max_length=200)
    kind = forms.ChoiceField(label="What", choices=MatchKind.choices, initial=MatchKind.MONEY)
    amount = MoneyField(label="Amount, or value in pounds", min_value=Decimal("0.01"))
    is_confirmed = forms.BooleanField(label="Confirmed in writing", required=False)


class ProfileForm(GovForm):
    """One sum for each period of the project; an empty one is nought."""

    def __init__(self, *args, periods=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.periods = list(periods)
        for number, (starts_on, ends_on) in enumerate(self.periods):
            self.fields[f"period-{number}"] = MoneyField(
                label=f"{day_in_words(starts_on)} to {day_in_words(ends_on)}", noun="amount", required=False
            )

    @staticmethod
    def typed_from(part, periods):
        """Stored lines as what was typed, where their periods are still those of the project."""
        lines = part.get("profile_lines") or []
        kept = {(row["starts_on"], row["ends_on"]): Decimal(row["amount"]) for row in lines}
        days = [(first.isoformat(), last.isoformat()) for first, last in periods]
        return {f"period-{number}": kept[key] for number, key in enumerate(days) if key in kept}

    def answers(self):
        """The lines as the action takes them; none where nothing was typed."""
        sums = [self.cleaned_data.get(f"period-{number}") for number in range(len(self.periods))]
        if all(sum_ is None for sum_ in sums):
            return {"profile_lines": []}
        return {
            "profile_lines": [
                {"starts_on": first, "ends_on": last, "amount": sum_ or Decimal("0.00")}
                for (first, last), sum_ in zip(self.periods, sums, strict=True)
            ]
        }


class AnswersForm(GovForm):
    """The questions of one set, each in its kind; whether all are answered is asked when the case is sent."""

    def __init__(self, *args, asked, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = asked
        for question in asked.questions:
            self.fields[question["key"]] = field_of(question, hint_of(question, asked.questions))

    @staticmethod
    def typed_from(part):
        """Stored values as the form takes them."""
        return dict(part.get("values") or {})

    def clean(self):
        cleaned = super().clean()
        for question in self.asked.questions:
            upload = cleaned.get(question["key"]) if question["kind"] == K.FILE else None
            if upload and (why := why_not_upload(upload)):
                self.add_error(question["key"], why)
        return cleaned

    def answers(self):
        """{"values": {key: plain value}, "uploads": {key: file}} as the action takes them."""
        values, uploads = {}, {}
        for question in self.asked.questions:
            key, value = question["key"], self.cleaned_data.get(question["key"])
            if question["kind"] == K.FILE:
                uploads |= {key: value} if value else {}
            else:
                values[key] = plain(value)
        return {"values": values, "uploads": uploads}


def plain(value):
    """A cleaned value as JSON keeps it: sums and numbers as text, days in ISO."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def hint_of(question, questions):
    """The question's own help, when it is asked, and what of a file is taken."""
    said = [question["help"], condition_words(question, questions)]
    if question["kind"] == K.FILE:
        said.append("PDF, Word, Excel, CSV, text or picture, up to 20 MB.")
    return " ".join(filter(None, said))


def field_of(question, hint):
    """The form field of one question; nothing is required while it is being written."""
    label = question["label"] if question["required"] else f"{question['label']} (optional)"
    said = {"label": label, "help_text": hint, "required": False}
    lowest, highest = (Decimal(question[name]) if question[name] else None for name in ("lowest", "highest"))
    choices = [(option, option) for option in question["options"]]
    kind = question["kind"]
    if kind == K.NUMBER:
        return NumberField(min_value=lowest, max_value=highest, **said)
    if kind == K.MONEY:
        bounds = {"max_value": highest} if highest is not None else {}
        return MoneyField(min_value=lowest or Decimal(0), noun="amount", **bounds, **said)
    if kind == K.YES_NO:
        return forms.ChoiceField(choices=YesNo.choices, widget=GovRadios(inline=True), **said)
    if kind == K.CHOICE:
        return forms.ChoiceField(choices=choices, widget=GovRadios(), **said)
    if kind == K.CHOICES:
        return forms.MultipleChoiceField(choices=choices, widget=GovCheckboxes(), **said)
    if kind == K.DAY:
        return GovDateField(noun="date", **said)
    if kind == K.FILE:
        return forms.FileField(**said)
    if kind == K.TEXT:
        return forms.CharField(max_length=min(question["longest"], A_FEW_WORDS), **said)
    return forms.CharField(max_length=question["longest"], widget=forms.Textarea(attrs={"rows": 6}), **said)
