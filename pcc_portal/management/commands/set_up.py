"""Several commands in one process: starting Python anew for each costs more than their work."""

import hashlib
import os
import time
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

STEPS: dict[str, list[tuple[str, list[str]]]] = {
    "tables": [
        ("Bringing the tables up to date", ["migrate", "--noinput", "-v0"]),
        ("Giving the application its rights", ["grant_app_role", "-v0"]),
    ],
    "contents": [
        ("Collecting the static files", ["collectstatic", "--noinput", "-v0"]),
        ("Loading the commissioning plan", ["load_plan", "pcc_portal/plan_files/kent-2020-21.yaml"]),
        ("Loading the example activity", ["load_plan", "pcc_portal/plan_files/example-activity.yaml"]),
        ("Making the example people", ["demo_accounts", "-v0"]),
    ],
}


class Command(BaseCommand):
    """What `./run demo` does before it serves: first the tables as their owner, then the contents."""

    help = "Prepares the demonstration: its tables (run as their owner) or its contents."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which half, and when the launcher began."""
        parser.add_argument("half", choices=STEPS)
        parser.add_argument("--since", type=float, default=time.monotonic(), help="the monotonic clock at the start")

    def handle(self, *, half: str, since: float, **options: object) -> None:
        """Run the steps in order, one line of progress each."""
        for words, command in STEPS[half]:
            if command[0] == "collectstatic" and not static_files_changed():
                continue
            print(f"[{time.monotonic() - since:6.1f} s] {words}", flush=True)
            call_command(*command)
        if half == "contents":
            fingerprint_file().write_text(fingerprint())


def static_files_changed() -> bool:
    """Whether collecting (and compressing) the static files again would bring anything new."""
    last = fingerprint_file()
    return not last.exists() or last.read_text() != fingerprint()


def fingerprint_file() -> Path:
    """Where the last collection left its mark: beside the files, not among them."""
    return settings.STATIC_ROOT.parent / f"{settings.STATIC_ROOT.name}.fingerprint"


def fingerprint() -> str:
    """The names, sizes and times of every static file as one short text."""
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = os.stat(storage.path(name))
            found.update(f"{storage.path(name)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()
