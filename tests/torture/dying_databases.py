"""Databases that die: their sessions cut, or a server of our own killed and brought up again."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.db import connection

PATIENCE = 90


def wait_until(condition, what, patience=PATIENCE):
    """Wait for something, not for a time."""
    until = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < until, f"waited {patience} s for {what}"
        time.sleep(0.02)


def port_answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class SessionsCut:
    """The least a database that dies does to others: every session is cut at once."""

    def kill(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )


class PrivateServer:
    """A PostgreSQL of our own, started by the launcher in `folder`: SIGKILL to all its processes, then up again."""

    def __init__(self, folder):
        self.folder = folder

    def kill(self):
        """Kill the server with everything it is doing, and start it again: it recovers from its log."""
        pg = self.folder / "var" / "pg"
        base = Path((pg / "place").read_text())
        data = next(place for place in (base / "data", pg / "data") if (place / "postmaster.pid").exists())
        postmaster = int((data / "postmaster.pid").read_text().split()[0])
        children = [
            int(stat.parent.name) for stat in Path("/proc").glob("[0-9]*/stat") if _parent_of(stat) == postmaster
        ]
        for pid in (postmaster, *children):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        connection.close()
        wait_until(lambda: not Path(f"/proc/{postmaster}").exists(), "the database to be dead")
        env = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE")}
        subprocess.run([sys.executable, str(self.folder / "run"), "db"], check=True, capture_output=True, env=env)


def _parent_of(stat):
    """The parent of a process by its line in /proc; 0 where it has just gone."""
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0
