"""Who may do what with a complaint, and when not: every sentence once (P2)."""

from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from monitoring.queries import concerns as queries
from monitoring.rules import concerns as rules
from tests.make import accounts
from tests.make import concerns as make

pytestmark = pytest.mark.django_db
DAY, AFTER = make.TAKEN_UP.date(), make.DUE.replace(day=24)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Complaints in every state, made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert connection.settings_dict["NAME"].startswith(connection.settings_dict["TEST"]["NAME"])
        cast = accounts.cast()
        new = make.ordinary(cast)
        rows = {
            "new": new,
            "shared": make.taken_up(cast, make.ordinary(cast, about="Shared")),
            "head": make.taken_up(cast, make.ordinary(cast, about="Head"), level=3),
            "last": make.answered(cast, make.taken_up(cast, make.ordinary(cast, about="Last"), level=4), by=cast.pcc),
            "answered": make.answered(cast, make.taken_up(cast, make.ordinary(cast, about="Answered"))),
            "closed": make.closed(cast, make.taken_up(cast, make.ordinary(cast, about="Closed"))),
            "silent": make.ordinary(cast, about="Silent", may_tell_provider=False),
            "restricted": make.taken_up(cast, make.restricted(cast), level=2),
        }
        yield SimpleNamespace(cast=cast, rows=rows)
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(made):
    """The rows of the module stand in a transaction of their own."""


@pytest.fixture
def ask(made):
    """The answer of a rule about the complaint in a state, as a person of the cast."""

    def asked(rule, state, person=None, on=DAY, **facts):
        who = {"user": getattr(made.cast, person)} if person else {}
        return getattr(rules, rule)(make.fresh(made.rows[state]), on=on, **who, **facts)

    return asked


@pytest.mark.parametrize(
    ("rule", "state", "person", "facts", "sentence"),
    [
        ("why_not_take_up", "new", "officer", {}, ""),
        ("why_not_take_up", "new", "finance", {}, rules.FOR_OFFICERS),
        ("why_not_take_up", "shared", "officer", {}, "This complaint has been taken up already."),
        ("why_not_take_up", "restricted", "head", {}, "This complaint has been taken up already."),
        ("why_not_answer", "shared", "provider_lead", {"answer": "Yes", "outcome": "UPHELD"}, ""),
        ("why_not_answer", "shared", "officer", {}, "A lead of Example Provider answers this stage."),
        ("why_not_answer", "shared", "provider_lead", {"answer": " ", "outcome": "UPHELD"},
         "Write the answer. The complainant reads it."),
        ("why_not_answer", "shared", "provider_lead", {"answer": "Yes", "outcome": ""},
         "Say whether the complaint is upheld."),
        ("why_not_answer", "head", "officer", {}, "At this stage only the head of commissioning answers."),
        ("why_not_answer", "head", "head", {}, ""),
        ("why_not_answer", "new", "officer", {}, "This complaint is received, so there is nothing to answer."),
        ("why_not_answer", "restricted", "head", {}, rules.NAMED_ONLY),
        ("why_not_answer", "restricted", "finance", {}, ""),
        ("why_not_acknowledge", "new", "officer", {}, "There is no stage to acknowledge."),
        ("why_not_acknowledge", "shared", "officer", {}, "This stage has been acknowledged."),
        ("why_not_move_on", "new", "officer", {}, "Take the complaint up first."),
        ("why_not_move_on", "shared", "officer", {"reason": ""}, rules.SAY_WHY),
        ("why_not_move_on", "shared", "finance", {"reason": "Late"}, rules.FOR_OFFICERS),
        ("why_not_move_on", "last", "officer", {"reason": "Late"}, rules.LAST_STAGE),
        ("why_not_close", "shared", "officer", {}, "A complaint is closed once it has been answered."),
        ("why_not_close", "answered", "officer", {"reason": "Heard nothing"}, ""),
        ("why_not_pass_elsewhere", "answered", "officer", {},
         "Only a complaint that is not answered yet is passed on."),
        ("why_not_pass_elsewhere", "new", "officer", {"words": ""}, "Say whom it is for and how they are reached."),
        ("why_not_withdraw", "answered", "officer", {}, "Only a complaint that is not answered yet can be withdrawn."),
        ("why_not_add_file", "closed", "officer", {}, "This complaint is closed, so nothing is added to it."),
        ("why_not_add_file", "shared", "provider_lead", {}, ""),
        ("why_not_restrict", "new", "officer", {"restriction": "NONE"}, "Say why it is restricted."),
        ("why_not_lift", "new", "officer", {}, "This complaint is not restricted."),
        ("why_not_lift", "restricted", "head", {}, rules.NAMED_ONLY),
        ("why_not_describe", "closed", "officer", {}, "This complaint is closed."),
        ("why_not_agree_learning", "new", "officer", {}, "Take the complaint up first."),
        ("why_not_agree_learning", "head", "officer", {"by_office": False},
         "The organisation has not been told of this complaint, so only the office can owe a change."),
        ("why_not_agree_learning", "shared", "officer", {"by_office": False, "due_on": make.RECEIVED.date()},
         "The day must not have passed."),
        ("why_not_satisfied", "shared", None, {}, "There is no answer yet."),
        ("why_not_ask_next", "shared", None, {},
         "You can ask for the next stage once you have an answer, or after 23 June 2020."),
        ("why_not_ask_next", "shared", None, {"on": AFTER, "reason": "Late"}, ""),
        ("why_not_ask_next", "shared", None, {"on": AFTER, "reason": " "},
         "Say why you want somebody else to look at it."),
        ("why_not_ask_next", "closed", None, {}, "There is no stage to go on from."),
        ("why_not_ask_next", "last", None, {"reason": "More"}, rules.LAST_STAGE),
    ],
)  # fmt: skip
def test_rules_of_a_concern_say_why_not(ask, rule, state, person, facts, sentence):
    assert ask(rule, state, person, **facts) == sentence


@pytest.mark.parametrize(
    ("state", "number", "sentence"),
    [
        ("silent", 1, "The complainant did not agree that the organisation is told. Begin with an officer."),
        ("silent", 2, ""),
        ("new", 1, "Say which organisation it is about before it is sent there."),
        ("restricted", 1, "A restricted complaint is never sent to the organisation."),
        ("restricted", 2, "The complaint has been at this stage already."),
    ],
)
def test_why_not_level_sends_to_the_organisation_only_what_it_may_be_told(made, state, number, sentence):
    concern = make.fresh(made.rows[state])
    if state == "silent":
        concern.organisation = made.cast.provider

    assert rules.why_not_level(concern, make.of_number(number)) == sentence


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Ola Officer shouted", True),
        ("Mrs Officer shouted", True),
        ("an OFFICER of yours", True),
        ("the officers of your office", False),
        ("Ola", False),
        ("", False),
    ],
)
def test_is_named_in_finds_the_whole_name_or_the_surname_as_a_word(words, named):
    assert queries.is_named_in(SimpleNamespace(full_name="Ola Officer"), words) is named


def test_somebody_of_the_organisation_does_not_handle_its_complaint(made):
    concern = make.fresh(made.rows["shared"])
    member = accounts.person(made.cast.officer.email, "", "LEAD", made.cast.provider)

    assert rules.not_a_handler(concern, member) == "You belong to Example Provider, so a colleague has to do this."
    member.memberships.filter(organisation=made.cast.provider).delete()


def test_why_not_about_keeps_award_contract_and_organisation_together(made):
    concern, provider = make.fresh(made.rows["new"]), made.cast.provider
    other = SimpleNamespace(reference="CT-1", provider=made.cast.maidstone)
    award = SimpleNamespace(reference="AW-1", recipient=made.cast.maidstone, payee=made.cast.council)

    def why(concern=concern, organisation=provider, award=None, contract=None):
        return rules.why_not_about(concern, organisation=organisation, award=award, contract=contract)

    assert why() == why(organisation=made.cast.council, award=award) == ""
    assert why(contract=other) == "CT-1 is not a contract of Example Provider."
    assert why(award=award) == "AW-1 is not an award of Example Provider."
    assert why(award=award, contract=other) == "Name an award or a contract, not both."
    told = "Example Provider has been told of this complaint, so it stays about them."
    assert why(make.fresh(made.rows["shared"]), organisation=made.cast.maidstone) == told


def test_open_of_finds_by_organisation_award_or_contract_and_nothing_where_nothing_is_asked(made):
    provider = made.cast.provider
    found = {row.about for row in queries.open_of(organisations=[provider, None])}

    assert found == {"Shared", "Head", "Last", "Answered"}
    assert list(queries.open_of()) == []
    assert queries.counts_by_organisation() == {provider.pk: 4}


def test_why_not_enter_lets_officers_enter_any_and_leads_their_own(made):
    cast = made.cast
    assert rules.why_not_enter(user=cast.officer, organisation=None, on=DAY) == ""
    assert rules.why_not_enter(user=cast.provider_lead, organisation=cast.provider, on=DAY) == ""
    assert rules.why_not_enter(user=cast.provider_lead, organisation=None, on=DAY) != ""
