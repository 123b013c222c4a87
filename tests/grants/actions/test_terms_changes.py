"""New terms put to live awards: they bind once the payee's signatory consents, and never otherwise (P1)."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from grants.actions import awards as award_actions
from grants.actions import terms_changes as actions
from grants.enums import TermsChangeStatus
from grants.models import Award, TermsChange
from grants.queries import terms_changes as queries
from grants.rules import terms_changes as rules
from plans.models import TermsVersion
from records.enums import ObligationKind
from records.models import Event, Notice, Obligation, Paper
from records.refusals import Refused
from tests.make import awards as make
from tests.make import standards

pytestmark = pytest.mark.django_db
ANSWERED_AT = datetime(2020, 5, 20, 9, 0, tzinfo=UTC)
OWED = ObligationKind.TERMS_CONSENT


def put(world, **more):
    award = make.live_award(world)
    terms = standards.next_terms(world.terms, by=world.officer)
    return standards.put(award, terms, by=world.officer, **more)


def accepted(world):
    change = put(world)
    return actions.accept_terms(change=change, position="Head", by=world.maidstone_signatory, at=ANSWERED_AT)


def test_propose_terms_writes_letter_and_owes_an_answer(world):
    change = put(world)

    assert (change.number, change.status, change.was) == (1, TermsChangeStatus.PROPOSED, world.terms)
    owed = Obligation.objects.open().get(kind=OWED)
    assert (owed.organisation, owed.recipient, owed.due_on) == (world.council, world.maidstone, date(2020, 6, 2))
    paper = Paper.objects.get(kind="TERMS_LETTER")
    assert "1 changed" in paper.html and "keep receipts" in paper.html
    told = Notice.objects.filter(rule="terms_proposed", paper=paper).values_list("person__full_name", flat=True)
    assert sorted(told) == ["Lee Lead", "Sig Natory"]
    assert Award.objects.get().terms == world.terms


def test_accept_terms_moves_the_award_and_keeps_every_acceptance(world):
    change = accepted(world)
    award = Award.objects.get()

    assert (award.terms, change.position, change.answered_by) == (change.terms, "Head", world.maidstone_signatory)
    assert [(terms.version, position) for terms, _, position, _ in queries.accepted_terms(award)] == [
        ("1", "Head of community safety"),
        ("2", "Head"),
    ]
    assert not Obligation.objects.open().filter(kind=OWED).exists()
    event = Event.objects.get(verb="terms_accepted")
    assert event.changes == {"terms": ["Grant terms, version 1", "Grant terms, version 2"]}


def test_refuse_terms_leaves_the_award_as_it_was(world):
    change = put(world)

    with pytest.raises(Refused, match="Say why you refuse"):
        actions.refuse_terms(change=change, reason="", by=world.maidstone_signatory, at=ANSWERED_AT)
    actions.refuse_terms(change=change, reason="Too much", by=world.maidstone_signatory, at=ANSWERED_AT)

    assert (TermsChange.objects.get().answer, Award.objects.get().terms) == ("Too much", world.terms)
    assert not Obligation.objects.open().filter(kind=OWED).exists()
    assert "Too much" in Notice.objects.filter(rule="terms_answered", person=world.officer).get().body


def test_withdraw_terms_takes_back_what_nobody_answered(world):
    actions.withdraw_terms(change=put(world), reason="A mistake", by=world.officer, at=ANSWERED_AT)

    assert TermsChange.objects.get().status == TermsChangeStatus.WITHDRAWN
    assert not Obligation.objects.open().filter(kind=OWED).exists()


def test_an_award_that_ends_waits_for_no_answer(world):
    change = put(world)
    award_actions.end_award_early(award=change.award, reason="Closed down", by=world.officer, at=ANSWERED_AT)

    assert TermsChange.objects.get().status == TermsChangeStatus.WITHDRAWN
    assert not Obligation.objects.open().filter(kind=OWED).exists()


def test_propose_terms_to_all_puts_them_to_each_or_to_none(world):
    awards = [make.live_award(world), make.live_award(world, organisation=world.swale)]
    terms = standards.next_terms(world.terms, by=world.officer)
    given = {"terms": terms, "reason": "R", "answer_by": date(2020, 6, 2), "by": world.officer, "at": standards.PUT_AT}

    assert [award for group in queries.awards_to_ask(terms).values() for award in group] == awards
    made = actions.propose_terms_to_all(awards=awards, **given)
    assert [change.award for change in made] == awards
    with pytest.raises(Refused, match="has not answered the last version"):
        actions.propose_terms_to_all(awards=awards, **given)
    assert TermsChange.objects.count() == 2


def unissued(world):
    return TermsVersion.objects.create(key="draft", title="Grant terms", version="3")


@pytest.mark.parametrize(
    ("before", "terms", "person", "sentence"),
    [
        (make.live_award, None, "officer", ""),
        (make.live_award, None, "finance", rules.NOT_A_KEEPER),
        (make.offered_award, None, "officer", "New terms are put only to a live award."),
        (make.live_award, unissued, "officer", "This version has not been issued yet."),
        (make.live_award, lambda world: world.terms, "officer", "The award is under this version already."),
        (lambda world: put(world).award, None, "officer", "The payee has not answered the last version"),
    ],
)
def test_why_not_propose_terms(world, before, terms, person, sentence):
    award = before(world)
    version = (
        terms(world)
        if terms
        else TermsVersion.objects.filter(follows=world.terms).first()
        or standards.next_terms(world.terms, by=world.officer)
    )

    found = rules.why_not_propose_terms(award, version, user=getattr(world, person))
    assert found.startswith(sentence) and bool(found) == bool(sentence)


@pytest.mark.parametrize(
    ("before", "person", "sentence"),
    [
        (put, "maidstone_signatory", ""),
        (put, "maidstone_lead", "Only an authorised signatory of Maidstone Borough Council answers."),
        (put, "swale_signatory", "Only an authorised signatory of Maidstone Borough Council answers."),
        (put, "officer", "Only an authorised signatory of Maidstone Borough Council answers."),
        (accepted, "maidstone_signatory", "This was accepted already."),
    ],
)
def test_why_not_answer_terms(world, before, person, sentence):
    assert rules.why_not_answer_terms(before(world), user=getattr(world, person)) == sentence


@pytest.mark.parametrize(
    ("reason", "answer_by", "sentence"),
    [
        ("R", date(2020, 5, 5), ""),
        (" ", date(2020, 5, 5), "Say why the terms change. The payee reads it."),
        ("R", date(2020, 5, 4), "The day to answer by must be after today."),
    ],
)
def test_why_not_so(reason, answer_by, sentence):
    assert rules.why_not_so(reason=reason, answer_by=answer_by, on=date(2020, 5, 4)) == sentence


def test_the_database_moves_terms_only_by_a_signatorys_consent(world, as_app_role):
    change = put(world)
    award, row = Award.objects.filter(pk=change.award_id), TermsChange.objects.filter(pk=change.pk)
    signed = {"status": "ACCEPTED", "answered_at": ANSWERED_AT}

    for words, act in [
        ("keeps the terms its payee accepted", lambda: award.update(terms=change.terms)),
        ("only an authorised signatory", lambda: row.update(**signed, answered_by=world.officer)),
        ("answered once and stays as it was put", lambda: row.update(reason="Other")),
    ]:
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            act()
    row.update(**signed, answered_by=world.maidstone_signatory)
    assert award.update(terms=change.terms) == 1
    with pytest.raises(DatabaseError, match="keeps the terms its payee accepted"), transaction.atomic():
        award.update(terms=world.terms)


def test_work_tells_the_signatory_of_new_terms_and_the_partnership_of_missing_evidence(world):
    standards.ask(world.csp_rules)
    change = put(world)

    def piles(person):
        return {heading: [work.title for work in works] for heading, works in person.items()}

    on = standards.PUT_AT.date()
    assert piles(queries.partner_work(world.maidstone_signatory, on)) == {
        queries.CONSENT: [f"Answer the new terms of {change.award.title}"]
    }
    assert piles(queries.partner_work(world.maidstone_lead, on)) == {queries.NEEDED: ["Evidence of DBS checks"]}
    assert queries.partner_work(world.swale_lead, on) == queries.office_work(world.officer, on) == {}
