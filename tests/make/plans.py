"""A small plan: one body, one stream with two parts, sources, terms and two rule sets."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from plans.enums import CasePart, ConditionKind, Purpose, ReportKind, StreamPurpose
from plans.models import (
    CommissioningBody,
    FundingSource,
    InstalmentRule,
    Plan,
    Priority,
    ReportingRule,
    RuleSet,
    Stream,
    TermsCondition,
    TermsVersion,
)

from . import templates

PARTS = [part.value for part in CasePart if part != CasePart.SCHOOLS]  # asked by tests about schools


def plan(cast):
    """The plan 2020/21 of the test office, with rule sets for partnerships and third parties."""
    templates.built_in()
    body = CommissioningBody.objects.create(
        key="body",
        organisation=cast.office,
        name="Office of the Commissioner",
        short_name="OPCC",
        commissioner_title="Police and Crime Commissioner",
    )
    year = Plan.objects.create(
        key="plan-2020-21",
        body=body,
        title="Commissioning Plan 2020/21",
        starts_on=date(2020, 4, 1),
        ends_on=date(2021, 3, 31),
    )
    violence = Priority.objects.create(
        key="violence", plan=year, order=1, name="Reduce violence", is_violence_reduction=True
    )
    asb = Priority.objects.create(key="asb", plan=year, order=2, name="Reduce anti-social behaviour")
    own = FundingSource.objects.create(
        key="own",
        plan=year,
        name="Own budget",
        funder="The office",
        purpose=Purpose.ANY,
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        amount=Decimal("500000"),
        carry_over_allowed=True,
    )
    victims = FundingSource.objects.create(
        key="victims",
        plan=year,
        name="Victims grant",
        funder="Ministry",
        purpose=Purpose.VICTIMS,
        starts_on=year.starts_on,
        ends_on=year.ends_on,
    )
    crg = Stream.objects.create(
        key="crg",
        plan=year,
        number="1",
        order=1,
        code="CRG",
        name="Crime Reduction Grant",
        purpose=StreamPurpose.CRIME_REDUCTION,
    )
    csps = Stream.objects.create(
        key="crg-csp",
        plan=year,
        parent=crg,
        number="1.1",
        order=2,
        code="CRG",
        name="Community Safety Partnerships",
        purpose=StreamPurpose.CRIME_REDUCTION,
    )
    thirds = Stream.objects.create(
        key="crg-third",
        plan=year,
        parent=crg,
        number="1.2",
        order=3,
        code="CRG",
        name="Third parties",
        purpose=StreamPurpose.CRIME_REDUCTION,
    )
    for stream in (csps, thirds):
        stream.sources.add(own)
    terms = TermsVersion.objects.create(key="terms-1", title="Grant terms", version="1")
    TermsCondition.objects.create(terms=terms, number="1", order=1, text="Spend only as approved.")
    csp_rules = RuleSet.objects.create(
        key="csp-rules",
        plan=year,
        name="Partnership rules",
        terms=terms,
        tactical_numerator=1,
        tactical_denominator=3,
        required_parts=PARTS,
    )
    InstalmentRule.objects.create(
        rule_set=csp_rules, number=1, share_percent=50, condition=ConditionKind.TERMS_ACCEPTED, due_days=0
    )
    InstalmentRule.objects.create(
        rule_set=csp_rules, number=2, share_percent=50, condition=ConditionKind.MID_YEAR_SATISFACTORY, due_days=210
    )
    InstalmentRule.objects.create(
        rule_set=csp_rules, number=1, share_percent=100, condition=ConditionKind.TERMS_ACCEPTED, for_tactical=True
    )
    ReportingRule.objects.create(rule_set=csp_rules, kind=ReportKind.MID_YEAR, period_months=6, due_days=30)
    ReportingRule.objects.create(rule_set=csp_rules, kind=ReportKind.YEAR_END, due_days=30)
    third_rules = RuleSet.objects.create(
        key="third-rules",
        plan=year,
        name="Third party rules",
        terms=terms,
        required_parts=PARTS,
        spend_evidence_required=True,
    )
    InstalmentRule.objects.create(
        rule_set=third_rules, number=1, share_percent=100, condition=ConditionKind.TERMS_ACCEPTED
    )
    ReportingRule.objects.create(rule_set=third_rules, kind=ReportKind.YEAR_END, due_days=30)
    return SimpleNamespace(
        body=body,
        plan=year,
        violence=violence,
        asb=asb,
        own=own,
        victims=victims,
        crg=crg,
        csps=csps,
        thirds=thirds,
        terms=terms,
        csp_rules=csp_rules,
        third_rules=third_rules,
    )
