"""Doors of complaints: the public's own, the office's and the organisation's."""

from datetime import timedelta

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from monitoring.actions import concerns as actions
from monitoring.queries import concern_links as links
from tests.make import concerns as make

from . import door


def _learning(world):
    concern = make.answered(world.cast, make.taken_up(world.cast, make.ordinary(world.cast, about="Changes")))
    return actions.agree_learning(
        concern=concern, action="Call back", by_office=False, due_on=make.DUE, by=world.cast.officer, at=make.ANSWERED
    )


def _restricted(world):
    concern = make.restricted(world.cast, restriction="STAFF")
    note = SimpleUploadedFile("note.txt", b"Seen.")
    actions.add_file(concern=concern, upload=note, by=world.cast.officer, at=make.TAKEN_UP)
    return make.taken_up(world.cast, concern, level=2)


def _with_file(world):
    concern = make.taken_up(world.cast, make.ordinary(world.cast, about="Files"))
    note = SimpleUploadedFile("note.txt", b"Seen.")
    actions.add_file(concern=concern, upload=note, by=world.cast.officer, at=make.TAKEN_UP)
    return concern


WORLD = {
    "concern": lambda world: make.ordinary(world.cast),
    "concern_shared": _with_file,
    "concern_at_officer": lambda world: make.taken_up(
        world.cast, make.ordinary(world.cast, about="Two"), level=2, at=world.now - timedelta(days=1)
    ),
    "concern_at_head": lambda world: make.taken_up(world.cast, make.ordinary(world.cast, about="Three"), level=3),
    "concern_at_commissioner": lambda world: make.taken_up(
        world.cast, make.ordinary(world.cast, about="Four"), level=4
    ),
    "concern_answered": lambda world: make.answered(
        world.cast, make.taken_up(world.cast, make.ordinary(world.cast, about="Five"))
    ),
    "concern_restricted": _restricted,
    "concern_learning": _learning,
}
PUBLIC = "page: *; page: visitor"
READERS = "page: office lead stranger provider; 403: *"
OFFICE = "page: office; 403: *"
OFFICERS = "page: officers; 403: *"
SETTLES = "page: head pcc; 403: *"
# What the organisation concerned, the provider, was not told of.
UNTOLD = "page: office; 404: lead stranger provider; 403: *"
TOLD = "page: office provider; 404: lead stranger; 403: *"
HANDLE = "page: officers; 404: lead stranger provider; 403: *"
HANDLED = "moved: officers; 404: lead stranger provider; 403: *"
HANDLED_TOLD = "moved: officers; 404: lead stranger; 403: *"
NAMED = "page: officer finance; 403: contributor certifier signatory; 404: *"
NAMED_OFFICE = "page: officer finance; 403: partners; 404: *"
SAID = {
    "about": "A service", "what_happened": "It was closed.", "restriction": "NONE", "may_tell_provider": "no",
    "organisation": "provider",
}  # fmt: skip
TAKE_UP = {"theme": "DELAY", "organisation": "provider", "words": ""}
LEVEL = {"name": "A panel", "answered_by": "HEAD", "acknowledge_days": 2, "answer_days": 9, "reason": "Agreed"}
ANSWER = {"outcome": "UPHELD", "answer": "You are right."}


def act(of, name, answers, method="GET", **more):
    """A door of one act on the complaint made under a key."""
    where = lambda world: {"reference": getattr(world, of).reference, "act": name}  # noqa: E731
    return door("monitoring:concern_act", where, answers, method=method, note=f"{name} {of}", **more)


def a_follower(world):
    return {"token": links.token_of(world.concern)}


def a_level(world):
    make.delivered()
    return {"number": 2}


def at(of, number=1):
    return lambda world: {"reference": getattr(world, of).reference, "number": number}


def a_change(world):
    return {"reference": world.concern_learning.reference, "number": 1}


def take_up(world):
    return {**TAKE_UP, "level": make.of_number(1).pk}


def two_people(world):
    return {"officer": world.cast.officer.pk, "deputy": world.cast.finance.pk}


def restriction(world):
    return {"restriction": "STAFF", "reason": "About a worker.", **two_people(world)}


def a_new_change(world):
    return {"action": "Train", "whose": "OFFICE", "due_on": (world.today + timedelta(days=30)).isoformat()}


def forget(world):
    """Count no requests of the one before: all come from one address."""
    cache.clear()


KIND = lambda world: {"restriction": "staff"}  # noqa: E731
DOORS = [
    door("monitoring:complain", "", PUBLIC),
    door("monitoring:complain_write", "", PUBLIC),
    door("monitoring:complain_write", "", "moved: *; moved: visitor", method="POST", data=SAID, given=forget),
    door("monitoring:complain_follow", a_follower, PUBLIC),
    door("monitoring:complain_follow", lambda world: {"token": "0" * 64}, "404: *; 404: visitor", note="no such link"),
    door("monitoring:complain_follow", a_follower, "moved: *; moved: visitor", method="POST", data={"do": "withdraw"}),
    door("monitoring:concern_list", "", READERS),
    door("monitoring:concern_list_csv", "", OFFICE),
    door("monitoring:concern_figures", "", OFFICE),
    door("monitoring:concern_new", "", "page: officers lead stranger provider; 403: *"),
    door("monitoring:concern_new", "", "moved: officers provider; page: lead stranger; 403: *", method="POST",
        data=SAID),
    door("monitoring:concern_levels", "", OFFICE),
    door("monitoring:concern_level_new", "", OFFICERS),
    door("monitoring:concern_level_new", "", "moved: officers; 403: *", method="POST", data=LEVEL),
    door("monitoring:concern_level_edit", a_level, OFFICERS),
    door("monitoring:concern_level_edit", a_level, "moved: officers; 403: *", method="POST", data=LEVEL),
    door("monitoring:concern_contacts", "", SETTLES),
    door("monitoring:concern_contact_edit", KIND, SETTLES),
    door("monitoring:concern_contact_edit", KIND, "moved: head pcc; 403: *", method="POST", data=two_people),
    door("monitoring:concern_show", "concern", UNTOLD),
    door("monitoring:concern_show", "concern_shared", TOLD, note="shared"),
    door("monitoring:concern_show", "concern_restricted", NAMED, note="restricted"),
    door("concern_letter", at("concern_shared"), "page: office; 403: *"),
    door("concern_letter", at("concern_restricted"), NAMED_OFFICE, note="restricted"),
    door("concern_letter_pdf", at("concern_restricted", 2), "404: office; 403: *", note="no such letter"),
    door("concern_file", at("concern_shared"), TOLD),
    door("concern_file", at("concern_restricted"), NAMED, note="restricted"),
    act("concern", "take-up", HANDLE),
    act("concern", "take-up", HANDLED, "POST", data=take_up),
    act("concern", "elsewhere", HANDLED, "POST", data={"words": "It is for the police."}),
    act("concern", "restrict", HANDLED, "POST", data=restriction),
    act("concern", "describe", HANDLED, "POST", data={**TAKE_UP, "reason": "As told"}),
    act("concern", "close", "sentence: officers; 404: lead stranger provider; 403: *", "POST", data={"reason": "Old"}),
    act("concern", "nothing", "404: office lead stranger provider; 403: *"),
    act("concern_shared", "answer", "moved: provider; 404: lead stranger; 403: *", "POST", data=ANSWER),
    act("concern_shared", "move-on", HANDLED_TOLD, "POST", data={"reason": "Late"}),
    act("concern_shared", "withdraw", HANDLED_TOLD, "POST", data={"reason": "Asked"}),
    act("concern_shared", "file", "page: officers provider; 404: lead stranger; 403: *"),
    act("concern_at_officer", "answer", HANDLED, "POST", data=ANSWER),
    act("concern_at_officer", "acknowledge", "sentence: officers; 404: lead stranger provider; 403: *", "POST",
        data={"words": "We look."}),
    act("concern_at_head", "answer", "moved: head; 404: lead stranger provider; 403: *", "POST", data=ANSWER),
    act("concern_at_commissioner", "answer", "moved: pcc; 404: lead stranger provider; 403: *", "POST", data=ANSWER),
    act("concern_answered", "close", HANDLED_TOLD, "POST", data={"reason": "Done"}),
    act("concern_answered", "learning", HANDLED_TOLD, "POST", data=a_new_change),
    act("concern_restricted", "lift", "moved: officer finance; 403: contributor certifier signatory; 404: *", "POST",
        data={"reason": "No risk"}),
    door("monitoring:concern_learning_done", a_change, "page: officers provider; 404: lead stranger; 403: *"),
    door("monitoring:concern_learning_done", a_change, "moved: officers provider; 404: lead stranger; 403: *",
        method="POST", data={"result": "A rota runs."}),
]  # fmt: skip
