"""Releases of the contracts in the real plan: valid, and silent about values that no source gives."""

from pathlib import Path

import pytest
from django.core.management import call_command

import pcc_portal
from pcc_portal.publication import ocds

from .schemas import faults, published

pytestmark = pytest.mark.django_db
PLAN = Path(pcc_portal.__file__).parent / "plan_files" / "kent-2020-21.yaml"


def test_releases_of_the_real_plans_contracts_are_valid():
    call_command("load_plan", PLAN, verbosity=0)
    contracts = ocds.contracts()

    releases = published(contracts)["releases"]

    assert {release["contracts"][0]["id"] for release in releases} == set(contracts.values_list("reference", flat=True))
    assert len(releases) == 3
    assert [fault for release in releases for fault in faults(release)] == []
    assert all("value" not in release["contracts"][0] for release in releases)  # never known for the whole term
