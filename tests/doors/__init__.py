"""The table of doors: every URL name, and what each person is answered there.

Each area has a module `tests/doors/<area>.py` with a list DOORS and, if it needs rows, a mapping WORLD:

    WORLD = {"draft_case": lambda world: cases.business_case(world.cast, world.plan, status="DRAFT")}
    DOORS = [
        door("grants:business_case_list", "", "page: *; 403: signatory"),
        door("grants:business_case_show", "draft_case", "page: contributor lead certifier; 404: *"),
        door("grants:business_case_submit", "draft_case", "moved: lead; 403: maidstone; 404: *", method="POST"),
    ]

- door(name, of, answers, method="GET", data=None, given=None, query="", note="")
- `of`: "" for no argument; a key of WORLD, whose `.reference` is the argument `reference`;
  or `lambda world: {"pk": world.draft_case.pk}`.
- `answers`: "answer: who who; answer: who". Who: an actor, a group (GROUPS below) or `*` (everybody not named).
  An actor's own name counts more than a group, a group more than `*`; among equals the later counts.
  A visitor is answered "sign in" unless named himself.
- answers: page (200), sign in (sent to the sign-in page), moved (sent elsewhere, as after a change that was made),
  sentence (refused: the moment is wrong), 403 (wrong role), 404 (stranger), 405 (no such method).
- `data`: what is posted, a mapping or `lambda world: {...}`. `given`: `lambda world: ...`, run before each request;
  it may change rows (fetch them afresh), for all is rolled back afterwards. `query`: "status=OPEN". `note`: tells
  rows of the same name and method apart.
- A method without a row must be answered 405 (so give views @require_safe, @require_POST, @require_http_methods):
  the test asks that by itself.
- `world.<key>` is made once, when first asked for: `world.cast`, `world.plan`, `world.now`, `world.today`, and the
  keys of every WORLD. Each request runs in a savepoint that is rolled back, so what one person changes no other sees.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone

from plans.models import FundingSource
from tests.make import accounts as make_accounts
from tests.make import plans as make_plans

# The actor's name here, and the person of the cast (tests/make/accounts.py) who plays it.
ACTORS = {
    "visitor": None,
    "contributor": "maidstone_contributor",
    "lead": "maidstone_lead",
    "certifier": "maidstone_certifier",
    "signatory": "maidstone_signatory",
    "stranger": "swale_lead",
    "provider": "provider_lead",
    "officer": "officer",
    "finance": "finance",
    "head": "head",
    "cfo": "cfo",
    "chief_executive": "chief_executive",
    "pcc": "pcc",
    "auditor": "auditor",
    "reader": "reader",
}
GROUPS = {
    "office": "officer finance head cfo chief_executive pcc auditor reader",
    "officers": "officer head",
    "deciders": "head cfo chief_executive pcc",
    "maidstone": "contributor lead certifier signatory",
    "writers": "contributor lead",
    "partners": "contributor lead certifier signatory stranger provider",
    "outsiders": "stranger provider",
    "everybody": " ".join(ACTORS),
}
ANSWERS = {"page", "sign in", "moved", "sentence", "403", "404", "405"}


@dataclass(frozen=True)
class Door:
    """One row: a URL name, how it is asked, and the answer of each actor."""

    name: str
    of: str | Callable
    answers: str
    method: str = "GET"
    data: dict | Callable | None = None
    given: Callable | None = None
    query: str = ""
    note: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, [self.method, self.name, self.note]))

    def expected(self) -> dict[str, str]:
        """The answer of every actor."""
        return read_answers(self.answers)

    def kwargs(self, world: "World") -> dict:
        """The arguments of the address; makes the row they come from."""
        if callable(self.of):
            return self.of(world)
        return {"reference": getattr(world, self.of).reference} if self.of else {}

    def posted(self, world: "World") -> dict:
        """What is sent along."""
        return self.data(world) if callable(self.data) else dict(self.data or {})


door = Door


def read_answers(answers: str) -> dict[str, str]:
    """Turn "page: office; 403: reader; 404: *" into an answer for every actor."""
    weighed: dict[str, tuple[int, str]] = {"visitor": (2, "sign in")}
    for part in filter(str.strip, answers.split(";")):
        answer, _, who = (piece.strip() for piece in part.partition(":"))
        if answer not in ANSWERS:
            raise ValueError(f"{answer!r} in {answers!r} is no answer; it is one of {sorted(ANSWERS)}")
        for word in who.split():
            if word not in {"*", *GROUPS, *ACTORS}:
                raise ValueError(f"{word!r} in {answers!r} is neither an actor nor a group")
            weight = 3 if word in ACTORS else 2 if word in GROUPS else 1
            for actor in GROUPS.get(word, " ".join(ACTORS) if word == "*" else word).split():
                if weighed.get(actor, (0, ""))[0] <= weight:
                    weighed[actor] = (weight, answer)
    missing = [actor for actor in ACTORS if actor not in weighed]
    if missing:
        raise ValueError(f"{answers!r} says nothing about {', '.join(missing)}")
    return {actor: weighed[actor][1] for actor in ACTORS}


def with_money(plan: Any) -> Any:
    """The plan with sources that all areas together do not use up."""
    FundingSource.objects.update(amount=F("amount") * 10)
    return plan


class World:
    """The rows behind the doors, each made once, when it is first asked for."""

    def __init__(self, makers: dict[str, Callable[["World"], Any]]) -> None:
        self._makers = {
            "cast": lambda world: make_accounts.cast(),
            "plan": lambda world: with_money(make_plans.plan(world.cast)),
            "now": lambda world: timezone.now(),
            "today": lambda world: timezone.localdate(),
            **makers,
        }

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_"):
            raise AttributeError(key)
        made = self._makers[key](self)
        setattr(self, key, made)
        return made

    def person(self, actor: str) -> Any:
        """The person of the cast who plays the actor; None for the visitor."""
        return getattr(self.cast, ACTORS[actor]) if ACTORS[actor] else None


def areas() -> list:
    """The modules of all areas."""
    return [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
