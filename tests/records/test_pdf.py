"""PDF: tagged, fonts inside, and nothing fetched from anywhere but our own folder."""

import builtins
import hashlib
import io

import pypdf
import pytest
from django.core.cache import cache

from records import pdf

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Award letter</title>
<style>@font-face{{font-family:L;src:url("/static/fonts/source-sans-3-latin-400-normal.woff2")}}body{{font-family:L}}</style>
</head><body><h1>Award letter</h1><p>Words</p>{more}</body></html>"""


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "data:image/png;base64,AAAA",
        "https://paper.invalid/static/../settings.py",
        "https://paper.invalid/static/%2e%2e/pcc_portal/settings.py",
        "https://paper.invalid/static/fonts/../../../etc/passwd",
        "https://paper.invalid/static/js/portal.js",
        "https://paper.invalid/static/css/portal.css",
        "https://paper.invalid/documents/1/",
        "https://paper.invalid.example.org/static/fonts/source-sans-3-latin-400-normal.woff2",
        "https://user@paper.invalid/static/fonts/source-sans-3-latin-400-normal.woff2",
        "//example.org/x.png",
        "ftp://example.org/x",
        "https://paper.invalid/static/fonts/source\\sans.woff2",
        "https://paper.invalid/static/nothing.woff2",
    ],
)
def test_packaged_refuses_everything_that_is_not_ours(url):
    with pytest.raises(ValueError, match="may not fetch"):
        pdf.packaged(url)


def test_packaged_finds_our_font():
    found = pdf.packaged("https://paper.invalid/static/fonts/source-sans-3-latin-400-normal.woff2")

    assert found.name == "source-sans-3-latin-400-normal.woff2"


@pytest.mark.pdf
def test_render_writes_a_tagged_pdf_with_our_font():
    content = pdf.render(PAGE.format(more=""))

    reader = pypdf.PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert reader.metadata.title == "Award letter"
    assert reader.pages[0].extract_text().split("\n")[0] == "Award letter"
    fonts = [font.get_object()["/BaseFont"] for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert [name for name in fonts if "Source" in name or name.endswith("L")]
    assert b"pdfuaid" in content or "/Metadata" in root


@pytest.mark.pdf
def test_render_leaves_out_what_it_may_not_fetch(tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"top secret")

    more = (
        f'<img src="{secret.as_uri()}" alt="a"><img src="http://127.0.0.1:9/a.png" alt="b">'
        f'<link rel="attachment" href="{secret.as_uri()}"><style>@import url("http://127.0.0.1:9/a.css");</style>'
        f'<object data="{secret.as_uri()}"></object>'
    )
    content = pdf.render(PAGE.format(more=more))

    assert b"top secret" not in content
    assert "/EmbeddedFiles" not in str(pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"].get("/Names", ""))


def test_render_without_pango_is_none(monkeypatch, caplog):
    real = builtins.__import__

    def without_pango(name, *args, **kwargs):
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpangoft2-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_pango)

    assert pdf.render(PAGE.format(more="")) is None
    assert "libpangoft2-1.0-0 and libharfbuzz-subset0" in caplog.text


@pytest.mark.pdf
def test_render_once_keeps_what_it_drew_for_an_hour():
    html = PAGE.format(more="<p>once</p>")
    first = pdf.render_once(html)
    [kept] = [key for key in (f"pdf-{hashlib.sha256(html.encode()).hexdigest()}",) if cache.get(key) == first]

    cache.set(kept, b"as it was kept", 60)

    assert first.startswith(b"%PDF")
    assert pdf.render_once(html) == b"as it was kept"
