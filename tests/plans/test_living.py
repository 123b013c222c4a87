"""The plan as a document: when its words, sections and dated changes may be written, and how they are read."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from plans.actions import living as actions
from plans.enums import SectionKind
from plans.models import Plan, PlanSection, SectionText, Stream
from plans.queries import living as queries
from plans.rules import living as rules
from records.queries import Then
from records.refusals import Refused

AT = datetime(2020, 6, 1, 12, tzinfo=UTC)
MAY, JUNE = datetime(2020, 5, 1, tzinfo=UTC), datetime(2020, 6, 2, tzinfo=UTC)
SAME = "These words stand in the section already. Change something, or leave it."
STREAM, PROSE = SectionKind.STREAM, SectionKind.PROSE


@pytest.fixture
def section(world):
    return PlanSection.objects.create(plan=world.plan.plan, key="aim", order=1, title="Aim", kind=PROSE)


@pytest.mark.parametrize(
    ("who", "given", "why"),
    [
        ("officer", {}, ""),
        ("finance", {}, "Only a commissioning officer or the head of commissioning changes the plan. Ask one of them."),
        ("officer", {"reason": " "}, "Say why this changes. It stays in the history."),
        ("officer", {"seen": "0"}, rules.STALE),
        (
            "officer",
            {"words": "As they are "},
            "These words stand in the section already. Change something, or leave it.",
        ),
    ],
)
def test_why_not_write_words(world, section, who, given, why):
    newest = SectionText.objects.create(section=section, words="As they are", at=AT)
    wishes = {"seen": str(newest.pk), "words": "Other words", "reason": "Clearer", **given}

    assert rules.why_not_write_words(section, user=getattr(world.cast, who), newest=newest, **wishes) == why


@pytest.mark.parametrize(
    ("kind", "stream", "title", "why"),
    [
        (PROSE, None, "Capacity", ""),
        (STREAM, "csps", "Partnerships", ""),
        (PROSE, None, " ", "Give the section a heading."),
        (STREAM, None, "Partnerships", "Choose the stream that this section tells of."),
        (PROSE, "csps", "Words", "Only a section of a stream or of a commissioned service names a stream."),
        (STREAM, "thirds", "Third parties", "The section “1.2 Third parties” tells of this stream already."),
        (STREAM, "other", "Elsewhere", "9 Elsewhere belongs to another plan."),
    ],
)
def test_why_not_this_section(world, kind, stream, title, why):
    plan = world.plan.plan
    PlanSection.objects.create(
        plan=plan, key="thirds", order=1, number="1.2", title="Third parties", kind=STREAM, stream=world.plan.thirds
    )
    later = Plan.objects.create(
        key="later", body=plan.body, title="Later", starts_on=date(2021, 4, 1), ends_on=date(2022, 3, 31)
    )
    world.plan.other = Stream.objects.create(key="other", plan=later, number="9", code="X", name="Elsewhere")

    chosen = getattr(world.plan, stream) if stream else None
    assert rules.why_not_this_section(plan, user=world.cast.officer, kind=kind, stream=chosen, title=title) == why


def test_set_out_sections_writes_the_usual_ones_once(world):
    plan = world.plan.plan
    actions.set_out_sections(plan=plan, by=world.cast.officer, at=AT, service_streams={world.plan.thirds.pk})

    rows = PlanSection.objects.filter(plan=plan).order_by("order").values_list("key", "kind")
    assert list(rows) == [
        ("purpose", "PROSE"), ("learning", "LEARNING"), ("priorities", "PRIORITIES"), ("budget", "BUDGET"),
        ("crg", "STREAM"), ("crg-csp", "STREAM"), ("crg-third", "SERVICES"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="The sections of this plan are written down already"):
        actions.set_out_sections(plan=plan, by=world.cast.officer, at=AT)


def test_remove_section_stays_where_a_change_names_it(world, section):
    given = {"reason": "Gone", "by": world.cast.officer, "at": AT}
    actions.record_change(plan=section.plan, on=date(2020, 6, 1), title="A theme", section=section, **given)

    with pytest.raises(Refused, match="A dated change of the plan names this section, so it stays"):
        actions.remove_section(section=section, **given)


def test_record_change_is_refused_after_the_plan_and_numbered_within_it(world):
    plan, given = world.plan.plan, {"section": None, "reason": "Demand rose", "by": world.cast.officer, "at": AT}

    with pytest.raises(Refused, match="The plan ends on 31 March 2021"):
        actions.record_change(plan=plan, on=date(2021, 4, 1), title="Late", **given)
    made = [actions.record_change(plan=plan, on=date(2020, 7, day), title="A theme", **given) for day in (2, 1)]

    assert [row.number for row in made] == [1, 2]
    assert list(queries.changes_of(plan, date(2020, 7, 1))) == [made[1]]


def test_outline_puts_a_stream_nobody_tells_of_in_its_place(world):
    plan = world.plan.plan
    streams = list(plan.streams.order_by("order"))
    for order, (number, title, stream) in enumerate(
        [("", "Purpose", None), ("1", "Grants", None), ("1.2", "Third parties", world.plan.thirds), ("2", "Rest", None)]
    ):
        kind = STREAM if stream else PROSE
        PlanSection.objects.create(
            plan=plan, key=f"s{order}", order=order, number=number, title=title, kind=kind, stream=stream
        )

    rows = queries.outline(plan, streams, Then(None))

    assert [(row.number, row.title, row.stream and row.stream.key) for row in rows] == [
        ("", "Purpose", None), ("1", "Grants", "crg"), ("1.1", "Community Safety Partnerships", "crg-csp"),
        ("1.2", "Third parties", "crg-third"), ("2", "Rest", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "blocks"),
    [
        ("", []),
        ("One line\nand on.\n\nTwo.", [("text", "One line and on."), ("text", "Two.")]),
        ("Themes:\n\n- One\n- Two\n\nEnd", [("text", "Themes:"), ("list", ["One", "Two"]), ("text", "End")]),
    ],
)
def test_blocks_of_words(words, blocks):
    assert queries.blocks_of(words) == blocks


@pytest.mark.parametrize(
    ("moment", "by", "found"),
    [(None, None, "new"), (JUNE, None, "old"), (MAY, None, "old"), (MAY, 7, None)],
)
def test_text_at_words_of_a_plan_file_count_from_the_start(moment, by, found):
    texts = [
        SimpleNamespace(pk=1, at=AT, by_id=by, words="old"),
        SimpleNamespace(pk=2, at=datetime(2020, 7, 1, tzinfo=UTC), by_id=7, words="new"),
    ]

    text = queries.text_at(texts, moment)

    assert (text and text.words) == found
