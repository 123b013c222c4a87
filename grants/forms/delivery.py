"""What is typed about schedules of delivery."""

from crispy_forms.layout import Fieldset
from django import forms

from plans.queries import schools as registers
from records.formfields import GovDateField, GovField

from .acting import ActForm, long_text

BLOCKS = 4
SCHEDULE_FIELDS = ("unit", "promised", "guidance", "source", "reason")


def block_fields(number):
    """The fields of one block."""
    which = f"block {number}"
    return {
        "name": forms.CharField(label="Name", required=False, max_length=100),
        "starts_on": GovDateField(label="First day", noun=f"first day of {which}", required=False),
        "ends_on": GovDateField(label="Last day", noun=f"last day of {which}", required=False),
        "promised": forms.IntegerField(label="How many of them", required=False, min_value=0),
    }


class WholeForm(ActForm):
    """What an award promises by number, in up to four blocks."""

    button = "Save the schedule"
    unit = forms.CharField(
        label="What is counted", max_length=60, initial="day", help_text="In the singular: day, session, workshop."
    )
    promised = forms.IntegerField(label="How many are promised", min_value=1, max_value=5000)
    guidance = long_text("What the recipient should know", required=False, rows=3)
    source = forms.CharField(label="Where it is agreed", required=False, max_length=500)
    reason = long_text("Reason", help_text="It stays in the history.", rows=3)

    def __init__(self, *args, schedule=None, **kwargs):
        blocks = list(schedule.blocks.all()) if schedule else []
        self.further = [row for row in blocks if row.number > BLOCKS]
        initial = {}
        if schedule:
            initial = {name: getattr(schedule, name) for name in ("unit", "promised", "guidance", "source")}
        for number in range(1, BLOCKS + 1):
            block = next((row for row in blocks if row.number == number), None)
            initial |= {f"block_{number}_{name}": getattr(block, name, None) for name in block_fields(number)}
        super().__init__(*args, initial=initial, **kwargs)

    def rows(self):
        blocks = [
            Fieldset(
                f"Block {number} (optional)",
                GovField(f"block_{number}_name", width="two-thirds"),
                f"block_{number}_starts_on",
                f"block_{number}_ends_on",
                GovField(f"block_{number}_promised", width=4),
                legend_size="s",
            )
            for number in range(1, BLOCKS + 1)
        ]
        head = [GovField("unit", width=10), GovField("promised", width=4), GovField("guidance", rows=3)]
        return [*head, *blocks, "source", GovField("reason", rows=3)]

    def said(self):
        """What `write_schedule` takes; a block without a name is none, those beyond the form stay."""
        given = self.cleaned_data
        blocks = [
            {"number": number, **{name: given[f"block_{number}_{name}"] for name in block_fields(number)}}
            for number in range(1, BLOCKS + 1)
            if given[f"block_{number}_name"]
        ]
        names = block_fields(0)
        further = [{"number": row.number, **{name: getattr(row, name) for name in names}} for row in self.further]
        return {**{name: given[name] for name in SCHEDULE_FIELDS}, "blocks": blocks + further}


BLOCK_FIELDS = {
    f"block_{number}_{name}": field for number in range(1, BLOCKS + 1) for name, field in block_fields(number).items()
}
ScheduleForm = type("ScheduleForm", (WholeForm,), BLOCK_FIELDS)


class SessionForm(ActForm):
    """One day to be delivered."""

    button = "Plan the day"
    on = GovDateField(label="Day")
    school = forms.CharField(
        label="School (optional)",
        required=False,
        max_length=220,
        help_text="Its name, or its number in the register of schools.",
    )
    place = forms.CharField(
        label="Where", required=False, max_length=200, help_text="A hall, an estate. Leave empty for the school itself."
    )
    area = forms.CharField(label="District", required=False, max_length=80)
    audience = forms.CharField(
        label="For whom", required=False, max_length=200, help_text="For example: Years 7 and 8."
    )

    def rows(self):
        return [
            "on",
            GovField("school", width="two-thirds"),
            GovField("place", width="two-thirds"),
            GovField("area", width=20),
            "audience",
        ]

    def clean_school(self):
        """The school of the register, or None."""
        typed = self.cleaned_data["school"].strip()
        if not typed:
            return None
        meant = registers.named([typed])[typed]
        if why := registers.why_not_one(typed, meant):
            raise forms.ValidationError(why)
        return meant[0]

    def clean(self):
        """Where no place is said, the school is the place, and its area the district."""
        cleaned = super().clean()
        school = cleaned.get("school")
        if school:
            cleaned["place"] = cleaned.get("place") or school.name
            cleaned["area"] = cleaned.get("area") or school.area
        elif "school" not in self.errors:
            self.need("place", "Enter where")
        return cleaned


class DeliveredForm(ActForm):
    """How a day went."""

    button = "Record it as delivered"
    people = forms.IntegerField(
        label="How many people were reached?",
        required=False,
        min_value=0,
        max_value=1000000,
        help_text="Leave empty if nobody counted. Do not name anybody.",
    )
    note = long_text("How it went", required=False, rows=3)

    def rows(self):
        return [GovField("people", width=5), GovField("note", rows=3)]


class RearrangeForm(ActForm):
    """Another day in the place of a planned one."""

    button = "Move the day"
    new_on = GovDateField(label="New day", noun="new day")
    place = forms.CharField(label="Where, if it is another place", required=False, max_length=200)
    reason = long_text("Why does it move?", rows=3)
