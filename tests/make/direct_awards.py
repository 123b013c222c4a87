"""Direct awards walked by the real actions: two funders, one of which may not carry money over."""

from datetime import UTC, date, datetime
from decimal import Decimal

from grants.actions import awards, direct
from grants.models import Award
from plans.enums import MoneySetBy, Purpose
from plans.models import FundingSource, InstalmentRule, ReportingRule, RuleSet
from records.enums import DecisionOutcome

from . import awards as make_awards

PROPOSED_AT = datetime(2020, 3, 2, 9, 0, tzinfo=UTC)
ADVISED_AT = datetime(2020, 3, 4, 9, 0, tzinfo=UTC)
SENT_AT = datetime(2020, 3, 9, 9, 0, tzinfo=UTC)
DECIDED_AT = datetime(2020, 3, 20, 9, 0, tzinfo=UTC)
OFFERED_AT = datetime(2020, 3, 23, 9, 0, tzinfo=UTC)
ACCEPTED_AT = datetime(2020, 3, 30, 9, 0, tzinfo=UTC)
FIRST, LAST = date(2020, 4, 1), date(2023, 3, 31)
YEARS = [
    (date(2020, 4, 1), date(2021, 3, 31)),
    (date(2021, 4, 1), date(2022, 3, 31)),
    (date(2022, 4, 1), date(2023, 3, 31)),
]
WHOLE = [{"number": 1, "share_percent": 100, "condition": "TERMS_ACCEPTED"}]


def world(rules=WHOLE, **settings):
    """The cast and the plan, rules for direct awards with these instalments, a long fund and a short one."""
    here = make_awards.world()
    here.direct_rules = rule_set(here, rules, **settings)
    here.long = source(here, "long", "Violence fund", LAST, "600000", carry_over_allowed=True)
    here.short = source(here, "short", "Home Office grant", YEARS[0][1], "102000")
    return here


def rule_set(here, rules=WHOLE, key="direct-rules", **settings):
    """Rules whose money is set by direct award."""
    fields = {"money_set_by": MoneySetBy.DIRECT, "terms": here.terms, "name": "Direct award rules", **settings}
    made = RuleSet.objects.create(key=key, plan=here.plan, **fields)
    for rule in rules:
        InstalmentRule.objects.create(rule_set=made, **rule)
    ReportingRule.objects.create(rule_set=made, kind="YEAR_END", timing="REPEATED", period_months=12)
    return made


def source(here, key, name, ends_on, amount, **more):
    return FundingSource.objects.create(
        key=key,
        plan=here.plan,
        name=name,
        funder="A funder",
        purpose=more.pop("purpose", Purpose.ANY),
        starts_on=FIRST,
        ends_on=ends_on,
        amount=amount and Decimal(amount),
        **more,
    )


def proposal(here, money=None, *, at=PROPOSED_AT, **written):
    """A proposal of one year from the long fund, unless told otherwise; `money` is (source, first, last, sum) rows."""
    fields = {
        "stream": here.thirds,
        "rule_set": here.direct_rules,
        "recipient": here.yot,
        "title": "Mentors for young people",
        "purpose": "Mentoring of young people who were hurt",
        "reason": "Nobody else works in the hospital",
        "outcomes": "Fewer return",
        "starts_on": FIRST,
        "ends_on": YEARS[0][1],
        **written,
    }
    money = [(here.long, fields["starts_on"], fields["ends_on"], "12000")] if money is None else money
    rows = [(paid_by, first, last, Decimal(amount)) for paid_by, first, last, amount in money]
    return direct.propose_direct_award(money=rows, by=here.officer, at=at, **fields)


def sent(here, money=None, **written):
    """A proposal with advice and comment that waits for a decision."""
    made = proposal(here, money, **written)
    direct.advise_on_direct_award(
        proposal=made, outcome=DecisionOutcome.APPROVED, advice="The only one", by=here.officer, at=ADVISED_AT
    )
    direct.comment_on_direct_award(proposal=made, comment="Affordable", by=here.cfo, at=ADVISED_AT)
    return direct.send_direct_award(proposal=made, by=here.officer, at=SENT_AT)


def decided(here, money=None, *, outcome=DecisionOutcome.APPROVED, amount=None, **written):
    """A proposal approved, unless told otherwise."""
    made = sent(here, money, **written)
    return decide(here, made, outcome=outcome, amount=amount)


def decide(here, made, *, outcome=DecisionOutcome.APPROVED, amount=None, by=None, **wording):
    """Decide on a proposal."""
    words = {"reason": "It meets the need shown", **wording}
    if outcome != DecisionOutcome.DECLINED:
        words.setdefault("purpose", "Safer young people")
    return direct.decide_direct_award(
        proposal=made,
        outcome=outcome,
        amount=amount and Decimal(amount),
        by=by or here.pcc,
        at=DECIDED_AT,
        **words,
    )


def made_award(here, money=None, **written):
    """The award of an approved proposal, not offered yet."""
    return Award.objects.get(proposal__decision=decided(here, money, **written))


def live_award(here, money=None, **written):
    """The award of an approved proposal, accepted by its payee."""
    award = awards.offer_award(award=made_award(here, money, **written), by=here.officer, at=OFFERED_AT)
    return awards.accept_award(award=award, position="Director", by=here.yot_signatory, at=ACCEPTED_AT)


def two_funders(here):
    """£614,000 over three years, £202,000 of it in the first: the money of two funders."""
    first, second, third = YEARS
    return [
        (here.long, *first, "100000"),
        (here.short, *first, "102000"),
        (here.long, *second, "206000"),
        (here.long, *third, "206000"),
    ]
