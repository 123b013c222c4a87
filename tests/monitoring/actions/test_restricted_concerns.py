"""Restricted complaints: two people see them, and nothing else tells of them (P2)."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.queries import people_for
from monitoring.actions import concerns as actions
from monitoring.enums import Restriction
from monitoring.models import Concern
from monitoring.queries import concerns as queries
from records import obligations
from records.models import Notice, Obligation, ReferenceCounter
from records.refusals import Refused
from tests.make import concerns as make

pytestmark = pytest.mark.django_db
LATE = datetime(2020, 7, 20, 9, 0, tzinfo=UTC)


def readers(concern, cast):
    people = {person for person in vars(cast).values() if hasattr(person, "email")}
    return {person for person in people if Concern.objects.visible_to(person).filter(pk=concern.pk).exists()}


def heard():
    return {notice.person for notice in Notice.everything.select_related("person")}


def restrict(cast, concern, **changes):
    wishes = {"restriction": Restriction.SAFEGUARDING, "officer": cast.officer, "deputy": cast.finance}
    wishes |= {"reason": "A child may be at risk.", "by": cast.officer, "at": make.TAKEN_UP}
    return actions.restrict_concern(concern=concern, **{**wishes, **changes})


def test_a_restricted_concern_is_seen_and_heard_of_by_two_people(cast):
    concern = make.restricted(cast)

    two = {cast.officer, cast.finance}
    assert (readers(concern, cast), heard()) == (two, two)


def test_a_restricted_concern_draws_its_reference_by_lot(cast):
    concern = make.restricted(cast)

    assert (concern.reference[:3], len(concern.reference)) == ("RC-", 9)
    assert not ReferenceCounter.objects.filter(prefix__in=["RC", "CM"]).exists()
    assert make.ordinary(cast).reference == "CM-2020-001"


def test_reminders_of_a_restricted_concern_go_to_its_two_people_alone(cast):
    make.restricted(cast)
    Notice.everything.all().delete()

    obligations.climb_ladders(on=LATE.date(), at=LATE, people_for=people_for)

    assert heard() == {cast.officer, cast.finance}


def test_nobody_handles_what_names_them(cast):
    concern = make.restricted(cast, what_happened=f"{cast.officer.full_name} shouted at me.")

    assert (concern.named_officer, concern.deputy) == (cast.finance, cast.head)
    assert cast.officer not in readers(concern, cast)


def test_where_nobody_was_named_the_head_takes_it_and_the_chief_executive_is_deputy(cast):
    make.delivered()
    concern = make.ordinary(cast, restriction=Restriction.STAFF)

    assert (concern.named_officer, concern.deputy) == (cast.head, cast.chief_executive)


def test_an_office_without_anybody_takes_no_restricted_concern(db):
    make.delivered()
    with pytest.raises(Refused, match="Telephone or write to the office"):
        actions.receive_concern(about="A", what_happened="B", restriction=Restriction.STAFF, at=make.RECEIVED)


def test_restrict_concern_later_takes_it_from_everybody_else(cast):
    concern = restrict(cast, make.taken_up(cast))

    assert readers(concern, cast) == {cast.officer, cast.finance}
    [owed] = Obligation.everything.open().about(concern)
    assert sorted(owed.only_for) == sorted([cast.officer.pk, cast.finance.pk])
    assert queries.counts_by_organisation() == {}
    assert list(queries.open_of(organisations=[cast.provider])) == []


def test_restrict_concern_about_a_person_keeps_it_from_them_for_good(cast):
    about = {"about_person": cast.finance, "deputy": cast.head}
    concern = restrict(cast, make.ordinary(cast), **about)

    assert readers(concern, cast) == {cast.officer, cast.head}
    with pytest.raises(Refused, match="stays restricted"):
        actions.lift_restriction(concern=concern, reason="Over.", by=cast.officer, at=LATE)
    with pytest.raises(Refused, match="must not read it"):
        restrict(cast, concern, about_person=cast.finance, deputy=cast.finance)


def test_restrict_concern_by_somebody_who_is_complained_of_is_refused(cast):
    with pytest.raises(Refused, match="This complaint is about you"):
        restrict(cast, make.ordinary(cast), about_person=cast.officer, officer=cast.head)


def test_lift_restriction_gives_it_back_to_the_office_with_the_reason(cast):
    concern = actions.lift_restriction(concern=make.restricted(cast), reason="No risk.", by=cast.finance, at=LATE)

    office = readers(concern, cast)
    assert {cast.officer, cast.head, cast.reader, cast.auditor, cast.pcc} <= office
    assert cast.provider_lead not in office
    [owed] = Obligation.everything.open().about(concern)
    assert owed.only_for is None


def test_a_restricted_concern_never_goes_to_the_organisation(cast):
    with pytest.raises(Refused, match="never sent to the organisation"):
        make.taken_up(cast, make.restricted(cast))
    concern = make.taken_up(cast, make.fresh(Concern.objects.get()), level=2)

    assert (concern.shared_at, readers(concern, cast)) == (None, {cast.officer, cast.finance})


def test_each_stage_of_a_restricted_concern_is_answered_by_somebody_else(cast):
    concern = make.taken_up(cast, make.restricted(cast), level=2)
    concern = make.answered(cast, concern, by=cast.officer)
    concern = actions.ask_next_stage(concern=concern, reason="Not enough.", at=make.ANSWERED)

    with pytest.raises(Refused, match="You answered an earlier stage"):
        make.answered(cast, concern, by=cast.officer)
    assert make.answered(cast, concern, by=cast.finance).status == "ANSWERED"


def test_set_contact_wants_two_people_of_the_office(cast):
    for deputy, sentence in [(cast.officer, "two people"), (cast.provider_lead, "does not work in the office")]:
        with pytest.raises(Refused, match=sentence):
            actions.set_contact(
                restriction=Restriction.STAFF, officer=cast.officer, deputy=deputy, by=cast.head, at=LATE
            )


def test_the_database_wants_a_named_officer(cast):
    concern = make.ordinary(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(restriction=Restriction.STAFF)


def test_a_lead_complained_of_does_not_read_what_their_organisation_was_told(cast):
    concern = make.taken_up(cast)
    Concern.objects.filter(pk=concern.pk).update(about_person=cast.provider_lead)

    assert list(Concern.objects.visible_to(cast.provider_lead)) == []


def test_unrestricted_figures_leave_restricted_ones_out(cast):
    make.answered(cast)
    before = queries.figures(on=LATE.date())
    restrict(cast, make.ordinary(cast, about="Another"))
    make.restricted(cast)

    assert queries.figures(on=LATE.date()) == before
    assert before.by_organisation[0].cells == ["Organisation", "Example Provider", 1, 1, 0, 0, 1, 0, 0]


def test_somebody_who_left_the_office_is_not_given_a_restricted_concern(cast):
    make.restricted(cast)
    cast.officer.is_active = False
    cast.officer.save()

    concern = make.ordinary(cast, restriction=Restriction.SAFEGUARDING, about="Another")

    assert (concern.named_officer, concern.deputy) == (cast.finance, cast.head)
    assert date(2020, 6, 4) == Obligation.everything.open().about(concern).get().due_on
