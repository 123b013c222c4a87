"""The register of schools from the command line (P5)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from pcc_portal.loading.replay_schools import REGISTER
from plans.models import School
from plans.rules import school_register
from tests.make import schools as make

pytestmark = pytest.mark.django_db
GOOD = "900001,Example Academy,Secondary,,Maidstone,,Open,"


def told(path, *options):
    out = StringIO()
    call_command("load_schools", str(path), *options, stdout=out)
    return out.getvalue()


def test_load_schools_says_what_it_did(tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes(make.csv(GOOD, "900002,Example Primary,Primary,,Swale,,Open,", "x,Broken,,,Swale,,Open,"))

    first = told(path, "--area", "Maidstone")
    second = told(path)
    path.write_bytes(make.csv(GOOD.replace("Open", "Closed") + "31-08-2020"))
    third = told(path)

    assert first == "1 added, 0 changed, 0 closed, 0 open again, 0 the same.\n"
    assert second.splitlines() == [
        "Line 4: the number of the school (URN) is missing or is no number.",
        "1 added, 0 changed, 0 closed, 0 open again, 1 the same.",
    ]
    assert third.splitlines()[0] == "Closed on 31 August 2020: Example Academy, Maidstone (900001)"
    assert School.objects.get(urn="900001").source.startswith("register.csv, loaded on ")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("no.csv", None, "cannot be read: No such file or directory. Name another file."),
        ("a.csv", b"a,b", "The file has no column “URN”."),
    ],
)
def test_load_schools_stops_with_a_sentence(tmp_path, name, content, sentence):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError) as stopped:
        call_command("load_schools", str(path))

    assert sentence in str(stopped.value)


def test_example_schools_are_whole_and_invented():
    read, why = school_register.read(REGISTER.read_bytes())

    assert (why, read.faults, read.not_taken) == ("", [], 0)
    assert {row["name"].split()[0] for row in read.rows} == {"Example"}
    assert len({row["phase"] for row in read.rows}) == 7
