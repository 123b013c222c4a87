"""Results of earlier awards shown in a renewal, and what monitoring passes down."""

from datetime import date

import pytest

from grants.actions import business_cases, results
from grants.enums import CaseStatus
from grants.models import BusinessCase, CaseSnapshot, PriorResult, ReviewedReturn
from grants.queries.results import monitoring_of, results_so_far
from monitoring.enums import Verdict
from tests.kept import kept
from tests.make import cases
from tests.make import continuations as make

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept_renewal(django_db_setup, django_db_blocker):
    """A six-month award with an accepted return, and a draft business case of its recipient in the next round."""
    with kept(django_db_blocker):
        world = make.world()
        world.award = make.six_months(world)
        world.found = make.reported(world, world.award, on=date(2020, 9, 30))
        round_ = cases.round_(world.cast, world.plan)
        world.case = cases.business_case(world.cast, round_, status=CaseStatus.DRAFT)
        BusinessCase.objects.filter(pk=world.case.pk).update(continues=world.award)
        yield world


@pytest.fixture
def world(kept_renewal, db):
    return kept_renewal


def fresh(world):
    return BusinessCase.objects.get(pk=world.case.pk)


def told(case):
    rows = PriorResult.objects.filter(project__case=case)
    return {row.what: (row.target, row.result, row.return_reference) for row in rows}


def test_fill_in_prior_results_from_accepted_returns(world):
    results.fill_in_prior_results(fresh(world))

    found = told(world.case)
    assert found["Fewer assaults at night"] == (100, 105, world.found.reference)
    assert found["Patrols"] == (50, 25, world.found.reference)
    narrative = PriorResult.objects.get(project__case=world.case, what="What happened")
    assert (narrative.result, narrative.words) == (None, "The half year went to plan.")


def test_fill_in_prior_results_twice_leaves_one_set(world):
    first = len(results.fill_in_prior_results(fresh(world)))

    assert len(results.fill_in_prior_results(fresh(world))) == first == PriorResult.objects.count()


def test_fill_in_prior_results_never_of_somebody_else(world):
    BusinessCase.objects.filter(pk=world.case.pk).update(organisation=world.cast.swale)

    assert results.fill_in_prior_results(fresh(world)) == []


def test_submitted_renewal_freezes_the_results(world):
    business_cases.submit_business_case(case=fresh(world), by=world.cast.maidstone_lead, at=cases.SENT)

    content = CaseSnapshot.objects.get(case=world.case).content
    assert [row["what"] for row in content["projects"][0]["prior_results"]][:2] == [
        "Fewer assaults at night",
        "Patrols",
    ]


def test_review_is_passed_down_and_taken_back_when_the_return_is_open_again(world):
    row = ReviewedReturn.objects.get(award=world.award)
    assert (row.verdict, row.reference, row.ends_on) == ("SATISFACTORY", world.found.reference, date(2020, 9, 30))
    assert [part["reference"] for part in results_so_far(world.award)] == [row.reference]

    make.monitoring_actions.reopen_return(
        monitoring_return=world.found, reason="Wrong", due_on=date(2020, 12, 1), by=world.cast.officer,
        at=make.at(2020, 11, 2),
    )  # fmt: skip

    row.refresh_from_db()
    assert (row.verdict, row.results, results_so_far(world.award)) == ("", [], [])
    assert [seen.standing for seen in monitoring_of(world.award, on=date(2020, 11, 2))] == [
        "Opened again, not reviewed yet"
    ]


def test_unsatisfactory_returns_are_no_results(world):
    ReviewedReturn.objects.filter(award=world.award).update(verdict=Verdict.UNSATISFACTORY)

    assert results.fill_in_prior_results(fresh(world)) == []
    (seen,) = monitoring_of(world.award, on=date(2020, 11, 2))
    assert (seen.standing, seen.is_fine, seen.is_satisfactory) == ("Unsatisfactory", False, False)
