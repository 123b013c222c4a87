"""The house keeps its own rules, and each check catches a planted fault (house.md, parts 1, 3, 4)."""

import ast
from collections.abc import Callable
from types import SimpleNamespace

import pytest
import yaml
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from tests import house

TREES = list(house.sources())
NAMESPACES = {"accounts", "plans", "grants", "services", "monitoring"}
CHECKS = {
    "imports run downward": house.upward_imports,
    "writes stay in their rooms": house.stray_writes,
    "the clock is passed in": house.clock_reads,
    "no signals": house.signals,
    "no inline imports": house.inline_imports,
    "function views": house.class_views,
    "no floats": house.floats,
}


def checked(check: Callable, where: str, source: str) -> list[str]:
    """The faults of a piece of source that stands at `where`."""
    return check(where, ast.parse(source))


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_house_rule_is_kept(check: Callable) -> None:
    faults = [fault for where, tree in TREES for fault in check(where, tree)]

    assert not faults, "\n".join(faults)


PLANTED = [
    (house.upward_imports, "records/queries.py", "from accounts.models import User"),
    (house.upward_imports, "grants/queries/rounds.py", "from services.models import Contract"),
    (house.upward_imports, "monitoring/views.py", "from pcc_portal.queries import home"),
    (house.upward_imports, "monitoring/views.py", "from grants.views import awards"),
    (house.upward_imports, "monitoring/actions/returns.py", "from grants.letters.awards import award_letter"),
    (house.upward_imports, "grants/models/awards.py", "from ..queries import rounds"),
    (house.upward_imports, "grants/models/awards.py", "from grants import queries"),
    (house.upward_imports, "grants/rules/awards.py", "from .. import notices"),
    (house.upward_imports, "grants/rules/awards.py", "from ..forms.awards import AwardForm"),
    (house.upward_imports, "grants/actions/awards.py", "from ..views import awards"),
    (house.upward_imports, "grants/rules/awards.py", "from records.actions import log"),
    (house.upward_imports, "records/rules.py", "from .actions import log"),
    (house.upward_imports, "monitoring/workbook/read.py", "from ..forms.uploads import UploadForm"),
    (house.upward_imports, "records/clock.py", "from .models import Notice"),
    (house.upward_imports, "plans/queries.py", "from records import workflow"),
    (house.upward_imports, "records/actions.py", "from . import obligations"),
    (house.upward_imports, "monitoring/tasks.py", "from records import tasks"),
    (house.stray_writes, "grants/views/awards.py", "award.save()"),
    (house.stray_writes, "grants/queries/awards.py", "Award.objects.filter(pk=1).update(status='LIVE')"),
    (house.stray_writes, "grants/rules/awards.py", "Award.objects.create(title='x')"),
    (house.stray_writes, "grants/views/awards.py", "project.priorities.set([])"),
    (house.stray_writes, "pcc_portal/views/home.py", "Event.objects.all().delete()"),
    (house.stray_writes, "accounts/models.py", "def rename(self):\n    self.save()"),
    (house.clock_reads, "grants/rules/awards.py", "on = timezone.localdate()"),
    (house.clock_reads, "grants/models/awards.py", "on = date.today()"),
    (house.clock_reads, "grants/actions/awards.py", "at = timezone.now()"),
    (house.clock_reads, "grants/actions/awards.py", "at = datetime.datetime.now()"),
    (house.clock_reads, "grants/queries/awards.py", "at = time.time()"),
    (house.signals, "grants/apps.py", "from django.db.models.signals import post_save"),
    (house.signals, "grants/apps.py", "from django.db.models import signals"),
    (house.signals, "grants/apps.py", "from django.dispatch import receiver"),
    (house.inline_imports, "grants/views/awards.py", "def show():\n    from grants import queries"),
    (house.inline_imports, "records/pdf.py", "def render():\n    import secrets"),
    (house.class_views, "grants/views/awards.py", "from django.views.generic import ListView"),
    (house.class_views, "grants/views/awards.py", "class AwardList(View):\n    pass"),
    (house.floats, "grants/queries/awards.py", "total = float('1')"),
    (house.floats, "grants/models/awards.py", "amount = models.FloatField()"),
]


@pytest.mark.parametrize(("check", "where", "source"), PLANTED, ids=lambda value: str(value)[:60])
def test_house_catches_a_planted_fault(check: Callable, where: str, source: str) -> None:
    assert len(checked(check, where, source)) == 1


INNOCENT = [
    (house.upward_imports, "grants/actions/awards.py", "from records import actions, obligations, workflow"),
    (house.upward_imports, "grants/models/awards.py", "from accounts.models import Organisation"),
    (
        house.upward_imports,
        "grants/views/awards.py",
        "from ..actions import awards\nfrom ..rules import awards as rules",
    ),
    (house.upward_imports, "grants/forms/awards.py", "from ..rules import awards"),
    (house.upward_imports, "pcc_portal/tasks.py", "from records.tasks import deliver_messages"),
    (house.stray_writes, "grants/actions/awards.py", "Award.objects.create(title='x')"),
    (house.stray_writes, "grants/queries/awards.py", "figures.update({'total': 1})\nseen.add(1)"),
    (house.stray_writes, "accounts/models.py", "def create_user(self):\n    user.save()"),
    (house.clock_reads, "grants/views/awards.py", "on = timezone.localdate()"),
    (house.clock_reads, "grants/rules/awards.py", "day = timezone.localdate(at)"),
    (house.inline_imports, "records/pdf.py", "def render():\n    import weasyprint"),
]


@pytest.mark.parametrize(("check", "where", "source"), INNOCENT, ids=lambda value: str(value)[:60])
def test_house_leaves_the_innocent_alone(check: Callable, where: str, source: str) -> None:
    assert checked(check, where, source) == []


def test_house_sizes() -> None:
    faults = [fault for where, tree in TREES for fault in house.sizes(where, tree, (house.ROOT / where).read_text())]

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("source", ["x = 1\n" * 401, "def long():\n" + "    x = 1\n" * 60])
def test_house_sizes_catches_a_planted_fault(source: str) -> None:
    assert len(house.sizes("grants/enums.py", ast.parse(source), source)) == 1


def test_house_nothing_left_for_later() -> None:
    faults = [fault for where, text in house.pages_and_code() for fault in house.left_overs(where, text)]

    assert not faults, "\n".join(faults)


def test_house_nothing_left_for_later_catches_a_planted_fault() -> None:
    assert len(house.left_overs("grants/enums.py", "x = 1  # TO" + "DO: later\n")) == 1


def plan_names() -> set[str]:
    """The names a plan file gives to offices, organisations, funds and streams."""
    names: set[str] = set()
    for path in sorted((house.ROOT / "pcc_portal/plan_files").glob("*.yaml")):
        if not path.name.startswith("example"):
            names |= names_in(yaml.safe_load(path.read_text()))
    return names


def names_in(content: dict) -> set[str]:
    """Names and codes under the headings that hold them; short and plain words are left out."""
    names: set[str] = set()
    for heading in ("office", "body", "organisations", "sources", "funding_sources", "streams"):
        entries = content.get(heading) or []
        for entry in entries if isinstance(entries, list) else [entries]:
            for key in ("name", "short_name", "code", "police_area"):
                names.add(str(entry.get(key) or ""))
    return {name for name in names if len(name) >= 3 and (" " in name or name.isupper() or name[:1].isupper())}


def test_house_names_are_data() -> None:
    names = plan_names()

    faults = (
        [fault for where, text in house.pages_and_code() for fault in house.found_names(where, text, names)]
        if names
        else []
    )

    assert not faults, "\n".join(faults)


def test_house_names_are_data_catches_a_planted_fault() -> None:
    names = names_in(
        {"streams": [{"code": "CRG", "name": "Crime Reduction Grant"}], "office": {"name": "Office of Kent"}}
    )

    assert names == {"CRG", "Crime Reduction Grant", "Office of Kent"}
    assert len(house.found_names("templates/x.html", "<h1>Apply for CRG</h1>\n<p>the Office of Kent</p>", names)) == 2
    assert house.found_names("templates/x.html", "<p class='CRG-x'>CRGs</p>", names) == []


def our_models() -> list:
    return [model for model in apps.get_models() if model._meta.app_label in house.FLOORS]


def faults_of(model: type) -> list[str]:
    names = {field.name for field in model._meta.get_fields()}
    return house.personal_data(model._meta.label, names, model.__dict__.get("PersonalData"))


def test_house_models_name_their_personal_data() -> None:
    assert [fault for model in our_models() for fault in faults_of(model)] == []


def test_house_models_name_their_personal_data_catches_a_planted_fault() -> None:
    assert len(house.personal_data("grants.Award", {"title"}, None)) == 1
    assert len(house.personal_data("grants.Award", {"title"}, SimpleNamespace(fields=["email"]))) == 1
    assert house.personal_data("grants.Award", {"title"}, SimpleNamespace(fields=["title"])) == []


def named_views(patterns: list, namespace: str = "") -> list[tuple[str, str]]:
    """(name, view function) of every URL in our namespaces."""
    found = []
    for entry in patterns:
        if isinstance(entry, URLResolver):
            found += named_views(entry.url_patterns, entry.namespace or namespace)
        elif isinstance(entry, URLPattern) and namespace in NAMESPACES:
            found.append((f"{namespace}:{entry.name}", entry.callback.__name__))
    return found


def test_house_one_name() -> None:
    wrong = [(name, view) for name, view in named_views(get_resolver().url_patterns) if name.split(":")[1] != view]

    assert wrong == [], "a view function and its URL name are one name"
