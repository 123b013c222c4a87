"""Migrations: none is missing, each has a name of its own, rows and tables change apart."""

import ast
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests import house

AUTOMATIC = re.compile(r"^\d{4}_(auto|initial|alter|remove|rename|add)_|^\d{4}_auto$|_and_more$|_more$")
TABLES = {"CreateModel", "DeleteModel", "AddField", "RemoveField", "AlterField", "RenameField", "RenameModel"}
MIGRATIONS = sorted(path for app in house.FLOORS for path in (house.ROOT / app).glob("migrations/0*.py"))


def operations(source: str) -> set[str]:
    """The names of the operations a migration is made of."""
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return {call.attr for call in calls if isinstance(call, ast.Attribute) and ast.unparse(call.value) == "migrations"}


def faults(name: str, source: str) -> list[str]:
    """What is wrong with one migration."""
    found = []
    if AUTOMATIC.search(name):
        found.append(f"{name}: give it a name that says what for")
    done = operations(source)
    if "RunPython" in done and done & TABLES:
        found.append(f"{name}: rows and tables change in migrations of their own")
    if "RunPython" in done and "reverse_code" not in source and source.count("RunPython.noop") == 0:
        found.append(f"{name}: RunPython needs a way back")
    if "RunSQL" in done and "reverse_sql" not in source and not re.search(r"RunSQL\([^()]+,[^()]+\)", source):
        found.append(f"{name}: RunSQL needs a way back")
    return found


@pytest.mark.django_db
def test_migrations_none_is_missing() -> None:
    printed = StringIO()

    call_command("makemigrations", check=True, dry_run=True, stdout=printed)

    assert printed.getvalue().strip() == "No changes detected"


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_migrations_are_named_and_apart(path: Path) -> None:
    assert faults(path.stem, path.read_text()) == []


def test_migrations_numbers_are_not_taken_twice() -> None:
    numbers = [(path.parent.parent.name, path.stem[:4]) for path in MIGRATIONS]

    assert sorted(numbers) == sorted(set(numbers))


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("0002_auto_20200401_0900", ""),
        ("0002_alter_award_status", ""),
        ("0002_award_note_and_more", ""),
        ("0002_notes", "migrations.AddField()\nmigrations.RunPython(f, reverse_code=g)"),
        ("0002_notes", "migrations.RunPython(f)"),
        ("0002_triggers", "migrations.RunSQL(MAKE)"),
    ],
)
def test_migrations_catch_a_planted_fault(name: str, source: str) -> None:
    assert len(faults(name, source)) == 1
