"""Stories of outcomes: who may do what when, what stands in the record, and how fast a story goes (P6)."""

from datetime import date
from decimal import Decimal

import pytest

from monitoring import actions as returns
from monitoring.actions import stories as actions
from monitoring.enums import StoryStatus
from monitoring.models import OutcomeStory, StoryContact
from monitoring.queries import stories as reads
from monitoring.queries import story_content
from monitoring.rules import stories as rules
from plans.models import SensitivePeriod
from records.models import Event, Notice
from records.refusals import Refused
from tests.make import stories as make

pytestmark = pytest.mark.django_db
STATUSES = ["REVIEWED", "SUBMITTED"]
S = StoryStatus
ON = date(2020, 10, 21)
LIBRARY_ONLY = "The organisation has agreed to the library only. Ask for its consent to publish the story."
TOO_MANY = "Your organisation has sent 5 messages today. Try again tomorrow."


@pytest.fixture
def _django_db_helper(world):
    """The rows of the module stand in a transaction of their own."""


@pytest.fixture
def story(world):
    return lambda status=S.DRAFT, **fields: make.story(
        world.cast, world.plan, status=status, monitoring_return=world.row("REVIEWED"), **fields
    )


def told(rule):
    return sorted(Notice.objects.filter(rule=rule).values_list("person__email", flat=True))


def events(story):
    return list(
        Event.objects.filter(subject_type=story._meta.label, subject_id=story.pk).values_list("verb", flat=True)
    )


def in_library():
    return [row.reference for row in OutcomeStory.objects.readable()]


def in_public():
    return [row.reference for row in OutcomeStory.objects.public()]


def test_draft_story_takes_words_and_figures_of_the_return(world):
    row = world.row("REVIEWED")

    made = actions.draft_story(monitoring_return=row, by=world.cast.officer, at=make.DRAFTED)

    assert (made.organisation, made.award, made.period_ends_on) == (row.organisation, row.award, row.ends_on)
    assert "The half year went to plan." in made.story
    assert made.what_worked == "Start the training earlier."
    values = {figure.label: figure.value for figure in made.figures.all()}
    assert Decimal(105) in values.values()
    assert (Decimal(25)) in values.values()
    assert events(made) == ["drafted"]
    with pytest.raises(Refused, match="There is a story of this return already"):
        actions.draft_story(monitoring_return=row, by=world.cast.officer, at=make.DRAFTED)


def test_blocks_of_keep_parts_with_their_total(world):
    """Every count by category stands with its sum, so that hiding one hides a second."""
    blocks = story_content.blocks_of(world.row("REVIEWED"))

    assert [block.key for block in blocks] == [str(number) for number in range(1, len(blocks) + 1)]
    for block in blocks:
        assert bool(block.group) == any(row.is_total for row in block.rows)
        if block.group:
            assert block.rows[-1].value == sum(row.value for row in block.rows[:-1])


@pytest.mark.parametrize(
    ("status", "who", "sentence"),
    [
        ("SUBMITTED", "officer", "Only a return that was reviewed and found satisfactory can become a story."),
        ("REVIEWED", "finance", rules.FOR_OFFICERS),
        ("REVIEWED", "maidstone_lead", rules.FOR_OFFICERS),
        ("REVIEWED", "officer", ""),
    ],
)
def test_why_not_draft(world, status, who, sentence):
    assert rules.why_not_draft(world.row(status), user=getattr(world.cast, who), on=ON) == sentence


def test_save_story_needs_a_new_check(world, story):
    made = story()
    actions.check_story(story=made, confirmed=True, by=world.cast.officer, at=make.CHECKED)

    make.written(made, world.cast, title="Another title")

    assert (made.title, made.checked_by, made.checked_at) == ("Another title", None, None)
    with pytest.raises(Refused, match="Give the story a title"):
        make.written(made, world.cast, title="  ")


def test_check_story_refuses_what_points_at_somebody_and_an_empty_confirmation(world, story):
    made = story(story="Write to mo@example.org.")

    with pytest.raises(Refused, match="Take this out of the story first"):
        actions.check_story(story=made, confirmed=True, by=world.cast.officer, at=make.CHECKED)
    make.written(made, world.cast)
    with pytest.raises(Refused, match="Confirm that nobody can be recognised"):
        actions.check_story(story=made, confirmed=False, by=world.cast.officer, at=make.CHECKED)
    actions.check_story(story=made, confirmed=True, by=world.cast.officer, at=make.CHECKED)

    assert (made.checked_by, made.checked_at) == (world.cast.officer, make.CHECKED)


def test_ask_consent_tells_the_leads(world, story):
    actions.ask_consent(story=story(), by=world.cast.officer, at=make.DRAFTED)

    assert told("story_consent_asked") == ["lead@maidstone.example.org"]


@pytest.mark.parametrize(
    ("who", "given", "sentence"),
    [
        ("maidstone_lead", {}, ""),
        ("officer", {}, ""),
        ("maidstone_contributor", {}, rules.FOR_LEADS),
        ("swale_lead", {}, rules.FOR_LEADS),
        ("reader", {}, rules.FOR_LEADS),
        ("officer", {"consent_from": " "}, "Say who agreed for the organisation."),
        ("officer", {"consent_on": date(2021, 1, 1)}, "The day of the consent must not lie ahead."),
    ],
)  # fmt: skip
def test_why_not_consent(world, story, who, given, sentence):
    assert rules.why_not_consent(story(), user=getattr(world.cast, who), on=ON, **given) == sentence


@pytest.mark.parametrize(
    ("agreed", "checked", "public", "why_not_share", "why_not_publish"),
    [
        (False, True, True, "The organisation has not agreed yet. Record its consent first.", "same"),
        (True, False, True, "Nobody has checked yet that no person can be recognised.", "same"),
        (True, True, True, "", ""),
        (True, True, False, "", LIBRARY_ONLY),
    ],
)  # fmt: skip
def test_why_not_share_or_publish(world, story, agreed, checked, public, why_not_share, why_not_publish):
    made = story()
    if agreed:
        make.agreed(made, world.cast, public=public)
    if checked:
        actions.check_story(story=made, confirmed=True, by=world.cast.officer, at=make.CHECKED)
    asked = {"user": world.cast.officer, "on": ON}

    assert rules.why_not_share(made, **asked) == why_not_share
    assert rules.why_not_publish(made, **asked) == (why_not_share if why_not_publish == "same" else why_not_publish)


def test_share_story_then_publish_it(world, story):
    made = story(S.SHARED)
    assert (in_library(), in_public()) == ([made.reference], [])

    actions.publish_story(story=made, by=world.cast.officer, at=make.LATER)

    assert (in_library(), in_public()) == ([made.reference], [made.reference])
    assert told("story_shared") == ["lead@maidstone.example.org"] * 2
    actions.share_story(story=made, by=world.cast.officer, at=make.LATER)
    assert (made.status, in_public()) == (S.SHARED, [])


def test_publish_story_never_takes_example_data(world, story):
    made = story(S.SHARED)
    OutcomeStory.objects.filter(pk=made.pk).update(is_example=True)
    made.refresh_from_db()

    with pytest.raises(Refused, match="example data, which is never published"):
        actions.publish_story(story=made, by=world.cast.officer, at=make.LATER)
    OutcomeStory.objects.filter(pk=made.pk).update(status=S.PUBLIC)
    assert in_public() == []


def test_withdraw_consent_takes_the_story_away_at_once(world, story):
    made = story(S.PUBLIC)

    actions.withdraw_consent(story=made, reason="We changed our mind.", by=world.cast.maidstone_lead, at=make.LATER)

    assert (made.status, made.consent_on, made.consent_public) == (S.WITHDRAWN, None, False)
    assert (in_library(), in_public(), reads.similar_to(themes=["Safer streets"])) == ([], [], [])
    assert "officer@opcc.example.org" in told("story_consent_withdrawn")


def test_give_consent_to_the_library_alone_takes_a_story_off_the_public_page(world, story):
    made = story(S.PUBLIC)

    make.agreed(made, world.cast, public=False)

    assert (made.status, in_library(), in_public()) == (S.SHARED, [made.reference], [])


def test_withdraw_story_then_reopen_it_begins_afresh(world, story):
    made = story(S.WITHDRAWN)
    assert (in_library(), made.withdrawn_reason) == ([], "The project has ended.")

    actions.reopen_story(story=made, reason="It goes on.", by=world.cast.officer, at=make.LATER)

    assert (made.status, made.is_consented, made.checked_at, made.shared_at) == (S.DRAFT, False, None, None)
    assert events(made)[-2:] == ["withdrawn", "reopened"]


def test_readable_leaves_out_a_story_while_its_return_is_open_again(world, story):
    made = story(S.PUBLIC)

    returns.reopen_return(
        monitoring_return=world.row("REVIEWED"), reason="A wrong figure.", due_on=date(2020, 11, 30),
        by=world.cast.officer, at=make.LATER,
    )  # fmt: skip

    made.refresh_from_db()
    assert (in_library(), in_public()) == ([], [])
    assert "no longer a satisfactory one" in rules.why_not_stand(made)


def test_contact_project_tells_the_leads_and_shows_no_address(world, story):
    made = story(S.SHARED)

    contact = actions.contact_project(
        story=made, organisation=world.cast.swale, message="How did you train them?", by=world.cast.swale_lead,
        at=make.LATER,
    )  # fmt: skip

    assert told("story_contact") == ["lead@maidstone.example.org"]
    notice = Notice.objects.get(rule="story_contact")
    assert "How did you train them?" in notice.body
    assert "@" not in notice.body + notice.heading
    actions.answer_contact(contact=contact, message="With the wardens.", by=world.cast.maidstone_lead, at=make.LATER)
    assert told("story_contact_answered") == ["lead@swale.example.org"]
    with pytest.raises(Refused, match="has been answered"):
        actions.answer_contact(contact=contact, message="Again.", by=world.cast.maidstone_lead, at=make.LATER)


@pytest.mark.parametrize(
    ("who", "contact", "given", "sentence"),
    [
        ("swale_lead", True, {}, ""),
        ("swale_lead", True, {"message": " "}, "Write a message."),
        ("swale_lead", True, {"sent": rules.CONTACTS_A_DAY}, TOO_MANY),
        ("swale_lead", False, {}, "Safer Maidstone Partnership does not take messages about this story."),
        ("maidstone_lead", True, {}, "This is a story of your own organisation."),
        ("swale_certifier", True, {}, "Only contributors and leads write to other projects."),
        ("officer", True, {}, "Only contributors and leads write to other projects."),
    ],
)  # fmt: skip
def test_why_not_contact(world, story, who, contact, given, sentence):
    made = story(S.SHARED, contact=contact)

    assert rules.why_not_contact(made, user=getattr(world.cast, who), on=ON, **given) == sentence


def test_contact_project_stops_after_a_few_on_one_day(world, story):
    made = story(S.SHARED)
    sent = {"story": made, "organisation": world.cast.swale, "message": "Hello", "by": world.cast.swale_lead}
    for _again in range(rules.CONTACTS_A_DAY):
        actions.contact_project(**sent, at=make.LATER)

    with pytest.raises(Refused, match="has sent 5 messages today"):
        actions.contact_project(**sent, at=make.LATER)
    assert StoryContact.objects.count() == rules.CONTACTS_A_DAY


def test_visible_to_keeps_drafts_from_strangers(world, story):
    made = story()
    seen = {who: made in OutcomeStory.objects.visible_to(getattr(world.cast, who)) for who in
            ("officer", "maidstone_lead", "swale_lead")}  # fmt: skip

    assert seen == {"officer": True, "maidstone_lead": True, "swale_lead": False}


def test_search_finds_by_words_theme_area_and_reference(world, story):
    made = story(S.SHARED)
    rows = OutcomeStory.objects.readable()

    for words in ("volunteer patrol", '"dark months"', "safer", made.reference.lower(), ""):
        assert [row.pk for row in reads.search(rows, words)] == [made.pk], words
    assert not reads.search(rows, "theatre")
    assert not reads.search(rows, "patrols -volunteers")


def test_similar_to_weighs_theme_words_area_and_stream(world, story):
    made = story(S.SHARED)

    for asked in (
        {"themes": ["Safer streets"]},
        {"words": "Weekend patrols"},
        {"areas": ["Maidstone"], "stream": made.stream},
    ):
        assert reads.similar_to(**asked) == [made], asked
    for asked in ({"areas": ["Maidstone"]}, {"words": "theatre in schools"}, {}):
        assert reads.similar_to(**asked) == [], asked
    assert reads.similar_to_story(made) == []


def test_blocks_shown_hide_low_counts_at_every_door(world, story):
    made = story(S.PUBLIC)
    figure = made.figures.filter(counts_people=True, group="").first()
    made.figures.filter(pk=figure.pk).update(value=Decimal(3))

    shown = [row for block in reads.figures_by_story([made])[made.pk] for row in block.figures if row.is_hidden]

    assert [(row.label, row.value, row.shown) for row in shown if row.label == figure.label] == [
        (figure.label, None, reads.HIDDEN_SHORT)
    ]


def test_publish_story_waits_out_a_sensitive_period(world, story):
    made = story(S.SHARED)
    SensitivePeriod.objects.create(key="quiet", name="Before the poll", starts_on=ON, ends_on=ON)

    assert "Before the poll" in rules.why_not_publish(made, user=world.cast.officer, on=ON)
    assert rules.why_not_publish(made, user=world.cast.officer, on=date(2020, 10, 22)) == ""
