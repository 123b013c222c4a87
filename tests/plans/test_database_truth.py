"""A template in use cannot be changed, not even in SQL as the application's own role (X5, X6)."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from plans.enums import TEMPLATE_MOVES, TemplateStatus
from plans.models import Indicator, ReturnTemplate, TemplateCheck, TemplateSection, TemplateVersion

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A template with one version of each status, in a transaction that never commits."""
    with django_db_blocker.unblock(), transaction.atomic():
        template = ReturnTemplate.objects.create(key="short", name="Short return")
        yield {
            status: a_version(template, number, steps)
            for number, (status, steps) in enumerate([("REPLACED", 2), ("IN_USE", 1), ("DRAFT", 0)], start=1)
        }
        transaction.set_rollback(True)


def a_version(template, number, steps):
    """A version with a row of everything, moved on so many steps."""
    version = TemplateVersion.objects.create(template=template, number=number, guidance="Numbers only.")
    section = TemplateSection.objects.create(version=version, number=1, key="people", title="People")
    indicator = Indicator.objects.create(section=section, number=1, key="reached", label="Reached", kind="COUNT")
    check = TemplateCheck.objects.create(version=version, number=1, kind="SUM_IS", left=["a"], right="reached")
    for status in ["IN_USE", "REPLACED"][:steps]:
        TemplateVersion.objects.filter(pk=version.pk).update(status=status, put_to_use_at=version.put_to_use_at or NOW)
        version.refresh_from_db()
    return SimpleNamespace(version=version.pk, section=section.pk, indicator=indicator.pk, check=check.pk)


NOW = timezone.now()


@pytest.fixture
def _django_db_helper(made):
    """The rows of the module stand in a transaction of their own, so no test opens another."""


def refused(statement, *given):
    """The database's own sentence when it refuses the application's role; empty when it lets the statement pass."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.APP_DATABASE_ROLE)}")
            cursor.execute(statement, given)
            rows = cursor.rowcount
            cursor.execute("RESET ROLE")
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(error).splitlines()[0]
    assert rows, "the statement met no row"
    return ""


CHANGES = [
    ("UPDATE plans_templatesection SET title = 'x' WHERE id = %s", "section"),
    ("DELETE FROM plans_templatecheck WHERE id = %s", "check"),
    ("UPDATE plans_templatecheck SET only_warns = NOT only_warns WHERE id = %s", "check"),
    ("UPDATE plans_indicator SET label = 'x' WHERE id = %s", "indicator"),
    ("UPDATE plans_indicator SET help = 'x', warns_on_jump = false WHERE id = %s", "indicator"),
    ("DELETE FROM plans_indicator WHERE id = %s", "indicator"),
    ("UPDATE plans_templateversion SET guidance = 'x' WHERE id = %s", "version"),
    ("UPDATE plans_templateversion SET why = 'x' WHERE id = %s", "version"),
    (
        """INSERT INTO plans_templatesection (version_id, number, key, part, title, guidance)
        VALUES (%s, 9, 'more', 'FILES', 'Files', '')""",
        "version",
    ),
    (
        """INSERT INTO plans_templatecheck (version_id, number, kind, "left", "right", only_warns)
        VALUES (%s, 9, 'SUM_IS', ARRAY['reached'], 'reached', true)""",
        "version",
    ),
    (
        """INSERT INTO plans_indicator (section_id, number, key, label, help, kind, unit, categories, required,
        required_if, longest, fewer_is_better, warns_on_jump)
        VALUES (%s, 9, 'more', 'More', '', 'COUNT', '', '{}', 'NEVER', '', 2000, false, true)""",
        "section",
    ),
]


@pytest.mark.parametrize(("statement", "row"), CHANGES)
@pytest.mark.parametrize("status", ["IN_USE", "REPLACED"])
def test_a_version_in_use_is_frozen(made, status, statement, row):
    number = {"REPLACED": 1, "IN_USE": 2}[status]

    assert refused(statement, getattr(made[status], row)) == f"version {number} of the return template is frozen"


@pytest.mark.parametrize(("statement", "row"), CHANGES)
def test_a_draft_changes(made, statement, row):
    assert refused(statement, getattr(made["DRAFT"], row)) == ""


@pytest.mark.parametrize(
    ("statement", "moved", "to"),
    [
        ("UPDATE plans_templatesection SET version_id = %s WHERE id = %s", "section", "version"),
        ("UPDATE plans_templatecheck SET version_id = %s WHERE id = %s", "check", "version"),
        ("UPDATE plans_indicator SET section_id = %s WHERE id = %s", "indicator", "section"),
    ],
)
def test_nothing_is_smuggled_into_a_version_in_use_or_out_of_it(made, statement, moved, to):
    draft, in_use = made["DRAFT"], made["IN_USE"]

    assert refused(statement, getattr(in_use, to), getattr(draft, moved)) == FROZEN
    assert refused(statement, getattr(draft, to), getattr(in_use, moved)) == FROZEN


FROZEN = "version 2 of the return template is frozen"


@pytest.mark.parametrize("was", list(TemplateStatus))
def test_status_moves_only_as_the_table_says(made, was):
    move = "UPDATE plans_templateversion SET status = %s, put_to_use_at = coalesce(put_to_use_at, now()) WHERE id = %s"
    make_room = "UPDATE plans_templateversion SET status = 'REPLACED' WHERE id = %s"
    allowed = set()
    for to in set(TemplateStatus) - {was}:
        with transaction.atomic():
            if was == "DRAFT":  # one version at most is in use
                with connection.cursor() as cursor:
                    cursor.execute(make_room, [made["IN_USE"].version])
            if not refused(move, to, made[was].version):
                allowed.add(to)
            transaction.set_rollback(True)

    assert allowed == TEMPLATE_MOVES[was]


@pytest.mark.parametrize(
    ("statement", "status", "sentence"),
    [
        ("UPDATE plans_templateversion SET number = 9 WHERE id = %s", "DRAFT", "keeps its template and number"),
        (
            "UPDATE plans_templateversion SET put_to_use_at = now() WHERE id = %s",
            "DRAFT",
            "says since when it is in use",
        ),
    ],
)
def test_a_version_says_what_it_is(made, statement, status, sentence):
    assert refused(statement, made[status].version) == f"version 3 of the return template {sentence}"


def test_a_version_in_use_is_never_deleted(made):
    assert refused("DELETE FROM plans_templateversion WHERE id = %s", made["IN_USE"].version) == FROZEN


def test_a_version_starts_as_a_draft(made):
    assert (
        refused(
            """INSERT INTO plans_templateversion (template_id, number, status, guidance, why, put_to_use_at)
            SELECT template_id, 9, 'REPLACED', '', '', now() FROM plans_templateversion WHERE id = %s""",
            made["IN_USE"].version,
        )
        == "a version of a return template starts as a draft"
    )
