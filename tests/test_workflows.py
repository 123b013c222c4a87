"""Every status has words, moves and somebody who acts; the drawing is fresh."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from pcc_portal.management.commands import draw_workflows

WORKFLOWS = list(draw_workflows.workflows())


def test_workflows_every_status_has_a_table() -> None:
    drawn = {workflow.subject._meta.label for workflow in WORKFLOWS}

    assert {model._meta.label for model, _ in draw_workflows.subjects()} - drawn == set()


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.title)
def test_workflows_each_state_has_moves_an_owner_and_a_label(workflow: draw_workflows.Workflow) -> None:
    states = set(workflow.states)

    assert set(workflow.moves) == states
    assert {to for targets in workflow.moves.values() for to in targets} <= states
    assert set(workflow.owners) == states
    assert all(workflow.owners.values())
    assert all(label and label != value for value, label in workflow.states.choices)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.title)
def test_workflows_nobody_acts_where_nothing_follows(workflow: draw_workflows.Workflow) -> None:
    final = {state for state, targets in workflow.moves.items() if not targets}

    assert {state for state in final if workflow.owners[state] != "nobody"} == set()


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.title)
def test_workflows_every_state_can_be_reached(workflow: draw_workflows.Workflow) -> None:
    first = workflow.subject._meta.get_field("status").default
    reached, ahead = set(), {first}
    while ahead:
        state = ahead.pop()
        reached.add(state)
        ahead |= set(workflow.moves[state]) - reached

    # A recorded past award is born so and never moves.
    assert {state for state in set(workflow.states) - reached if state != "RECORDED"} == set()


def test_workflows_page_is_fresh() -> None:
    printed = StringIO()
    call_command("draw_workflows", stdout=printed)

    page = (settings.BASE_DIR / draw_workflows.PAGE).read_text()
    assert page == printed.getvalue(), "run ./run manage draw_workflows --write"
