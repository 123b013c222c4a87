"""A pytest plugin that breaks one function on purpose: PCC_SABOTAGE names it.

A rule (`why_not_...`) is forced to allow; anything else is forced to do nothing and give back its subject.
The test that claims to prove the function must then fail.
"""

import os
import sys

import pytest

from . import plan_coverage

HOUSES = ("records", "accounts", "plans", "grants", "services", "monitoring", "pcc_portal", "tests")


def harmless(name):
    """What stands in for the function: always allowing, or doing nothing."""
    if name.startswith("why_not"):
        return lambda *args, **kwargs: ""
    return lambda *args, **kwargs: next(iter(kwargs.values()), None)


def break_function(dotted):
    """Put the stand-in wherever the house holds the function."""
    original = plan_coverage.function_of(dotted)
    name = dotted.rpartition(".")[2]
    stand_in = harmless(name)
    for module in list(sys.modules.values()):
        if not getattr(module, "__name__", "").startswith(HOUSES):
            continue
        for attribute, value in list(vars(module).items()):
            if value is original:
                setattr(module, attribute, stand_in)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    """After all modules are imported, so that no copy of the function is missed."""
    break_function(os.environ["PCC_SABOTAGE"])
