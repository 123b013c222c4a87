"""What goes out comes back: a workbook filled in by a spreadsheet library gives what the web form gives (X5).

Eight made-up returns for each built-in template, always the same ones; two hundred new ones with
PCC_TORTURE=full, which prints how to repeat a failure.
"""

import sys
import unicodedata
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from monitoring.enums import CellKind
from monitoring.forms import SectionForms
from monitoring.queries import sheets_of
from monitoring.workbook.write import workbook_of
from tests.conftest import TORTURE_AT_FULL_STRENGTH
from tests.make import accounts, plans, templates
from tests.no_pango import WithoutPango

from .prepared import an_open_return, inside, opened, reading_of, saved

pytestmark = pytest.mark.django_db
TEMPLATES = ["grants-return", "victims-return"]
THOROUGH = settings(
    max_examples=200 if TORTURE_AT_FULL_STRENGTH else 8,
    derandomize=not TORTURE_AT_FULL_STRENGTH,
    print_blob=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if TORTURE_AT_FULL_STRENGTH else [])],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def returns(django_db_setup, django_db_blocker):
    """One open return of each built-in template, with its sheets and the workbook as downloaded."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setitem(sys.modules, "weasyprint", WithoutPango("weasyprint"))
        cast, built_in, made = accounts.cast(), templates.built_in(), {}
        plan = plans.plan(cast)
        for key in TEMPLATES:
            monitoring_return = an_open_return(
                cast, plan, version=built_in[key].versions.get(status="IN_USE"), amounts=(Decimal("10000"),)
            )
            sheets = [sheet for sheet in sheets_of(monitoring_return) if sheet.lines]
            downloaded = workbook_of(monitoring_return, sheets)
            given = SimpleNamespace(monitoring_return=monitoring_return, sheets=sheets)
            made[key] = SimpleNamespace(
                **vars(given), book=opened(downloaded), where=reading_of(given, downloaded).cells
            )
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


def is_writable(letter):
    """Letters every spreadsheet can keep; CR stands for a line break and comes back as LF."""
    return letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs", "Cn", "Co"}


ODD = ["=1+1", "+44 1622", "-12", "@SUM(A1)", "\t=cmd", "https://example.org/", "12", "TRUE", "'quoted", "a\r\nb", "  "]
WORDS = st.text(st.characters().filter(is_writable), max_size=60) | st.sampled_from(ODD)


def typed(cell):
    """Strategies for what a person types into a cell: a number, the same as text, or nothing."""
    if cell.choices:
        return st.none() | st.sampled_from(cell.choices).map(lambda choice: choice[0])
    if cell.kind == CellKind.TEXT:
        return st.none() | WORDS.map(lambda words: words[: cell.longest])
    low = int(cell.lowest.to_integral_value("ROUND_CEILING"))
    high = int(min(cell.highest, Decimal(2_000_000)))
    if cell.decimals == 0:
        numbers = st.integers(low, high).map(Decimal)
    else:
        numbers = st.integers(low * 100, high * 100).map(lambda pence: Decimal(pence) / 100)
    return st.none() | numbers | numbers.map(lambda number: f"{number:,f}")


def answers(sheets):
    return st.fixed_dictionaries({
        (line.key, cell.name): typed(cell) for sheet in sheets for line in sheet.lines for cell in line.cells
    })  # fmt: skip


def fill_in(made, given):
    """What a person does in a spreadsheet: numbers as numbers, choices by their labels, words as words."""
    cells = {(line.key, cell.name): cell for sheet in made.sheets for line in sheet.lines for cell in line.cells}
    for key, value in given.items():
        sheet, address = made.where[key]
        target = made.book[sheet][address]
        shown = dict(cells[key].choices).get(value, value)
        target.value = float(shown) if isinstance(shown, Decimal) else shown
        if isinstance(shown, str):
            target.data_type = "s"  # as typed after an apostrophe: words, not a formula
    return saved(made.book)


def cleaned_by_the_form(sheets, given):
    """The same answers typed into the web form of each section."""
    found = {}
    for sheet in sheets:
        sent = {
            f"row-{line.pk}-{cell.name}" if line.pk else cell.name: "" if value is None else str(value)
            for line in sheet.lines
            for cell in line.cells
            for value in [given[line.key, cell.name]]
        }
        forms = SectionForms(sheet, sent)
        assert forms.is_valid(), [form.errors for form in forms.forms if form.errors]
        found |= forms.values()
    return found


@pytest.mark.parametrize("key", TEMPLATES)
def test_filled_workbook_gives_what_the_web_form_gives(returns, key):
    made = returns[key]

    @THOROUGH
    @given(given=answers(made.sheets))
    def both_doors(given):
        reading = reading_of(made, fill_in(made, given), examine=inside)

        assert reading.faults == []
        assert reading.values == cleaned_by_the_form(made.sheets, given)

    both_doors()


@pytest.mark.parametrize("key", TEMPLATES)
def test_workbook_written_with_answers_gives_them_back(returns, key):
    made = returns[key]

    @settings(THOROUGH, max_examples=200 if TORTURE_AT_FULL_STRENGTH else 4)
    @given(given=answers(made.sheets))
    def there_and_back(given):
        values = cleaned_by_the_form(made.sheets, given)
        content = workbook_of(made.monitoring_return, made.sheets, values=values)

        assert reading_of(made, content, examine=inside).values == values

    there_and_back()
