"""Who may do what in an extension decision, and when not: every sentence once."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.enums import RoleName
from plans.models import Delegation
from services import rules as contract_rules
from services.actions import extensions as actions
from services.models import Contract, ExtensionCase, ExtensionRuling
from services.rules import extensions as rules
from tests.make import accounts, services
from tests.make import extensions as make

pytestmark = pytest.mark.django_db
AT, ON = make.day(2021, 9, 6), date(2021, 9, 6)
NOTHING = {"months": None, "ends_on": None, "legal_basis": ""}


def stands(case, **changes):
    """The case as if it stood so."""
    for name, value in changes.items():
        setattr(case, name, value)
    return case


@pytest.fixture
def inside_out(world):
    """An officer who also has a role at the provider."""
    accounts.person("officer@opcc.example.org", "Ola Officer", RoleName.LEAD, world.cast.provider)
    return make.forget(world.cast.officer)


def test_why_not_prepare(world, inside_out):
    case, cast = world.case, world.cast

    assert rules.why_not_prepare(case, user=cast.other_officer) == ""
    assert rules.why_not_prepare(case, user=cast.finance) == rules.OFFICERS_ONLY
    assert rules.why_not_prepare(case, user=inside_out) == "You belong to Example Provider, so somebody else acts here."
    assert rules.why_not_prepare(stands(case, status="DECIDED"), user=cast.other_officer) == rules.SETTLED
    assert rules.why_not_give_advice(stands(case, status="ADVISED"), user=cast.other_officer, on=ON) == (
        "Advice has been given on this case. Take it back first, with a reason."
    )
    assert rules.why_not_ready_evidence(case, user=cast.finance, on=ON) == rules.OFFICERS_ONLY


def test_why_not_open(world):
    cast, contract = world.cast, services.contract(world.cast, world.plan, key="other")

    def why(user=cast.officer):
        return rules.why_not_open(Contract.objects.get(pk=contract.pk), user=user, on=ON)

    assert (why(), why(cast.cfo)) == ("", rules.OFFICERS_ONLY)
    contract.options.filter(number=1).update(status="OFFERED")
    assert why() == "An option is offered to the provider. Wait for the answer."
    Contract.objects.filter(pk=contract.pk).update(provider=None)
    assert why().startswith("No provider is recorded for this contract")
    assert rules.why_not_open(world.case.contract, user=cast.officer, on=ON) == (
        "An extension decision is being prepared for this contract already."
    )


@pytest.mark.parametrize(
    ("options", "decide_by", "reason", "said"),
    [
        ([{"number": 1, "notice_months": 6}], None, "", "Say why the case is opened."),
        ([{"number": 1, "notice_months": 6}], None, "Early", ""),
        ([{"number": 1}], None, "Early", "Give the day by which this must be decided."),
        ([{"number": 1}], date(2021, 9, 5), "Early", "The day by which this must be decided is past."),
        ([{"number": 1}], date(2022, 4, 1), "Early", "The option would start on 1 April 2022. Give a day before that."),
        ([{"number": 1}], date(2022, 3, 31), "Early", ""),
        ([], date(2021, 12, 1), "Late", ""),
    ],
)
def test_why_not_open_so(world, options, decide_by, reason, said):
    contract = services.contract(world.cast, world.plan, key="other", options=options)

    assert rules.why_not_open_so(contract, decide_by=decide_by, reason=reason, on=ON) == said


def test_why_not_close(world):
    officer, outside = world.cast.officer, make.outside(world, key="other")

    def why(case, user=officer, **changes):
        return rules.why_not_close(stands(case, **changes), user=user, on=ON)

    assert (why(outside), why(outside, world.cast.pcc)) == ("", rules.OFFICERS_ONLY)
    assert why(outside, status="AWAITING_SECOND") == "This case waits for its second approver."
    assert why(outside, status="DECIDED") == rules.SETTLED
    assert why(world.case).startswith("This option is still open, so it must be decided")


def test_why_not_ask_and_answer(world):
    cast, case = world.cast, world.case

    def answer(user):
        return rules.why_not_answer_ask(make.fresh(case), user=user, on=ON)

    assert answer(cast.provider_lead) == "The office has not asked you anything here yet."
    assert answer(cast.officer) == "Only a lead or an authorised signatory of the provider answers this."
    assert answer(cast.swale_lead) == answer(cast.officer)
    actions.ask_provider(case=case, words="Willing?", by=cast.officer, at=AT)
    assert (answer(cast.provider_lead), answer(cast.provider_signatory)) == ("", "")
    assert rules.why_not_ask_provider(make.fresh(case), user=cast.officer, on=ON) == (
        "The provider has been asked already and has not answered yet."
    )
    ExtensionCase.objects.filter(pk=case.pk).update(status="CLOSED")
    assert answer(cast.provider_lead) == "The office no longer needs an answer to this."
    ExtensionCase.objects.filter(pk=case.pk).update(answered_at=AT)
    assert answer(cast.provider_lead) == "This has been answered already."
    none = stands(make.fresh(case), status="PREPARING")
    none.contract.provider = none.contract.provider_id = None
    assert rules.why_not_ask_provider(none, user=cast.officer, on=ON).endswith("so there is nobody to ask.")


@pytest.mark.parametrize(
    ("outcome", "changes", "said"),
    [
        ("", {}, "Choose one of the outcomes."),
        ("OUTSIDE", {}, "This contract still has an option. Outside the original terms comes only after the last"),
        ("OFFER_SHORTER", {}, "Give a length in months, from 1 to 11."),
        ("OFFER_SHORTER", {"months": 12}, "Give a length in months, from 1 to 11."),
        ("OFFER_SHORTER", {"months": 11}, ""),
        ("OFFER", {}, ""),
    ],
)
def test_why_not_this_outcome_with_an_option(world, outcome, changes, said):
    found = rules.why_not_this_outcome(world.case, outcome=outcome, **{**NOTHING, **changes}, on=ON)

    assert found.startswith(said) and bool(found) == bool(said)


@pytest.mark.parametrize(
    ("outcome", "changes", "said"),
    [
        ("OFFER", {}, "No option is left in this case: extend outside the original terms, decide later, or do not"),
        ("OUTSIDE", {}, "Give the new last day of the contract."),
        ("OUTSIDE", {"ends_on": date(2022, 3, 31)}, "The contract runs to 31 March 2022 already. Give a later day."),
        ("OUTSIDE", {"ends_on": date(2022, 4, 1)}, "Write the legal basis of an extension outside the original terms."),
        ("OUTSIDE", {"ends_on": date(2022, 4, 1), "legal_basis": "The law"}, ""),
        ("DECLINE", {}, ""),
    ],
)
def test_why_not_this_outcome_beyond_the_options(world, outcome, changes, said):
    case = make.outside(world, key="other")

    found = rules.why_not_this_outcome(case, outcome=outcome, **{**NOTHING, **changes}, on=ON)

    assert found.startswith(said) and bool(found) == bool(said)


def test_an_option_of_one_month_cannot_be_shorter(world):
    world.case.option.months = 1

    assert rules.why_not_this_outcome(world.case, outcome="OFFER_SHORTER", **{**NOTHING, "months": 1}, on=ON) == (
        "This option cannot be shorter."
    )


def test_why_not_advise_so(world):
    said = {"recommended": "OFFER", **NOTHING, "on": ON}

    assert rules.why_not_advise_so(world.case, advice=" ", lapse_effect="x", **said) == "Write the advice."
    assert rules.why_not_advise_so(world.case, advice="x", lapse_effect="", **said) == (
        "Write what it would mean if the contract were not extended."
    )
    assert rules.why_not_advise_so(world.case, advice="x", lapse_effect="x", **said) == ""


def test_why_not_comment_and_take_back(world):
    cast, case = world.cast, world.case

    def comment(user=cast.cfo, **changes):
        return rules.why_not_comment(stands(make.fresh(case), **changes), user=user, on=ON)

    assert comment(cast.head) == "Only the chief finance officer comments on the money."
    assert comment() == rules.NO_ADVICE
    assert comment(status="DECIDED") == rules.SETTLED
    assert comment(status="ADVISED") == ""
    assert comment(status="ADVISED", cfo_commented_at=AT) == "The chief finance officer has commented already."

    def back(user=cast.pcc, **changes):
        return rules.why_not_take_back(stands(make.fresh(case), **changes), user=user, on=ON)

    assert back(cast.finance) == "Only officers, and those who may decide, send a case back to be prepared again."
    assert (back(), back(status="ADVISED"), back(status="CLOSED")) == (rules.NO_ADVICE, "", rules.SETTLED)


def test_why_not_decide(world):
    cast = world.cast
    make.commented(world, world.case, at=AT)

    def why(user=cast.pcc, on=ON, **changes):
        return rules.why_not_decide(stands(make.fresh(world.case), **changes), user=user, on=on)

    assert why() == ""
    assert why(cast.officer).startswith("Only the commissioner, or a post with a recorded delegation")
    assert why(status="PREPARING") == rules.NO_ADVICE
    assert why(status="AWAITING_SECOND") == "This has been decided and waits for its second approver."
    assert why(status="CLOSED") == rules.SETTLED
    assert why(cfo_commented_at=None) == "The chief finance officer’s comment is needed first."
    assert why(cast.cfo) == "You evaluated or advised on this, so somebody else decides it."
    assert why(cast.chief_executive).startswith("No delegation is recorded for your post")
    assert why(on=date(2022, 4, 1)) == "This option would have started on 1 April 2022. It can no longer be used."
    world.case.contract.options.filter(number=1).update(status="LAPSED")
    assert why() == "This option is lapsed, so there is nothing left to decide."
    Contract.objects.filter(pk=world.case.contract_id).update(stream=None)
    assert why(cast.chief_executive).startswith("This contract belongs to no funding stream")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"outcome": "X"}, "Choose one of the outcomes."),
        ({"reason": " "}, "Write the reason for the decision."),
        ({"amount": None}, "Give the value of the extension in pounds."),
        ({"purpose": ""}, "Write the purpose of the spend."),
        ({"on": date(2021, 10, 1)}, "Notice of this option had to be given by 30 September 2021"),
        ({"outcome": "DECLINE", "amount": None, "on": date(2021, 10, 1)}, ""),
        ({"outcome": "DEFER"}, "Write what the decision waits for."),
        ({"outcome": "DEFER", "question": "x"}, "Give the day by which you will decide."),
        ({"outcome": "DEFER", "question": "x", "defer_until": ON}, "Give a day after today."),
        ({"outcome": "DEFER", "question": "x", "defer_until": date(2021, 9, 17)}, "The last safe day is 16 September"),
        ({"outcome": "DEFER", "question": "x", "defer_until": date(2021, 9, 16)}, ""),
    ],
)
def test_why_not_decide_so(world, changes, said):
    worded = {
        **NOTHING, "outcome": "OFFER", "amount": Decimal(1), "purpose": "x", "reason": "x", "question": "",
        "defer_until": None, "on": ON, **changes,
    }  # fmt: skip

    found = rules.why_not_decide_so(world.case, **worded, user=world.cast.pcc)

    assert found.startswith(said) and bool(found) == bool(said)


def test_the_last_safe_day_is_later_where_no_notice_is_needed(world):
    asked = {"question": "x", "defer_until": date(2021, 9, 24), "on": ON}

    said = rules.why_not_defer_until(stands(world.case, notice_needed=False), **asked)

    assert said == (
        "The last safe day is 23 September 2021: after it too few working days are left for the letter "
        "before 30 September 2021."
    )


def test_outside_the_terms_needs_a_willing_provider(world):
    case = make.outside(world, key="other")
    worded = {**make.OUTSIDE, "months": None, "question": "", "defer_until": None, "user": world.cast.pcc, "on": ON}

    assert rules.why_not_decide_so(case, **worded).startswith("The provider has not said that it is willing.")
    assert rules.why_not_decide_so(stands(case, provider_willing=True), **worded) == ""


def test_why_not_second(world):
    cast, case = world.cast, make.awaiting_second(world, make.outside(world, key="other"), at=AT)
    ruling = ExtensionRuling.objects.get()

    def why(user, ruling=ruling):
        return rules.why_not_second(make.fresh(case), ruling, user=make.forget(user), on=ON)

    assert (why(cast.chief_executive), why(cast.officer)) == ("", rules.WHO_SECONDS)
    assert why(cast.pcc) == "You decided this, so somebody else approves it a second time."
    assert why(cast.cfo).startswith("You advised on this or commented on its money")
    assert why(cast.head).endswith(rules.WHO_SECONDS)
    assert why(cast.chief_executive, None) == "Nothing here waits for a second approver."
    Delegation.objects.create(
        reference="D-2", body=world.plan.body, post="HEAD_OF_COMMISSIONING", limit=Decimal("125000"),
        starts_on=date(2020, 4, 1),
    )  # fmt: skip
    assert why(cast.head) == ""


def test_why_not_reply(world):
    cast, case = world.cast, make.offered(world, world.case, at=AT)
    ruling = ExtensionRuling.objects.get()

    def why(user=cast.provider_signatory, on=ON, ruling=ruling):
        return rules.why_not_reply(make.fresh(case), ruling, user=user, on=on)

    only = "Only an authorised signatory of the provider accepts or refuses an extension."
    assert (why(), why(cast.provider_lead), why(cast.pcc), why(cast.maidstone_signatory)) == ("", only, only, only)
    assert why(ruling=None) == "No extension is offered here."
    assert why(on=date(2022, 4, 1)) == "This offer was open until 31 March 2022. Speak to the office."
    ruling.accepted = True
    assert why() == "This offer has been answered already."


def test_why_not_record_notice(world):
    cast, case = world.cast, world.case

    def why(user=cast.officer, **changes):
        return rules.why_not_record_notice(stands(make.fresh(case), **changes), user=user, on=ON)

    assert (why(cast.pcc), why()) == (rules.OFFICERS_ONLY, "A notice follows the decision.")
    assert why(status="DECIDED") == ""
    assert why(status="DECIDED", notice_needed=False) == "This case needs no notice."
    assert why(status="DECIDED", notice_published_on=ON) == "The notice is recorded already."


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"needed": False}, "Say why no notice is needed, and who advised so."),
        ({"needed": False, "reason": "Advice"}, ""),
        ({"needed": True}, "Give the reference of the notice."),
        ({"needed": True, "reference": "1"}, "Give the day the notice was published."),
        ({"needed": True, "reference": "1", "published_on": date(2021, 9, 7)}, "A notice cannot have been published"),
        ({"needed": True, "reference": "1", "published_on": ON}, ""),
    ],
)
def test_why_not_this_notice(said, why):
    found = rules.why_not_this_notice(**{"reference": "", "published_on": None, "reason": "", **said}, on=ON)

    assert found.startswith(why) and bool(found) == bool(why)


def test_an_event_and_its_days_come_together(world):
    said = "Give both the event and the number of days after it, or neither."
    window = {"notice_months": None, "window_starts_on": None, "window_ends_on": None}

    def why(**more):
        return contract_rules.why_not_this_window(world.case.option, **window, **more)

    assert (why(event="x"), why(event_days=0), why(event="x", event_days=0), why()) == (said, said, "", "")
