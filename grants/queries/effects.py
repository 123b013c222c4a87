"""What a change of an award does to its money and its returns, worked out before anybody agrees to it (X3).

Shown to the recipient before a request is sent, kept with it, and worked out again when it is decided: always by
`effect_of`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal

from plans.enums import RequestKind
from records.enums import ObligationKind
from records.models import Obligation
from records.words import day_in_words, pounds

from . import changes, money
from .schedules import instalments_after, returns_if_ends

PERCENT = Decimal("0.01")
NEXT_RETURNS = "Returns that are not open yet ask for what is then agreed. One that is open keeps what it asks for."


@dataclass(frozen=True)
class Size:
    """How large a change is: pounds, per cent of the award's sum (None where that is not known), days."""

    amount: Decimal
    percent: Decimal | None
    days: int


def effect_of(award, kind, before, after, *, on):
    """The effect as a record fit for JSON: its size, and sentences on instalments, returns and what else follows."""
    size = size_of(award, kind, before, after, on=on)
    told = EFFECTS[RequestKind(kind)](award, after, on)
    return {
        "amount": str(size.amount),
        "percent": None if size.percent is None else str(size.percent),
        "days": size.days,
        **{name: told.get(name, []) for name in ("instalments", "returns", "notes")},
    }


def size_of(award, kind, before, after, *, on):
    """How large the change is, in the measures that approval rules know."""
    amount, days = Decimal(0), 0
    if kind == RequestKind.MONEY:
        amount = changes.moved_sum(before, after)
    elif kind == RequestKind.SUSPENSION:
        days = (date.fromisoformat(after["until"]) - on).days
    elif kind in (RequestKind.TIME, RequestKind.EARLY_END):
        ends_on = date.fromisoformat(after["ends_on"])
        days = abs((ends_on - date.fromisoformat(before["ends_on"])).days)
        if kind == RequestKind.EARLY_END:
            amount = money.total(instalments_after(award, ends_on))
    return Size(amount, percent_of(amount, money.total(award.lines)), days)


def percent_of(amount, whole):
    """A sum in per cent of the whole, rounded up so that no limit is kept by rounding; None where there is no whole."""
    return (amount * 100 / whole).quantize(PERCENT, ROUND_UP) if whole else None


def _new_end(award, after, on):
    ends_on = date.fromisoformat(after["ends_on"])
    found = [str(change) for change in returns_if_ends(award, on=on, ends_on=ends_on)]
    return ends_on, found or ["No return moves."]


def _more_time(award, after, on):
    ends_on, returns = _new_end(award, after, on)
    notes = [
        f"{row.funding_source.name} ends on {day_in_words(row.funding_source.ends_on)} and may not be carried over: "
        "what it pays must be spent by then."
        for row in award.sources.select_related("funding_source").order_by("pk")
        if row.funding_source.ends_on
        and row.funding_source.ends_on < ends_on
        and not row.funding_source.carry_over_allowed
    ]
    return {"instalments": ["The sum and the days of payment stay as they are."], "returns": returns, "notes": notes}


def _early_end(award, after, on):
    ends_on, returns = _new_end(award, after, on)
    cancelled = [
        f"Instalment {row.number}, {pounds(row.amount)}, is cancelled." for row in instalments_after(award, ends_on)
    ]
    notes = ["Money paid and not spent by then is asked back after the last return."]
    return {"instalments": cancelled or ["No instalment is cancelled."], "returns": returns, "notes": notes}


def _pause(award, after, on):
    until = changes.day_of(after["until"])
    return {
        "instalments": [f"Nothing is paid while the award is paused, at the earliest from {until} again."],
        "returns": ["Returns stay due as they are."],
        "notes": [f"The award still ends on {day_in_words(award.ends_on)}. An officer lifts the pause."],
    }


def _new_figures(award, after, on):
    """Which returns still keep the figures as they were: those already open."""
    owed = Obligation.objects.open().about(award).filter(kind=ObligationKind.RETURN)
    opened = owed.exclude(link=award.get_absolute_url()).order_by("due_on")
    kept = [f"{row.title} is open and keeps what it asks for." for row in opened]
    return {"instalments": ["Instalments stay as they are."], "returns": kept or [NEXT_RETURNS]}


def _words_alone(award, after, on):
    return {"instalments": ["Instalments stay as they are."], "returns": ["Returns stay as they are."]}


EFFECTS = {
    RequestKind.TIME: _more_time,
    RequestKind.EARLY_END: _early_end,
    RequestKind.SUSPENSION: _pause,
    RequestKind.MONEY: _new_figures,
    RequestKind.OUTPUTS: _new_figures,
    RequestKind.PARTNER: _words_alone,
    RequestKind.PURPOSE: _words_alone,
}
