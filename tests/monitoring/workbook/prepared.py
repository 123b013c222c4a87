"""A return that asks for every kind of answer, made once; what is read of it afterwards needs no database."""

import io
import json
from decimal import Decimal
from types import SimpleNamespace

import openpyxl

from monitoring.enums import ReturnSection
from monitoring.models import IndicatorValue, MonitoringReturn
from monitoring.queries import parts_of, sheets_of
from monitoring.workbook import child, outside, read
from monitoring.workbook.write import workbook_of
from plans.enums import ReturnPart
from plans.models import ReturnTemplate
from tests.make import accounts, monitoring, plans

KINDS = [
    {"key": "people", "label": "People supported", "kind": "COUNT", "unit": "people", "help": "Count each once."},
    {"key": "hours", "label": "Hours of support", "kind": "NUMBER", "unit": "hours", "target": Decimal("120.50")},
    {"key": "other", "label": "Other funding", "kind": "MONEY"},
    {"key": "content", "label": "Satisfied", "kind": "PERCENTAGE"},
    {"key": "age", "label": "People by age", "kind": "COUNTS", "categories": ["Under 18", "18 and over"]},
    {"key": "coping", "label": "Coping", "kind": "SCORE", "lowest": Decimal(1), "highest": Decimal(10)},
    {"key": "trained", "label": "Were all volunteers trained?", "kind": "YES_NO"},
    {"key": "story", "label": "A story", "kind": "TEXT", "longest": 200},
]
PARTS = [ReturnPart.SPEND, ReturnPart.INDICATORS, ReturnPart.PROJECTS, ReturnPart.OVERALL]


def every_kind(number=2):
    """A version of a template with one indicator of each kind."""
    template, _made = ReturnTemplate.objects.get_or_create(key="every-kind", defaults={"name": "Every kind"})
    version = template.versions.create(number=number, guidance="Give numbers only.")
    for place, part in enumerate(PARTS, 1):
        title = "People: asked / told?" if part == ReturnPart.INDICATORS else ReturnSection(part).label
        section = version.sections.create(
            number=place, key=part.lower(), part=part, title=title, guidance="Only what this grant paid for."
        )
        if part == ReturnPart.INDICATORS:
            for order, fields in enumerate(KINDS, 1):
                section.indicators.create(number=order, **{"required": "NEVER", **fields})
    return version


def with_template(monitoring_return, version):
    """The open return as if it had been opened with this template."""
    monitoring_return.indicator_values.all().delete()
    MonitoringReturn.objects.filter(pk=monitoring_return.pk).update(template_version=version)
    IndicatorValue.objects.bulk_create(
        IndicatorValue(monitoring_return=monitoring_return, indicator=indicator, part=part)
        for section in version.sections.prefetch_related("indicators")
        for indicator in section.indicators.all()
        for part in parts_of(indicator)
    )
    rows = MonitoringReturn.objects.with_parents().select_related(
        "template_version__template", "award__stream__plan__body"
    )
    return rows.get(pk=monitoring_return.pk)


def an_open_return(cast, plan, *, version=None, amounts=(Decimal("10000"), Decimal("2000"))):
    award = monitoring.released(cast, monitoring.live_award(cast, plan, amounts=amounts))
    return with_template(monitoring.opened(award), version or every_kind())


def prepare():
    """The return, its sheets, answers a person would give, and the workbook filled in with them."""
    cast = accounts.cast()
    monitoring_return = an_open_return(cast, plans.plan(cast))
    sheets = sheets_of(monitoring_return)
    for sheet in sheets:
        for line in sheet.lines:
            _ = line.indicator and line.indicator.unit
    typed = typed_answers(sheets)
    filled = workbook_of(monitoring_return, sheets, values=typed)
    names = opened(filled).sheetnames
    reading = read.read_workbook(filled, monitoring_return=monitoring_return, sheets=sheets, examine=inside)
    return SimpleNamespace(
        cast=cast,
        monitoring_return=monitoring_return,
        sheets=sheets,
        typed=typed,
        filled=filled,
        parts={name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(names, 1)},
        where={place: key for key, place in reading.cells.items()},
    )


TYPED = {
    "COUNT": Decimal(12),
    "NUMBER": Decimal("7.5"),
    "MONEY": Decimal("1250.50"),
    "PERCENTAGE": Decimal(45),
    "YES_NO": "Yes",
    "CHOICE": "On track",
    "TEXT": "It went well.",
}
VALUES = {**TYPED, "YES_NO": "YES", "CHOICE": "ON_TRACK"}


def typed_answers(sheets):
    """The same answer in every cell of a kind."""
    return {(line.key, cell.name): TYPED[cell.kind] for sheet in sheets for line in sheet.lines for cell in line.cells}


def inside(content):
    """What the child would answer, without another process."""
    return outside.understood(json.dumps(child.examine(content)))


def reading_of(prepared, content, examine=inside):
    """The reading of a workbook against the prepared return."""
    return read.read_workbook(
        content, monitoring_return=prepared.monitoring_return, sheets=prepared.sheets, examine=examine
    )


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def grid(content):
    """Every visible sheet as text, to look at."""
    book = opened(content)
    said = []
    for page in book.worksheets:
        said.append(f"== {page.title} [{page.sheet_state}] frozen at {page.freeze_panes}")
        widths = {name: round(form.width) for name, form in page.column_dimensions.items()}
        said.append(f"   widths {widths}")
        for row in page.iter_rows():
            texts = [f"{cell.coordinate}={cell.value!s:.60}" for cell in row if cell.value is not None]
            if texts:
                hidden = " (hidden)" if page.row_dimensions[row[0].row].hidden else ""
                said.append("   " + " | ".join(texts) + hidden)
    return "\n".join(said)
