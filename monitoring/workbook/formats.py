"""How the cells of a workbook look, and what may be typed into each kind."""

from ..enums import CellKind

FONT = "Arial"
INK, GREY, LINE = "#0b0c0c", "#f3f2f1", "#b1b4b6"
ANSWER, FAILING, HEAD = "#fff7bf", "#f6d7d2", "#d2e2f1"
NUMBERS = {
    CellKind.COUNT: "#,##0",
    CellKind.NUMBER: "#,##0.00",
    CellKind.MONEY: "£#,##0.00",
    CellKind.PERCENTAGE: "0.00",
}
ASKS = {
    CellKind.COUNT: "a whole number",
    CellKind.NUMBER: "a number",
    CellKind.MONEY: "an amount in pounds",
    CellKind.PERCENTAGE: "a percentage (45 means 45%)",
}
PLAIN = {"font_name": FONT, "font_size": 11, "font_color": INK, "valign": "top"}
LOOKS = {
    "text": {"text_wrap": True},
    "one_line": {},
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 12},
    "column": {"bold": True, "bg_color": HEAD, "border": 1, "border_color": LINE, "text_wrap": True},
    "known": {"bg_color": GREY, "border": 1, "border_color": LINE, "text_wrap": True},
    "known_figure": {"bg_color": GREY, "border": 1, "border_color": LINE, "num_format": "#,##0"},
    "known_decimal": {"bg_color": GREY, "border": 1, "border_color": LINE, "num_format": "#,##0.00"},
    "known_money": {"bg_color": GREY, "border": 1, "border_color": LINE, "num_format": NUMBERS[CellKind.MONEY]},
    "total": {"bg_color": GREY, "border": 1, "bold": True, "num_format": NUMBERS[CellKind.MONEY]},
    "total_label": {"bg_color": GREY, "border": 1, "bold": True},
    "link": {"font_color": "#1d70b8", "underline": 1, "text_wrap": True},
}


class Formats:
    """The formats of one workbook, each made when first asked for."""

    def __init__(self, book):
        self.book, self.made = book, {}

    def __call__(self, look):
        return self._made(look, LOOKS[look])

    def answer(self, kind, *, failing=False, locked=False):
        """A cell to fill in: pale yellow with a firm border, or red with a double one where it failed."""
        look = {
            "locked": locked,
            "bg_color": FAILING if failing else ANSWER,
            "border": 6 if failing else 2,
            "border_color": "#d4351c" if failing else INK,
            "text_wrap": kind not in NUMBERS,
            "num_format": NUMBERS.get(kind, "@" if kind == CellKind.TEXT else "General"),
        }
        return self._made((kind, failing, locked), look)

    def _made(self, key, look):
        if key not in self.made:
            self.made[key] = self.book.add_format({**PLAIN, **look})
        return self.made[key]


def validation(cell, lists):
    """What a spreadsheet shall let people type into a cell: the options of one data validation.

    `lists` gives the address of a list of choices. A spreadsheet keeps titles to 32 letters, messages to 255.
    """
    if cell.choices:
        labels = [label for _value, label in cell.choices]
        return _options(
            {"validate": "list", "source": lists[tuple(labels)]},
            "Choose from the list",
            f"Choose one of: {', '.join(labels)}",
        )
    if cell.kind == CellKind.TEXT:
        return _options(
            {"validate": "length", "criteria": "<=", "value": cell.longest},
            "Your words",
            f"Write at most {cell.longest:,} letters. Leave out names and other personal data",
        )
    within = limits_in_words(cell)
    return _options(
        {
            "validate": "integer" if cell.decimals == 0 else "decimal",
            "criteria": "between",
            "minimum": _short(cell.lowest),
            "maximum": _short(cell.highest),
        },
        "A figure",
        f"Type {ASKS[cell.kind]}{within}. Leave it empty while it is not known; type 0 for none",
    )


def limits_in_words(cell):
    """from 0 to 10, from 0, or nothing where the limits are only those of the column."""
    lowest, highest = f"{_short(cell.lowest):,f}", f"{_short(cell.highest):,f}"
    far = len(highest) > 12
    if far:
        return f", {lowest} or more" if len(lowest) <= 12 else ""
    return f" from {lowest} to {highest}"


def _short(number):
    """10 for 10.00."""
    return number.quantize(1) if number == number.to_integral_value() else number


def _options(rule, title, message):
    return {
        **rule,
        "ignore_blank": True,
        "input_title": title[:32],
        "input_message": f"{message}."[:255],
        "error_type": "stop",
        "error_title": "This cannot be taken",
        "error_message": f"{message}. Press Cancel to go back."[:255],
    }
