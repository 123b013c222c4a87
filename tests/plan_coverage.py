"""Reads docs/plan-coverage.md: which page, functions and test stand for each rule of the plan."""

import ast
import importlib
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "plan-coverage.md"
CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Row:
    """One row: the rule's identifier, the functions that hold it, the tests that prove it."""

    rule: str
    functions: tuple
    tests: tuple


def rows(text=None):
    """The rows of the coverage table, in the order of the page."""
    found = []
    for line in (text if text is not None else PAGE.read_text()).splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 5 and re.fullmatch(r"[A-Z]\d+", cells[0]):
            found.append(Row(cells[0], tuple(CODE.findall(cells[3])), tuple(CODE.findall(cells[4]))))
    return found


def function_of(dotted):
    """The function a row names; raises AttributeError or ImportError when there is none."""
    module, _, name = dotted.rpartition(".")
    return getattr(importlib.import_module(module), name)


def test_exists(node):
    """Say whether a test named `path::name` is written in that file."""
    path, _, name = node.partition("::")
    file = ROOT / path
    if not file.exists():
        return False
    names = {n.name for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.FunctionDef)}
    return name.partition("[")[0] in names


test_exists.__test__ = False
