"""What a return still lacks, sentence by sentence."""

from decimal import Decimal

import pytest

from monitoring import actions, rules
from monitoring.enums import ReturnSection
from plans.models import RuleSet
from tests.make import frozen, monitoring

pytestmark = pytest.mark.django_db


def sentences(row):
    return [(gap.section, gap.sentence) for gap in rules.gaps(row)]


def test_gaps_of_an_empty_return(world, cast):
    row = world.row("OPEN")

    assert sentences(row) == [
        ("SPEND", "Enter what was spent on Staff (Safer nights); enter 0 if nothing was"),
        ("SPEND", "Enter what was spent on Travel (Safer nights); enter 0 if nothing was"),
        (
            "OUTCOMES",
            "Enter the result for “Fewer assaults at night” (Safer nights), or say in the comment why it is not known",
        ),
        (
            "OUTPUTS",
            "Enter the number delivered of “Patrols” (Safer nights), or say in the comment why it is not known",
        ),
        ("INDICATORS", "Enter “People reached”; enter 0 if there were none"),
        ("PROJECTS", "Say how “Safer nights” stands against its plan"),
        ("PROJECTS", "Say what happened in “Safer nights”"),
        ("OVERALL", "Say what happened over the whole period"),
    ]


def test_gaps_of_a_whole_return_are_none(world, cast):
    row = monitoring.fill_in(world.row("OPEN"), by=cast.maidstone_lead)

    assert sentences(row) == []


def test_gaps_let_an_unknown_result_pass_with_its_reason(world, cast):
    row = monitoring.fill_in(world.row("OPEN"), by=cast.maidstone_lead)
    result = row.outcome_results.get()
    actions.save_return(
        monitoring_return=row,
        entries={ReturnSection.OUTCOMES: {result.pk: {"value": None, "comment": "Police figures come in May."}}},
        by=cast.maidstone_lead,
        at=monitoring.WRITTEN,
    )

    assert sentences(row) == []


@pytest.mark.parametrize(
    ("required", "share", "evidence", "missing"),
    [
        (True, "0.5", "", 2),
        (True, "0.5", "Ledger 1", 0),
        (True, "0", "", 0),
        (False, "0.5", "", 0),
    ],
)
def test_gaps_of_evidence_where_the_rules_scrutinise_more(world, cast, required, share, evidence, missing):
    frozen.thaw()
    RuleSet.objects.update(spend_evidence_required=required)
    row = world.row("OPEN")
    monitoring.fill_in(row, by=cast.maidstone_lead, share=Decimal(share), evidence=evidence)

    assert len(sentences(row)) == missing
    if missing:
        assert sentences(row)[0] == (
            "SPEND",
            "Say what shows the spend on Staff (Safer nights): an invoice, a ledger line, a payroll record",
        )


@pytest.mark.parametrize(
    ("year_end", "share", "reason", "gap"),
    [
        (True, "0.4", "", ["Say why money is left unspent"]),
        (True, "0.4", "A late start.", []),
        (True, "0.5", "", []),
        (False, "0.4", "", []),
    ],
)
def test_gaps_of_unspent_money_at_the_end_of_the_award(world, cast, year_end, share, reason, gap):
    row = world.row("OPEN")
    if year_end:
        row = monitoring.opened(row.award, on=monitoring.YEAR_END)
    monitoring.fill_in(row, by=cast.maidstone_lead, share=Decimal(share))
    actions.save_return(
        monitoring_return=row, texts={"underspend_reason": reason}, by=cast.maidstone_lead, at=monitoring.WRITTEN
    )

    assert [sentence for _section, sentence in sentences(row)] == gap
