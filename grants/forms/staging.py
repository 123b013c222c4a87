"""Forms of the stages of a decision: scores, agreed scores, what panels said, votes."""

from decimal import Decimal

from crispy_forms.layout import Submit
from django import forms

from plans.enums import StageKind
from records.formfields import GovDateField, GovField, GovRadios

from ..queries import scoring
from .acting import ActForm, long_text

FEW = 10
YES_NO = [("yes", "Yes, it is met"), ("no", "No, it is not met")]
GOES_ON = [("yes", "Yes, it goes on"), ("no", "No, it goes no further")]


def begin_with(form, fields):
    """Give one form fields of its own before it is made, since each stage and each round asks for others."""
    vars(form)["base_fields"] = fields


def score_field(criterion, help_text=""):
    """The scores of one criterion, each with what it means; a number where there are many."""
    if criterion.highest > FEW:
        return forms.IntegerField(
            label=criterion.title, required=False, min_value=0, max_value=criterion.highest, help_text=help_text
        )
    guides = {str(guide.score): guide.meaning for guide in criterion.guides.all()}
    choices = [(str(score), str(score)) for score in range(criterion.highest + 1)]
    widget = GovRadios(hints=guides, inline=not guides, small=True)
    return forms.ChoiceField(label=criterion.title, required=False, choices=choices, widget=widget, help_text=help_text)


def guidance_of(criterion, is_gate=False):
    """What the rules say about a criterion, with its weight."""
    weight = "" if is_gate else f"Weight {scoring.plain(criterion.weight)}, scored 0 to {criterion.highest}."
    return " ".join(filter(None, [weight, criterion.guidance]))


class CriteriaForm(ActForm):
    """A score and some words for each criterion."""

    words = "Why?"

    def __init__(self, *args, criteria, **kwargs):
        self.criteria = list(criteria)
        super().__init__(*args, **kwargs)

    def add_criteria(self, help_texts, *, is_gate=False):
        """A pair of fields for each criterion; called before the layout is made."""
        for criterion in self.criteria:
            field = score_field(criterion, help_texts[criterion.pk])
            if is_gate:
                asked = {"label": criterion.title, "help_text": help_texts[criterion.pk], "required": False}
                field = forms.ChoiceField(choices=YES_NO, widget=GovRadios, **asked)
            self.base_fields[f"score_{criterion.pk}"] = field
            self.base_fields[f"words_{criterion.pk}"] = long_text(
                f"{self.words} ({criterion.title})", required=False, rows=2, max_length=2000
            )

    def given(self):
        """{criterion id: (score or met or None, words)}."""
        return {row.pk: (self._score(row), self.cleaned_data.get(f"words_{row.pk}", "")) for row in self.criteria}

    def _score(self, criterion):
        value = self.cleaned_data.get(f"score_{criterion.pk}")
        if value in ("", None):
            return None
        return value == "yes" if value in ("yes", "no") else int(value)

    def rows(self):
        return [GovField(name) for name in self.fields]


class AssessmentForm(CriteriaForm):
    """One evaluator's scores of one project in one stage."""

    button = "Save and come back later"
    style = "govuk-button--secondary"
    words = "What did you find?"

    def __init__(self, *args, stage, **kwargs):
        is_gate = stage.kind == StageKind.GATE
        criteria = list(stage.criteria.all())
        begin_with(self, {})
        self.criteria = criteria
        self.add_criteria({row.pk: guidance_of(row, is_gate) for row in criteria}, is_gate=is_gate)
        self.base_fields["comment"] = long_text("Anything else about this project", required=False, rows=3)
        super().__init__(*args, criteria=criteria, **kwargs)
        self.helper.add_input(Submit("finish", "Finish"))


class ModerationForm(CriteriaForm):
    """The scores the evaluators agreed, with a reason where they differed."""

    button = "Save agreed scores"
    words = "Why is this agreed?"

    def __init__(self, *args, criteria, given, **kwargs):
        """`given`: {criterion id: what the evaluators gave, in words}."""
        begin_with(self, {})
        self.criteria = list(criteria)
        self.add_criteria(given)
        super().__init__(*args, criteria=criteria, **kwargs)


class StageRecordForm(ActForm):
    """What a panel, a second body or an earlier decider said of one project."""

    button = "Record this for good"
    passed = forms.ChoiceField(label="Does the project go on?", choices=GOES_ON, widget=GovRadios)
    share = forms.DecimalField(
        label="Share of votes in favour (%)", required=False, min_value=Decimal(0), max_value=Decimal(100),
        decimal_places=2,
    )  # fmt: skip
    held_on = GovDateField(label="Day of the meeting", required=False)
    who = long_text("Who took part", required=False, rows=3, help_text="Names and what they stand for.")
    note = long_text("Reason", rows=3, help_text="Kept with the result, and shown to the decider.")
    minutes = long_text("Minutes", required=False)

    def __init__(self, *args, stage, **kwargs):
        begin_with(self, dict(self.base_fields))
        if stage.pass_percent is None:
            del self.base_fields["share"]
        else:
            self.base_fields["share"].help_text = f"At least {scoring.plain(stage.pass_percent)}% is needed."
        if stage.kind in scoring.DECIDING:
            for name in ("held_on", "who", "minutes"):
                del self.base_fields[name]
        super().__init__(*args, **kwargs)

    def said(self):
        """What the action asks for."""
        answers = dict(self.cleaned_data)
        return {**answers, "passed": answers["passed"] == "yes"}


class StageVoteForm(ActForm):
    """The votes for each project, entered once with where they come from."""

    button = "Record this result for good"

    def __init__(self, *args, entries, **kwargs):
        self.entries = list(entries)
        votes = {
            f"votes_{entry.project.pk}": forms.IntegerField(
                label=f"Votes for {entry.project.title}",
                min_value=0,
                help_text=f"{entry.project.case.organisation.name}, {entry.project.reference}",
            )
            for entry in self.entries
        }
        begin_with(self, votes)
        self.base_fields["held_on"] = GovDateField(label="Day on which the vote ended")
        self.base_fields["source"] = long_text(
            "Where the result comes from", rows=2, help_text="For example the report of whoever ran the vote."
        )
        super().__init__(*args, **kwargs)

    def rows(self):
        return [GovField(name, width=5) if name.startswith("votes_") else GovField(name) for name in self.fields]

    def said(self):
        """What the action asks for."""
        answers = self.cleaned_data
        votes = {entry.project.pk: answers[f"votes_{entry.project.pk}"] for entry in self.entries}
        return {"votes": votes, "held_on": answers["held_on"], "source": answers["source"]}
