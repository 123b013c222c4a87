"""Pages of a round by bids: what is asked, how it is saved, what a preview tells, exceptions (R1, X1)."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from grants.actions import exceptions
from grants.enums import RoundStatus
from grants.models import Answer, MatchLine, ProfileLine
from records.models import Document
from tests.make import bidding as make
from tests.make import cases

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture(autouse=True)
def _no_second_factor(settings, tmp_path):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.MEDIA_ROOT = tmp_path


def signed_in(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text_of(response):
    return " ".join(response.content.decode().split())


def bid(world, rule_set):
    return make.draft(world.cast, make.round_(world.cast, world, rule_set))


def section(case, slug):
    return reverse("grants:project_section", args=[case.reference, 1, slug])


def post(client, case, url, **answers):
    case.refresh_from_db()
    return client.post(url, {"version": case.version, **answers})


def test_match_and_periods_are_saved_section_by_section(world):
    case = bid(world, make.rules(world, match=[("MONEY", "20", "BLOCK")], profile_months=6))
    client = signed_in(world.maidstone_lead)
    rows = {"match_lines-TOTAL_FORMS": "1", "match_lines-INITIAL_FORMS": "0"}
    match = {"match_lines-0-who": "A trust", "match_lines-0-kind": "MONEY", "match_lines-0-amount": "2,500"}

    post(client, case, section(case, "match"), **rows, **match, **{"match_lines-0-is_confirmed": "on"})
    post(client, case, section(case, "profile"), **{"period-0": "4,000", "period-1": "6000"})

    (line,) = MatchLine.objects.filter(project__case=case)
    assert (line.who, line.kind, line.amount, line.is_confirmed) == ("A trust", "MONEY", D("2500"), True)
    profile = ProfileLine.objects.filter(project__case=case)
    assert [(row.starts_on.month, row.amount) for row in profile] == [(4, D("4000")), (10, D("6000"))]
    page = text_of(client.get(case.get_absolute_url()))
    assert "Match funding" in page
    assert "Money by period" in page


def test_sections_that_the_rules_do_not_ask_for_are_not_there(world):
    case = bid(world, make.rules(world))
    client = signed_in(world.maidstone_lead)

    assert client.get(section(case, "match")).status_code == 404
    assert client.get(section(case, "profile")).status_code == 404
    assert "Match funding" not in text_of(client.get(case.get_absolute_url()))


KINDS = [
    {"key": "name", "label": "Name of your trustee", "kind": "TEXT"},
    {"key": "how", "label": "How will you work?", "kind": "WORDS"},
    {"key": "many", "label": "How many?", "kind": "NUMBER", "lowest": 1, "highest": 50},
    {"key": "cost", "label": "What does one cost?", "kind": "MONEY"},
    {"key": "young", "label": "Young people?", "kind": "YES_NO"},
    {"key": "theme", "label": "Which theme?", "kind": "CHOICE", "options": ["Prevention", "Support"]},
    {"key": "places", "label": "Which places?", "kind": "CHOICES", "options": ["Schools", "Streets"]},
    {"key": "since", "label": "Since when?", "kind": "DAY"},
    {"key": "plan", "label": "Your plan", "kind": "FILE"},
]
GIVEN = {
    "name": "Jo", "how": "Together", "many": "12", "cost": "1,250", "young": "yes", "theme": "Support",
    "places": ["Schools", "Streets"], "since": "2019-05-01",
}  # fmt: skip


def test_questions_of_every_kind_are_saved_typed_and_a_file_is_kept_and_taken_off(world):
    rule_set = make.rules(world)
    make.questions(rule_set, KINDS, asked_of="PROJECT")
    case = bid(world, rule_set)
    client, url = (
        signed_in(world.maidstone_lead),
        reverse("grants:project_questions", args=[case.reference, 1, "asked"]),
    )
    upload = SimpleUploadedFile("plan.txt", b"The plan.", "text/plain")

    answer = post(client, case, url, **GIVEN, plan=upload)

    assert answer.status_code == 302
    document = Document.objects.get(name="plan.txt")
    values = {row.question.key: row.value for row in Answer.objects.select_related("question")}
    assert values == {
        "name": "Jo", "how": "Together", "many": "12", "cost": "1250.00", "young": "yes", "theme": "Support",
        "places": ["Schools", "Streets"], "since": "2019-05-01",
        "plan": {"id": document.pk, "name": "plan.txt", "size": 9},
    }  # fmt: skip
    assert "plan.txt" in text_of(client.get(url))
    post(client, case, url, **GIVEN, **{"remove-document": document.pk})
    document.refresh_from_db()
    assert document.removed_at is not None
    assert not Answer.objects.filter(question__key="plan").exists()


def test_questions_say_what_is_wrong_with_an_answer(world):
    rule_set = make.rules(world)
    make.questions(rule_set, KINDS, asked_of="PROJECT")
    case = bid(world, rule_set)
    client, url = (
        signed_in(world.maidstone_lead),
        reverse("grants:project_questions", args=[case.reference, 1, "asked"]),
    )

    page = text_of(post(client, case, url, **{**GIVEN, "many": "51", "cost": "lots"}))

    assert "less than or equal to 50" in page
    assert "Enter an amount in pounds, like 1,250 or 1250.50" in page
    assert not Answer.objects.exists()


def test_preview_tells_what_a_sum_would_break_and_when_it_flows(world):
    rule_set = make.rules(world, limits=[("CASE_TOTAL", "9000", "WARN")], open_to_kinds=["CSP"])
    round_ = make.round_(world.cast, world, rule_set, status=RoundStatus.DRAFT)
    url = reverse("grants:round_preview", args=[round_.reference])
    client = signed_in(world.officer)

    page = text_of(client.get(url, {"as": "csp-swale", "sum": "10,000"}))

    assert "The business case would be £1,000 over the limit of £9,000 (warns)." in page
    assert page.count("£5,000") == 2
    assert "Community Safety Partnership" in page
    assert "could not apply" in text_of(client.get(url, {"as": "yot", "sum": "100"}))


def test_round_show_tells_an_applicant_why_it_cannot_apply(world):
    rule_set = make.rules(world, open_to_kinds=["CHARITY"])
    how = {"rule_set": rule_set, "budget": 5000, "allocate": False}
    round_ = cases.round_today(world.cast, world, at=timezone.now(), **how)

    page = text_of(signed_in(world.maidstone_lead).get(round_.get_absolute_url()))

    assert "This round is only for organisations of these kinds: charity." in page


def test_exception_is_asked_for_from_the_check_and_answered_before_the_case_is_sent(world):
    case = bid(world, make.rules(world, limits=[("CASE_TOTAL", "9000", "NEEDS_EXCEPTION")]))
    lead, head = signed_in(world.maidstone_lead), signed_in(world.head)
    check = reverse("grants:business_case_check", args=[case.reference])
    assert "Ask the office for an exception" in text_of(lead.get(check))

    exceptions.ask_for_exception(case=case, reason="Rents.", by=world.maidstone_lead, at=cases.WRITTEN)

    assert "has been asked for an exception" in text_of(lead.get(check))
    assert head.get(case.get_absolute_url()).status_code == 404
    page = text_of(head.get(reverse("grants:round_exception_answer", args=[case.round.reference, case.reference])))
    assert "The business case is £1,000 over the limit of £9,000." in page
    assert f"asks for an exception for {case.reference}" in text_of(head.get(case.round.get_absolute_url()))


def asked_of_the_database(client, url):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_pages_of_bids_and_formulas_ask_the_same_for_one_row_and_for_three(world):
    partners = [world.maidstone, world.swale, world.yot]
    found = {}
    for number in (1, 3):
        here = partners[:number]
        invited = make.rules(world, invited_only=True)
        bids = make.round_(world.cast, world, invited, status=RoundStatus.DRAFT, name=f"Bids {number}")
        make.invited(world.cast, bids, *here)
        shared = make.rules(world, money_set_by="FORMULA", invited_only=True)
        make.formula(shared)
        formula = make.formula_round(world.cast, world, shared, dict.fromkeys(here, ("2", "3")))
        urls = {
            "round": bids.get_absolute_url(),
            "preview": f"{bids.get_absolute_url()}preview/",
            "formula": f"{formula.get_absolute_url()}formula/",
        }
        found[number] = {name: asked_of_the_database(signed_in(world.officer), url) for name, url in urls.items()}

    assert found[1] == found[3]
    assert found[1] == {"round": 19, "preview": 14, "formula": 13}
