"""What is shipped is what was looked at: hashes, licences, no crown, no face of the government's own."""

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
FOLDERS = [
    STATIC / "vendor" / "govuk-frontend-6.6.0",
    STATIC / "fonts",
    Path(__file__).parent.parent / "data" / "govuk-frontend-fixtures",
]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_hashes_and_licence_stand_beside_the_files(folder):
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        told, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == told, name
    assert list(folder.glob("LICENCE*")) and (folder / "VERSION").exists()


def test_nothing_of_gov_uk_s_own_branding_is_shipped():
    css = (FOLDERS[0] / "govuk-frontend.min.css").read_text()

    for word in ("GDS Transport", "govuk-crest", "sourceMappingURL", "/assets/"):
        assert word not in css
    assert "sourceMappingURL" not in (FOLDERS[0] / "govuk-frontend.min.js").read_text()
    pages = "".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    assert "govuk-header" not in pages and "crown" not in pages.lower()


def test_every_address_in_our_style_sheet_exists():
    sheet = STATIC / "css" / "portal.css"
    for address in re.findall(r'url\("([^"]+)"\)', sheet.read_text()):
        assert (sheet.parent / address).resolve().exists(), address


def test_no_page_carries_inline_style_or_script():
    for path in TEMPLATES.rglob("*.html"):
        if path.name.startswith("paper") or {"papers", "letters"} & set(path.parts):  # WeasyPrint, and frozen papers
            continue
        assert not re.search(r"\sstyle=\"|\son(click|change|submit|load)=|<style", path.read_text()), path
