"""Loading a plan: once, never over an edit made on screen, never telling anybody of the past."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Organisation
from grants.models import Allocation, Award, Round
from plans.models import CommissioningBody, FundingSource, LearningArea, LoadedRow, Priority, RuleSet, Stream
from records.models import Event, Notice, Obligation
from services.models import Contract

pytestmark = pytest.mark.django_db
SMALL = Path(__file__).parents[1] / "data/plan_files/small.yaml"


@pytest.fixture
def plan_file(tmp_path):
    """A copy of the small plan that a test may change."""
    copy = tmp_path / "small.yaml"
    copy.write_text(SMALL.read_text())
    return copy


def load(path=SMALL, **options):
    out = StringIO()
    call_command("load_plan", path, stdout=out, **options)
    return out.getvalue()


def refusal(path):
    with pytest.raises(CommandError) as refused:
        call_command("load_plan", path)
    return str(refused.value)


def rewrite(path, before, after):
    text = path.read_text()
    assert text.count(before) == 1
    path.write_text(text.replace(before, after))


def test_load_plan_writes_every_row():
    said = load()

    assert said == "small.yaml: 24 rows added, 0 changed.\n"
    body = CommissioningBody.objects.get()
    assert (body.name, body.organisation.key, body.brand_colour) == ("The Office", "office", "#112233")
    north = Organisation.objects.get(key="north")
    assert (north.accountable_body.key, north.areas, north.other_names.get().name) == ("council", ["North"], "NP")
    stream = Stream.objects.get(key="north-crime")
    assert (stream.parent.key, stream.number, stream.source) == ("crime", "1.1", "A page (https://example.org/page)")
    assert list(Stream.objects.get(key="crime").sources.values_list("key", flat=True)) == ["own"]
    rules = RuleSet.objects.get()
    assert (rules.tactical_numerator, rules.tactical_denominator) == (1, 3)
    assert list(rules.instalment_rules.order_by("pk").values_list("number", "share_percent", "for_tactical")) == [
        (1, 50, False),
        (2, 50, False),
        (1, 100, True),
    ]
    assert [condition.number for condition in rules.terms.conditions.order_by("order")] == ["1", "2"]


def test_load_plan_a_second_time_changes_nothing():
    load()
    before = [Event.objects.count(), list(LoadedRow.objects.order_by("pk").values())]

    said = load()

    assert said == "small.yaml: nothing changed.\n"
    assert [Event.objects.count(), list(LoadedRow.objects.order_by("pk").values())] == before


def test_load_plan_check_writes_nothing():
    said = load(check=True)

    assert said == "small.yaml: 24 rows added, 0 changed. Only checked: nothing was written.\n"
    assert [Organisation.objects.count(), LoadedRow.objects.count(), Event.objects.count()] == [0, 0, 0]


def test_load_plan_unknown_figures_stay_unknown():
    load()

    assert FundingSource.objects.get(key="own").amount is None
    award = Award.objects.get(key="unknown")
    assert (award.recorded_amount, award.recorded_returned) == (None, None)
    past = Round.objects.get(key="past")
    assert (past.opens_on, past.deadline_on) == (None, None)


def test_load_plan_past_facts_are_recorded_and_tell_nobody():
    load()

    past = Round.objects.get(key="past")
    assert (past.is_recorded, past.status) == (True, "DECIDED")
    allocation = Allocation.objects.get(round=past)
    assert (allocation.opened_amount, allocation.amount) == (39661, 39661)
    award = Award.objects.get(key="known")
    assert (award.is_recorded, award.status, award.recorded_amount, award.recorded_returned) == (
        True,
        "RECORDED",
        39661,
        156,
    )
    assert award.instalments.count() == 0
    assert Notice.objects.count() == 0
    assert list(Obligation.objects.values_list("kind", "organisation")) == [("EXTENSION_DECISION", None)]


def test_load_plan_a_round_to_come_is_a_draft():
    load()

    coming = Round.objects.get(key="next")
    assert (coming.is_recorded, coming.status) == (False, "DRAFT")
    allocation = Allocation.objects.get(round=coming)
    assert (allocation.main_amount, allocation.tactical_amount, allocation.opened_amount) == (26440, 13220, None)


def test_load_plan_leaves_an_edit_made_on_screen():
    load()
    Stream.objects.filter(key="north-crime").update(description="Projects and patrols")
    events = Event.objects.count()

    said = load()

    assert Stream.objects.get(key="north-crime").description == "Projects and patrols"
    assert 'streams, north-crime: description is "Projects and patrols" in the portal' in said
    assert "The edit made on screen is kept." in said
    assert said.endswith("small.yaml: nothing changed.\n")
    assert Event.objects.count() == events


def test_load_plan_follows_a_change_of_the_file(plan_file):
    load(plan_file)
    rewrite(plan_file, "amount: 9000", "amount: 9500.50")

    said = load(plan_file)

    assert str(FundingSource.objects.get(key="known").amount) == "9500.50"
    assert "small.yaml: 0 rows added, 1 changed." in said
    event = Event.objects.latest("pk")
    assert (event.verb, event.changes) == ("changed", {"amount": ["9000.00", "9500.50"]})
    assert "nothing changed" in load(plan_file)


def test_load_plan_stops_when_screen_and_file_disagree(plan_file):
    load(plan_file)
    Stream.objects.filter(key="north-crime").update(description="From the screen")
    rewrite(plan_file, 'description: "Projects"', 'description: "From the file"')
    rewrite(plan_file, "amount: 9000", "amount: 1")

    told = refusal(plan_file)

    assert (
        'streams, north-crime: description is "From the screen" in the portal and "From the file" in the file '
        '(the last load said "Projects").'
    ) in told
    assert told.endswith("Nothing was written.")
    assert FundingSource.objects.get(key="known").amount == 9000


def test_load_plan_goes_on_once_file_and_screen_agree(plan_file):
    load(plan_file)
    Stream.objects.filter(key="north-crime").update(description="Agreed")
    rewrite(plan_file, 'description: "Projects"', 'description: "Agreed"')

    assert "nothing changed" in load(plan_file)
    assert LoadedRow.objects.get(section="streams", key="north-crime").content["description"] == "Agreed"


def test_load_plan_never_takes_over_a_row_of_the_screen():
    Organisation.objects.create(key="north", name="Another body", kind="CHARITY")

    told = refusal(SMALL)

    assert 'organisations, north: name is "Another body" in the portal' in told
    assert Organisation.objects.get().name == "Another body"


def test_load_plan_tells_a_name_that_is_taken():
    Organisation.objects.create(key="other", name="north PARTNERSHIP", kind="CSP")

    assert "organisations, north: the portal's own records do not allow it" in refusal(SMALL)
    assert Organisation.objects.count() == 1


def test_load_plan_keeps_what_the_file_no_longer_has(plan_file):
    load(plan_file)
    rewrite(plan_file, '  post: {stream: north-crime, title: "A post", year: 2020/21, source: printed}\n', "")
    rewrite(plan_file, "commitments:\n", "")

    assert "commitments, post: no longer in the file. It stays in the portal." in load(plan_file)


def test_load_plan_puts_rows_in_a_new_order(plan_file):
    load(plan_file)
    rewrite(plan_file, '  terms: {area: "Terms"}\n', '  schools: {area: "Schools"}\n  terms: {area: "Terms"}\n')
    rewrite(plan_file, '  theft: {name: "Theft"}\n', "")
    rewrite(plan_file, "  violence: {name:", '  theft: {name: "Theft"}\n  violence: {name:')

    load(plan_file)

    assert list(LearningArea.objects.order_by("order").values_list("order", "area")) == [
        (1, "Schools"),
        (2, "Terms"),
        (3, "Audits"),
    ]
    assert list(Priority.objects.order_by("order").values_list("order", "key")) == [(1, "theft"), (2, "violence")]


def test_load_plan_changes_small_rows_inside_a_row(plan_file):
    load(plan_file)
    rewrite(plan_file, "aliases: [NP]", "aliases: [NP, NorthP]")
    rewrite(plan_file, "options: [{notice_months: 6}, {}]", "options: [{notice_months: 9}, {}]")

    load(plan_file)

    names = Organisation.objects.get(key="north").other_names.order_by("pk")
    assert [other.name for other in names] == ["NP", "NorthP"]
    option = Contract.objects.get().options.get(number=1)
    assert option.notice_months == 9
    due = Obligation.objects.open().get(kind="EXTENSION_DECISION")
    assert due.due_on.isoformat() == "2092-06-30"
    assert "nothing changed" in load(plan_file)


def test_load_plan_leaves_an_opened_round_to_the_screen(plan_file):
    load(plan_file)
    Round.objects.filter(key="next").update(status="OPEN", opened_at=timezone.now())
    rewrite(plan_file, 'name: "Next round"', 'name: "Another name"')

    assert "This round has been opened" in refusal(plan_file)


def test_load_plan_leaves_terms_in_use_as_they_are(plan_file):
    load(plan_file)
    Award.objects.update(terms=RuleSet.objects.get().terms)
    rewrite(plan_file, "Spend well", "Spend better")

    assert "they are fixed. Add them as a new version." in refusal(plan_file)
