"""What officers type about a rule set as a whole, topic by topic; and about new rules, questions and terms."""

from django import forms

from accounts.enums import OrganisationKind
from records.formfields import GovCheckboxes

from .. import rules
from ..enums import CasePart, ContinuationPolicy, MoneySetBy
from ..models import QuestionSet, RuleSet, TermsVersion
from .plan import PlanForm, reason_field
from .rule_rows import (
    EMPTY_FOR_NONE,
    LONG,
    PERCENT,
    SHORT,
    RuleForm,
    event_field,
    percentage,
    radios,
    source_field,
    whole,
)
from .rule_rows import words as long_words

NUMBER = {"width": 4}


class SettingsForm(RuleForm):
    """Some of the set's own fields; the rule says what does not go together."""

    title = ""

    def __init__(self, *args, rule_set, user, **kwargs):
        self.rule_set, self.user = rule_set, user
        super().__init__(*args, **kwargs)

    def check(self, given):
        fields = {name: value for name, value in given.items() if name != "reason"}
        if why := rules.why_not_edit_settings(self.rule_set, fields, user=self.user):
            self.add_error(None, why)


class NameForm(SettingsForm):
    """What the rules are called, and where they are printed."""

    title = "Name of the rules"
    name = forms.CharField(label="Name", max_length=200)
    source = source_field()


class ApplyingForm(SettingsForm):
    """Who may apply."""

    title = "Who may apply"
    lists = ("open_to_areas",)
    wishes = {"open_to_areas": SHORT}
    open_to_kinds = forms.MultipleChoiceField(
        label="Kinds of organisation", choices=OrganisationKind.choices, required=False,
        widget=GovCheckboxes(small=True), help_text="Tick none for any kind.",
    )  # fmt: skip
    open_to_areas = long_words("Areas", "One in a line, as organisations name them. Leave it empty for any area.")
    invited_only = forms.BooleanField(label="Only those invited, or with an allocation, may apply", required=False)
    current_recipients_only = forms.BooleanField(
        label="Only organisations with an award of the stream now or in the year before may apply", required=False
    )


class MoneyForm(SettingsForm):
    """How the sum an organisation may have is set."""

    title = "How the money is set"
    wishes = {"over_commitment_percent": PERCENT, "tactical_numerator": NUMBER, "tactical_denominator": NUMBER}
    money_set_by = radios("How the money is set", MoneySetBy)
    over_commitment_percent = percentage(
        "Approvals may come to so much above the money of the round", "0 where none of it may be promised twice.",
        required=True,
    )  # fmt: skip
    tactical_numerator = whole(
        "Tactical pot: so many parts", "Of an allocation, as opened. 0 where there is none.", required=True, high=100
    )
    tactical_denominator = whole("out of", "A third is 1 out of 3.", required=True, low=1, high=100)


class DurationForm(SettingsForm):
    """How long a project lasts, and by which periods it asks for its money."""

    title = "How long a project lasts"
    wishes = {"months_least": NUMBER, "months_most": NUMBER, "profile_months": NUMBER}
    months_least = whole("At least so many months", EMPTY_FOR_NONE, low=1, high=120)
    months_most = whole("At most so many months", EMPTY_FOR_NONE, low=1, high=120)
    profile_months = whole(
        "Its money is asked for by periods of so many months", "Leave it empty to ask for one sum.", low=1, high=120
    )


class CaseForm(SettingsForm):
    """What each project must say."""

    title = "What a business case must say"
    required_parts = forms.MultipleChoiceField(
        label="Each project must have", choices=CasePart.choices, required=False, widget=GovCheckboxes()
    )


class ReportingSettingsForm(SettingsForm):
    """Who signs returns, what goes with them, and the clocks."""

    title = "Signing, evidence and clocks"
    wishes = {
        "declaration": LONG,
        "hold_back_percent": PERCENT,
        **dict.fromkeys(
            (
                "acceptance_working_days",
                "review_working_days",
                "query_working_days",
                "repayment_working_days",
                "hold_back_years",
            ),
            NUMBER,
        ),
    }
    certifier_required = forms.BooleanField(label="A named certifier signs each return", required=False)
    one_person_may_certify_and_submit = forms.BooleanField(label="The same person may sign and send it", required=False)
    declaration = long_words("What a certifier signs", "Leave it empty for the usual words.")
    spend_evidence_required = forms.BooleanField(label="Evidence is asked for with each spend line", required=False)
    acceptance_working_days = whole("Working days to accept an offer", required=True, low=1, high=260)
    review_working_days = whole("Working days for the office to answer a return", required=True, low=1, high=260)
    query_working_days = whole("Working days to answer a question", required=True, low=1, high=260)
    repayment_working_days = whole("Working days to repay unspent money", required=True, low=1, high=260)
    hold_back_percent = percentage(
        "Underspend is pointed out where more than this stayed unspent", "Where an award is decided.", required=True
    )
    hold_back_years = whole("so many years in a row", required=True, low=1, high=10)


class LaterForm(SettingsForm):
    """What follows an award: yearly decisions, or one extension."""

    title = "What follows"
    wishes = {"continuation_due_days": NUMBER, "extension_months": NUMBER, "safe_working_days": NUMBER}
    continuation = radios("Later years of an award", ContinuationPolicy)
    continuation_due_days = whole(
        "The continuation business case is due so many days before a year ends", required=True, low=1, high=366
    )
    continuation_needs_satisfactory = forms.BooleanField(
        label="It can be approved only where the monitoring so far is satisfactory", required=False
    )
    extension_months = whole("One decision may extend an award by so many months", EMPTY_FOR_NONE, low=1, high=120)
    extension_event = event_field("The decision waits for it. Its latest safe day never moves.")
    safe_working_days = whole(
        "The decision is made no later than so many working days before the end", required=True, low=0, high=260
    )


class TermsForm(SettingsForm):
    """Which terms an award is accepted under."""

    title = "Terms and conditions"
    terms = forms.ModelChoiceField(
        TermsVersion.objects.order_by("title", "version"), label="Version of the terms", required=False,
        empty_label="None yet", help_text="No round can open until there are terms.",
    )  # fmt: skip


SETTINGS_FORMS = {
    "name": NameForm,
    "applying": ApplyingForm,
    "money": MoneyForm,
    "duration": DurationForm,
    "case": CaseForm,
    "reporting": ReportingSettingsForm,
    "later": LaterForm,
    "terms": TermsForm,
}


class StartRuleSetForm(PlanForm):
    """A new set of rules, empty or like another."""

    rows = {"reason": 3}
    submit = "Start the rules"
    name = forms.CharField(label="Name of the rules", max_length=200)
    like = forms.ModelChoiceField(
        RuleSet.objects.order_by("name", "-version"), label="Start from", required=False, empty_label="No rules at all",
        help_text="Everything is copied and can then be changed.",
    )  # fmt: skip
    reason = reason_field()


class StartQuestionSetForm(PlanForm):
    """A new set of questions, empty or like another."""

    rows = {"introduction": 4, "reason": 3}
    title = forms.CharField(label="Title", max_length=200, help_text="Applicants see it as a heading.")
    introduction = long_words("Introduction", "Applicants read it before the questions.")
    like = forms.ModelChoiceField(
        QuestionSet.objects.order_by("title"), label="Start from", required=False, empty_label="No questions at all"
    )
    reason = reason_field()


class QuestionSetForm(RuleForm):
    """What a set of questions is called."""

    wishes = {"introduction": LONG}
    title = forms.CharField(label="Title", max_length=200, help_text="Applicants see it as a heading.")
    introduction = long_words("Introduction", "Applicants read it before the questions.")
    source = source_field()

    def check(self, given):
        """Nothing beyond its fields."""


class StartTermsForm(PlanForm):
    """A new version of terms, empty or like another."""

    rows = {"introduction": 4, "reason": 3}
    title = forms.CharField(label="Title", max_length=200)
    version = forms.CharField(label="Version", max_length=20, help_text="For example, 2 or 2021.")
    introduction = long_words("Introduction")
    like = forms.ModelChoiceField(
        TermsVersion.objects.order_by("title", "version"), label="Start from", required=False,
        empty_label="No conditions at all",
    )  # fmt: skip
    reason = reason_field()


class TermsTextForm(RuleForm):
    """What stands before the conditions."""

    wishes = {"introduction": LONG}
    introduction = long_words("Introduction")
    source = source_field()

    def check(self, given):
        """Nothing beyond its fields."""


class MakeVersionForm(PlanForm):
    """Why the rules need a new version."""

    rows = {"reason": 3}
    submit = "Make a new version"
    reason = reason_field()


class RemoveRowForm(PlanForm):
    """Why a row goes."""

    rows = {"reason": 3}
    submit = "Take it out"
    reason = reason_field()
