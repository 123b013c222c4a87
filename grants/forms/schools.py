"""What is typed about a project that goes into schools, and what officers and recipients say of its inputs (P5)."""

import re

from django import forms

from plans.enums import YesNo
from plans.queries import schools as registers
from records.formfields import GovDateField, GovField, GovForm, GovRadios
from records.words import day_in_words

from ..enums import CaseSection
from ..queries.question_list import hint_of, label_of
from ..queries.school_content import GOES
from .acting import ActForm, long_text

S = CaseSection
LAST_YEAR_GROUP = 13
YEARS = re.compile(r"(\d{1,2})(?:\s*(?:-|–|to)\s*(\d{1,2}))?")
YEARS_MESSAGE = "Enter year groups like 7, 8 and 9, or 7 to 9; R for reception; up to 13"
MOST_SESSIONS, MOST_PUPILS = 1000, 20_000


class YesNoField(forms.TypedChoiceField):
    """Yes or no, kept as True or False; None while nobody has answered."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=YesNo.choices, coerce=lambda value: value == YesNo.YES, empty_value=None, required=False,
            widget=GovRadios(inline=True), **kwargs,
        )  # fmt: skip

    def prepare_value(self, value):
        return YesNo.YES if value is True else YesNo.NO if value is False else value


class YearGroupsField(forms.CharField):
    """Year groups as people write them, cleaned to numbers from 0 (reception) to 13."""

    def prepare_value(self, value):
        return ", ".join("R" if year == 0 else str(year) for year in value) if isinstance(value, list) else value

    def to_python(self, value):
        if isinstance(value, list):
            return value
        words = re.sub(r"\b(years?|and)\b|&", ",", (value or "").casefold())
        parts = [part.strip() for part in words.split(",") if part.strip()]
        found = set()
        for part in parts:
            if part in ("r", "reception"):
                found.add(0)
                continue
            years = YEARS.fullmatch(part)
            if not years:
                raise forms.ValidationError(YEARS_MESSAGE)
            first, last = int(years[1]), int(years[2] or years[1])
            if not first <= last <= LAST_YEAR_GROUP:
                raise forms.ValidationError(YEARS_MESSAGE)
            found |= set(range(first, last + 1))
        return sorted(found)

    def has_changed(self, initial, data):
        return bool((data or "").strip()) if not initial else self.prepare_value(initial) != data


def goes_field():
    """Whether a project goes into schools, as it is asked about the project."""
    return YesNoField(label=label_of(S.PROJECTS, GOES), help_text=hint_of(S.PROJECTS, GOES))


def whole(label, most, *, required=False, **kwargs):
    return forms.IntegerField(label=label, min_value=1, max_value=most, required=required, **kwargs)


class SchoolRow(GovForm):
    """One input; `schools` are those that what was typed may mean, `topics` the topics of the office."""

    noun = "Input"
    school = forms.CharField(label="School: its name, or its number in the register", max_length=220)
    topic = forms.ChoiceField(label="Topic")
    year_groups = YearGroupsField(label="Year groups (for example, 7 to 9)", required=False, max_length=60)
    sessions = whole("Sessions", MOST_SESSIONS, required=True, initial=1)
    pupils = whole("Pupils, about", MOST_PUPILS)
    starts_on = GovDateField(label="First day", noun="first day")
    ends_on = GovDateField(label="Last day", noun="last day", required=False)
    lead_post = forms.CharField(label="Safeguarding agreed with (post at the school)", max_length=120, required=False)
    lead_agreed_on = GovDateField(label="Agreed on", noun="day safeguarding was agreed", required=False)

    def __init__(self, *args, schools=None, topics=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.found = schools or {}
        self.fields["topic"].choices = [("", "Choose a topic"), *((row.key, row.name) for row in topics)]

    def clean(self):
        """One day is first and last; the school is one of the register that is still open then."""
        cleaned = super().clean()
        first = cleaned.get("starts_on")
        last = cleaned["ends_on"] = cleaned.get("ends_on") or first
        if first and last and last < first:
            self.add_error("ends_on", "Last day must be on or after the first day")
        typed = cleaned.get("school")
        if typed:
            self._name_school(typed, first)
        return cleaned

    def _name_school(self, typed, first):
        meant = self.found.get(typed, [])
        if why := registers.why_not_one(typed, meant):
            self.add_error("school", why)
            return
        school = meant[0]
        if school.closed_on and first and first > school.closed_on:
            self.add_error("school", f"{school.name} closed on {day_in_words(school.closed_on)}. Choose another school")
            return
        self.cleaned_data["school"] = registers.in_words(school)


def question_text(name, rows=4, maximum=4000):
    return forms.CharField(
        label=label_of(S.SCHOOLS, name), help_text=hint_of(S.SCHOOLS, name), required=False, max_length=maximum,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class SchoolsForm(GovForm):
    """What is answered once for all schools."""

    curriculum_link = question_text("curriculum_link")
    delivered_by = question_text("delivered_by", rows=2, maximum=300)
    dbs_checked = YesNoField(label=label_of(S.SCHOOLS, "dbs_checked"))
    dbs_words = question_text("dbs_words", rows=2, maximum=1000)
    materials = question_text("materials")
    evaluation = question_text("evaluation")


class RulingForm(ActForm):
    """Why a clash may stand."""

    button = "Save: it may stand"
    reason = long_text(
        "Why may it stand?",
        help_text="For example: other year groups, agreed with the school. The commissioner reads it.",
        rows=3,
    )


class DeliveredForm(ActForm):
    """What became of an input."""

    button = "Record it as delivered"
    delivered_on = GovDateField(label="Last day of it", noun="last day")
    sessions_delivered = whole("How many sessions took place?", MOST_SESSIONS, required=True)
    pupils_reached = forms.IntegerField(
        label="How many pupils were reached?", min_value=0, max_value=MOST_PUPILS, required=False,
        help_text="Leave empty if nobody counted. Do not name anybody.",
    )  # fmt: skip
    note = long_text("How it went", required=False, rows=3, max_length=2000)

    def rows(self):
        return [
            "delivered_on",
            GovField("sessions_delivered", width=4),
            GovField("pupils_reached", width=5),
            GovField("note", rows=3),
        ]


class MoveForm(ActForm):
    """Other days for an input that is planned."""

    button = "Save the new days"
    starts_on = GovDateField(label="First day", noun="first day")
    ends_on = GovDateField(label="Last day", noun="last day")
    lead_post = forms.CharField(label="Safeguarding agreed with (post at the school)", max_length=120, required=False)
    lead_agreed_on = GovDateField(label="Agreed on", noun="day safeguarding was agreed", required=False)
    reason = long_text("Why do the days move?", rows=3)
