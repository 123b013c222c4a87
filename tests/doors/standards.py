"""Doors of standards and of new terms: registers, evidence, waivers, notes, kinds, versions put to awards."""

from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from plans.models import HeldStandard, StandardKind, StandardWaiver, TermsCondition, TermsVersion
from tests.make import awards as make
from tests.make import standards

from . import door

AT = datetime(2020, 5, 4, 9, 0, tzinfo=UTC)
LAST = date(2099, 3, 31)
WHY = {"reason": "It is needed"}


def held(world):
    """Evidence of the council that waits to be checked; no file, so that nothing is written to the disk."""
    return HeldStandard.objects.create(
        organisation=world.cast.council, kind=world.asked_kind, title="Register of checks", expires_on=LAST,
        sent_at=AT, sent_by=world.cast.maidstone_lead,
    )  # fmt: skip


def waiver(world):
    return StandardWaiver.objects.create(
        organisation=world.cast.council, kind=world.asked_kind, reason="New trustees", starts_on=date(2020, 5, 4),
        ends_on=LAST, given_at=AT, given_by=world.cast.officer,
    )  # fmt: skip


def to_issue(world):
    """A version with a condition that nobody has issued."""
    made = TermsVersion.objects.create(key="terms-to-issue", title="Terms to issue", version="1")
    TermsCondition.objects.create(terms=made, number="1", order=1, text="Spend well.")
    return made


def issued(world):
    made = TermsVersion.objects.create(key="terms-issued", title="Issued terms", version="1")
    TermsCondition.objects.create(terms=made, number="1", order=1, text="Spend well.")
    TermsVersion.objects.filter(pk=made.pk).update(frozen_at=AT)
    made.refresh_from_db()
    return made


def change(world):
    """New terms put to an award of its own."""
    award = make.live_award(make.world(world.cast, world.plan))
    return standards.put(award, world.issued_terms, by=world.cast.officer, answer_by=LAST)


WORLD = {
    "asked_kind": lambda world: StandardKind.objects.create(key="door-dbs", name="DBS checks of the doors"),
    "sent_evidence": held,
    "running_waiver": waiver,
    "terms_to_issue": to_issue,
    "issued_terms": issued,
    "put_terms": change,
}


def council(world, **more):
    return {"key": world.cast.council.key, **more}


def of_kind(world):
    return council(world, kind=world.asked_kind.key)


def of_held(world):
    return council(world, pk=world.sent_evidence.pk)


def of_key(name):
    return lambda world: {"key": getattr(world, name).key}


def put(world):
    return {"reference": world.put_terms.award.reference, "number": world.put_terms.number}


def evidence(world):
    return {
        "title": "Register", "expires_on": "2099-03-31",
        "uploads": SimpleUploadedFile("dbs.csv", b"name,checked\nA,yes\n", "text/csv"),
    }  # fmt: skip


def today(world):
    return timezone.localdate().isoformat()


SEES = "page: office contributor lead certifier signatory; 404: *"
SENDERS = "{}: officers contributor lead; 404: stranger provider; 403: *"
OFFICERS = "{}: officers; 403: *"


def both(name, of, answers, data, **more):
    return (
        door(name, of, answers.format("page"), **more),
        door(name, of, answers.format("moved"), method="POST", data=data, **more),
    )


DOORS = [
    door("grants:standard_list", "", "page: office maidstone stranger; moved: provider"),
    door(
        "grants:standard_list",
        "",
        "page: office maidstone stranger; moved: provider",
        query="state=MISSING",
        note="filtered",
    ),
    door("grants:standard_show", council, SEES),
    *both("plans:standard_send", of_kind, SENDERS, evidence),
    door("plans:standard_held", of_held, SEES),
    *both("plans:standard_check", of_held, OFFICERS, {"choice": "accept", "answer": "Seen"}),
    *both("plans:standard_withdraw", of_held, SENDERS, WHY),
    *both(
        "plans:standard_waive",
        lambda world: {"key": world.cast.provider.key, "kind": world.asked_kind.key},
        OFFICERS,
        lambda world: {"starts_on": today(world), "ends_on": "2099-03-31", **WHY},
    ),
    *both("plans:waiver_end", lambda world: council(world, pk=world.running_waiver.pk), OFFICERS, WHY),
    *both(
        "plans:diligence_new",
        council,
        "{}: officers finance; 403: *",
        lambda world: {"on": today(world), "looked_at": "Accounts", "found": "Sound"},
    ),
    *both(
        "plans:payee_verify",
        council,
        "{}: finance; 403: *",
        lambda world: {"on": today(world), "how": "A call to a number known before"},
    ),
    door("plans:standard_kinds", "", "page: officers; 403: *"),
    *both("plans:standard_kind_new", "", OFFICERS, {"name": "Insurance", "order": "1", **WHY}),
    *both(
        "plans:standard_kind_edit",
        lambda world: {"kind": world.asked_kind.key},
        OFFICERS,
        {"name": "Checks", "order": "1", **WHY},
    ),
    door("plans:terms_compare", of_key("issued_terms"), "page: *"),
    *both("plans:terms_issue", of_key("terms_to_issue"), OFFICERS, WHY),
    door("plans:terms_issue", of_key("issued_terms"), "sentence: officers; 403: *", note="issued"),
    *both("plans:terms_follow", of_key("issued_terms"), OFFICERS, {"version": "2", **WHY}),
    door("grants:terms_put", of_key("issued_terms"), "page: officers; 403: *"),
    door("grants:terms_put", of_key("terms_to_issue"), "sentence: officers; 403: *", note="not issued"),
    door(
        "grants:terms_put",
        of_key("issued_terms"),
        "page: officers; 403: *",
        method="POST",
        data={"reason": "R", "answer_by": "2099-03-31"},
        note="no award chosen",
    ),
    door("grants:terms_change_show", put, SEES),
    *both(
        "grants:terms_change_answer",
        put,
        "{}: signatory; 403: *",
        {"choice": "accept", "position": "Head"},
    ),
    *both("grants:terms_change_withdraw", put, OFFICERS, WHY),
]
