"""What an officer chooses when a plan is carried into its next year."""

from django import forms

from records.formfields import GovCheckboxes, GovDateField, GovForm, GovRadios

KEPT = [
    ("SOURCES", "Sources of funds that end with this plan"),
    ("SAME_SUMS", "The same sums for sources, streams and commitments"),
    ("SECTIONS", "The sections of the plan with their words"),
    ("LEARNING", "Learning that is still to do"),
    ("COMMITMENTS", "Other commitments: posts, contributions, costs case by case"),
]
MONEY_OF_ROUND = [
    ("SAME", "The same sums as this year"),
    ("AFRESH", "The formula worked out afresh"),
    ("NOTHING", "Nothing yet"),
]


class RollOverForm(GovForm):
    """What of a plan goes into its next year; for each round its days and its money."""

    title = forms.CharField(label="Title of the new plan", max_length=200)
    starts_on = GovDateField(label="First day")
    ends_on = GovDateField(label="Last day")
    keep = forms.MultipleChoiceField(
        label="What goes along",
        required=False,
        choices=KEPT,
        widget=GovCheckboxes,
        help_text="Streams that go on, priorities and rules always do. A sum that is not copied stays unknown.",
    )

    def __init__(self, *args, rounds, **kwargs):
        super().__init__(*args, **kwargs)
        self.rounds = list(rounds)
        for row in self.rounds:
            self._add_round(row)

    def _add_round(self, row):
        formula = row.rule_set.money_set_by == "FORMULA"
        choices = [choice for choice in MONEY_OF_ROUND if formula or choice[0] != "AFRESH"]
        self.fields[f"round_{row.pk}"] = forms.BooleanField(label=row.name, required=False)
        self.fields[f"opens_{row.pk}"] = GovDateField(label="Opens on", required=False, noun="opening day")
        self.fields[f"deadline_{row.pk}"] = GovDateField(label="Deadline", required=False)
        self.fields[f"money_{row.pk}"] = forms.ChoiceField(label="Money set aside", choices=choices, widget=GovRadios)

    def of_rounds(self):
        """The fields of each round together, for the page."""
        names = ("round", "opens", "deadline", "money")
        return [(row, [self[f"{name}_{row.pk}"] for name in names]) for row in self.rounds]

    def of_plan(self):
        return [self[name] for name in ("title", "starts_on", "ends_on", "keep")]

    def clean(self):
        cleaned = super().clean()
        for row in self.rounds:
            if cleaned.get(f"round_{row.pk}"):
                self._check_days(row, cleaned.get(f"opens_{row.pk}"), cleaned.get(f"deadline_{row.pk}"))
        return cleaned

    def _check_days(self, row, opens_on, deadline_on):
        for name, day, noun in (("opens", opens_on, "the day it opens"), ("deadline", deadline_on, "the deadline")):
            if day is None and f"{name}_{row.pk}" not in self.errors:
                self.add_error(f"{name}_{row.pk}", f"Enter {noun} of {row.name}, or leave the round out")
        if opens_on and deadline_on and deadline_on < opens_on:
            self.add_error(f"deadline_{row.pk}", f"The deadline of {row.name} must be on or after the day it opens")
