"""Calling `./run` from tests, in the project or in a folder of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.setup.compose import ROOT


def run(*words: str, root: Path = ROOT, **more: str) -> subprocess.CompletedProcess:
    """One command, without the addresses of the database these tests use."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "PCC_", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, str(root / "run"), *words],
        env={**env, **more},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        cwd="/",
    )


@contextmanager
def launcher(folder: Path) -> Iterator[Callable[..., subprocess.CompletedProcess]]:
    """The launcher in an empty folder, with our packages but its own database; stopped at the end."""
    for name in ("run", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    try:
        yield partial(run, root=folder)
    finally:
        run("db", "stop", root=folder)
        place = folder / "var" / "pg" / "place"
        if place.exists() and folder not in Path(place.read_text()).parents:
            shutil.rmtree(place.read_text(), ignore_errors=True)
