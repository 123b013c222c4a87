"""What in the record suggests an offer: each cause once, with its line, at its moment (B1)."""

from copy import deepcopy
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.actions import suggesting
from monitoring.enums import ReturnStatus, TriggerKind, Verdict, VisitStatus
from monitoring.models import CapacitySuggestion
from monitoring.queries import capacity_causes as reads
from pcc_portal.tasks import sweep
from records.models import Notice
from tests.kept import kept
from tests.make import accounts, audits, monitoring, plans, standards
from tests.make import capacity as make

pytestmark = pytest.mark.django_db
K = TriggerKind
ON = date(2020, 11, 20)
AT = make.AFTER + timedelta(days=10)


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """An open offer; a return that was sent; its award, whose terms were audited and whose rules ask for DBS checks."""
    with kept(django_db_blocker):
        cast = accounts.cast()
        plan = plans.plan(cast)
        audits.second_condition(plan)
        award = monitoring.released(cast, monitoring.live_award(cast, plan))
        sent = monitoring.monitoring_return(cast, plan, status=ReturnStatus.SUBMITTED, award=award)
        visit = audits.visit(cast, award, status=VisitStatus.UNDER_WAY)
        standards.ask(award.rule_set)
        yield SimpleNamespace(cast=cast, plan=plan, offer=make.offer(cast), award=award, sent=sent, visit=visit)


@pytest.fixture
def world(kept_world, db):
    return deepcopy(kept_world)


def found(world, *, on=ON, organisation=None):
    return {(cause.organisation_id, cause.about): cause.reason for cause in reads.causes(on, organisation=organisation)}


def question(world):
    """The return with a question about spend, asked before anything was suggested by it."""
    return monitoring.queried(world.sent, by=world.cast.officer)


def plant(world, kind, **more):
    """The trigger as a row, without the sweep that comes with the act."""
    return world.offer.triggers.create(kind=kind, **more)


def test_causes_nothing_suggests_without_a_trigger_and_asks_once(world):
    with CaptureQueriesContext(connection) as asked:
        assert reads.causes(ON) == []

    assert len(asked) == 1


@pytest.mark.parametrize(
    ("wanted", "calls"),
    [
        ({"section": "SPEND"}, True),
        ({"section": "Spend"}, True),
        ({}, True),
        ({"words": "VOLUNTEERS"}, True),
        ({"section": "OUTCOMES"}, False),
        ({"section": "SPEND", "words": "theatre"}, False),
    ],
)
def test_causes_a_question_about_the_section(world, wanted, calls):
    question(world)
    plant(world, K.QUERIED, **wanted)

    reference = world.sent.reference
    line = f"The office asked about “Spend” in {reference}: Which volunteers were trained?"
    assert found(world) == ({(world.cast.maidstone.pk, f"{reference}:SPEND"): line} if calls else {})


def test_causes_count_for_two_years_alone(world):
    question(world)
    plant(world, K.QUERIED)
    asked_on = monitoring.QUERIED.date()

    assert len(found(world, on=asked_on.replace(year=2022))) == 1
    assert found(world, on=asked_on.replace(year=2022) + timedelta(days=1)) == {}


def test_causes_an_unsatisfactory_verdict_stays_though_the_return_goes_on(world):
    plant(world, K.UNSATISFACTORY)
    assert found(world) == {}
    row = world.sent

    monitoring.reviewed(row, by=world.cast.officer, verdict=Verdict.UNSATISFACTORY, reply="Too little.")

    line = f"{row.reference} was found unsatisfactory on 14 October 2020."
    assert found(world) == {(world.cast.maidstone.pk, f"{row.reference}:v1"): line}
    told = Notice.objects.filter(rule="support_suggested", created_at=monitoring.REVIEWED)
    assert {notice.person for notice in told} == {world.cast.maidstone_lead, world.cast.maidstone_contributor}
    assert line in told[0].body


@pytest.mark.parametrize(
    ("words", "calls"), [("2", True), ("children", True), ("", True), ("1", False), ("gifts", False)]
)
def test_causes_a_condition_not_met_at_an_audit_once_the_report_was_sent(world, words, calls):
    plant(world, K.AUDIT, words=words)
    assert found(world) == {}

    audits.report(world.visit, by=world.cast.auditor)

    reference = world.visit.reference
    line = f"The audit visit {reference} found condition 2 not met: Check everybody who works with children."
    assert found(world) == ({(world.cast.maidstone.pk, f"{reference}:2"): line} if calls else {})
    assert CapacitySuggestion.objects.filter(suggested_at=audits.REPORTED).count() == calls


def test_causes_a_standard_is_lacking_until_the_payee_holds_it(world):
    plant(world, K.STANDARD, standard=standards.kind())
    council, award = world.cast.council, world.award.reference
    line = f"{award} asks for DBS checks of Maidstone Borough Council: no evidence accepted."
    assert list(found(world).values()) == [line]
    assert {whose for whose, _about in found(world)} == {world.cast.maidstone.pk}

    standards.held(council, sender=world.cast.officer, checker=world.cast.other_officer)

    assert found(world) == {}
    later = found(world, on=standards.ENDS_ON + timedelta(days=1))
    assert later == {
        (world.cast.maidstone.pk, f"standard:{standards.kind().pk}:2021-03-31"):
        f"{award} asks for DBS checks of Maidstone Borough Council: expired on 31 March 2021."
    }  # fmt: skip


def test_causes_another_standard_calls_nothing(world):
    plant(world, K.STANDARD, standard=standards.kind("insurance", "Insurance"))

    assert found(world) == {}


# ---------------------------------------------------------------- suggesting


def test_suggest_offers_once_and_tells_each_organisation_once_of_all(world):
    question(world)
    audits.report(world.visit, by=world.cast.auditor)
    plant(world, K.QUERIED)
    plant(world, K.AUDIT)

    made = suggesting.suggest_offers(on=ON, at=AT)
    again = suggesting.suggest_offers(on=ON, at=AT + timedelta(hours=1))

    assert (len(made), again) == (2, [])
    told = Notice.objects.filter(rule="support_suggested", created_at__gte=AT)
    assert sorted(notice.person.full_name for notice in told) == ["Lee Lead", "Mo Contributor"]
    assert told[0].heading == "Help you may find useful: Writing outcomes"
    assert all(row.reason in told[0].body for row in made)


def test_morning_sweep_makes_suggestions(world):
    question(world)
    plant(world, K.QUERIED)

    sweep(at=AT)

    assert [row.organisation for row in CapacitySuggestion.objects.all()] == [world.cast.maidstone]


def test_query_return_suggests_at_once(world):
    plant(world, K.QUERIED, section="SPEND")

    question(world)

    assert f"{world.sent.reference}:SPEND" in CapacitySuggestion.objects.values_list("about", flat=True)


def test_what_was_set_aside_does_not_come_back(world):
    question(world)
    plant(world, K.QUERIED)
    [row] = suggesting.suggest_offers(on=ON, at=AT)
    suggesting.set_aside(suggestion=row, reason="Known", by=world.cast.maidstone_lead, at=AT)

    assert suggesting.suggest_offers(on=ON, at=AT + timedelta(days=1)) == []
    assert CapacitySuggestion.objects.get().set_aside_reason == "Known"
