"""Standards: kinds, what rules ask, evidence sent and checked, waivers, terms put to awards; by the real actions."""

from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from grants.actions import terms_changes
from plans.actions import standards as actions
from plans.actions import terms as terms_actions
from plans.models import RequiredStandard, StandardKind, TermsVersion

from . import frozen

SENT_AT = datetime(2020, 3, 2, 9, 0, tzinfo=UTC)
CHECKED_AT = datetime(2020, 3, 3, 9, 0, tzinfo=UTC)
PUT_AT = datetime(2020, 5, 4, 9, 0, tzinfo=UTC)
ENDS_ON = date(2021, 3, 31)


def kind(key="dbs", name="DBS checks", **fields):
    """A kind of standard, made once per key."""
    return StandardKind.objects.get_or_create(key=key, defaults={"name": name, **fields})[0]


def ask(rule_set, *, of=None, holds="FIRST", for_kinds=()):
    """Let a rule set ask for a standard, past its freezing."""
    frozen.thaw(rule_set)
    of = of or kind()
    return RequiredStandard.objects.create(rule_set=rule_set, kind=of, holds=holds, for_kinds=list(for_kinds))


def file(name="dbs.csv"):
    return SimpleUploadedFile(name, b"name,checked\nA,yes\n", "text/csv")


def sent(organisation, of=None, *, by, at=SENT_AT, expires_on=ENDS_ON, starts_on=None, title="Register of checks"):
    """Evidence that waits to be checked, without touching the disk twice: one small file."""
    return actions.send_standard(
        organisation=organisation, kind=of or kind(), title=title, starts_on=starts_on, expires_on=expires_on,
        uploads=[file()], by=by, at=at,
    )  # fmt: skip


def held(organisation, of=None, *, sender, checker, at=SENT_AT, expires_on=ENDS_ON, **more):
    """Evidence sent by one person and accepted by another."""
    row = sent(organisation, of, by=sender, at=at, expires_on=expires_on, **more)
    return actions.accept_standard(held=row, answer="Seen", by=checker, at=at)


def waived(organisation, of=None, *, by, at=CHECKED_AT, starts_on=date(2020, 3, 3), ends_on=date(2020, 6, 30), **more):
    return actions.waive_standard(
        organisation=organisation, kind=of or kind(), reason="New trustees", starts_on=starts_on, ends_on=ends_on,
        by=by, at=at, **more,
    )  # fmt: skip


def next_terms(terms, *, by, version="2", at=PUT_AT, text="Spend only as approved, and keep receipts."):
    """The issued version that follows terms, its first condition changed."""
    copy = terms_actions.follow_terms(terms=terms, version=version, reason="Receipts", by=by, at=at)
    copy.conditions.filter(number="1").update(text=text)
    terms_actions.issue_terms(terms=copy, reason="Agreed", by=by, at=at)
    return TermsVersion.objects.get(pk=copy.pk)


def put(award, terms, *, by, at=PUT_AT, answer_by=date(2020, 6, 2)):
    """A version put to a live award."""
    return terms_changes.propose_terms(
        award=award, terms=terms, reason="Auditors asked for receipts", answer_by=answer_by, by=by, at=at
    )
