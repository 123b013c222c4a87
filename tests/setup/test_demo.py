"""The whole demonstration, from a copy of the project in a private folder: serves, keeps, forgets, leaves nothing."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.conftest import full_strength_alone
from tests.setup.compose import ROOT
from tests.setup.launcher import run
from tests.setup.test_production_commands import connected, free_port, wait_for

NOT_COPIED = shutil.ignore_patterns(".git", ".venv", ".cache", "var", "__pycache__", ".mypy_cache", ".ruff_cache")
PLACES = ("DATABASE_", "PCC_", "PYTEST_", "SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "SECOND_FACTOR")


@contextmanager
def demonstration(folder: Path, port: int, *options: str, end: int = signal.SIGINT, until: str = "Ready:"):
    """A running demonstration, told to stop at the end; gives what it printed until it said that word."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(PLACES)}
    log = folder.parent / "demo.log"
    with open(log, "w") as out:
        command = [sys.executable, str(folder / "run"), "demo", "--port", str(port), *options]
        process = subprocess.Popen(command, env=env, cwd="/", stdout=out, stderr=out, start_new_session=True)
    try:
        wait_for(
            "the demonstration",
            lambda: process.poll() is not None or until in log.read_text(),
            log,
            seconds=240,
        )
        assert process.poll() is None, log.read_text()[-4000:]
        yield log
        process.send_signal(end)
        assert process.wait(60) == 130, log.read_text()[-4000:]
        assert log.read_text().rstrip().endswith("Stopped")
        assert left_behind(folder) == []
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)


def left_behind(folder: Path) -> list[str]:
    """The command lines of processes that still belong to this copy."""
    ours = {str(folder), (folder / "var/pg/place").read_text()}
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if any(place in words or os.readlink(entry / "cwd").startswith(place) for place in ours):
                found.append(words)
    return found


class Visitor:
    """Someone with a browser that keeps its cookies."""

    def __init__(self, port: int):
        self.address = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> tuple[str, str]:
        """The path we end up at, and the page there."""
        with self.opener.open(self.address + path, timeout=20) as answer:
            return answer.url.removeprefix(self.address), answer.read().decode()

    def sign_in(self, email: str, password: str) -> tuple[str, str]:
        """Fill in the sign-in page."""
        _, page = self.get("/account/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        filled = urlencode({"csrfmiddlewaretoken": token, "login": email, "password": password}).encode()
        with self.opener.open(self.address + "/account/login/", filled, timeout=20) as answer:
            return answer.url.removeprefix(self.address), answer.read().decode()


@pytest.fixture
def copy(tmp_path):
    """The project's files, with our packages, in a folder whose parent nobody else may enter."""
    tmp_path.chmod(0o700)
    folder = tmp_path / "portal"
    shutil.copytree(ROOT, folder, ignore=NOT_COPIED)
    (folder / ".venv").symlink_to(sys.prefix)
    yield folder
    place = folder / "var" / "pg" / "place"
    if place.exists() and folder not in Path(place.read_text()).parents:
        shutil.rmtree(place.read_text(), ignore_errors=True)


@full_strength_alone
@pytest.mark.slow
@pytest.mark.long
def test_demo_serves_every_role_keeps_its_data_and_forgets_when_asked(copy):
    port = free_port()
    first = Visitor(port)

    with demonstration(copy, port) as log:
        people = json.loads((copy / "var/demo-accounts.json").read_text())
        assert {"email", "password", "role", "organisation"} == set(people[0])
        for person in {person["role"]: person for person in people}.values():
            path, _ = Visitor(port).sign_in(person["email"], person["password"])
            assert not path.startswith("/account/"), person["role"]
            assert person["email"] in log.read_text()
        first.sign_in(people[0]["email"], people[0]["password"])
        assert oct((copy / "var/secret_key").stat().st_mode & 0o777) == "0o600"

    with demonstration(copy, port, end=signal.SIGTERM):
        path, _ = first.get("/")
        assert not path.startswith("/account/login/")  # still signed in: the database was kept

    kept = [copy / "var" / name for name in ("demo-accounts.json", "static", "static.fingerprint", "files", "mail")]
    for folder in kept[-2:]:
        folder.mkdir(exist_ok=True)
    assert [path for path in kept if not path.exists()] == []
    assert count_of(copy, "accounts_user") >= len(people)
    with demonstration(copy, port, "--fresh", until="Bringing the tables up to date"):
        pass  # from here on it is a first start, as above; and it may be stopped in the middle of that
    assert [path for path in kept if path.exists()] == []
    assert count_of(copy, "accounts_user") == 0


def count_of(folder: Path, table: str) -> int:
    """How many rows the copy's database holds in a table; none where there is no such table."""
    with database_of(folder) as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@contextmanager
def database_of(folder: Path):
    """A cursor in the copy's database, started for this and stopped after it."""
    started = run("db", root=folder)
    assert started.returncode == 0, started.stderr
    try:
        with connected(started.stdout.splitlines()[1].partition("=")[2]) as cursor:
            yield cursor
    finally:
        run("db", "stop", root=folder)


@pytest.mark.slow
def test_demo_runs_once_at_a_time_in_a_folder(copy):
    import fcntl

    (copy / "var").mkdir(mode=0o711)
    with open(copy / "var/demo.lock", "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = subprocess.run(
            [sys.executable, str(copy / "run"), "demo", "--port", str(free_port())], capture_output=True, text=True
        )

    assert done.returncode == 1
    assert done.stderr == "run: The demonstration already runs from this folder; stop that one first.\n"
