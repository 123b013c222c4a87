"""The provider is asked and answers; evidence, advice and comment close their steps; a case may go back."""

from datetime import date

import pytest

from records.enums import ObligationKind, PaperKind
from records.models import Event, Notice, Obligation, Paper
from records.refusals import Refused
from services.actions import extensions as actions
from tests.make import extensions as make

pytestmark = pytest.mark.django_db
AT = make.day(2021, 5, 4)
SETTLED = "This case is settled, so nothing more can be done in it."


def step(case, kind):
    found = case.steps.get(kind=kind)
    return found.done_by, found.note, found.dropped


def open_steps(case):
    rows = Obligation.objects.open().filter(
        subject_type="services.ExtensionStep", subject_id__in=case.steps.values("pk")
    )
    return set(rows.values_list("period", flat=True))


def told(rule):
    return set(Notice.objects.filter(rule=rule).values_list("person__email", flat=True))


def test_ask_provider_sends_a_letter_and_owes_an_answer(world):
    actions.ask_provider(case=world.case, words="Can you go on?", by=world.cast.officer, at=AT)

    assert step(world.case, "PROVIDER_ASKED") == (world.cast.officer, "The provider was asked by letter", False)
    assert "PROVIDER_ASKED" not in open_steps(world.case)
    [owed] = Obligation.objects.open().about(world.case)
    assert (owed.kind, owed.organisation, owed.due_on, owed.period) == (
        ObligationKind.EXTENSION_ANSWER, world.cast.provider, date(2021, 5, 25), "willing",
    )  # fmt: skip
    paper = Paper.objects.get(kind=PaperKind.EXTENSION_LETTER)
    assert (paper.subject_type, paper.subject_id) == ("services.Contract", world.case.contract_id)
    assert "Can you go on?" in paper.html and "1 April 2022 to 31 March 2023" in paper.html
    assert told("extension_asked") == {"lead@provider.example.org", "signatory@provider.example.org"}


def test_ask_provider_near_the_end_wants_the_answer_by_the_decide_by_day(world):
    actions.ask_provider(case=world.case, words="Can you?", by=world.cast.officer, at=make.day(2021, 9, 21))

    assert Obligation.objects.open().about(world.case).get().due_on == date(2021, 9, 30)


@pytest.mark.parametrize(("willing", "words"), [(True, ""), (False, "We lack the staff")])
def test_answer_ask_keeps_the_answer_and_tells_the_officers(world, willing, words):
    actions.ask_provider(case=world.case, words="Can you?", by=world.cast.officer, at=AT)

    case = actions.answer_ask(case=world.case, willing=willing, words=words, by=world.cast.provider_lead, at=AT)

    assert (case.provider_willing, case.provider_answer, case.answered_by) == (willing, words, world.cast.provider_lead)
    assert not Obligation.objects.open().about(case).exists()
    assert told("extension_provider_answered") == {
        "officer@opcc.example.org", "officer2@opcc.example.org", "head@opcc.example.org",
    }  # fmt: skip


def test_answer_ask_needs_a_reason_for_no(world):
    actions.ask_provider(case=world.case, words="Can you?", by=world.cast.officer, at=AT)

    with pytest.raises(Refused, match="Say why you are not willing"):
        actions.answer_ask(case=world.case, willing=False, words=" ", by=world.cast.provider_lead, at=AT)


def test_ask_provider_again_after_an_answer_starts_afresh(world):
    make.willing(world, world.case, at=AT)

    case = actions.ask_provider(case=world.case, words="And for less?", by=world.cast.officer, at=make.day(2021, 6, 1))

    assert (case.provider_willing, case.answered_at, case.provider_answer) == (None, None, "")
    assert Obligation.objects.open().about(case).get().due_on == date(2021, 6, 22)
    assert Event.objects.get(verb="provider_answered").reason == "Gladly"


def test_ready_evidence_closes_its_step(world):
    case = actions.ready_evidence(case=world.case, lapse_effect="Nobody helps.", by=world.cast.officer, at=AT)

    assert case.lapse_effect == "Nobody helps."
    assert step(case, "EVIDENCE") == (world.cast.officer, "What a lapse would mean was written down", False)


def test_give_advice_closes_its_steps_and_asks_the_chief_finance_officer(world):
    case = make.advised(world, world.case, at=AT)

    assert (case.status, case.advised_by, case.recommended) == ("ADVISED", world.cast.officer, "OFFER")
    assert case.pack.kind == PaperKind.EVIDENCE_PACK
    assert open_steps(case) == {"PROVIDER_ASKED", "FINANCE", "DECISION", "LETTER", "NOTICE"}
    assert told("extension_advised") == {"cfo@opcc.example.org"}
    assert (case.notice_needed, case.notice_working.splitlines()[0]) == (
        None, "Fill in the law the contract was let under.",
    )  # fmt: skip


def test_comment_closes_its_step_and_tells_the_commissioners_office(world):
    case = make.commented(world, world.case, at=AT)

    assert (case.cfo_comment, case.cfo_commented_by) == ("Within the budget.", world.cast.cfo)
    assert "FINANCE" not in open_steps(case)
    assert told("extension_ready") == {"pcc@opcc.example.org", "ce@opcc.example.org"}


def test_take_back_reopens_the_steps_and_keeps_what_was_said(world):
    make.commented(world, world.case, at=AT)

    case = actions.take_back(case=world.case, reason="The figures changed", by=world.cast.pcc, at=make.day(2021, 6, 1))

    assert (case.status, case.cfo_comment, case.cfo_commented_by) == ("PREPARING", "", None)
    assert open_steps(case) == {"PROVIDER_ASKED", "ADVICE", "FINANCE", "DECISION", "LETTER", "NOTICE"}
    back = Event.objects.get(verb="taken_back")
    assert back.changes["cfo_comment"] == ["Within the budget.", ""]
    assert told("extension_taken_back") == {
        "officer@opcc.example.org", "officer2@opcc.example.org", "head@opcc.example.org",
    }  # fmt: skip


def test_who_advised_before_the_case_went_back_still_may_not_decide(world):
    make.advised(world, world.case, at=AT, by=world.cast.head)
    actions.take_back(case=world.case, reason="Again", by=world.cast.officer, at=AT)
    make.commented(world, world.case, at=AT)

    with pytest.raises(Refused, match="You evaluated or advised on this"):
        actions.decide(case=world.case, **make.OFFER, by=world.cast.head, at=AT)
