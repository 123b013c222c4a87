"""What officers type about one row of the rules, of a set of questions or of terms."""

import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from accounts.enums import OrganisationKind
from records.formfields import GovCheckboxes, GovDateField, GovField, GovForm, GovRadios, MoneyField

from .. import rules
from ..enums import (
    ApprovalLevel,
    AskedOf,
    ConditionKind,
    DueWhen,
    LimitOn,
    MatchIn,
    RequestKind,
    Severity,
    StageKind,
    StandardHold,
)
from ..models import MovableEvent, QuestionSet, StandardKind
from .plan import DECIDING_POSTS, reason_field

GUIDE = re.compile(r"(\d{1,3})[\s:.\-–]+(\S.*)")
PERCENT = {"width": 5, "suffix": "%"}
SHORT, LONG = {"rows": 3}, {"rows": 6}
EMPTY_FOR_NONE = "Leave it empty where there is none."


def choice(label, choices, *, first="Choose one", required=True, **more):
    return forms.ChoiceField(label=label, choices=[("", first), *choices], required=required, **more)


def radios(label, words, *, hints=None, **more):
    return forms.ChoiceField(label=label, choices=words.choices, widget=GovRadios(hints=hints), **more)


def percentage(label, help_text="", *, required=False, highest=100, **more):
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=0,
        max_value=highest,
        max_digits=7,
        decimal_places=2,
        **more,
    )


def whole(label, help_text="", *, required=False, low=0, high=9999, **more):
    return forms.IntegerField(
        label=label, help_text=help_text, required=required, min_value=low, max_value=high, **more
    )


def words(label, help_text="", *, required=False, longest=5000):
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=longest, widget=forms.Textarea
    )


def source_field():
    return forms.CharField(
        label="Where it is printed",
        required=False,
        max_length=500,
        help_text="A title and an address, if it is public.",
    )


def event_field(help_text):
    return forms.ModelChoiceField(
        MovableEvent.objects.order_by("name"), label="Which event", required=False, empty_label="None",
        help_text=help_text,
    )  # fmt: skip


def as_lines(value):
    """The lines of a text, each once, in order."""
    return list(dict.fromkeys(line.strip() for line in (value or "").splitlines() if line.strip()))


class RuleForm(GovForm):
    """A form of the rules: `wishes` say how a field looks, `lists` hold one entry in a line, the reason comes last."""

    part = ""
    lists = ()
    wishes = {}

    def __init__(self, *args, initial=None, **kwargs):
        initial = dict(initial or {})
        for name in self.lists:
            initial[name] = "\n".join(initial.get(name) or [])
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["reason"] = reason_field()
        looks = {"reason": SHORT, **self.wishes}
        self.helper = FormHelper()
        self.helper.layout = Layout(*(GovField(name, **looks[name]) if name in looks else name for name in self.fields))
        self.helper.add_input(Submit("save", "Save"))

    def clean(self):
        given = super().clean()
        for name in self.lists:
            given[name] = as_lines(given.get(name))
        if not self.errors:
            self.check(given)
        return given

    def check(self, given):
        """Say at each field what is wrong with the row, in the words of the rule."""
        plain = {name: getattr(value, "key", value) for name, value in given.items()}
        for field, sentence in rules.faults_of_row(self.part, plain):
            self.add_error(field if field in self.fields else None, sentence.removesuffix("."))


class LimitForm(RuleForm):
    """A limit in pounds and what happens above it."""

    part = "limits"
    on = choice("What is limited", LimitOn.choices)
    amount = MoneyField(label="At most")
    severity = radios("Above it", Severity)
    source = source_field()


class MatchForm(RuleForm):
    """What others must bring."""

    part = "match_rules"
    wishes = {"percent": PERCENT}
    match_in = radios("What counts", MatchIn)
    percent = percentage("How much others bring", "Per cent of the whole cost of a project.", required=True)
    severity = radios("Where less is brought", Severity)
    source = source_field()


class LotForm(RuleForm):
    """A part of the money with limits of its own."""

    part = "lots"
    wishes = {"guidance": LONG}
    name = forms.CharField(label="Name of the lot", max_length=200)
    guidance = words("What it is for", "Applicants read this.")
    budget = MoneyField(label="Budget", required=False, help_text="Leave it empty while it is not known.")
    floor = MoneyField(label="Least a project may ask for", required=False, help_text=EMPTY_FOR_NONE)
    cap = MoneyField(label="Most a project may ask for", required=False, help_text=EMPTY_FOR_NONE)


class FormulaForm(RuleForm):
    """How far a formula goes; its factors have pages of their own."""

    part = "formulas"
    wishes = {"damping_percent": PERCENT, "most_loss_percent": PERCENT, "most_gain_percent": PERCENT, "why": SHORT}
    floor = MoneyField(label="Least anybody gets", help_text="£0 where there is no floor.", initial=0)
    damping_percent = percentage(
        "How far it goes from last year’s sum to the result",
        "100 goes all the way, 50 half of it. Organisations without a sum last year get the result.",
        required=True,
        initial=100,
    )
    most_loss_percent = percentage("Most anybody loses", f"Per cent of last year’s sum. {EMPTY_FOR_NONE}")
    most_gain_percent = percentage(
        "Most anybody gains", f"Per cent of last year’s sum. {EMPTY_FOR_NONE}", highest=99_999
    )
    why = words("Why this formula", "Kept with the formula.")
    source = source_field()


class WeightForm(RuleForm):
    """One factor of a formula; its values are entered for each organisation when a round uses it."""

    part = "weights"
    wishes = {"weight": PERCENT}
    name = forms.CharField(label="Factor", max_length=200, help_text="For example, people living in the area.")
    weight = percentage("Weight", "The weights of a formula make 100.", required=True)


class StageForm(RuleForm):
    """One stage on the way to a decision."""

    part = "stages"
    wishes = {
        "guidance": LONG,
        "evaluators": {"width": 3},
        "pass_percent": PERCENT,
        "places": {"width": 4},
    }
    kind = radios("Kind of stage", StageKind)
    name = forms.CharField(label="Name", max_length=200, help_text="For example, scoring by two evaluators.")
    guidance = words("Guidance", "Whoever works at this stage reads it.")
    evaluators = whole("How many evaluators", "For a gate or a scored stage only.", high=20)
    pass_percent = percentage(
        "Pass mark",
        f"Of the best possible score, or of the votes. Below it a project goes no further. {EMPTY_FOR_NONE}",
    )
    places = whole("Places", f"So many of the highest go on. {EMPTY_FOR_NONE}", low=1)
    from_amount = MoneyField(
        label="Only for projects asking for at least", required=False, help_text="Leave it empty for any sum."
    )
    up_to_amount = MoneyField(
        label="Only for projects asking for at most", required=False, help_text="Leave it empty for any sum."
    )
    post = choice(
        "Post that decides",
        [(post.value, post.label) for post in DECIDING_POSTS],
        first="None",
        required=False,
        help_text="For an officer’s decision only. The post needs a recorded delegation.",
    )
    body = forms.CharField(
        label="Second body", required=False, max_length=200, help_text="For the agreement of a second body only."
    )

    def clean_evaluators(self):
        return self.cleaned_data["evaluators"] or 0


class CriterionForm(RuleForm):
    """One criterion, and what its scores mean."""

    part = "criteria"
    wishes = {"guidance": LONG, "weight": {"width": 5}, "highest": {"width": 3}, "guides": LONG}
    title = forms.CharField(label="Criterion", max_length=300)
    guidance = words("Guidance", "Evaluators read it beside the score, and applicants before they write.")
    weight = percentage("Weight", "A criterion of weight 2 counts twice one of weight 1.", required=True, initial=1)
    highest = whole("Highest score", "In a gate a criterion is met or not, whatever stands here.", low=1, high=100)
    guides = words("What each score means", "One in a line, the score first. For example: 0 No evidence is given.")

    def __init__(self, *args, initial=None, **kwargs):
        initial = dict(initial or {"highest": 5})
        guides = initial.get("guides") or []
        initial["guides"] = "\n".join(f"{row['score']} {row['meaning']}" for row in guides)
        super().__init__(*args, initial=initial, **kwargs)

    def clean_highest(self):
        return self.cleaned_data["highest"] or 5

    def clean_guides(self):
        found = {}
        for line in as_lines(self.cleaned_data["guides"]):
            parts = GUIDE.fullmatch(line)
            if not parts:
                raise forms.ValidationError(f"“{line[:40]}” has no score and meaning. Write it like 0 No evidence")
            score, meaning = int(parts[1]), parts[2][:500]
            if score in found:
                raise forms.ValidationError(f"The score {score} stands there twice. Keep it once")
            found[score] = meaning
        return [{"score": score, "meaning": found[score]} for score in sorted(found)]

    def clean(self):
        given = super().clean()
        above = [row["score"] for row in given.get("guides", []) if row["score"] > given.get("highest", 5)]
        if above:
            self.add_error("guides", f"The score {above[0]} is above the highest, {given['highest']}. Take it out")
        return given


class InstalmentForm(RuleForm):
    """One instalment: its share, when it is due and what releases it."""

    part = "instalment_rules"
    wishes = {"share_percent": PERCENT, "due_days": {"width": 4}}
    for_tactical = forms.BooleanField(label="It pays tactical projects, apart from the main award", required=False)
    share_percent = percentage("Share", "The shares of all instalments make 100.", required=True)
    each_year = forms.BooleanField(
        label="The share is of each year’s money, for an award of several years paid year by year", required=False
    )
    due_when = radios("When it is due", DueWhen, initial=DueWhen.AFTER_START.value)
    due_days = whole("So many days after", "After the start, or after the event. 0 is the day itself.", high=3660)
    due_on = GovDateField(label="Set day", required=False, help_text="Only for an instalment due on a set day.")
    condition = choice("What releases it", ConditionKind.choices)
    event = event_field("Only where it is due after an event, or released when one has happened.")

    def clean_due_days(self):
        return self.cleaned_data["due_days"] or 0


class ApprovalForm(RuleForm):
    """Who approves a change that a recipient asks for."""

    part = "approval_rules"
    wishes = {"up_to_percent": PERCENT, "up_to_days": {"width": 5}}
    kind = choice("Kind of change", RequestKind.choices)
    level = radios("Who approves it", ApprovalLevel)
    up_to_percent = percentage("Up to so much of the award", "Leave it empty for any size.")
    up_to_days = whole("Up to so many days", "For more time, a pause or an earlier end. Leave it empty for any.")


class AskedForm(RuleForm):
    """A set of questions that business cases answer."""

    part = "asked"
    question_set = forms.ModelChoiceField(
        QuestionSet.objects.order_by("title"), label="Set of questions", empty_label="Choose one"
    )
    asked_of = radios("Who answers", AskedOf, initial=AskedOf.CASE.value)


class RequiredStandardForm(RuleForm):
    """A standard that whoever is paid under the rules must hold."""

    part = "required_standards"
    kind = forms.ModelChoiceField(
        StandardKind.objects.order_by("order", "pk"), label="Standard", empty_label="Choose one"
    )
    holds = radios("What waits while it is missing or has expired", StandardHold, initial=StandardHold.FIRST.value)
    for_kinds = forms.MultipleChoiceField(
        label="Asked of", choices=OrganisationKind.choices, required=False, widget=GovCheckboxes(small=True),
        help_text="The body that is paid must hold it. Tick none for any kind of organisation.",
    )  # fmt: skip
