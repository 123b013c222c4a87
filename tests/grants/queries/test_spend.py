"""The history of unspent money of a recipient: read to the penny, repeated underspend pointed out."""

from datetime import date
from decimal import Decimal

import pytest

from grants.actions import instalments
from grants.actions.spend import record_reported_spend
from grants.models import Recommendation, ReportedSpend
from grants.queries import spend
from grants.queries.spend import PastSpend
from grants.rules.spend import hold_back_warning
from tests.make import awards as make
from tests.make import frozen

D = Decimal


def past(year, released="10000", spent="9000", *, final=True):
    """An award of the financial year that ended in `year`."""
    return PastSpend(
        reference=f"AW-{year}",
        title="Patrols",
        ends_on=date(year, 3, 31),
        period="",
        released=D(released),
        spent=None if spent is None else D(spent),
        returned=D(0),
        spent_to=date(year, 3, 31),
        is_final=final,
    )


@pytest.mark.parametrize(
    ("history", "years", "percent", "found"),
    [
        ([past(2020), past(2019)], 2, "5", ["2019/20", "2018/19"]),
        ([past(2020)], 2, "5", []),
        ([past(2020)], 1, "5", ["2019/20"]),
        ([past(2020), past(2019)], 2, "10", []),
        ([past(2020, spent="9900"), past(2019), past(2018)], 2, "5", []),
        ([past(2020), past(2019, spent="10000"), past(2018)], 2, "5", []),
        ([past(2021, final=False), past(2020), past(2019)], 2, "5", ["2019/20", "2018/19"]),
        ([past(2021, spent=None), past(2020), past(2019)], 2, "5", ["2019/20", "2018/19"]),
        ([past(2020, "5000", "4000"), past(2020, "95000", "95000"), past(2019)], 2, "5", []),
        ([past(2020, "0", "0"), past(2019), past(2018)], 2, "5", []),
        ([], 2, "5", []),
    ],
)
def test_repeated_counts_final_years_one_after_another(history, years, percent, found):
    assert [year.label for year in spend.repeated(history, years=years, percent=D(percent))] == found


def test_warning_of_says_it_in_a_plain_sentence():
    said = spend.warning_of([past(2020, spent="8999.99"), past(2019)], years=2, percent=D("5.00"))

    assert said.startswith(
        "Money stayed unspent 2 years in a row: £1,000.01 (10.0 %) of £10,000 in 2019/20; £1,000 (10.0 %) of £10,000 "
        "in 2018/19. The rules of this round point this out once more than 5 % stays unspent 2 years in a row."
    )
    assert spend.warning_of([past(2020)], years=2, percent=D(5)) == ""


def told(award, reference="MR-1", *, spent="4000.01", ends_on=date(2020, 9, 30), final=False):
    return record_reported_spend(
        award=award,
        reference=reference,
        kind="YEAR_END" if final else "MID_YEAR",
        ends_on=ends_on,
        spent=None if spent is None else D(spent),
        reason="Staff left.",
        covers_the_award=final,
        at=make.TACTICAL_AT,
    )


@pytest.mark.django_db
def test_record_reported_spend_again_replaces_what_the_return_said():
    award = make.paid_award(make.world())

    told(award)
    told(award, spent="4100")

    (row,) = ReportedSpend.objects.all()
    assert (row.award, row.released, row.spent, row.reason) == (award, D("5000"), D("4100"), "Staff left.")


@pytest.mark.django_db
def test_history_of_reads_the_newest_return_of_each_award(django_assert_num_queries):
    world = make.world()
    award = make.paid_award(world)
    assert spend.history_of(world.maidstone) == []
    told(award)
    told(award, "MR-2", spent="4844.00", ends_on=date(2021, 3, 31), final=True)
    row = instalments.request_repayment(
        award=award, amount=D("156"), reason="Unspent", by=world.finance, at=make.TACTICAL_AT
    )
    instalments.record_repayment(
        instalment=row, received_on=make.TACTICAL_AT.date(), payment_reference="IN 1", amount=D("100.50"),
        by=world.finance, at=make.TACTICAL_AT,
    )  # fmt: skip
    make.recorded_award(world, amount="2000")

    with django_assert_num_queries(2):
        (found,) = spend.history_of(world.maidstone)

    assert (found.released, found.spent, found.unspent, found.share) == (D("5000"), D("4844"), D("156"), D("3.1"))
    assert (found.returned, found.still_held, found.is_final) == (D("100.50"), D("55.50"), True)
    assert (found.period, found.reason) == ("1 April 2020 to 31 March 2021", "Staff left.")
    assert spend.history_of(world.swale) == []


@pytest.mark.django_db
def test_recommend_freezes_the_history_with_the_advice(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    world = make.world()
    told(make.paid_award(world), spent="3000", ends_on=date(2021, 3, 31), final=True)
    frozen.thaw()
    world.csp_rules.hold_back_years = 1
    world.csp_rules.save()
    case = make.awaiting_decision(world, ("2000",), window="TACTICAL", at=make.TACTICAL_AT)
    (project,) = make.projects(case)

    ReportedSpend.objects.update(spent=D("5000"))

    known = Recommendation.objects.get(project=project).spend_history
    assert [(row["reference"], row["unspent"], row["share"]) for row in known["rows"]] == [
        (ReportedSpend.objects.get().award.reference, "2000.00", "40.0")
    ]
    assert known["warning"].startswith("Money stayed unspent in one year: £2,000")
    client.force_login(world.pcc, backend="allauth.account.auth_backends.AuthenticationBackend")
    asked = client.get(f"{case.get_absolute_url()}projects/1/decide/")
    assert "Unspent money before" in asked.text
    assert "Awards only: a contract is paid for what it delivers" in asked.text
    make.approve(world, project, at=make.TACTICAL_AT)
    project.refresh_from_db()
    shown = client.get(project.decision.get_absolute_url()).text
    assert "Unspent money before, as known on" in shown
    assert "£2,000" in shown


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["officer", "pcc", "maidstone_lead"])
def test_case_page_shows_the_history_to_the_office_alone(client, settings, who):
    settings.SECOND_FACTOR_REQUIRED = False
    world = make.world()
    told(make.paid_award(world), spent="4844", final=True)
    case = make.awaiting_decision(world, ("2000",), window="TACTICAL", at=make.TACTICAL_AT)

    client.force_login(getattr(world, who), backend="allauth.account.auth_backends.AuthenticationBackend")
    text = client.get(case.get_absolute_url()).text

    assert ("Unspent money before" in text, "£156" in text) == ((who != "maidstone_lead"),) * 2


def test_hold_back_warning_without_rules_says_nothing():
    assert hold_back_warning([past(2020), past(2019)], None) == ""


@pytest.mark.django_db
def test_round_page_shows_what_each_partnership_left_unspent(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    world = make.world()
    told(make.paid_award(world), spent="4844", ends_on=date(2021, 3, 31), final=True)

    client.force_login(world.officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    office = client.get(world.round.get_absolute_url()).text
    client.force_login(world.maidstone_lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    lead = client.get(world.round.get_absolute_url()).text

    assert ("Unspent in 2020/21: £156 (3.1 %)" in office, "Unspent in" in lead) == (True, False)
