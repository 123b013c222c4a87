"""Form fields in the GOV.UK manner: a date in three boxes, a sum in pounds, and messages that say what to do."""

import datetime
import re
from decimal import Decimal, InvalidOperation

from crispy_forms.layout import Field
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy

from .uploads import why_not_upload

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
PARTS = ("day", "month", "year")
SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u200a\u202f]+")
POUNDS = re.compile(r"-?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]{1,2})?")
SUM_MESSAGE = "Enter an amount in pounds, like 1,250 or 1250.50"
DJANGO_REQUIRED = forms.Field.default_error_messages["required"]


def lower_first(label) -> str:
    """The label as it stands inside a sentence: "Start date" becomes "start date", "VRU lead" stays."""
    words = str(label).strip().rstrip(":")
    if len(words) > 1 and words[0].isupper() and not words[1].isupper():
        return words[0].lower() + words[1:]
    return words


def upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]


class GovDateWidget(forms.Widget):
    """Day, month and year, posted as name_day, name_month, name_year; `name` alone as 2020-04-07 is also read."""

    template_name = "govuk/widgets/date_input.html"
    use_fieldset = True
    gov_kind = "date"

    def id_for_label(self, id_):
        return f"{id_}_day" if id_ else id_

    def parts(self, value) -> dict:
        if isinstance(value, datetime.date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        if isinstance(value, (list, tuple)) and len(value) == 3:
            return dict(zip(PARTS, (part or "" for part in value), strict=True))
        if isinstance(value, str) and (found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", value.strip())):
            year, month, day = found.groups()
            return {"day": day, "month": month, "year": year}
        return {"day": "", "month": "", "year": ""}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        wrong = (attrs or {}).get("data-wrong-parts", "").split()
        id_ = context["widget"]["attrs"].get("id", f"id_{name}")
        values = self.parts(value)
        context["widget"]["attrs"].pop("data-wrong-parts", None)
        context["widget"]["parts"] = [
            {
                "id": f"{id_}_{part}",
                "name": f"{name}_{part}",
                "label": part.capitalize(),
                "value": values[part],
                "width": "govuk-input--width-4" if part == "year" else "govuk-input--width-2",
                "wrong": part in wrong,
            }
            for part in PARTS
        ]
        return context

    def value_from_datadict(self, data, files, name):
        given = [(data.get(f"{name}_{part}") or "").strip() for part in PARTS]
        if not any(given) and data.get(name):
            whole = self.parts(data.get(name))
            return [whole[part] for part in PARTS] if whole["day"] else [str(data.get(name)), "", ""]
        return given

    def value_omitted_from_data(self, data, files, name):
        return name not in data and all(f"{name}_{part}" not in data for part in PARTS)


class GovDateField(forms.Field):
    """A date typed in three boxes; each message names the date and, where it can, the box that is wrong."""

    widget = GovDateWidget

    def __init__(self, *, noun="", earliest=None, latest=None, **kwargs):
        self.noun, self.earliest, self.latest = noun, earliest, latest
        super().__init__(**kwargs)

    def get_bound_field(self, form, field_name):
        bound = super().get_bound_field(form, field_name)
        self.noun = self.noun or lower_first(bound.label)
        return bound

    def fail(self, sentence, *parts, code="invalid"):
        raise ValidationError(upper_first(sentence), code=code, params={"parts": parts or PARTS})

    def to_python(self, value):
        noun = self.noun or lower_first(self.label or "date")
        if value in self.empty_values or (isinstance(value, (list, tuple)) and not any(value)):
            return None
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        given = self.widget.parts(value)
        missing = [part for part in PARTS if not given[part]]
        if missing:
            self.fail(f"{noun} must include a {' and '.join(missing)}", *missing, code="incomplete")
        if not re.fullmatch(r"\d{4}", given["year"]):
            self.fail(f"{noun}: the year must have 4 numbers, like 2021", "year", code="year")
        try:
            return datetime.date(int(given["year"]), self.month(given["month"]), int(given["day"]))
        except ValueError:
            self.fail(f"{noun} must be a real date")

    @staticmethod
    def month(typed: str) -> int:
        """A month given as a number, a name or at least its first three letters."""
        word = typed.strip().lower()
        if word.isdigit():
            return int(word)
        for number, name in enumerate(MONTHS, start=1):
            if len(word) >= 3 and name.startswith(word):
                return number
        raise ValueError(typed)

    def validate(self, value):
        noun = self.noun or lower_first(self.label or "date")
        if value is None:
            if self.required:
                own = self.error_messages["required"]
                self.fail(f"Enter the {noun}" if own == DJANGO_REQUIRED else own, code="required")
            return
        if self.earliest and value < self.earliest:
            self.fail(f"{noun} must be on or after {spoken_date(self.earliest)}", code="early")
        if self.latest and value > self.latest:
            self.fail(f"{noun} must be on or before {spoken_date(self.latest)}", code="late")

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def spoken_date(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


class MoneyWidget(forms.TextInput):
    """A box for pounds, with the sign before it."""

    gov_kind = "input"
    prefix = "£"
    gov_width = "govuk-input--width-10"

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "decimal", "spellcheck": "false", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value):
        if isinstance(value, (int, float, Decimal)):
            sum_ = Decimal(str(value))
            return f"{sum_:,.0f}" if sum_ == sum_.to_integral_value() else f"{sum_:,.2f}"
        return super().format_value(value)


class MoneyField(forms.Field):
    """Pounds as people write them ("£1,234.50", "9 507") cleaned to a Decimal of two places."""

    widget = MoneyWidget

    def __init__(self, *, min_value=Decimal(0), max_value=Decimal("9999999999.99"), noun="", **kwargs):
        self.min_value, self.max_value, self.noun = min_value, max_value, noun
        super().__init__(**kwargs)

    def get_bound_field(self, form, field_name):
        bound = super().get_bound_field(form, field_name)
        self.noun = self.noun or lower_first(bound.label)
        return bound

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, (int, Decimal)):
            return Decimal(value).quantize(Decimal("0.01"))
        typed = SPACES.sub(" ", str(value)).strip().removeprefix("£").strip().replace("\u2212", "-")
        typed = re.sub(r"(?<=\d) (?=\d{3}(\D|$))", "", typed)
        if typed == "":
            return None
        if not POUNDS.fullmatch(typed):
            raise ValidationError(SUM_MESSAGE, code="invalid")
        try:
            return Decimal(typed.replace(",", "")).quantize(Decimal("0.01"))
        except InvalidOperation:
            raise ValidationError(SUM_MESSAGE, code="invalid") from None

    def validate(self, value):
        noun = self.noun or lower_first(self.label or "amount")
        if value is None:
            if self.required:
                own = self.error_messages["required"]
                raise ValidationError(f"Enter the {noun}" if own == DJANGO_REQUIRED else own, code="required")
            return
        if self.min_value is not None and value < self.min_value:
            raise ValidationError(
                upper_first(f"{noun} must be {self.widget.prefix}{MoneyWidget().format_value(self.min_value)} or more"),
                code="min_value",
            )
        if self.max_value is not None and value > self.max_value:
            raise ValidationError(
                upper_first(f"{noun} must be {self.widget.prefix}{MoneyWidget().format_value(self.max_value)} or less"),
                code="max_value",
            )

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class GovRadios(forms.RadioSelect):
    """Radios; `hints={value: sentence}` gives a choice its own hint, `inline=True` sets two short ones side by side."""

    gov_kind = "radios"

    def __init__(self, attrs=None, choices=(), *, hints=None, inline=False, small=False):
        self.hints, self.inline, self.small = hints or {}, inline, small
        super().__init__(attrs, choices)


class GovCheckboxes(forms.CheckboxSelectMultiple):
    """Several tick boxes; `hints` as for GovRadios."""

    gov_kind = "checkboxes"

    def __init__(self, attrs=None, choices=(), *, hints=None, small=False):
        self.hints, self.small = hints or {}, small
        super().__init__(attrs, choices)


class PlainMessages:
    """A form whose empty fields say "Enter the title" or "Select the stream", not "This field is required"."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            noun = lower_first(field.label or name.replace("_", " ").removesuffix(" on").removesuffix(" at"))
            if field.error_messages.get("required") != DJANGO_REQUIRED or isinstance(field, (GovDateField, MoneyField)):
                continue
            field.error_messages["required"] = required_sentence(field, noun)
            if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
                field.error_messages["invalid_choice"] = format_lazy("Select {} from the list", article(noun))


def required_sentence(field, noun: str) -> str:
    """What to do about an empty field, by what kind of field it is."""
    if noun.endswith("?"):
        return f"Answer the question “{upper_first(noun)}”"
    if isinstance(field, forms.FileField):
        return f"Select a file: {noun}"
    if isinstance(field, forms.BooleanField):
        return f"Tick the box to go on: {upper_first(noun)}"
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return f"Select {article(noun)}"
    return f"Enter {article(noun)}"


def article(noun: str) -> str:
    """The noun with "the" before it unless it already has a word of that sort."""
    return noun if noun.split(" ")[0] in {"a", "an", "the", "your", "their", "how", "what", "why"} else f"the {noun}"


class GovForm(PlainMessages, forms.Form):
    pass


class GovModelForm(PlainMessages, forms.ModelForm):
    pass


class GovField(Field):
    """A crispy layout field with the pack's own wishes.

    label_size and legend_size are "s", "m", "l" or "xl"; width is a number of characters (2, 3, 4, 5, 10, 20, 30) or
    "one-half", "two-thirds" and so on; max_characters and max_words add a count; rows sets a text area's height;
    heading makes the label the page's h1.
    """

    def __init__(
        self, *fields, label_size="", legend_size="", width="", prefix="", suffix="", max_characters=None,
        max_words=None, rows=None, heading=False, **attrs,
    ):  # fmt: skip
        if rows:
            attrs["rows"] = rows
        super().__init__(*fields, **attrs)
        self.wishes = {
            "label_size": label_size,
            "legend_size": legend_size,
            "gov_width": width,
            "prefix": prefix,
            "suffix": suffix,
            "max_characters": max_characters,
            "max_words": max_words,
            "label_is_heading": heading,
        }

    def render(self, form, context, extra_context=None, **kwargs):
        return super().render(form, context, extra_context={**self.wishes, **(extra_context or {})}, **kwargs)


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, each judged on its own."""

    widget = SeveralFiles

    def clean(self, data, initial=None):
        files = [super(FilesField, self).clean(each, initial) for each in data or [None]]
        for upload in files:
            if upload and (why := why_not_upload(upload)):
                raise forms.ValidationError(f"{upload.name}: {why}")
        return files
