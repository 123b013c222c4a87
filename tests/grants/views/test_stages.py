"""Pages of rounds decided in stages: what is hidden, what is shown, how many questions they ask."""

from copy import deepcopy
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grants.actions import staging
from grants.models import Assessment, Project, StageResult
from records import documents
from tests.kept import kept
from tests.make import staging as make

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept_world(django_db_setup, django_db_blocker):
    """A round with two evaluators, moderation with one place and the commissioner; two cases have come in."""

    def build(rules):
        return {
            "scored": make.scored(rules, 1, evaluators=2, name="Scores"),
            "moderation": make.stage(rules, 2, "MODERATION", places=1, name="Agreeing"),
            "decision": make.stage(rules, 3, "COMMISSIONER", name="Decision"),
        }

    with kept(django_db_blocker):
        world = make.world(build)
        world.case = make.sent_in(world, declared=False)
        world.other_case = make.sent_in(world, world.swale)
        yield world


@pytest.fixture
def world(kept_world, db):
    return deepcopy(kept_world)


def client_of(person):
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def url(case, rest=""):
    return f"/cases/{case.reference}/{rest}"


def test_papers_stay_closed_until_interests_are_declared_on_every_door(world):
    project, client = make.project_of(world.case), client_of(world.officer)
    file = SimpleUploadedFile("need.txt", b"Figures", content_type="text/plain")
    document = documents.store(upload=file, subject=project, section="NEED", by=world.maidstone_lead, at=make.SCORED_AT)

    page = text_of(client.get(url(world.case), follow=True))
    assert "Declare your interests in this business case before you open its papers." in page
    assert "Reports of violence" not in page
    for closed in ("submissions/1/", "return/", "projects/1/stages/1/score/"):
        assert client.get(url(world.case, closed)).url == url(world.case, "evaluation/")
    assert client.get(f"/documents/{document.pk}/").status_code == 404

    make.declare(world, world.case, world.officer)

    assert "Reports of violence" in text_of(client.get(url(world.case)))
    assert "Reports of violence" in text_of(client.get(url(world.case, "projects/1/stages/1/score/")))
    assert client.get(f"/documents/{document.pk}/").status_code == 200


def test_papers_stay_closed_to_who_declared_an_interest(world):
    client = client_of(world.officer)
    client.post(url(world.case, "evaluation/interests/"), {"has_interest": "yes", "details": "Family"})

    assert client.get(url(world.case)).url == url(world.case, "evaluation/")


def test_a_reader_declares_and_may_then_read(world):
    client = client_of(world.auditor)
    assert client.get(url(world.case)).url == url(world.case, "evaluation/")

    client.post(url(world.case, "evaluation/interests/"), {"has_interest": "no"})

    assert "Reports of violence" in text_of(client.get(url(world.case)))


def test_assessment_edit_saves_then_finishes(world):
    client, page = client_of(world.officer), url(world.other_case, "projects/1/stages/1/score/")
    first, second = world.scored.criteria.all()
    shown = text_of(client.get(page))
    for words in ("Evidence of need", "Weight 60, scored 0 to 5. Read closely", "Shown beyond doubt"):
        assert words in shown

    client.post(page, {f"score_{first.pk}": "3", f"words_{first.pk}": "Some figures"})
    half = Assessment.objects.get()
    assert half.finished_at is None
    assert "Some figures" in text_of(client.get(page))

    missing = text_of(client.post(page, {f"score_{first.pk}": "3", "finish": "Finish"}))
    assert "Value for money: give a score before you finish." in missing
    client.post(page, {f"score_{first.pk}": "3", f"score_{second.pk}": "4", "finish": "Finish"})
    assert Assessment.objects.get().finished_at is not None


def test_evaluation_page_hides_the_scores_of_others_until_ones_own_are_finished(world):
    project = make.project_of(world.other_case)
    make.score(project, world.scored, world.officer, 4, why="A sharp remark")
    page = url(world.other_case, "evaluation/")

    assert "A sharp remark" not in text_of(client_of(world.other_officer).get(page))
    assert "A sharp remark" not in text_of(client_of(world.head).get(page))

    make.score(project, world.scored, world.other_officer, 3)
    assert "A sharp remark" in text_of(client_of(world.other_officer).get(page))


def test_moderation_edit_shows_the_spread_and_keeps_the_reason(world):
    project = make.project_of(world.other_case)
    make.both_score(world, project, world.scored, 5, 2)
    client, page = client_of(world.officer), url(world.other_case, "projects/1/stages/2/moderate/")

    assert "The evaluators gave 5 and 2: 3 apart." in text_of(client.get(page))

    scores = {f"score_{row.pk}": "4" for row in world.scored.criteria.all()}
    assert "the evaluators gave 2 and 5. Say why 4 is agreed." in text_of(client.post(page, scores))
    client.post(page, {**scores, **{f"words_{row.pk}": "Read together" for row in world.scored.criteria.all()}})
    assert StageResult.objects.get().outcome == "RECORDED"
    assert "Read together" in text_of(client.get(url(world.other_case, "evaluation/")))


def both_agreed(world):
    make.declare(world, world.case)
    for case, score in ((world.case, 5), (world.other_case, 4)):
        make.both_score(world, make.project_of(case), world.scored, score)
        make.agree(world, make.project_of(case), world.moderation, world.scored, score)


def test_stage_show_and_settle(world):
    both_agreed(world)
    page = f"/rounds/{world.round.reference}/stages/2/"
    client = client_of(world.officer)

    before = text_of(client.get(page))
    assert "80% of the best possible score, place 2, and 1 goes on" in before
    assert "Would go no further" in before
    done = text_of(client.post(f"{page}settle/", follow=True))

    assert "Agreeing is settled: 1 of 2 go on." in done
    assert "Goes no further" in done


def test_stage_ranking_draws_the_line_of_the_money(world):
    both_agreed(world)
    make.settle(world, world.moderation)
    type(world.round).objects.filter(pk=world.round.pk).update(budget=Decimal("9000"))

    page = text_of(client_of(world.pcc).get(f"/rounds/{world.round.reference}/ranking/"))

    assert "The money does not reach the first project." in page
    assert "Projects that go no further (1)" in page


def test_round_page_names_its_stages(world):
    page = text_of(client_of(world.officer).get(f"/rounds/{world.round.reference}/"))

    assert "Stages of the decision" in page
    assert "2 waiting, 0 through, 0 no further" in page


def test_home_names_what_waits_for_a_declaration_and_for_scores(world):
    page = text_of(client_of(world.officer).get("/"))
    assert "Declare your interests" in page
    assert "Finish your scores" not in page

    staging.save_assessment(
        project=make.project_of(world.other_case), stage=world.scored, scores={}, by=world.officer, at=make.SCORED_AT
    )
    make.declare(world, world.case, world.officer)

    page = text_of(client_of(world.officer).get("/"))
    assert "Declare your interests" not in page
    assert "Finish your scores" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_of_stages_ask_the_same_for_any_number_of_projects(world, rows):
    for number in range(2, rows + 1):
        project = Project.objects.create(case=world.other_case, number=number, title=f"Project {number}")
        project.budget_lines.create(number=1, heading="Staff", amount=100)
    client = client_of(world.officer)
    pages = {
        f"/rounds/{world.round.reference}/stages/1/": 12,
        f"/rounds/{world.round.reference}/ranking/": 13,
        url(world.other_case, "evaluation/"): 25,
    }
    asked = {}
    for page in pages:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page).status_code == 200
        asked[page] = len(caught)

    assert asked == pages
