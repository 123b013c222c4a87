"""Agreed changes of a contract: what they change, what follows, and who may agree to them."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import OrganisationSuccession
from plans.models import Delegation
from records.actions import record_decision
from records.models import Decision, Event, Notice, Obligation
from records.refusals import Refused
from services import actions, queries
from services.actions import variations as writing
from services.models import Contract, ContractVariation
from services.rules import variations as rules
from tests.make import accounts as make_accounts
from tests.make import plans as make_plans
from tests.make import services as make

pytestmark = pytest.mark.django_db
AT = datetime(2021, 11, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def cast():
    return make_accounts.cast()


@pytest.fixture
def contract(cast):
    """From 1 April 2019 to 31 March 2022, no option; quarterly returns."""
    return make.reporting_contract(cast, make_plans.plan(cast), options=[])


def outside(contract, cast, **changes):
    decision = record_decision(
        title="Extend", outcome="APPROVED", amount=0, purpose="Support", reason="No gap", by=cast.pcc, at=AT
    )
    wishes = {
        "contract": contract,
        "ends_on": date(2022, 9, 30),
        "reason": "A gap would leave victims without support.",
        "legal_basis": "Regulation 72(1)(b)",
        "decision": decision,
        "second_by": cast.cfo,
        "by": cast.cfo,
        "at": AT,
    }
    return actions.make_outside_terms(**{**wishes, **changes})


def test_make_outside_terms_moves_the_end_and_what_hangs_on_it(contract, cast):
    variation = outside(contract, cast)

    term = queries.term(Contract.objects.get(pk=contract.pk))
    assert (term.ends_on, [period.part for period in term.periods]) == (date(2022, 9, 30), ["INITIAL", "OUTSIDE"])
    assert (variation.status, variation.number, variation.after_options) == ("APPROVED", 1, 0)
    assert (variation.second_approved_by, variation.second_approved_at) == (cast.cfo, AT)
    assert (variation.before, variation.after) == ({"ends_on": "2022-03-31"}, {"ends_on": "2022-09-30"})
    assert queries.returns_owed(contract).order_by("-period_ends_on").first().period_ends_on == date(2022, 9, 30)


def test_make_outside_terms_lets_an_ended_contract_run_on(contract, cast):
    Contract.objects.filter(pk=contract.pk).update(status="ENDED", ended_on=date(2022, 3, 31), ended_reason="Over")

    outside(contract, cast)

    contract.refresh_from_db()
    assert (contract.status, contract.ended_on, contract.ended_reason) == ("LIVE", None, "")
    verbs = Event.objects.filter(subject_type="services.Contract", subject_id=contract.pk).values_list(
        "verb", flat=True
    )
    assert [verb for verb in verbs.order_by("pk") if verb in {"reopened", "varied"}] == ["reopened", "varied"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"reason": " "}, "Say why the contract runs on outside its original terms."),
        ({"legal_basis": ""}, "Name the provision of the law that allows the extension."),
        ({"ends_on": date(2022, 3, 31)}, "The contract runs to 31 March 2022 already. Enter a later day."),
        ({"second_by": None}, "The second approver must be somebody other than the one who decided."),
    ],
)
def test_make_outside_terms_refuses(contract, cast, changes, why):
    with pytest.raises(Refused) as refused:
        outside(contract, cast, **changes)

    assert refused.value.reason == why
    assert not contract.variations.exists()


def test_make_outside_terms_asks_for_another_second_approver_than_who_decided(contract, cast):
    with pytest.raises(Refused) as refused:
        outside(contract, cast, second_by=cast.pcc)

    assert refused.value.reason == "The second approver must be somebody other than the one who decided."


ON = date(2021, 11, 1)
LATER = datetime(2022, 1, 10, 6, 0, tzinfo=UTC)


def draft(contract, cast, kind, **changes):
    wishes = {
        "contract": contract,
        "kind": kind,
        "title": "As agreed",
        "reason": "More people need it",
        "takes_effect_on": ON,
        "by": cast.officer,
        "at": AT,
    }
    return writing.draft_variation(**{**wishes, **changes})


def agree(variation, cast, *, by=None, at=AT):
    writing.submit_variation(variation=variation, by=cast.officer, at=at)
    return writing.decide_variation(variation=variation, outcome="APPROVED", reason="Needed", by=by or cast.pcc, at=at)


def valued(contract):
    for year, amount in ((2019, 100), (2020, None), (2021, 120)):
        contract.values.create(starts_on=date(year, 4, 1), ends_on=date(year + 1, 3, 31), amount=amount, source="x")
    return queries.variations.standing(contract, "VALUE", on=ON)


def test_value_variation_changes_the_profile_and_says_what_it_adds(contract, cast):
    now = valued(contract)
    first, second, third = now["values"]
    wanted = {"values": [first, [*second[:2], "80.25"], [*third[:2], "150.00"]]}

    variation = agree(draft(contract, cast, "VALUE", wanted=wanted), cast)

    assert [(str(row.amount), row.source[:9]) for row in contract.values.all()] == [
        ("100.00", "x"),
        ("80.25", "Variation"),
        ("150.00", "Variation"),
    ]
    assert str(variation.decision.amount) == "110.25"
    assert [(row.label, row.before, row.after) for row in queries.variations.rows_of(variation)] == [
        ("Value from 1 April 2020 to 31 March 2021", "Not published", "£80.25"),
        ("Value from 1 April 2021 to 31 March 2022", "£120", "£150"),
    ]


def test_variation_is_told_registered_owed_and_lettered(contract, cast):
    variation = draft(contract, cast, "END", ends_on=date(2021, 12, 31), title="An earlier end")
    writing.submit_variation(variation=variation, by=cast.officer, at=AT)

    owed = Obligation.objects.open().get(kind="VARIATION_DECISION")
    assert (owed.due_on, owed.organisation) == (date(2021, 11, 15), None)
    assert not Notice.objects.filter(subject_type="services.ContractVariation", person=cast.provider_lead).exists()

    variation = writing.decide_variation(
        variation=variation, outcome="APPROVED", reason="Agreed with the provider", by=cast.pcc, at=AT
    )

    assert not Obligation.objects.open().filter(kind="VARIATION_DECISION").exists()
    decision = Decision.objects.get()
    assert (decision.outcome, decision.made_by, decision.reason) == ("APPROVED", cast.pcc, "Agreed with the provider")
    assert variation.decision == decision
    words = variation.letter.html
    assert "An earlier end" in words and "31 March 2022" in words and "31 December 2021" in words
    told = Notice.objects.get(rule="variation_agreed", person=cast.provider_lead)
    assert told.paper == variation.letter


def test_earlier_end_lapses_options_and_redates_returns(cast):
    contract = make.reporting_contract(cast, make_plans.plan(cast), options=[{"notice_months": 3}])

    agree(draft(contract, cast, "END", ends_on=date(2021, 12, 31)), cast)

    contract = Contract.objects.get(pk=contract.pk)
    assert queries.term(contract).ends_on == date(2021, 12, 31)
    assert contract.options.get().status == "LAPSED"
    assert not Obligation.objects.open().filter(kind="EXTENSION_DECISION").exists()
    last = queries.returns_owed(contract).filter(closed_at__isnull=True).latest("period_ends_on")
    assert last.period_ends_on == date(2021, 12, 31)


def test_another_provider_takes_its_place_on_the_day_and_owes_what_was_owed(contract, cast):
    variation = agree(draft(contract, cast, "PROVIDER", new_provider=cast.yot, takes_effect_on=date(2022, 1, 10)), cast)

    assert (variation.status, variation.applied_at) == ("APPROVED", None)
    assert writing.apply_due_variations(at=AT) == []
    assert Contract.objects.get().provider == cast.provider

    told = Notice.objects.filter(rule="variation_agreed").values_list("person__memberships__organisation", flat=True)
    assert cast.provider.pk in told
    assert f"{cast.provider.name} and {cast.yot.name}" in variation.letter.html
    assert writing.apply_due_variations(at=LATER) == [variation]
    assert writing.apply_due_variations(at=LATER) == []

    assert Contract.objects.get().provider == cast.yot
    open_returns = queries.returns_owed(contract).filter(closed_at__isnull=True)
    assert {owed.organisation for owed in open_returns} == {cast.yot}
    assert ContractVariation.objects.get().applied_at == LATER


def test_scope_variation_adds_and_stops_services(contract, cast):
    contract.additional_services.create(name="Helpline")
    now = queries.variations.standing(contract, "SCOPE", on=ON)
    [[pk, name, _]] = now["services"]
    wanted = {"description": "Support", "services": [[pk, name, "STOPPED"], [None, "Advocate", "DEVELOPING"]]}

    variation = agree(draft(contract, cast, "SCOPE", wanted=wanted), cast)

    assert list(contract.additional_services.order_by("pk").values_list("name", "state", "starts_on")) == [
        ("Helpline", "STOPPED", None),
        ("Advocate", "DEVELOPING", ON),
    ]
    assert Contract.objects.get().description == "Support"
    assert [row.label for row in queries.variations.rows_of(variation)] == [
        "What it is for",
        "Service: Helpline",
        "Service: Advocate",
    ]


def test_the_office_itself_is_followed_by_a_recorded_successor_alone(contract, cast):
    with pytest.raises(Refused, match="No record says that this organisation follows the office"):
        draft(contract, cast, "OFFICE", new_provider=cast.swale)
    was = queries.variations.office_of(contract, on=ON)
    OrganisationSuccession.objects.create(predecessor=was.organisation, successor=cast.swale)
    type(was).objects.create(
        key="next",
        organisation=cast.swale,
        name="The mayor",
        short_name="Mayor",
        commissioner_title="Mayor of the North",
    )

    agree(draft(contract, cast, "OFFICE", new_provider=cast.swale), cast)

    letter = ContractVariation.objects.get().letter.html
    assert letter.count("Mayor of the North") == 2  # in the letterhead, and under the signature
    assert queries.variations.office_of(contract, on=date(2021, 10, 31)) == was
    assert queries.variations.office_of(contract, on=ON).name == "The mayor"
    assert Contract.objects.get().provider == cast.provider


def test_declined_variation_changes_nothing_and_tells_the_provider_nothing(contract, cast):
    variation = draft(contract, cast, "END", ends_on=date(2021, 12, 31))
    writing.submit_variation(variation=variation, by=cast.officer, at=AT)

    variation = writing.decide_variation(variation=variation, outcome="DECLINED", reason="No", by=cast.pcc, at=AT)

    assert (variation.status, variation.decision.outcome, variation.letter) == ("DECLINED", "DECLINED", None)
    assert queries.term(Contract.objects.get()).ends_on == date(2022, 3, 31)
    assert not Notice.objects.filter(person=cast.provider_lead, rule__startswith="variation").exists()


def test_withdraw_variation_closes_what_is_owed(contract, cast):
    variation = draft(contract, cast, "END", ends_on=date(2021, 12, 31))
    writing.submit_variation(variation=variation, by=cast.officer, at=AT)

    writing.withdraw_variation(variation=variation, reason="Superseded", by=cast.officer, at=AT)

    variation.refresh_from_db()
    assert variation.status == "WITHDRAWN"
    assert not Obligation.objects.open().filter(kind="VARIATION_DECISION").exists()


def test_who_drafted_or_submitted_does_not_decide(contract, cast):
    variation = draft(contract, cast, "END", ends_on=date(2021, 12, 31), by=cast.head)
    variation = writing.submit_variation(variation=variation, by=cast.officer, at=AT)

    assert queries.variations.advisers_of(variation) == {cast.head.pk, cast.officer.pk}
    refused = rules.why_not_decide(variation, user=cast.head, on=ON)
    assert refused == "You evaluated or advised on this, so somebody else decides it."


def test_a_delegate_decides_within_the_sum_added_and_nobody_without_a_delegation(contract, cast):
    now = valued(contract)
    wanted = {"values": [[*now["values"][0][:2], "200.00"], *now["values"][1:]]}
    variation = writing.submit_variation(
        variation=draft(contract, cast, "VALUE", wanted=wanted), by=cast.officer, at=AT
    )
    cfo = {"user": cast.cfo, "on": ON}

    assert rules.amount_of(variation) == 100
    assert rules.why_not_decide(variation, **cfo).startswith("No delegation is recorded for your post")
    assert rules.why_not_decide(variation, user=cast.officer, on=ON).startswith("Only the commissioner")
    assert rules.why_not_decide(variation, user=cast.pcc, on=ON, reason=" ") == "Write the reason for the decision."
    assert rules.why_not_decide(variation, user=cast.pcc, on=ON, reason="x", outcome="APPROVED") == ""

    held = Delegation.objects.create(
        reference="D9", body=contract.stream.plan.body, post="CHIEF_FINANCE_OFFICER", limit=100, starts_on=ON
    )
    assert rules.why_not_decide(variation, **cfo) == ""
    Delegation.objects.filter(pk=held.pk).update(limit=99)
    assert rules.why_not_decide(variation, **cfo).startswith("Your delegation D9 goes up to £99 and this is £100")


def test_a_variation_of_what_has_changed_since_is_not_agreed(contract, cast):
    now = valued(contract)
    wanted = {"values": [[*now["values"][0][:2], "101.00"], *now["values"][1:]]}
    variation = draft(contract, cast, "VALUE", wanted=wanted)
    writing.submit_variation(variation=variation, by=cast.officer, at=AT)
    contract.values.filter(starts_on=date(2021, 4, 1)).update(amount=130)

    with pytest.raises(Refused, match="has itself changed since it was drafted"):
        writing.decide_variation(variation=variation, outcome="APPROVED", reason="Yes", by=cast.pcc, at=AT)

    assert not Decision.objects.exists()


SAYS = {"reason": "x", "takes_effect_on": ON, "ends_on": None, "new_provider": None, "wanted": None}


@pytest.mark.parametrize(
    ("kind", "changes", "why"),
    [
        ("END", {"reason": " "}, "Say why the contract is varied."),
        ("OUTSIDE_TERMS", {}, "An extension outside the original terms needs an extension decision. Open one instead."),
        ("END", {"takes_effect_on": None}, "Say from which day the variation takes effect."),
        ("END", {}, "Say on which day the contract is to end."),
        ("END", {"ends_on": date(2022, 3, 31)}, "The contract runs to 31 March 2022. Enter an earlier day."),
        ("END", {"ends_on": date(2019, 3, 31)}, "The contract started on 1 April 2019. Enter a later day."),
        ("END", {"ends_on": date(2021, 10, 31)}, "A contract cannot be ended on a day that is past."),
        ("END", {"ends_on": ON}, ""),
        ("PROVIDER", {}, "Say which organisation takes the place."),
        ("SCOPE", {"wanted": {"description": "", "services": []}}, "Change at least one thing."),
    ],
)
def test_why_not_this_variation(contract, kind, changes, why):
    assert rules.why_not_this_variation(contract, kind=kind, **{**SAYS, **changes}, on=ON) == why


def test_why_not_draft_withdraw_and_submit(contract, cast):
    assert rules.why_not_draft(contract, user=cast.finance, on=ON) == rules.OFFICERS_ONLY
    variation = ContractVariation(contract=contract, number=1, kind="END", status="APPROVED")
    assert rules.why_not_withdraw(variation, user=cast.officer, on=ON) == "This variation is approved."
    said = "This variation is approved, so its words stay as they are."
    assert rules.why_not_submit(variation, user=cast.officer, on=ON) == said
    variation.status = "DRAFT"
    assert rules.why_not_withdraw(variation, user=cast.officer, on=ON, reason="") == "Say why it is withdrawn."
    contract.status = "ENDED"
    assert rules.why_not_draft(contract, user=cast.officer, on=ON) == "This contract has ended, so it cannot be varied."
    assert rules.why_not_submit(variation, user=cast.officer, on=ON) == (
        "This contract has ended, so it cannot be varied."
    )


def test_record_variation_sends_nothing(contract, cast):
    told = Notice.objects.count()

    variation = actions.record_variation(
        contract=contract, kind="PROVIDER", title="Merged", reason="A merger", new_provider=cast.yot,
        before={"words": "Old name"}, after={"words": "New name"}, source="A page", at=AT,
    )  # fmt: skip

    assert (variation.number, variation.status, variation.is_recorded) == (1, "APPROVED", True)
    assert [(row.before, row.after) for row in queries.variations.rows_of(variation)] == [("Old name", "New name")]
    assert (Notice.objects.count(), Decision.objects.count()) == (told, 0)


def test_variation_pages_from_draft_to_letter(client, cast, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    contract = make.contract(cast, make_plans.plan(cast), starts_on=date(2026, 4, 1), initial_months=120)
    address = f"/contracts/{contract.reference}/variations/"
    client.force_login(cast.officer)

    kinds = client.get(f"{address}new/").content.decode()
    typed = {
        "title": "More money", "takes_effect_on": "2026-04-01", "reason": "Demand", "legal_basis": "",
        "value_0": "1,250",
    }  # fmt: skip
    drafted = client.post(f"{address}new/?kind=VALUE", typed)
    client.post(f"{address}1/submit/")
    client.force_login(cast.provider_lead)
    hidden = client.get(f"{address}1/").status_code
    client.force_login(cast.pcc)
    form = client.get(f"{address}1/decide/").content.decode()
    client.post(f"{address}1/decide/", {"outcome": "APPROVED", "reason": "Demand has grown"})
    client.force_login(cast.provider_lead)
    page = client.get(f"{address}1/").content.decode()

    assert "What is to change?" in kinds and drafted.url == f"{address}1/"
    assert "Not published" in form and "£1,250" in form
    assert hidden == 404 and "£1,250" in page and "Demand has grown" not in page
    letter = ContractVariation.objects.get().letter
    assert letter.get_absolute_url() in page
    assert client.get(letter.get_absolute_url()).status_code == 200
    client.force_login(cast.swale_lead)
    assert client.get(letter.get_absolute_url()).status_code == 404
