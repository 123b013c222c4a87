"""Reviews of what a stream asks for: findings become conditions of the next terms (C10)."""

from copy import deepcopy
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from plans.actions import reviews
from plans.enums import RequirementReviewStatus
from plans.models import RequirementReview, ReviewFinding, TermsVersion
from records.models import Event
from records.refusals import Refused
from tests.kept import kept
from tests.make import accounts, plans

AT = datetime(2021, 1, 11, 9, 0, tzinfo=UTC)
ON = date(2021, 1, 11)
FOUND = {
    "finding": "Two recipients kept no register of volunteers.",
    "condition": "Keep a register of volunteers.",
    "checked_by": "Reading the register",
}


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """The cast and the small plan, made once and never committed."""
    with kept(django_db_blocker):
        cast = accounts.cast()
        yield SimpleNamespace(cast=cast, plan=plans.plan(cast))


@pytest.fixture
def world(kept_world, db):
    return deepcopy(kept_world)


@pytest.fixture
def review(world):
    said = {"stream": world.plan.thirds, "title": "Third party requirements", "scope": "Terms", "opened_on": ON}
    return reviews.open_review(**said, by=world.cast.officer, at=AT)


def find(world, review, **changes):
    return reviews.write_finding(review=review, **{**FOUND, **changes}, by=world.cast.officer, at=AT)


def make(world, review, **changes):
    said = {"title": "Grant terms", "version": "2", "like": world.plan.terms, **changes}
    return reviews.make_terms(review=review, **said, by=world.cast.officer, at=AT)


def conclude(world, review, **changes):
    said = {"conclusion": "Two conditions more", "concluded_on": ON, **changes}
    return reviews.conclude_review(review=review, **said, by=world.cast.officer, at=AT)


def test_open_review_has_a_reference_and_an_event(world, review):
    opened = Event.objects.get(subject_type="plans.RequirementReview", subject_id=review.pk)

    assert (review.reference, review.status) == ("RR-2021-001", RequirementReviewStatus.OPEN)
    assert opened.summary == "Review opened: Third party requirements"


def test_write_finding_numbers_changes_and_logs(world, review):
    row = find(world, review)

    again = find(world, review, row=row, condition="Keep a register of all volunteers.")

    assert (again.number, ReviewFinding.objects.count()) == (1, 1)
    changed = Event.objects.get(verb="finding_changed")
    assert changed.changes == {"condition": [FOUND["condition"], "Keep a register of all volunteers."]}


def test_make_terms_adds_the_conditions_to_those_before(world, review):
    row = find(world, review)
    find(world, review, finding="Reports are clear.", condition="")

    terms = make(world, review)

    conditions = terms.conditions.order_by("order")
    assert [(one.number, one.text) for one in conditions] == [
        ("1", "Spend only as approved."),
        ("2", "Keep a register of volunteers."),
    ]
    added = conditions.last()
    assert (added.why, added.checked_by) == (FOUND["finding"], FOUND["checked_by"])
    assert ReviewFinding.objects.get(pk=row.pk).terms == terms
    assert world.plan.terms.conditions.count() == 1


def test_make_terms_takes_each_finding_once(world, review):
    find(world, review)
    make(world, review)

    with pytest.raises(Refused, match="No finding has a condition that is not part of terms yet"):
        make(world, review, version="3")

    with pytest.raises(Refused, match="This finding is part of Grant terms, version 2 already"):
        find(world, review, row=review.findings.get())


def test_make_terms_refuses_a_version_there_is(world, review):
    find(world, review)

    with pytest.raises(Refused, match="There is a version 1 of these terms already"):
        make(world, review, version="1")

    assert TermsVersion.objects.count() == 1


def test_drop_finding_stays_in_the_history(world, review):
    reviews.drop_finding(row=find(world, review), by=world.cast.officer, at=AT)

    assert ReviewFinding.objects.count() == 0
    assert Event.objects.get(verb="finding_dropped").changes["finding"] == [FOUND["finding"], ""]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"conclusion": " "}, "Write the conclusion"),
        ({"concluded_on": date(2021, 1, 12)}, "12 January 2021 has not come yet"),
        ({"concluded_on": date(2021, 1, 10)}, "The review was opened on 11 January 2021"),
    ],
)
def test_conclude_review_refuses(world, review, changes, sentence):
    find(world, review)

    with pytest.raises(Refused, match=sentence):
        conclude(world, review, **changes)


def test_conclude_review_freezes_its_findings(world, review):
    with pytest.raises(Refused, match="Write at least one finding first"):
        conclude(world, review)
    row = find(world, review)

    done = conclude(world, review)

    assert (done.status, done.conclusion) == (RequirementReviewStatus.CONCLUDED, "Two conditions more")
    with pytest.raises(Refused, match="This review was concluded on 11 January 2021"):
        find(world, done, row=row)


def test_requirement_review_pages_work_together(world, signed_in):
    client = signed_in(world.cast.officer)
    opened = {"stream": world.plan.thirds.pk, "title": "Requirements", "scope": "", "opened_on": "2021-01-11"}

    client.post(reverse("plans:requirement_review_new"), opened)
    review = RequirementReview.objects.get()
    client.post(reverse("plans:requirement_review_finding_new", args=[review.reference]), FOUND)
    posted = {"title": "Grant terms", "version": "2", "like": world.plan.terms.pk}
    client.post(reverse("plans:requirement_review_terms", args=[review.reference]), posted)
    page = client.get(review.get_absolute_url()).content.decode()

    assert "Keep a register of volunteers." in page
    assert f'href="{reverse("plans:terms_show", args=[TermsVersion.objects.get(version="2").key])}"' in page


def test_requirement_review_list_asks_as_much_for_three_as_for_one(world, review, signed_in, django_assert_num_queries):
    client = signed_in(world.cast.officer)
    for number in (1, 3):
        while RequirementReview.objects.count() < number:
            said = {"stream": world.plan.csps, "title": "Another", "scope": "", "opened_on": ON}
            find(world, reviews.open_review(**said, by=world.cast.officer, at=AT))
        with django_assert_num_queries(6):
            client.get(reverse("plans:requirement_review_list"))
