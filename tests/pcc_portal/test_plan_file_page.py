"""The printed list of fields is what the loader takes."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from pcc_portal.loading.sections import SECTIONS
from pcc_portal.management.commands import describe_plan_file


def test_describe_plan_file_page_is_what_the_loader_takes(settings):
    printed = StringIO()

    call_command("describe_plan_file", stdout=printed)

    page = (settings.BASE_DIR / describe_plan_file.PAGE).read_text()
    assert page == printed.getvalue(), "run ./run manage describe_plan_file --write"
    assert [line[3:].split(" ")[0] for line in page.splitlines() if line.startswith("## ")] == list(SECTIONS)


def test_describe_plan_file_check_says_when_the_page_is_old(settings, tmp_path):
    settings.BASE_DIR = tmp_path

    with pytest.raises(CommandError) as refused:
        call_command("describe_plan_file", check=True)

    assert "is not what the loader takes" in str(refused.value)
