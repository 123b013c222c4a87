"""Contracts of a plan file in full: what stands beside one, what happened to it, faults, edits on screen."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from plans.models import LoadedRow
from records.models import Event, Notice, Obligation
from services import queries
from services.actions import details
from services.models import Contract
from tests.make import accounts as make_accounts

pytestmark = pytest.mark.django_db
SMALL = Path(__file__).parents[1] / "data/plan_files/small.yaml"
AT = datetime(2020, 4, 7, 9, 0, tzinfo=UTC)
CARE = """  care:
    stream: crime
    provider: north
    name: "Care"
    description: "Support after a crime"
    starts_on: 2090-04-01
    initial_months: 12
    options:
      - {notice_months: 6, status: TAKEN_UP, agreed_months: 6, source: printed}
    parties:
      - {organisation: council, role: PARTNER, does: "Delivers part", starts_on: 2090-04-01, source: printed}
    lots:
      - {name: "East", value: 100.50, source: printed}
      - "West"
    additional_services:
      - {name: "Helpline", lot: 2, state: DEVELOPING, starts_on: 2090-10-01, source: printed}
      - "Advocate"
    regime: PA2023
    light_touch: yes
    estimated_value: 5000
    estimated_value_source: printed
    values:
      - {starts_on: 2091-04-01, ends_on: 2092-03-31, source: printed}
      - {starts_on: 2090-04-01, ends_on: 2091-03-31, amount: 90.25, basis: AWARD, source: printed}
    funding_sources: [own]
    references:
      - {kind: TENDER, value: "2090/S 1", url: "https://example.org/1", published_on: 2089-12-01, source: printed}
    payments:
      - {amount: 45, covers_from: 2090-04-01, covers_to: 2090-09-30, invoice: "7", received_on: 2090-10-01, paid_on: 2090-10-05, source: printed}
    variations:
      - {kind: SCOPE, title: "A helpline more", reason: "Demand", before: "None", after: "A helpline", source: printed}
      - {kind: OUTSIDE_TERMS, title: "To March 2092", reason: "No gap", ends_on: 2092-03-31, after_options: 1, inferred: yes, source: printed}
    source: printed
"""  # noqa: E501 (one row of a plan file stands on one line)


def written(tmp_path, care=CARE):
    text = SMALL.read_text()
    path = tmp_path / "small.yaml"
    path.write_text(text[: text.index("contracts:\n") + len("contracts:\n")] + care)
    return path


def load(path):
    out = StringIO()
    call_command("load_plan", path, stdout=out)
    return out.getvalue()


def told(path):
    with pytest.raises(CommandError) as refused:
        load(path)
    return str(refused.value).splitlines()


def test_load_plan_writes_a_contract_with_all_that_stands_beside_it(tmp_path):
    load(written(tmp_path))

    contract = Contract.objects.get()
    assert (contract.regime, contract.light_touch, contract.below_threshold) == ("PA2023", True, None)
    assert (contract.estimated_value, contract.description) == (Decimal(5000), "Support after a crime")
    [party] = contract.parties.all()
    assert (party.organisation.key, party.role, party.does) == ("council", "PARTNER", "Delivers part")
    assert list(contract.lots.values_list("number", "name", "value")) == [
        (1, "East", Decimal("100.50")),
        (2, "West", None),
    ]
    services = contract.additional_services.order_by("pk").values_list("name", "lot__number", "state", "starts_on")
    assert list(services) == [
        ("Helpline", 2, "DEVELOPING", date(2090, 10, 1)),
        ("Advocate", None, "DELIVERED", None),
    ]
    assert list(contract.values.values_list("amount", "basis")) == [(Decimal("90.25"), "AWARD"), (None, "")]
    assert contract.funding.get().funding_source.key == "own"
    assert contract.references.get().published_on == date(2089, 12, 1)
    payment = contract.payments.get()
    assert (payment.is_recorded, payment.paid_on, payment.invoice) == (True, date(2090, 10, 5), "7")


def test_load_plan_derives_the_term_from_recorded_changes_and_tells_nobody(tmp_path):
    load(written(tmp_path))

    contract = Contract.objects.get()
    periods = queries.term(contract).periods
    assert [(period.part, period.ends_on) for period in periods] == [
        ("INITIAL", date(2091, 3, 31)),
        ("OPTION", date(2091, 9, 30)),
        ("OUTSIDE", date(2092, 3, 31)),
    ]
    scope, outside = contract.variations.all()
    assert (scope.number, outside.number, outside.inferred, outside.is_recorded) == (1, 2, True, True)
    assert [(row.before, row.after) for row in queries.variations.rows_of(scope)] == [("None", "A helpline")]
    assert [(row.before, row.after) for row in queries.variations.rows_of(outside)] == [
        ("30 September 2091", "31 March 2092")
    ]
    assert (Notice.objects.count(), Obligation.objects.count()) == (0, 0)


def test_load_plan_again_changes_nothing(tmp_path):
    path = written(tmp_path)
    load(path)
    events = Event.objects.count()

    assert load(path) == "small.yaml: nothing changed.\n"
    assert Event.objects.count() == events


def test_load_plan_follows_a_changed_list_and_keeps_what_was_edited_on_screen(tmp_path):
    load(written(tmp_path))
    contract, officer = Contract.objects.get(), make_accounts.cast().officer
    given = {"contract": contract, "by": officer, "reason": "As printed later", "at": AT}
    value = contract.values.get(starts_on=date(2091, 4, 1))
    details.write_value(
        value=value, starts_on=value.starts_on, ends_on=value.ends_on, amount=Decimal(7), basis="", source="y", **given
    )
    services = list(contract.additional_services.order_by("pk").values_list("pk", flat=True))

    said = load(written(tmp_path, CARE.replace("state: DEVELOPING", "state: DELIVERED")))

    assert "values is " in said and "The edit made on screen is kept." in said
    assert contract.values.get(pk=value.pk).amount == 7
    assert contract.additional_services.get(name="Helpline").state == "DELIVERED"
    assert list(contract.additional_services.order_by("pk").values_list("pk", flat=True)) == services


def test_load_plan_leaves_changes_agreed_on_screen_alone(tmp_path):
    path = written(tmp_path)
    load(path)
    Contract.objects.get().variations.create(
        number=3, kind="SCOPE", title="On screen", reason="x", drafted_at=AT, status="DRAFT"
    )

    assert load(path) == "small.yaml: nothing changed.\n"
    load(written(tmp_path, CARE.replace("A helpline more", "A helpline added")))

    titles = Contract.objects.get().variations.values_list("number", "title")
    assert list(titles) == [(1, "A helpline added"), (2, "To March 2092"), (3, "On screen")]


def test_load_plan_follows_a_file_that_an_older_portal_knew_less_of(tmp_path):
    load(
        written(
            tmp_path,
            CARE[: CARE.index("    parties:")] + '    additional_services: ["Advocate"]\n    source: printed\n',
        )
    )
    remembered = LoadedRow.objects.get(section="contracts")
    for name in ("values", "parties", "variations", "regime", "light_touch"):
        del remembered.content[name]
    for service in remembered.content["additional_services"]:
        del service["lot"], service["starts_on"], service["description"]
    remembered.save()

    said = load(written(tmp_path))

    assert "contract care" in said
    assert Contract.objects.get().values.count() == 2


FAULTS = [
    ("agreed_months: 6", "agreed_months: 18", "option 1 was taken up for more months than it has"),
    ("lot: 2", "lot: 3", "service 1 stands in lot 3, but there are 2 lots. Add the lot, or correct the number."),
    ("organisation: council", "organisation: north", "names the provider again as a party. Take it out there."),
    ("ends_on: 2091-03-31", "ends_on: 2091-04-01", "the period from 2091-04-01 begins before the one before it has"),
    ("estimated_value_source: printed", "note: x", '"estimated_value" is given without estimated_value_source'),
    ("after_options: 1", "after_options: 2", "variation 2 counts 2 options taken up before it, but 1 are"),
    ("ends_on: 2092-03-31, after", "after", "variation 2 moves the end but lacks ends_on or after_options"),
    ("kind: SCOPE", "kind: PROVIDER", "variation 1 changes the provider but does not name new_provider. Add it."),
    ("covers_to: 2090-09-30", "covers_to: 2090-03-31", "payments holds days out of order (2090-04-01, 2090-03-31)"),
    ("amount: 45", "amount: 0", "a payment of nothing is no payment"),
    ("regime: PA2023", "regime: PA2024", '"PA2024" is not one of the words used here'),
    ("light_touch: yes", "light_touch: perhaps", '"perhaps" should be yes or no.'),
    ("    source: printed\n", "    source: printed\n    ended_on: 2092-03-31\n", "has a day on which it ended"),
]


@pytest.mark.parametrize(("right", "wrong", "sentence"), FAULTS, ids=[wrong[:24].strip() for _, wrong, _ in FAULTS])
def test_load_plan_names_a_fault_of_a_contract_with_its_line(tmp_path, right, wrong, sentence):
    assert right in CARE
    path = written(tmp_path, CARE[::-1].replace(right[::-1], wrong[::-1], 1)[::-1])
    line = next(number for number, words in enumerate(path.read_text().splitlines(), 1) if "  care:" in words)

    _, first, *rest = told(path)

    assert sentence in first and rest[-1] == "Nothing was written."
    assert int(first.split(":")[0].removeprefix("line ")) > line
    assert not Contract.objects.exists()


def test_load_plan_refuses_money_whose_purpose_does_not_cover_the_contract(tmp_path):
    path = written(tmp_path)
    text = path.read_text()
    path.write_text(text.replace('own: {name: "Own", funder', 'own: {name: "Own", purpose: VICTIMS, funder'))

    assert any("own may pay for VICTIMS only, but crime is for" in line for line in told(path))
