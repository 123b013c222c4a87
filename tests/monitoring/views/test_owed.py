"""Who owes what: the list, its counts, its download, and acts on many rows."""

import csv
import io

import pytest

from monitoring import queries
from monitoring.enums import OwedState
from records.models import Notice
from tests.make import records as make_records

pytestmark = pytest.mark.django_db
LIST, ACT = "/returns/owed/", "/returns/owed/act/"


def page(client, asked=""):
    return client.get(f"{LIST}{asked}")


def act(client, do, *rows, **given):
    return client.post(ACT, {"do": do, "pick": [row.pk for row in rows], "back": "state=LATE", **given}, follow=True)


def test_owed_list_counts_every_state_and_narrows_by_it(world, cast, signed_in):
    client = signed_in(cast.officer)
    award = world.row("OPEN").award

    everything = page(client)
    waived = page(client, f"?stream={award.stream_id}&kind=MID_YEAR&period=20200401-20200930&state=WAIVED")

    counts = {row["state"]: row["count"] for row in waived.context["counts"]}
    assert everything.context["page_obj"].paginator.count == 14
    assert (counts[OwedState.WAIVED], counts[OwedState.LATE], counts[OwedState.SUBMITTED]) == (1, 3, 1)
    assert [row.return_reference for row in waived.context["page_obj"]] == [world.row("WAIVED").reference]
    assert page(client, "?period=19990101-19991231").context["page_obj"].paginator.count == 14
    for words in ("Remind now", "Move the due day", "late", "Download these returns"):
        assert words in everything.text


@pytest.mark.parametrize(("asked", "rows"), [("?state=SUBMITTED", 1), ("?state=LATE&kind=MID_YEAR", 3)])
def test_owed_list_asks_the_same_queries_for_any_length(world, cast, signed_in, asked, rows, django_assert_num_queries):
    client = signed_in(cast.officer)

    with django_assert_num_queries(9):
        answer = page(client, asked)

    assert answer.context["page_obj"].paginator.count == rows


@pytest.mark.parametrize(("asked", "rows"), [("?state=SUBMITTED", 1), ("?state=LATE&kind=MID_YEAR", 3)])
def test_owed_list_csv_holds_exactly_the_rows_of_the_list(
    world, cast, signed_in, asked, rows, django_assert_num_queries
):
    client = signed_in(cast.officer)

    with django_assert_num_queries(5):
        answer = client.get(f"{LIST}owed.csv{asked}")

    header, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    listed = {row.return_reference for row in page(client, asked).context["page_obj"]}
    assert {line[header.index("Return")] for line in lines} == listed
    assert len(lines) == rows
    assert {line[header.index("First due")] for line in lines} == {"2020-10-30"}


def test_owed_act_asks_before_it_acts_and_says_what_was_refused(world, cast, signed_in):
    make_records.ladders()
    client, late, sent = signed_in(cast.officer), world.row("OPEN"), world.row("SUBMITTED")

    asked = act(client, "remind", late.obligation, sent.obligation)
    told = Notice.objects.filter(obligation=late.obligation).count()
    done = act(client, "remind", late.obligation, sent.obligation, confirm="1")

    assert ("2 returns chosen, 1 of them left out" in asked.text, told) == (True, 0)
    assert "<strong>Left out.</strong> It has been submitted, so the recipient owes nothing just now." in asked.text
    assert done.request["PATH_INFO"] == "/returns/owed/done/"
    assert ("Done: 1" in done.text, "Refused: 1" in done.text) == (True, True)
    assert "It has been submitted, so the recipient owes nothing just now." in done.text
    assert f"{LIST}?state=LATE" in done.text
    assert Notice.objects.filter(obligation=late.obligation).count() > 0


def test_owed_act_extends_by_a_day_or_by_working_days_never_both(world, cast, signed_in):
    client, late = signed_in(cast.officer), world.row("OPEN")

    neither = act(client, "extend", late.obligation, confirm="1", reason="A good one.")
    both = act(
        client, "extend", late.obligation, confirm="1", reason="A good one.", due_on="2099-01-05", working_days="5"
    )
    moved = act(client, "extend", late.obligation, confirm="1", reason="A good one.", due_on="2099-01-05")

    for refused in (neither, both):
        assert refused.context["form"].errors == {
            "due_on": ["Enter a new due day, or a number of working days, and not both"]
        }
    assert "Now due 5 January 2099" in moved.text
    assert world.row("OPEN").obligation.due_on.isoformat() == "2099-01-05"


def test_owed_act_waives_with_a_reason(world, cast, signed_in):
    client, late = signed_in(cast.officer), world.row("OPEN")

    empty = act(client, "waive", late.obligation, confirm="1", reason=" ")
    act(client, "waive", late.obligation, confirm="1", reason="Overtaken.")

    assert empty.context["form"].errors == {"reason": ["Enter the reason"]}
    assert world.row("OPEN").waived_reason == "Overtaken."


def test_owed_act_without_a_choice_goes_back_to_the_list(world, cast, signed_in):
    client = signed_in(cast.officer)

    nothing = act(client, "remind")

    assert (nothing.request["PATH_INFO"], nothing.request["QUERY_STRING"]) == (LIST, "state=LATE")
    assert "Choose at least one return first." in nothing.text
    assert client.post(ACT, {"do": "delete", "pick": "1"}).status_code == 400
    assert client.get("/returns/owed/done/").status_code == 302


def test_owed_list_counts_equal_its_rows(world, cast, signed_in):
    client = signed_in(cast.officer)

    counted = {row["state"].value: row["count"] for row in page(client).context["counts"]}

    found = {state: page(client, f"?state={state}").context["page_obj"].paginator.count for state in counted}
    assert found == counted
    assert queries.counts_of(queries.owed_returns(page(client).context["today"]).none())[0]["count"] == 0
