"""Terms and conditions, and the rule sets that point to them."""

from decimal import Decimal

from accounts.enums import OrganisationKind
from plans.enums import (
    Anchor,
    CasePart,
    ConditionKind,
    ContinuationPolicy,
    DueWhen,
    LimitOn,
    MoneySetBy,
    ReportKind,
    Severity,
    StandardHold,
    Timing,
    WhenExtended,
)
from plans.models import (
    InstalmentRule,
    Limit,
    ReportingRule,
    RequiredStandard,
    RuleSet,
    StandardKind,
    TermsCondition,
    TermsVersion,
)

from ..entries import Items
from ..kinds import Day, DayList, Share, Sum, Text, Texts, Whole, Word, WordList, YesNo
from ..references import Cited, Reference, References
from . import stages
from .applying import ASKED, FORMULAS, LOTS, MATCH
from .section import LONG, Section, needed, percent

PER_CENT = Sum(required=True, attribute="share_percent", noun="a share in per cent", highest=Decimal(100))

TERMS = Section(
    "terms",
    "terms and conditions",
    TermsVersion,
    {
        "title": needed(),
        "version": needed(20, numbers=True),
        "follows": Reference(section="terms"),
        "introduction": LONG,
        "conditions": Items(
            required=True,
            fields={
                "number": needed(10, numbers=True),
                "text": needed(10_000),
                "why": LONG,
                "checked_by": Text(limit=300),
                "streams": References(section="streams"),
            },
            model=TermsCondition,
            parent="terms",
            numbered="order",
        ),
        "source": Cited(),
    },
    says_example=True,
)

STANDARD_KINDS = Section(
    "standard_kinds",
    "kind of standard",
    StandardKind,
    {
        "name": needed(120),
        "guidance": LONG,
        "must_expire": YesNo(),
        "lasts_months": Whole(low=1, high=120),
        "order": Whole(empty=0, high=999),
        "source": Cited(),
    },
    says_example=True,
)

MONTHS = Whole(low=1, high=120)


def instalments(required, for_tactical):
    return Items(
        required=required,
        fields={
            "share": PER_CENT,
            "condition": Word(required=True, words=ConditionKind),
            "due_days": Whole(empty=0, high=3660),
            "due_when": Word(words=DueWhen, default=DueWhen.AFTER_START.value),
            "due_on": Day(),
            "event": Reference(section="movable_events"),
            "each_year": YesNo(),
        },
        model=InstalmentRule,
        parent="rule_set",
        numbered="number",
        fixed={"for_tactical": for_tactical},
    )


def working_days(usual):
    return Whole(empty=usual, low=1, high=260)


RULE_SETS = Section(
    "rule_sets",
    "rule set",
    RuleSet,
    {
        "name": needed(),
        "version": Whole(empty=1, low=1, high=999),
        "follows": Reference(section="rule_sets"),
        "terms": Reference(section="terms"),
        "money_set_by": Word(words=MoneySetBy, default=MoneySetBy.NEGOTIATED.value),
        "open_to_kinds": WordList(words=OrganisationKind),
        "open_to_areas": Texts(limit=80),
        "invited_only": YesNo(empty=True),
        "current_recipients_only": YesNo(),
        "months_least": MONTHS,
        "months_most": MONTHS,
        "profile_months": MONTHS,
        "over_commitment_percent": percent(default="0.00"),
        "formulas": FORMULAS,
        "lots": LOTS,
        "match": MATCH,
        "questions": ASKED,
        "stages": stages.STAGES,
        "approvals": stages.APPROVALS,
        "continuation": Word(words=ContinuationPolicy, default=ContinuationPolicy.NONE.value),
        "continuation_due_days": Whole(empty=60, high=366),
        "continuation_needs_satisfactory": YesNo(empty=True),
        "extension_months": MONTHS,
        "extension_event": Reference(section="movable_events"),
        "safe_working_days": Whole(empty=20, high=260),
        "tactical_share": Share(),
        "required_parts": WordList(words=CasePart),
        "instalments": instalments(False, False),
        "tactical_instalments": instalments(False, True),
        "reporting": Items(
            fields={
                "kind": Word(required=True, words=ReportKind),
                "timing": Word(words=Timing, default=Timing.ONCE.value),
                "period_months": Whole(low=1, high=120),
                "days": DayList(),
                "anchor": Word(words=Anchor, default=Anchor.PERIOD_END.value),
                "event": Reference(section="movable_events"),
                "due_days": Whole(empty=30, high=366),
                "due_working_days": Whole(high=260),
                "when_extended": Word(words=WhenExtended, default=WhenExtended.ADDS.value),
                "template": Reference(section="return_templates"),
            },
            model=ReportingRule,
            parent="rule_set",
        ),
        "standards": Items(
            fields={
                "kind": Reference(required=True, section="standard_kinds"),
                "holds": Word(words=StandardHold, default=StandardHold.FIRST.value),
                "for_kinds": WordList(words=OrganisationKind),
            },
            model=RequiredStandard,
            parent="rule_set",
            short="kind",
        ),
        "limits": Items(
            fields={
                "on": Word(required=True, words=LimitOn),
                "amount": Sum(required=True),
                "severity": Word(required=True, words=Severity),
                "source": Cited(required=True),
            },
            model=Limit,
            parent="rule_set",
        ),
        "spend_evidence_required": YesNo(),
        "certifier_required": YesNo(empty=True),
        "one_person_may_certify_and_submit": YesNo(),
        "acceptance_working_days": working_days(20),
        "review_working_days": working_days(15),
        "query_working_days": working_days(10),
        "repayment_working_days": working_days(20),
        "declaration": LONG,
        "hold_back_years": Whole(empty=2, low=1, high=10),
        "hold_back_percent": Sum(default="5.00", noun="a share in per cent", highest=Decimal(100)),
        "source": Cited(),
    },
    belongs_to="plan",
    says_example=True,
)
