"""Forms of money the office would retain: the proposal with its sums, the comment, the decision (C7)."""

from decimal import Decimal

from django import forms

from accounts.models import Organisation
from records.enums import DecisionOutcome
from records.formfields import GovCheckboxes, GovField, GovRadios, MoneyField
from records.words import pounds

from .acting import ActForm, long_text

PENNY = Decimal("0.01")
HINTS = {
    DecisionOutcome.RETAINED: "The sums below leave the allocations. Each partnership is told at once, in confidence.",
    DecisionOutcome.DECLINED: "Nothing moves. Each project is still decided on its own.",
}
CHOICES = [(DecisionOutcome.RETAINED, "Retain the money"), (DecisionOutcome.DECLINED, "Decline")]


class RetainForm(ActForm):
    """What the office would fund itself, why, and how much of each project it would keep for it.

    `projects` are those to choose from; a sum left empty leaves its project out. `found` maps a reference to a project.
    """

    button = "Save the proposal"
    title = forms.CharField(label="Title", max_length=200, help_text="For example, one tour for all schools.")
    provider = forms.ModelChoiceField(
        Organisation.objects.none(), label="Provider the office would fund instead", required=False,
        to_field_name="key", empty_label="Not on this list",
    )  # fmt: skip
    provider_name = forms.CharField(
        label="Name of the provider or project, where it is not on the list", max_length=200, required=False
    )
    why = long_text(
        "Why should the office keep the money?", help_text="What overlaps, and what is gained by one award."
    )
    another = forms.CharField(
        label="Add another project",
        max_length=40,
        required=False,
        help_text="Its reference, for example BC-2020-001/2.",
    )

    def __init__(self, *args, projects, find, sums=None, **kwargs):
        self.projects, self.find, self.sums = list(projects), find, sums or {}
        super().__init__(*args, **kwargs)

    def rows(self):
        self.fields["provider"].queryset = Organisation.objects.exclude(kind="OFFICE").order_by("name")
        for project in self.projects:
            self.fields[f"amount_{project.pk}"] = self.amount_of(project)
        sums = [GovField(f"amount_{project.pk}", width=10) for project in self.projects]
        return ["title", "provider", "provider_name", "why", *sums, "another"]

    def amount_of(self, project):
        """The field for what is retained of one project."""
        case = project.case
        pot = "tactical pot" if case.is_tactical else "main window"
        return MoneyField(
            label=f"To retain of {project.title} ({case.organisation.name})",
            help_text=f"{project.reference} asks for {pounds(project.amount_requested)} from the {pot}. "
            "Leave empty to leave it out.",
            required=False,
            min_value=PENNY,
            initial=self.sums.get(project.pk, project.amount_requested),
        )

    def clean_another(self):
        reference = self.cleaned_data["another"].strip()
        if not reference:
            return None
        found = self.find([reference]).first()
        if found is None:
            raise forms.ValidationError(
                "Enter the reference of a project that is proposed, with the office and paid from an allocation"
            )
        return found

    def clean(self):
        answers = super().clean()
        if not answers.get("provider"):
            self.need("provider_name", "Choose the provider, or enter its name")
        return answers

    def written(self):
        """The words of the proposal and its (project, pounds) rows."""
        answers = self.cleaned_data
        rows = [(project, answers.get(f"amount_{project.pk}")) for project in self.projects]
        rows = [(project, amount) for project, amount in rows if amount]
        extra = answers["another"]
        if extra and extra.pk not in {project.pk for project, _ in rows}:
            rows.append((extra, extra.amount_requested))
        words = {name: answers[name] for name in ("title", "why", "provider", "provider_name")}
        return {**words, "rows": rows}


class RetainDecisionForm(ActForm):
    """One decision on the whole proposal, or on some of its projects."""

    button = "Check this decision"
    outcome = forms.ChoiceField(label="What do you decide?", choices=CHOICES, widget=GovRadios(hints=HINTS))
    projects = forms.MultipleChoiceField(
        label="Whose money is retained?", required=False, widget=GovCheckboxes,
        help_text="A project left out stays as it is and is decided on its own.",
    )  # fmt: skip
    reason = long_text("Reason for the decision", help_text="The partnerships read it, and it is published later.")
    interests = long_text("Interests you declare", required=False, rows=2, help_text="Leave empty if you have none.")
    is_key = forms.BooleanField(
        label="This is a key decision: each project gets the next notice number and a decision notice", required=False
    )

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.parts = {str(part.project_id): part for part in parts}
        self.fields["projects"].choices = [
            (pk, f"{part.project.case.organisation.name}: {part.project.title}, {pounds(part.amount)}")
            for pk, part in self.parts.items()
        ]
        self.fields["projects"].initial = list(self.parts)

    def clean(self):
        answers = super().clean()
        if answers.get("outcome") == DecisionOutcome.RETAINED:
            self.need("projects", "Choose at least one project whose money is retained")
        return answers

    def chosen(self):
        """The parts to retain; none where the proposal is declined."""
        if self.cleaned_data["outcome"] != DecisionOutcome.RETAINED:
            return []
        return [self.parts[pk] for pk in self.cleaned_data["projects"]]
