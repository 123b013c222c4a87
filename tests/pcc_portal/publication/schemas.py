"""The official schemas, and a package as those who download it read it."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from jsonschema import Draft4Validator

from pcc_portal.publication import ocds

SCHEMAS = Path(__file__).parents[2] / "data" / "ocds"
NAMES = ["release-schema-1.1.4.json", "release-schema-1.1.5-dereferenced.json"]
ON = date(2021, 6, 1)
AT = datetime(2021, 6, 1, 8, 30, tzinfo=UTC)
URI = "https://portal.example.org/contracts/open-contracting.json"


@cache
def validator(name):
    return Draft4Validator(json.loads((SCHEMAS / name).read_text()), format_checker=Draft4Validator.FORMAT_CHECKER)


def published(contracts, *, on=ON):
    """The package as anybody reads it: parsed from the text that is downloaded."""
    package = ocds.package(contracts, uri=URI, on=on, at=AT)
    return json.loads(ocds.as_json(package), parse_float=Decimal)


def faults(release):
    return [
        f"{name}: {error.json_path} {error.message}" for name in NAMES for error in validator(name).iter_errors(release)
    ]
