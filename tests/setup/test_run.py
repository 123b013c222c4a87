"""`./run` itself: plain sentences, no traceback, and a PostgreSQL that can be started by many at once."""

import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.setup.launcher import launcher, run


def test_run_without_a_command_explains_itself():
    done = run()

    assert done.returncode == 2
    assert "./run demo [--port N] [--fresh]" in done.stdout


def test_run_demo_with_a_port_in_use_says_so():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = run("demo", "--port", str(port))

    assert done.returncode == 1
    assert done.stderr == (
        f"run: Port {port} is already in use. Stop what uses it, or choose another: ./run demo --port {port + 1}\n"
    )


def test_run_demo_fresh_never_empties_a_database_of_yours():
    done = run("demo", "--fresh", DATABASE_URL="postgres://someone@nowhere.invalid/precious")

    assert done.returncode == 1
    assert "empty it yourself" in done.stderr


@pytest.fixture
def clone(tmp_path):
    """The launcher in an empty folder, with our packages but no database yet."""
    with launcher(tmp_path):
        yield tmp_path


@pytest.mark.slow
def test_run_db_is_started_once_by_many(clone):
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: run("db", root=clone), range(4)))

    assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * 4
    assert len({one.stdout for one in done}) == 1
    assert "DATABASE_URL=postgres://pcc_app@/pcc?host=" in done[0].stdout

    address = done[0].stdout.splitlines()[0].partition("=")[2]
    asked = subprocess.run(
        [sys.executable, "-c", ASK], env={**os.environ, "ADDRESS": address}, capture_output=True, text=True, check=True
    )
    assert asked.stdout.split() == ["builtin", "C.UTF-8", "UTF8", "False", "False"]

    stopped = run("db", "stop", root=clone)
    assert stopped.returncode == 0
    assert not (clone / "var/pg/stay").exists()


ASK = """
import os, environ, psycopg2
given = environ.Env().db_url("ADDRESS")
with psycopg2.connect(dbname=given["NAME"], user=given["USER"], host=given["OPTIONS"]["host"]) as open:
    with open.cursor() as cursor:
        cursor.execute(
            "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding), rolsuper, rolcreatedb"
            " FROM pg_database, pg_roles WHERE datname = current_database() AND rolname = current_user"
        )
        provider, *rest = cursor.fetchone()
        print({"b": "builtin"}.get(provider, provider), *rest)
"""


@pytest.mark.slow
def test_run_manage_leaves_nothing_behind_when_the_database_was_not_running(clone):
    first = run("db", root=clone)
    socket_folder = Path(first.stdout.splitlines()[0].partition("host=")[2])

    assert (socket_folder / ".s.PGSQL.5432").exists()
    assert socket_folder.stat().st_mode & 0o777 == 0o700
    run("db", "stop", root=clone)
    assert not (socket_folder / ".s.PGSQL.5432").exists()


TWICE = """
import importlib.machinery, importlib.util
loader = importlib.machinery.SourceFileLoader("launcher", "./run")
run = importlib.util.module_from_spec(importlib.util.spec_from_loader("launcher", loader))
loader.exec_module(run)
for _ in range(2):
    with run.database() as server:
        print(server.answers())
"""


@pytest.mark.slow
def test_run_brings_the_database_up_again_for_the_second_part_of_a_command(clone):
    (clone / "var").mkdir()
    env = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "PCC_", "PYTEST_"))}

    done = subprocess.run([sys.executable, "-c", TWICE], cwd=clone, env=env, capture_output=True, text=True)

    assert (done.stdout.split(), done.stderr) == (["True", "True"], "")
