"""Draws each status and its moves from the tables in `enums.py`, as docs/workflows.md shows them."""

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import Model, TextChoices

from grants import enums as grants
from monitoring import enums as monitoring
from plans import enums as plans
from services import enums as services

TABLES = [plans, grants, services, monitoring]
PAGE = Path("docs/workflows.md")
OPENING = """# Statuses and their moves

Printed by `./run manage draw_workflows --write` from the tables in `plans/enums.py`, `grants/enums.py`,
`services/enums.py` and `monitoring/enums.py`; a test compares. Every move goes through `records.workflow.move`,
which refuses what is not in a table, changes the row only if nobody was faster, and writes the event.
"""


@dataclass(frozen=True)
class Workflow:
    """One status: whose it is, its words, its moves and who must act in each state."""

    subject: type[Model]
    states: type[TextChoices]
    moves: dict
    owners: dict

    @property
    def title(self) -> str:
        """What the status belongs to, in words."""
        words = self.subject._meta.verbose_name
        return str(words).capitalize()


def subjects() -> Iterator[tuple[type[Model], list]]:
    """Every model that has a status, with its words."""
    for table in TABLES:
        for model in apps.get_app_config(table.__name__.partition(".")[0]).get_models():
            found = [field for field in model._meta.fields if field.name == "status"]
            if found:
                yield model, list(found[0].choices or [])


def workflows() -> Iterator[Workflow]:
    """Every status that has a table of moves."""
    for table in TABLES:
        tables = {name: moves for name, moves in vars(table).items() if name.endswith("_MOVES")}
        for model, choices in subjects():
            for name, moves in tables.items():
                states = type(next(iter(moves)))
                if states.choices == choices:
                    yield Workflow(model, states, moves, getattr(table, name.replace("_MOVES", "_OWNERS"), {}))


def drawn() -> str:
    """The whole page."""
    return "\n".join([OPENING, *(section(workflow) for workflow in workflows())])


def section(workflow: Workflow) -> str:
    """One status as a diagram and a table."""
    arrows = [f"    {was} --> {to}" for was in workflow.states for to in targets(workflow, was)]
    rows = [
        f"| {state.value} | {state.label} | {workflow.owners.get(state, '')} "
        f"| {', '.join(targets(workflow, state)) or 'final'} |"
        for state in workflow.states
    ]
    diagram = ["```mermaid", "stateDiagram-v2", *arrows, "```"]
    table = ["| State | Shown as | Who acts | May become |", "|---|---|---|---|", *rows]
    return "\n".join([f"## {workflow.title}", "", *diagram, "", *table, ""])


def targets(workflow: Workflow, state: TextChoices) -> list[str]:
    """Where a state may lead, in the order of the words."""
    allowed = workflow.moves.get(state, set())
    return [other.value for other in workflow.states if other in allowed]


class Command(BaseCommand):
    """Prints, or writes, docs/workflows.md."""

    help = "Prints every status with its moves; --write puts it into docs/workflows.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to write the page."""
        parser.add_argument("--write", action="store_true")

    def handle(self, *, write: bool, **options: object) -> None:
        """Print or write."""
        if write:
            (settings.BASE_DIR / PAGE).write_text(drawn())
        else:
            self.stdout.write(drawn(), ending="")
