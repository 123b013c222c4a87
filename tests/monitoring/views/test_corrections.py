"""Pages of corrections: both sides see why, by when, and what became of the money behind a return."""

from datetime import timedelta

import pytest

from monitoring import actions
from monitoring.enums import ReturnSection, ReturnStatus
from tests.make import frozen, monitoring

pytestmark = pytest.mark.django_db
WHY = "An invoice was counted twice."


def show(client, row):
    return client.get(f"/returns/{row.reference}/").text


def corrected(row, cast, *, spent="4800", at=None):
    """The submitted return taken back, changed and sent once more."""
    at = at or monitoring.QUERIED
    lead = {"monitoring_return": row, "by": cast.maidstone_lead, "at": at}
    actions.correct_return(reason=WHY, **lead)
    line = row.spend_lines.order_by("pk").first()
    actions.save_return(entries={ReturnSection.SPEND: {line.pk: {"spent": spent}}}, **lead)
    actions.send_for_certification(**lead)
    actions.certify_return(monitoring_return=row, by=cast.maidstone_certifier, at=at)
    return actions.submit_return(**lead)


def test_return_correct_opens_it_for_the_lead_and_says_why_to_the_office(world, cast, signed_in):
    row = world.row("SUBMITTED")
    before = show(signed_in(cast.maidstone_lead), row)
    asked = signed_in(cast.maidstone_lead).get(f"/returns/{row.reference}/correct/")

    empty = signed_in(cast.maidstone_lead).post(f"/returns/{row.reference}/correct/", {"reason": " "})
    signed_in(cast.maidstone_lead).post(f"/returns/{row.reference}/correct/", {"reason": WHY})

    assert ("Take it back to correct it" in before, asked.status_code) == (True, 200)
    assert empty.context["form"].errors == {"reason": ["Enter the reason"]}
    assert world.row("SUBMITTED").status == ReturnStatus.OPEN
    lead, office = show(signed_in(cast.maidstone_lead), row), show(signed_in(cast.officer), row)
    assert [WHY in text for text in (lead, office)] == [True, True]
    assert ("Send it again by" in lead, "Correct what must be corrected" in lead) == (True, True)
    assert ("As it was last submitted" in office, "£5,000" in office) == (True, True)
    assert "Waive this return" not in office


@pytest.mark.parametrize("who", ["officer", "maidstone_lead", "maidstone_contributor"])
def test_return_show_tells_the_review_clock_to_both_sides(world, cast, signed_in, who):
    row = world.row("SUBMITTED")
    client = signed_in(getattr(cast, who))

    text, listed = show(client, row), client.get("/returns/?status=SUBMITTED").text

    assert ("The office replies by", "28 October 2020" in text) == ("The office replies by", True)
    assert ("working days over" in text, "Reply by 28 October 2020" in listed) == (True, True)


def test_return_show_of_a_reviewed_return_says_how_long_the_office_took(world, cast, signed_in):
    text = show(signed_in(cast.maidstone_lead), world.row("REVIEWED"))

    assert "5 working days after it was submitted; the office allows itself 15" in text


def test_return_reopen_keeps_the_verdict_with_its_version(world, cast, signed_in):
    row = world.row("REVIEWED")
    asked = signed_in(cast.officer).get(f"/returns/{row.reference}/reopen/").text

    signed_in(cast.officer).post(f"/returns/{row.reference}/reopen/", {"reason": WHY, "due_on": "2099-01-05"})

    assert "the condition this return has met stays met" in asked
    text = show(signed_in(cast.officer), row)
    for words in ("Why it is open again", WHY, "5 January 2099", "It stays met.", "Satisfactory"):
        assert words in text
    version = signed_in(cast.maidstone_lead).get(f"/returns/{row.reference}/versions/1/").text
    assert ("Verdict on this version" in version, "Thank you. All is clear." in version) == (True, True)


def test_return_compare_shows_what_differs_between_any_two(world, cast, signed_in):
    row = corrected(corrected(world.row("SUBMITTED"), cast), cast, spent="4700")
    client = signed_in(cast.officer)

    newest = client.get(f"/returns/{row.reference}/compare/")
    whole = client.get(f"/returns/{row.reference}/compare/?before=3&after=1")
    same = client.get(f"/returns/{row.reference}/compare/?before=2&after=2")

    assert [(entry["before"], entry["after"]) for entry in newest.context["changes"]] == [("£4,800", "£4,700")]
    assert [(entry["before"], entry["after"]) for entry in whole.context["changes"]] == [("£4,950", "£4,700")]
    assert "Nothing differs between these two versions." in same.text
    for asked in ("before=9", "after=x", "before=-1"):
        assert client.get(f"/returns/{row.reference}/compare/?{asked}").status_code == 404


def test_return_review_shows_the_officer_what_was_corrected_and_why(world, cast, signed_in):
    row = corrected(world.row("SUBMITTED"), cast)

    text = signed_in(cast.officer).get(f"/returns/{row.reference}/review/").text

    for words in ("What changed since the version before", WHY, "£4,950", "£4,800"):
        assert words in text


def test_return_show_after_an_unsatisfactory_verdict_says_what_can_be_done(world, cast, signed_in):
    row = monitoring.reviewed(world.row("SUBMITTED"), by=cast.officer, verdict="UNSATISFACTORY", reply="Too little.")

    text = show(signed_in(cast.officer), row)

    for words in (
        "Instalment 2 (£5,000) waits",
        "It need not wait for ever.",
        "Open it again",
        "Ask for a further return",
    ):
        assert words in text
    assert "It need not wait" not in show(signed_in(cast.maidstone_lead), row)


def test_return_meets_asks_which_instalment_and_why(world, cast, signed_in):
    failed = monitoring.reviewed(world.row("SUBMITTED"), by=cast.officer, verdict="UNSATISFACTORY", reply="Too little.")
    at = monitoring.REVIEWED + timedelta(days=1)
    later = actions.ask_for_return(
        award=failed.award, starts_on=failed.starts_on, ends_on=failed.ends_on, due_on=at.date(), reason="Once more.",
        by=cast.officer, at=at,
    )  # fmt: skip
    lead = {"monitoring_return": later, "by": cast.maidstone_lead, "at": at}
    monitoring.fill_in(later, by=cast.maidstone_lead, at=at)
    actions.send_for_certification(**lead)
    actions.certify_return(monitoring_return=later, by=cast.maidstone_certifier, at=at)
    actions.submit_return(**lead)
    monitoring.reviewed(later, by=cast.officer, at=at)
    client = signed_in(cast.officer)

    offered = show(client, later)
    asked = client.get(f"/returns/{later.reference}/meets/")
    second = asked.context["form"].fields["instalment"].queryset.get()
    client.post(f"/returns/{later.reference}/meets/", {"instalment": second.pk, "reason": "Made good."})

    second.refresh_from_db()
    assert "Let it meet the condition of instalment 2" in offered
    assert "Instalment 2, £5,000: " in asked.text
    assert (second.condition_row_id, second.number) == (later.pk, 2)
    assert "Let it meet the condition" not in show(client, later)


def test_return_certify_signs_the_declaration_of_the_rule_set(world, cast, signed_in):
    row = world.row("CERTIFYING")
    frozen.thaw()
    row.rules.refresh_from_db()
    row.rules.declaration = "I declare that every penny went where it should."
    row.rules.save()

    text = signed_in(cast.maidstone_certifier).get(f"/returns/{row.reference}/certify/").text

    assert "I declare that every penny went where it should." in text
    assert "I have checked these figures" not in text
