"""Evidence where little is known, and beyond the last option: nothing is guessed, and "none" is said in each place."""

from datetime import date

import pytest
from django.db import transaction

from pcc_portal import actions, dossiers
from pcc_portal.models import EvidencePack
from services.models import Contract
from tests.make import extensions

pytestmark = pytest.mark.django_db
ON = date(2021, 10, 1)
AT = extensions.day(2021, 10, 1)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A case outside the original terms of a contract of which next to nothing is known."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = extensions.world()
        world.case = extensions.outside(world, annual_value=None)
        yield world
        transaction.set_rollback(True)


def told(case):
    """What is said in each section: facts by label, and the sentence of each table without rows."""
    plain = dossiers.evidence_of(case, ON).plain
    return {
        section["key"]: {
            **{fact["label"]: fact["cell"]["shown"] for fact in section["facts"]},
            **{table["caption"]: table["none"] for table in section["tables"] if not table["rows"]},
            **({"lead": section["lead"]} if section["key"] == "kpis" else {}),
        }
        for section in plain["sections"]
    }


def test_nothing_known_is_never_nought(made):
    found = told(extensions.fresh(made.case))

    assert found["money"] == {
        "Value of the agreed term": "Not published",
        "Paid so far": "£0",
        "Payments": "0",
        "Value left": "Not published",
        "Sources of funds": "No source of funds is entered for it.",
    }


def test_none_is_said_in_each_place_that_was_looked_at(made):
    found = told(extensions.fresh(made.case))

    assert found["kpis"] == {"lead": "No KPIs are set for this contract."}
    assert found["returns"] == {
        "Returns handed in": "0",
        "Late now": "0",
        "Returns": "No return was asked for by this day.",
        "Late returns": "None is late.",
    }
    assert found["improvement"] == {
        "Improvement plans": "There have been none.",
        "Actions still to do": "None is open.",
    }
    assert found["variations"] == {"Variations": "There have been none."}
    assert found["lapse"] == {
        "The service would end on": "31 March 2022",
        "People in the last accepted returns": "No accepted return gives a number of people.",
    }


def test_beyond_the_options_the_question_is_another(made):
    [section] = [
        section
        for section in dossiers.evidence_of(extensions.fresh(made.case), ON).plain["sections"]
        if section["key"] == "options"
    ]

    assert [(fact["label"], fact["cell"]["shown"]) for fact in section["facts"]] == [
        ("To be decided now", "Whether to extend outside the original terms"),
        ("Options left", "0"),
        ("Decide by", "1 March 2022"),
    ]
    assert [(table["rows"], table["none"]) for table in section["tables"]] == [([], "No option is left.")]


def test_advice_beyond_the_options_is_frozen_with_its_law_and_its_end(made):
    case = extensions.fresh(made.case)
    extensions.willing(made, case, at=AT)

    advised = actions.advise_on_extension(
        case=extensions.fresh(made.case),
        recommended="OUTSIDE",
        ends_on=date(2022, 9, 30),
        legal_basis="Regulation 72(1)(b)",
        lapse_effect="Nobody would help.",
        advice="Extend it for half a year.",
        by=made.cast.officer,
        at=AT,
    )

    [advice] = [
        section
        for section in EvidencePack.objects.get(paper=advised.pack).content["sections"]
        if section["key"] == "advice"
    ]
    assert [(fact["label"], fact["cell"]["shown"]) for fact in advice["facts"]][:3] == [
        ("Recommended", "Extend outside the original terms"),
        ("New end", "30 September 2022"),
        ("Legal basis", "Regulation 72(1)(b)"),
    ]


def test_a_contract_without_provider_or_stream_has_evidence_all_the_same(made):
    Contract.objects.filter(pk=made.case.contract_id).update(provider=None, stream=None)

    found = told(extensions.fresh(made.case))

    assert (found["term"]["Provider"], found["term"]["Stream"]) == ("Not published", "None")
    assert found["nearby"] == {
        "Awards": "None runs on this day.",
        "Contracts": "None runs on this day.",
        "Activities of partnerships": "None is proposed or live on this day.",
        "Other commitments": "None stands on this day.",
    }
