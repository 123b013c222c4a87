"""Complaints through their stages: what each verb writes, owes and tells (P2)."""

from datetime import UTC, date, datetime

import pytest

from monitoring.actions import concerns as actions
from monitoring.enums import ConcernOutcome, ConcernStatus, MovedBy
from monitoring.models import Concern
from monitoring.queries import concern_links as links
from records import papers
from records.enums import ObligationKind
from records.models import Event, Message, Notice, Obligation, Paper
from records.refusals import Refused
from tests.make import concerns as make

pytestmark = pytest.mark.django_db
K = ObligationKind
LATE = datetime(2020, 6, 24, 9, 0, tzinfo=UTC)


def owed(concern):
    """What is open on a complaint: {kind: (due day, organisation)}."""
    rows = Obligation.everything.open().about(concern)
    return {row.kind: (row.due_on, row.organisation) for row in rows}


def told(rule):
    return {notice.person.email for notice in Notice.everything.filter(rule=rule).select_related("person")}


def officers(cast):
    return {cast.officer.email, cast.other_officer.email}


def letters():
    return list(Message.everything.filter(person=None).order_by("created_at", "pk"))


def test_receive_concern_is_owed_an_acknowledgement_and_told_to_officers(cast):
    concern = make.ordinary(cast)

    assert (concern.reference, concern.status, concern.named_officer) == ("CM-2020-001", "NEW", None)
    assert owed(concern) == {K.COMPLAINT_ACKNOWLEDGE: (date(2020, 6, 4), None)}
    assert told("concern_received") == officers(cast)
    assert [(letter.to, links.link_of(concern) in letter.body) for letter in letters()] == [("cara@example.org", True)]


def test_receive_concern_keeps_only_a_hash_of_the_link(cast):
    concern = make.ordinary(cast)

    token = links.token_of(concern)
    assert concern.follow_hash == links.hash_of(token)
    assert token not in {str(getattr(concern, field.name)) for field in concern._meta.concrete_fields}


def test_link_of_is_empty_when_the_secret_key_has_changed(cast, settings):
    concern = make.ordinary(cast)

    settings.SECRET_KEY = "another " * 6

    assert links.link_of(concern) == ""


def test_receive_concern_twice_within_minutes_is_one_complaint(cast):
    first, second = make.ordinary(cast), make.ordinary(cast)

    assert (first.pk, Concern.objects.count()) == (second.pk, 1)


def test_receive_concern_writes_nothing_that_others_meet(cast):
    concern = make.ordinary(cast)
    make.answered(cast, make.taken_up(cast, concern))

    seen = [model.objects.count() for model in (Event, Obligation, Notice, Message, Paper)]
    assert seen == [0, 0, 0, 0, 0]
    assert Event.everything.filter(reference=concern.reference).count() > 3


def test_take_up_starts_the_clock_of_the_organisation_and_writes_to_the_complainant(cast):
    concern = make.taken_up(cast)

    [stage] = concern.stages.all()
    assert (concern.status, concern.organisation, concern.shared_at) == ("OPEN", cast.provider, make.TAKEN_UP)
    assert (stage.moved_by, stage.answer_by, stage.acknowledged_at) == (MovedBy.FIRST, make.DUE, make.TAKEN_UP)
    assert owed(concern) == {K.COMPLAINT_STAGE: (make.DUE, cast.provider)}
    assert told("concern_stage_begun") == {cast.provider_lead.email}
    assert letters()[-1].paper == papers.about(concern).get()


def test_take_up_at_a_stage_of_the_office_tells_the_organisation_nothing(cast):
    concern = make.taken_up(cast, level=2)

    assert (concern.shared_at, owed(concern)) == (None, {K.COMPLAINT_OFFICER: (make.DUE, None)})
    assert told("concern_stage_begun") == officers(cast)


def test_answer_stage_closes_what_is_owed_and_tells_the_complainant_what_comes_next(cast):
    concern = make.answered(cast)

    stage = concern.stages.get()
    assert (concern.status, concern.outcome, stage.answered_by) == ("ANSWERED", "NOT_UPHELD", cast.provider_lead)
    assert owed(concern) == {}
    assert told("concern_answered") == officers(cast)
    assert letters()[-1].heading == "The answer to your complaint: CM-2020-001"
    assert "A commissioning officer" in papers.about(concern)[0].html


def test_ask_next_stage_goes_to_the_officer_and_owes_an_acknowledgement(cast):
    concern = actions.ask_next_stage(concern=make.answered(cast), reason="They never called.", at=make.ANSWERED)

    stage = concern.stages.get(number=2)
    assert (concern.status, stage.level.number, stage.moved_by) == ("OPEN", 2, MovedBy.REQUEST)
    assert owed(concern) == {
        K.COMPLAINT_OFFICER: (date(2020, 7, 1), None),
        K.COMPLAINT_ACKNOWLEDGE: (date(2020, 6, 15), None),
    }
    acknowledged = actions.acknowledge_stage(concern=concern, words="We look.", by=cast.officer, at=make.ANSWERED)
    assert owed(acknowledged) == {K.COMPLAINT_OFFICER: (date(2020, 7, 1), None)}


def test_ask_next_stage_leaves_a_late_stage_unanswered(cast):
    concern = actions.ask_next_stage(concern=make.taken_up(cast), reason="No answer.", at=LATE)

    first, second = concern.stages.order_by("number")
    assert (first.answered_at, first.moved_on_at, second.number) == (None, LATE, 2)
    assert sorted(owed(concern)) == [K.COMPLAINT_ACKNOWLEDGE, K.COMPLAINT_OFFICER]


def test_move_on_says_why_and_acknowledges(cast):
    concern = actions.move_on(concern=make.taken_up(cast), reason="They are overdue.", by=cast.officer, at=LATE)

    stage = concern.stages.get(number=2)
    assert (stage.moved_by, stage.reason, stage.acknowledged_at) == (MovedBy.OFFICER, "They are overdue.", LATE)
    assert owed(concern).keys() == {K.COMPLAINT_OFFICER}


def test_lateness_alone_moves_nothing(cast):
    concern = make.taken_up(cast)

    with pytest.raises(Refused, match="Say why"):
        actions.move_on(concern=concern, reason=" ", by=cast.officer, at=LATE)
    assert make.fresh(concern).stages.count() == 1


def test_satisfied_and_close_end_an_answered_complaint(cast):
    assert make.closed(cast).status == ConcernStatus.CLOSED
    other = make.answered(cast, make.taken_up(cast, make.ordinary(cast, about="Another service")))
    closed = actions.close_concern(concern=other, reason="Nothing heard.", by=cast.officer, at=LATE)
    assert (closed.status, closed.closed_at, closed.outcome) == ("CLOSED", LATE, ConcernOutcome.NOT_UPHELD)
    assert letters()[-1].heading.startswith("We have closed your complaint")


def test_move_on_takes_a_closed_complaint_up_again(cast):
    concern = actions.move_on(concern=make.closed(cast), reason="New facts.", by=cast.officer, at=LATE)

    assert (concern.status, concern.outcome, concern.closed_at) == ("OPEN", "", None)


def test_pass_elsewhere_tells_the_complainant_for_whom_it_is(cast):
    words = "This is for your police force: call 101."
    concern = actions.pass_elsewhere(concern=make.ordinary(cast), words=words, by=cast.officer, at=make.TAKEN_UP)

    assert (concern.status, owed(concern)) == ("ELSEWHERE", {})
    assert words in letters()[-1].body


def test_withdraw_concern_ends_what_is_owed_and_tells_the_organisation(cast):
    concern = actions.withdraw_concern(concern=make.taken_up(cast), reason="Put right.", at=make.ANSWERED)

    assert (concern.status, owed(concern)) == ("WITHDRAWN", {})
    assert told("concern_ended") == {cast.provider_lead.email}


def test_agree_learning_is_owed_by_the_organisation_until_done(cast):
    concern, due_on = make.answered(cast), date(2020, 7, 31)
    learning = actions.agree_learning(
        concern=concern, action="Call back in two days", by_office=False, due_on=due_on, by=cast.officer, at=LATE
    )

    assert owed(learning) == {K.COMPLAINT_LEARNING: (due_on, cast.provider)}
    done = actions.complete_learning(learning=learning, result="A rota runs.", by=cast.provider_lead, at=LATE)
    assert (done.done_on, owed(learning)) == (LATE.date(), {})


def test_enter_concern_by_a_lead_is_about_their_organisation_and_known_to_it(cast):
    make.delivered()
    concern = actions.enter_concern(
        organisation=cast.provider, about="Our line", what_happened="Unanswered.", by=cast.provider_lead, at=LATE
    )

    assert (concern.route, concern.shared_at, concern.may_tell_provider) == ("PROVIDER", LATE, True)
    assert list(Concern.objects.visible_to(cast.provider_lead)) == [concern]


def test_enter_concern_about_somebody_else_is_refused(cast):
    make.delivered()
    with pytest.raises(Refused, match="their own organisation"):
        actions.enter_concern(organisation=cast.maidstone, about="A", what_happened="B", by=cast.provider_lead, at=LATE)
