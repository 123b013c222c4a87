"""Every rule over a whole return, with its class and its level: missing, to mend, or to explain."""

import sys
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import transaction

from monitoring import queries, rules
from monitoring.enums import CellKind, ReturnSection
from monitoring.models import MonitoringReturn
from monitoring.queries.returns import arrears_in
from monitoring.queries.sheet import PARTS_OF_SCORE, Cell, Line, Sheet
from monitoring.rules.faults import Answers, code_of
from monitoring.rules.faults.missing import is_required
from plans.models import Indicator, RuleSet
from tests.make import accounts, frozen, monitoring, plans
from tests.no_pango import WithoutPango

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """An award whose mid-year return is sent and whose year-end return is open, whole and unremarkable."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setitem(sys.modules, "weasyprint", WithoutPango("weasyprint"))
        cast = accounts.cast()
        plan = plans.plan(cast)
        award = monitoring.released(cast, monitoring.live_award(cast, plan))
        mid_year = monitoring.monitoring_return(cast, plan, award=award, status="SUBMITTED")
        year_end = monitoring.opened(award, on=monitoring.YEAR_END, at=monitoring.CLOSED)
        yield SimpleNamespace(cast=cast, rows={"mid_year": mid_year.pk, "year_end": year_end.pk})
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(made):
    """The rows of the module stand in a transaction of their own, so no test opens another."""


class Asked:
    """One return with its sheets, asked what is wrong with a set of answers over whole ones."""

    def __init__(self, row):
        self.row = row
        self.sheets = queries.sheets_of(row)
        self.lines = {(sheet.slug, line.part or line.label): line for sheet in self.sheets for line in sheet.lines}
        answers = monitoring.whole_answers(row)
        rows = {(line.section, line.pk): line.key for line in self.lines.values()}
        self.whole = {
            (rows[section, pk], name): value
            for section, given in answers["entries"].items()
            for pk, values in given.items()
            for name, value in values.items()
        }
        self.whole |= {(f"texts/{name}", name): words for name, words in answers["texts"].items()}

    def faults(self, changed):
        """The faults with {(sheet, label or part, cell): value} over the whole answers."""
        typed = {(self.lines[sheet, label].key, name): value for (sheet, label, name), value in changed.items()}
        return rules.faults_of(self.row, self.sheets, self.whole | typed)

    def told(self, changed):
        return [(fault.cls, fault.level, fault.name, fault.sentence) for fault in self.faults(changed)]


@pytest.fixture
def asked(made):
    with transaction.atomic():
        yield lambda name: Asked(MonitoringReturn.objects.with_parents().get(pk=made.rows[name]))
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", ["mid_year", "year_end"])
def test_faults_of_whole_answers_are_none(asked, name):
    assert asked(name).told({}) == []


FASTER = "in this period, over half above the pace before"
STAFF, TRAVEL = ("spend", "Staff", "spent"), ("spend", "Travel", "spent")
PATROLS = ("outputs", "Patrols", "delivered")
PEOPLE, ASKED = (
    ("i-people", "People reached", "number"),
    ("i-people", "People asked whether they were satisfied", "number"),
)
SATISFIED = ("i-people", "People who said they were satisfied", "number")
YOUNG = ("i-people", "Under 10", "number")
NARRATIVE = ("projects", "Safer nights", "narrative")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({STAFF: None}, ("VALUE", "missing", "spent", "Spend on Staff (Safer nights) is empty")),
        (
            {
                ("outcomes", "Fewer assaults at night", "value"): None,
                ("outcomes", "Fewer assaults at night", "comment"): " ",
            },
            ("ROW", "missing", "value", "Fewer assaults at night (Safer nights) has neither a figure nor a comment"),
        ),
        ({PATROLS: None}, ("ROW", "missing", "delivered", "Patrols (Safer nights) has neither a figure nor a comment")),
        (
            {("projects", "Safer nights", "standing"): ""},
            ("VALUE", "missing", "standing", "“Safer nights” has no standing"),
        ),
        ({NARRATIVE: ""}, ("VALUE", "missing", "narrative", "“Safer nights” has no words")),
        (
            {("overall", "What happened over the whole period?", "narrative"): ""},
            ("VALUE", "missing", "narrative", "“What happened over the whole period?” is not answered"),
        ),
        ({PEOPLE: None}, ("VALUE", "missing", "number", "“People reached” is not answered")),
        ({YOUNG: None}, ("ROW", "missing", "number", "“People reached, by age group: Under 10” is not answered")),
        ({SATISFIED: None}, ("VALUE", "missing", "number", "“People who said they were satisfied” is not answered")),
        (
            {("i-people", "Sessions held", "number"): None},
            ("VALUE", "missing", "number", "“Sessions held” is not answered"),
        ),
        (
            {("i-difference", "How did this help to reduce violence?", "words"): ""},
            ("VALUE", "missing", "words", "“How did this help to reduce violence?” is not answered"),
        ),
        (
            {YOUNG: D(10)},
            ("SECTION", "warning", "number", "“People reached, by age group” is 10, and “People reached” is 12"),
        ),
        (
            {SATISFIED: D(13)},
            (
                "SECTION",
                "fault",
                "number",
                "“People who said they were satisfied” is 13, and “People asked whether they were satisfied” is 12",
            ),
        ),
        (
            {STAFF: D(9951)},
            ("CROSS_SECTION", "warning", "", "Safer nights: £10,001 is spent, and £10,000 was approved"),
        ),
        ({TRAVEL: D(51)}, ("CROSS_SECTION", "warning", "", "£5,001 is spent, and £5,000 was released so far")),
        ({PATROLS: D(0)}, ("CROSS_SECTION", "warning", "", "Safer nights: £5,000 is spent, and nothing was delivered")),
        (
            {
                STAFF: D("4949.99"),
                ("underspend", "Why is money left unspent, and what should happen with it?", "underspend_reason"): "",
            },
            ("CROSS_SECTION", "missing", "underspend_reason", "Money is left unspent without a reason"),
        ),
        (
            {STAFF: D(4000)},
            (
                "HISTORY",
                "warning",
                "spent",
                "Staff (Safer nights): £4,000 since the award began, less than the £4,950 of last time",
            ),
        ),
        (
            {PATROLS: D(24)},
            (
                "HISTORY",
                "warning",
                "delivered",
                "Patrols (Safer nights): 24 since the award began, less than the 25 of last time",
            ),
        ),
        (
            {STAFF: D(13000)},
            (
                "HISTORY",
                "warning",
                "spent",
                f"Staff (Safer nights): £8,050 {FASTER} (£4,950 at the last return)",
            ),
        ),
        (
            {PATROLS: D(70)},
            (
                "HISTORY",
                "warning",
                "delivered",
                f"Patrols (Safer nights): 45 {FASTER} (25 at the last return)",
            ),
        ),
        (
            {PEOPLE: D(120), YOUNG: D(120)},
            ("HISTORY", "warning", "number", "“People reached” is 120, over half above the 12 of the last return"),
        ),
    ],
)
def test_faults_of_the_last_return(asked, changed, told):
    assert told in asked("year_end").told(changed)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {STAFF: D(7600)},
            (
                "HISTORY",
                "warning",
                "",
                "Safer nights: 76% of the money is spent, and 50% of the time of the award has passed",
            ),
        ),
        (
            {("spend", "Staff", "forecast"): D(4000)},
            ("ROW", "warning", "forecast", "Staff (Safer nights): £4,000 is expected, and £4,950 is spent already"),
        ),
        (
            {("spend", "Staff", "forecast"): D(9950), ("spend", "Travel", "forecast"): D(51)},
            ("HISTORY", "warning", "", "Safer nights: £10,001 is expected to be spent, and £10,000 was approved"),
        ),
    ],
)
def test_faults_while_the_award_runs(asked, changed, told):
    assert told in asked("mid_year").told(changed)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("mid_year", {("i-people", "Sessions held", "number"): None}),
        ("mid_year", {("i-difference", "How did this help to reduce violence?", "words"): ""}),
        ("mid_year", {ASKED: None, SATISFIED: None}),
        ("mid_year", {ASKED: D(0), SATISFIED: D(0)}),
        ("mid_year", {STAFF: D(0), TRAVEL: D(0), PATROLS: D(0)}),
        ("mid_year", {("spend", "Staff", "forecast"): D(9900), ("spend", "Travel", "forecast"): D(100)}),
        ("year_end", {PATROLS: D(54)}),
        ("year_end", {PEOPLE: D(14), YOUNG: D(14)}),
        ("year_end", {("outcomes", "Fewer assaults at night", "value"): None}),
        ("year_end", {("outcomes", "Fewer assaults at night", "value"): D(2000)}),
    ],
)
def test_faults_are_none_where_nothing_is_wrong(asked, name, changed):
    assert asked(name).told(changed) == []


def test_faults_of_spend_without_evidence_where_the_rules_scrutinise_more(asked):
    frozen.thaw()
    RuleSet.objects.update(spend_evidence_required=True)
    given = asked("year_end")

    told = given.told({("spend", "Staff", "evidence"): " ", ("spend", "Travel", "evidence"): "", TRAVEL: D(0)})

    assert ("ROW", "missing", "evidence", "Spend on Staff (Safer nights) is shown by nothing") in told
    assert not [fault for fault in told if "Travel" in fault[3] and fault[2] == "evidence"]


def test_faults_come_sheet_by_sheet_and_name_their_place(asked):
    given = asked("year_end")

    faults = given.faults({STAFF: None, NARRATIVE: "", PEOPLE: None})

    assert [(fault.section, fault.line) for fault in faults] == [
        ("spend", given.lines["spend", "Staff"].key),
        ("i-people", "i/people/people-reached/"),
        ("projects", given.lines["projects", "Safer nights"].key),
    ]
    assert [fault.mend for fault in faults] == [
        "Enter what was spent on Staff (Safer nights); enter 0 if nothing was",
        "Enter “People reached”; enter 0 if there were none",
        "Say what happened in “Safer nights”",
    ]


def test_faults_hold_the_figure_in_their_code(asked):
    given = asked("year_end")
    codes = [given.faults({PATROLS: D(number)})[0].code for number in ("24", "24.00", "23")]

    assert codes[0] == codes[1] == f"less:{given.lines['outputs', 'Patrols'].key}:24"
    assert codes[2] != codes[0]


@pytest.mark.parametrize("number", [3, 300])
def test_code_of_fits_however_long_the_place_is(number):
    code = code_of("jump", "x" * number, D("12.00"))

    assert (code.startswith("jump:"), code.endswith(":12"), len(code) <= 200) == (True, True, True)


def test_faults_cost_the_same_queries_for_any_number_of_lines(asked, django_assert_num_queries):
    given = asked("year_end")
    assert given.row.template_version

    with django_assert_num_queries(2):  # the checks of the template, the money released
        given.faults({})


def test_gaps_are_the_faults_that_stand_in_the_way(asked):
    given = asked("mid_year")
    faults = given.faults({SATISFIED: D(13), TRAVEL: None})

    gaps = rules.gaps(given.row, sheets=given.sheets, faults=faults)

    satisfied, were_asked = "“People who said they were satisfied”", "“People asked whether they were satisfied”"
    sentence = f"{satisfied} is 13, and {were_asked} is 12. Check the figures: {satisfied} should be no more than "
    assert [(gap.section, gap.sheet, gap.sentence) for gap in gaps] == [
        (ReturnSection.SPEND, "spend", "Enter what was spent on Travel (Safer nights); enter 0 if nothing was"),
        (ReturnSection.INDICATORS, "i-people", sentence + were_asked),
    ]


def leading(kind, *figures):
    """Answers to a question of this kind, in as many parts as figures, that makes another needed."""
    leader = Indicator(key="leader", label="Leader", kind=kind, categories=["Young", "Old"])
    parts = PARTS_OF_SCORE if kind == "SCORE" else ["Young", "Old"] if len(figures) > 1 else [""]
    words = {"YES_NO": ("words", CellKind.YES_NO)}.get(kind, ("number", CellKind.COUNT))
    lines = [
        Line(
            f"i/people/leader/{part}", ReturnSection.INDICATORS, 1, part, (Cell(*words, "", value),),
            indicator=leader, part=part,
        )
        for part, value in zip(parts, figures, strict=True)
    ]  # fmt: skip
    sheet = Sheet("i-people", ReturnSection.INDICATORS, "People", "", tuple(lines))
    return Answers(SimpleNamespace(covers_the_award=False), [sheet], {})


@pytest.mark.parametrize(
    ("kind", "figures", "needed"),
    [
        ("YES_NO", ["YES"], True),
        ("YES_NO", ["NO"], False),
        ("YES_NO", [""], False),
        ("COUNT", [D(1)], True),
        ("COUNT", [D(0)], False),
        ("COUNT", [None], False),
        ("COUNTS", [D(0), D(3)], True),
        ("COUNTS", [None, D(3)], True),
        ("COUNTS", [D(0), D(0)], False),
        ("NUMBER", [D(-3)], False),
        ("SCORE", [D(0), D(4), D(6)], False),
        ("SCORE", [D(2), D(4), D(6)], True),
    ],
)
def test_answer_is_needed_when_the_other_is_yes_or_adds_up_to_more_than_nought(kind, figures, needed):
    follower = Indicator(key="follower", kind="TEXT", required="WHEN", required_if="leader")

    assert is_required(leading(kind, *figures), follower) is needed


TERMS, MID_YEAR, YEAR_END = "TERMS_ACCEPTED", "MID_YEAR_SATISFACTORY", "YEAR_END_SATISFACTORY"


@pytest.mark.parametrize(
    ("instalments", "pounds"),
    [
        ([(TERMS, "RELEASED", 50), (MID_YEAR, "SCHEDULED", 40)], 0),
        ([(TERMS, "RELEASED", 50), (MID_YEAR, "SCHEDULED", 40), (YEAR_END, "SCHEDULED", 10)], 10),
        ([(TERMS, "RELEASED", 50), (YEAR_END, "WITHHELD", 50)], 50),
        ([(TERMS, "RELEASED", 50), (YEAR_END, "CANCELLED", 50)], 0),
        ([(TERMS, "RELEASED", 50), (YEAR_END, "PAID", 50)], 0),
        ([(MID_YEAR, "SCHEDULED", 40), (YEAR_END, "SCHEDULED", 60)], 100),
        ([(MID_YEAR, "RELEASED", 40), (YEAR_END, "SCHEDULED", 60)], 60),
        ([(TERMS, "CANCELLED", 10), (MID_YEAR, "SCHEDULED", 40)], 40),
        ([("OFFICER_CONFIRMED", "SCHEDULED", 50), (MID_YEAR, "SCHEDULED", 50)], 0),
        ([], 0),
    ],
)
def test_arrears_are_what_is_still_to_come_after_a_return(instalments, pounds):
    assert arrears_in([(condition, status, D(amount)) for condition, status, amount in instalments]) == pounds


@pytest.mark.parametrize(
    ("spent", "told"),
    [
        ("10000", []),
        ("10001", ["£10,001 is spent, and £5,000 was released so far; £5,000 follows after a return"]),
    ],
)
def test_more_spent_than_released_is_not_asked_about_where_the_rest_is_paid_in_arrears(asked, spent, told):
    row = asked("mid_year")
    rest = {"number": 3, "amount": D(5000), "condition": YEAR_END, "due_on": monitoring.YEAR_END}
    row.row.award.instalments.create(**rest)

    found = row.told({STAFF: D(spent), TRAVEL: D(0)})

    assert [sentence for *_rest, sentence in found if "released" in sentence] == told
