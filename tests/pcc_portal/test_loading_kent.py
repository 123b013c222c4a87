"""The real plan loads whole, once, with every unknown figure unknown and nobody told."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

import pcc_portal

pytestmark = pytest.mark.django_db
FILES = Path(pcc_portal.__file__).parent / "plan_files"


def load(name="kent-2020-21.yaml", **options):
    out = StringIO()
    call_command("load_plan", FILES / name, stdout=out, **options)
    return out.getvalue()


def test_load_plan_twice():
    said = load()
    print(said)
    again = load()
    print(again)
    assert "nothing changed" in again


def test_load_plan_example():
    load()
    print(load("example-activity.yaml"))
    assert "nothing changed" in load("example-activity.yaml")
