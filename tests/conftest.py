"""What every test may lean on: the application's database role, a browser, plain reasons for skipping."""

import contextlib
import gc
import io
import os
import re
import shutil
from collections.abc import Iterator

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

CHROMIUM = os.environ.get("PCC_CHROMIUM") or next(
    (path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), ""
)
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TORTURE_AT_FULL_STRENGTH = os.environ.get("PCC_TORTURE") == "full"
# Marks of what only `./run torture` does, where `./run test` has the same in small beside it.
FULL_STRENGTH_ALONE = (
    pytest.mark.torture,
    pytest.mark.skipif(not TORTURE_AT_FULL_STRENGTH, reason="runs with ./run torture"),
)


def full_strength_alone(test):
    """Leave a whole test to `./run torture`: it starts programs or browsers for most of a minute."""
    for mark in FULL_STRENGTH_ALONE:
        test = mark(test)
    return test


def why_no_pango() -> str:
    """Why PDF cannot be written here; empty when it can."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints advice before it fails
            import weasyprint  # noqa: F401 (slow to import)
    except OSError:
        return "no Pango found: install libpangoft2-1.0-0 and libharfbuzz-subset0"
    return ""


def why_no_browser() -> str:
    """Why the browser tests cannot run here; empty when they can."""
    if not CHROMIUM:
        return "no Chromium found: install the package chromium"
    try:
        import playwright.sync_api  # noqa: F401 (a development package)
    except ImportError:
        return "Playwright is not installed: use ./run test"
    return ""


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Leave addresses out of the tests' names: processes running side by side must call each test the same."""
    for mark in metafunc.definition.iter_markers("parametrize"):
        if callable(ids := mark.kwargs.get("ids")):
            mark.kwargs["ids"] = lambda value, ids=ids: without_address(ids(value))


def without_address(name: object) -> object:
    """A name as given, but for the address in the text of a function or object."""
    return re.sub(r" at 0x[0-9a-f]+", "", name) if isinstance(name, str) else name


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, what this machine cannot do; put the rest in the order of `turn`."""
    for mark, reason in (("browser", why_no_browser), ("pdf", why_no_pango)):
        marked = [item for item in items if item.get_closest_marker(mark)]
        why = reason() if marked else ""
        for item in marked if why else []:
            item.add_marker(pytest.mark.skip(reason=why))
    items.sort(key=turn)


def turn(item: pytest.Item) -> int:
    """Long tests first, so that no process is left alone with one; then those that empty the tables, long ones first.

    Whoever empties the tables takes away what the migrations wrote, which every later test has to write again.
    """
    marker = item.get_closest_marker("django_db")
    empties = {"transactional_db", "live_server"} & set(item.fixturenames) or (
        marker and marker.kwargs.get("transaction")
    )
    long = item.get_closest_marker("long") is not None
    return (2 if long else 3) if empties else (0 if long else 1)


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what was imported and collected, and come by less often.

    Hundreds of thousands of objects live through the whole run; walking through them took a fifth of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    """Make the application's role if it is absent and give it its rights, so that tests can become it."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        role = settings.APP_DATABASE_ROLE
        cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s), current_user", [role])
        exists, owner = cursor.fetchone()
        if not exists:
            cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
            if cursor.fetchone()[0]:
                name = connection.ops.quote_name(role)
                cursor.execute(f"CREATE ROLE {name} LOGIN; GRANT {name} TO {connection.ops.quote_name(owner)}")
        call_command("grant_app_role", verbosity=0)


@pytest.fixture
def as_app_role(db: None) -> Iterator[object]:
    """A cursor that is the application's own role until the test ends; skips where that role cannot be had."""
    from django.conf import settings
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND pg_has_role(current_user, rolname, 'SET'))",
            [settings.APP_DATABASE_ROLE],
        )
        if not cursor.fetchone()[0]:
            pytest.skip(f"the database role {settings.APP_DATABASE_ROLE} cannot be assumed here")
        cursor.execute(f"SET ROLE {connection.ops.quote_name(settings.APP_DATABASE_ROLE)}")
        yield cursor
        if not connection.needs_rollback:
            cursor.execute("RESET ROLE")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """One headless Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def mail_stays_here(settings) -> None:
    """Every test begins with mail kept in memory, whatever the test before it chose."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
