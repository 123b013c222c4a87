"""Reading docker-compose.yml the way Compose does, as far as the tests need it."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def services() -> dict[str, dict]:
    """The services as written."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def environment(service: dict, given: dict[str, str]) -> dict[str, str]:
    """A service's environment with the variables of .env filled in."""

    def fill(match: re.Match) -> str:
        name, sign, rest = match.groups()
        if sign == "?" and not given.get(name):
            raise KeyError(name)
        return given.get(name) or (rest if sign == "-" else "")

    return {name: VARIABLE.sub(fill, str(value)) for name, value in service.get("environment", {}).items()}
