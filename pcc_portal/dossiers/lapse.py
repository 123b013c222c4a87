"""What a lapse would mean: the officer's words, and the facts beside them."""

from django.db.models import OuterRef, Subquery

from monitoring.enums import ReturnStatus, Verdict
from monitoring.models import MonitoringReturn, ReturnVersion
from plans.enums import IndicatorKind

from .pack import Fact, Row, Section, Table, day, figure, text

PEOPLE = "people"
RETURNS_SHOWN = 4


def lapse_section(case, term):
    """The last day, the day of notice, how many people were supported; and what the officer says of it."""
    line = next((line for line in term.options if case.option and line.option.pk == case.option_id), None)
    facts = [Fact("The service would end on", day(term.ends_on))]
    if line and line.notice_by:
        facts.append(Fact("Notice must be given by", day(line.notice_by)))
    if case.answered_at:
        willing = "Willing to go on" if case.provider_willing else "Not willing to go on"
        said = f"{willing}: {case.provider_answer}" if case.provider_answer else willing
        facts.append(Fact("The provider’s answer", text(said)))
    elif case.asked_at:
        facts.append(Fact("The provider’s answer", text("Asked, not answered yet")))
    if case.lapse_effect:
        facts.append(Fact("What it would mean", text(case.lapse_effect)))
    table = Table(
        "People in the last accepted returns",
        ("Return", "Period", "Asked", "Number"),
        tuple(_people(case.contract)),
        "No accepted return gives a number of people.",
    )
    return Section("lapse", "What a lapse would mean", facts=tuple(facts), tables=(table,))


def _people(contract):
    """Counts of people in the newest accepted returns, from the first section of each that asks for any."""
    newest = ReturnVersion.objects.filter(monitoring_return=OuterRef("pk")).order_by("-number").values("content")[:1]
    rows = MonitoringReturn.objects.filter(
        contract=contract, status=ReturnStatus.REVIEWED, verdict=Verdict.SATISFACTORY
    ).annotate(frozen=Subquery(newest))
    for row in rows.order_by("-ends_on", "-pk")[:RETURNS_SHOWN]:
        for label, number in _counts(row.frozen or {}):
            yield Row(
                f"{row.reference}/{label}",
                (
                    text(row.reference, row.get_absolute_url()),
                    text(f"{row.starts_on:%-d %B %Y} to {row.ends_on:%-d %B %Y}"),
                    text(label),
                    figure(number, f"{number} {PEOPLE}" if number is not None else "Not known"),
                ),
            )


def _counts(content):
    for section in content.get("indicator_sections", []):
        asked = [
            (question["label"], row["value"])
            for question in section["questions"]
            if question["unit"] == PEOPLE and question["kind"] == IndicatorKind.COUNT
            for row in question["rows"]
        ]
        if asked:
            return asked
    return []
