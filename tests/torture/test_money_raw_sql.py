"""C4 against raw SQL: statements the application's own database role is refused, one by one (ADR 0010)."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import Error, transaction

from grants.actions import awards, decisions, rounds
from grants.models import Award, Instalment
from tests.make import awards as make
from tests.make import cases

pytestmark = pytest.mark.django_db

NAME = re.compile(r"\{(\w+)\}")
FORBIDDEN = re.findall(
    r"^-- (.+) => (.+)\n((?:(?!--).+\n)+)", (Path(__file__).parent / "forbidden.sql").read_text("utf-8"), re.MULTILINE
)


@pytest.fixture
def ids(db):
    """A state with every kind of row: a live award with a tactical line, one made, one offered, one recorded."""
    world = make.world()
    case = make.awaiting_decision(world, ("1000", "500", "400"))
    approved, refused, proposed = make.projects(case)
    approval = make.approve(world, approved)
    declined = decisions.decide_project(
        project=refused, outcome="DECLINED", reason="No need shown", by=world.pcc, at=make.DECIDED_AT
    )
    award = awards.offer_award(award=Award.objects.get(), by=world.officer, at=make.OFFERED_AT)
    awards.accept_award(award=award, position="Head", by=world.maidstone_signatory, at=make.ACCEPTED_AT)
    line = make.tactical_line(world)
    offered = make.offered_award(world, ("700",), organisation=world.swale)
    thirds = make.world(world.cast, world, cases.round_(world.cast, world, third=True))
    made = make.made_award(thirds, ("700",), organisation=world.yot)
    recorded = awards.import_award(
        key="past", stream=world.csps, recipient=world.provider, title="Past", recorded_amount=5, at=make.BEFORE
    )
    rounds.record_exception(
        allocation=world.allocation,
        window="MAIN",
        amount=Decimal(5),
        reason="Agreed",
        by=world.officer,
        at=make.DECIDED_AT,
    )
    return {
        "approved": approved.pk,
        "refused": refused.pk,
        "proposed": proposed.pk,
        "approval": approval.pk,
        "declined": declined.pk,
        "award": award.pk,
        "acceptance": award.acceptance.pk,
        "first": Instalment.objects.get(award=award, number=1).pk,
        "second": Instalment.objects.get(award=award, number=2).pk,
        "tactical_line": line.pk,
        "offered_award": offered.pk,
        "made_award": made.pk,
        "recorded": recorded.pk,
        "terms": world.terms.pk,
        "victims": world.victims.pk,
        "swale_council": world.swale_council.pk,
        "swale": world.swale.pk,
        "officer": world.officer.pk,
        "finance": world.finance.pk,
        "pcc": world.pcc.pk,
    }


def test_forbidden_statements_are_all_refused(ids, as_app_role):
    """Each statement in a savepoint of its own; every one is refused for the reason it should be."""
    allowed = []
    for what, answer, statement in FORBIDDEN:
        try:
            with transaction.atomic():
                as_app_role.execute(NAME.sub(lambda found: str(ids[found[1]]), statement))
        except Error as error:
            if not any(part in str(error) for part in answer.split("|")):
                allowed.append(f"{what}: refused for another reason: {error}")
        else:
            allowed.append(f"{what}: allowed")

    assert allowed == []
    assert len(FORBIDDEN) >= 20


def test_lawful_statement_of_the_same_kind_is_allowed(ids, as_app_role):
    """The control: what the actions do is open to the very same role."""
    as_app_role.execute(
        "UPDATE grants_instalment SET status = 'RELEASED', released_at = now(), released_by_id = %(finance)s"
        " WHERE id = %(first)s",
        ids,
    )

    assert as_app_role.rowcount == 1
