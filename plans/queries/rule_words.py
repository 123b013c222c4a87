"""A rule set in plain words, topic by topic, as it is now or as it was on any day (P7, X1)."""

from dataclasses import dataclass

from accounts.enums import OrganisationKind
from records.words import listed

from ..enums import CasePart, ContinuationPolicy, MoneySetBy
from ..models import MovableEvent, QuestionSet, StandardKind, TermsVersion
from .row_words import counted, percent, row_in_words
from .rule_parts import PARTS, parts_at, parts_of

M = MoneySetBy
MONEY = {
    M.NEGOTIATED: "The office agrees each sum with the organisation and enters it.",
    M.SAME_AS_LAST_YEAR: "Each organisation gets the same as last year.",
    M.FORMULA: "Each organisation’s sum follows from a formula.",
    M.BIDS: "Applicants bid for the money of the round.",
    M.DIRECT: "Awards are made directly, without a round.",
}


@dataclass(frozen=True)
class Topic:
    """One subject of the rules: its key, its title, and what is said of it, each a sentence."""

    key: str
    title: str
    sentences: tuple[str, ...]


def rules_in_words(rule_set, *, at=None, names=None):
    """Every topic of a rule set that says something; `at` is the moment whose rules are told, None for now.

    `names` is what `names_in_rules` gives: pass it where several rule sets are told.
    """
    parts = parts_of(rule_set) if at is None else parts_at(rule_set, at)
    names = names_in_rules() if names is None else names
    told = [Topic(key, title, tuple(said(key, parts, names))) for key, title in TITLES.items()]
    return [topic for topic in told if topic.sentences]


def names_in_rules():
    """What events, question sets, standards and terms are called, by key, in four queries."""
    terms = {row.key: f"{row.title}, version {row.version}" for row in TermsVersion.objects.all()}
    asked = dict(QuestionSet.objects.values_list("key", "title"))
    standards = dict(StandardKind.objects.values_list("key", "name"))
    return terms | asked | standards | dict(MovableEvent.objects.values_list("key", "name"))


TITLES = {
    "applying": "Who may apply",
    "money": "How the money is set",
    "limits": "Limits",
    "match": "Match funding",
    "duration": "How long a project lasts",
    "case": "What a business case must say",
    "stages": "Stages of the decision",
    "standards": "Standards that must be held",
    "paying": "How it is paid",
    "reporting": "What is reported",
    "later": "What follows",
    "approvals": "Who approves a change",
    "terms": "Terms and conditions",
}
ROWS_OF = {
    "money": ("formulas", "lots"),
    "limits": ("limits",),
    "match": ("match_rules",),
    "case": ("asked",),
    "stages": ("stages",),
    "standards": ("required_standards",),
    "paying": ("instalment_rules",),
    "reporting": ("reporting_rules",),
    "approvals": ("approval_rules",),
}


def fields_in_words(key, parts, names):
    """What a topic says of the set's own fields."""
    return list(filter(None, FIELDS[key](parts, names))) if key in FIELDS else []


def said(key, parts, names):
    """What a topic says: of the set's own fields first, then of each row."""
    yield from fields_in_words(key, parts, names)
    for name in ROWS_OF.get(key, ()):
        for row in parts[name]:
            yield row_in_words(PARTS[name].name, row, names)


def of_applying(parts, names):
    kinds = [OrganisationKind(kind).label for kind in parts["open_to_kinds"]]
    yield f"Open to: {', '.join(kinds)}." if kinds else "Open to any kind of organisation."
    yield f"For these areas: {', '.join(parts['open_to_areas'])}." if parts["open_to_areas"] else ""
    yield (
        "Only those who are invited, or have an allocation, may apply."
        if parts["invited_only"]
        else "Nobody needs an invitation."
    )
    if parts["current_recipients_only"]:
        yield "Only for organisations with an award of the stream now or in the year before."


def of_money(parts, names):
    yield MONEY[M(parts["money_set_by"])]
    if parts["tactical_numerator"]:
        share = f"{parts['tactical_numerator']}/{parts['tactical_denominator']}"
        yield f"At most {share} of an allocation, as opened, may be its tactical pot."
    if parts["over_commitment_percent"]:
        yield f"Approvals may come to {percent(parts['over_commitment_percent'])} above the money of the round."


def of_duration(parts, names):
    least, most = parts["months_least"], parts["months_most"]
    if least and most:
        same = least == most
        yield f"A project lasts {counted(most, 'month')}." if same else f"A project lasts {least} to {most} months."
    elif least or most:
        yield f"A project lasts at {'least' if least else 'most'} {counted(least or most, 'month')}."
    if parts["profile_months"]:
        yield f"Its money is asked for by periods of {counted(parts['profile_months'], 'month')}."


def of_case(parts, names):
    required = [CasePart(part).label for part in parts["required_parts"]]
    yield f"Each project must have: {listed([required[0], *map(str.lower, required[1:])])}." if required else ""


def of_reporting(parts, names):
    if parts["certifier_required"]:
        same = "; the same person may submit it" if parts["one_person_may_certify_and_submit"] else ""
        yield f"A named certifier signs each return{same}."
    if parts["spend_evidence_required"]:
        yield "Evidence is asked for with each spend line."


def of_later(parts, names):
    if parts["continuation"] == ContinuationPolicy.YEARLY:
        days = counted(parts["continuation_due_days"], "day")
        yield f"Each later year needs a decision. Its business case is due {days} before the year ends."
        if parts["continuation_needs_satisfactory"]:
            yield "It can be approved only where the monitoring so far is satisfactory."
    if parts["extension_months"]:
        waits = f" after {names.get(parts['extension_event'], 'the event')}" if parts["extension_event"] else ""
        safe = counted(parts["safe_working_days"], "working day")
        yield (
            f"One decision{waits} may extend an award by {counted(parts['extension_months'], 'month')}. "
            f"It is made no later than {safe} before the award ends."
        )


def of_terms(parts, names):
    yield f"{names.get(parts['terms'], parts['terms'])}." if parts["terms"] else ""


FIELDS = {
    "applying": of_applying,
    "money": of_money,
    "duration": of_duration,
    "case": of_case,
    "reporting": of_reporting,
    "later": of_later,
    "terms": of_terms,
}
