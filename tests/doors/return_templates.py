"""Doors of return templates: read by the office, changed by officers, closed to everybody else."""

from plans import actions
from tests.doors import door
from tests.make import templates


def _second_version(world):
    """A template with a draft of its second version that differs from the first."""
    officer = world.cast.officer
    first = templates.in_use(officer)
    draft = actions.start_new_version(template=first.template, by=officer, at=templates.AT)
    return actions.edit_version(version=draft, guidance="Other words.", why="Asked for", by=officer, at=templates.AT)


WORLD = {"template_draft": _second_version}
READ = "page: office; 403: *"
OFFICERS = "page: officers; 403: *"
CHANGED = "moved: officers; 403: *"
REFUSED = "sentence: officers; 403: *"


def of(number=None, **more):
    """The arguments of an address: the template alone, a version, or something in it."""
    numbered = {} if number is None else {"number": number}
    return lambda world: {"key": world.template_draft.template.key, **numbered, **more}


def both(name, of_row, data):
    """A page with a form: shown, and sent."""
    return [door(name, of_row, OFFICERS), door(name, of_row, CHANGED, method="POST", data=data)]


SECTION = {"title": "Waiting", "guidance": ""}
QUESTION = {"label": "Hours", "required": "NEVER"}
CHECK = {"left": ["people-asked"], "kind": "SUM_IS", "right": "people-satisfied", "only_warns": "no"}
WORDS = {"guidance": "Count.", "why": "Asked for"}

DOORS = [
    door("monitoring:template_list", "", READ),
    door("monitoring:template_show", of(), READ),
    door("monitoring:template_version", of(2), READ),
    door("monitoring:template_preview", of(2), READ),
    door("monitoring:template_workbook", of(2), READ),
    door("monitoring:template_changes", of(2), READ),
    *both("monitoring:template_new", "", {"name": "Court support"}),
    *both("monitoring:template_edit", of(), {"name": "Shorter"}),
    door("monitoring:template_version_start", of(), REFUSED, method="POST", note="with a draft"),
    *both("monitoring:template_guidance", of(2), WORDS),
    door("monitoring:template_guidance", of(1), REFUSED, note="frozen"),
    *both("monitoring:template_section_new", of(2), {"part": "INDICATORS", **SECTION}),
    *both("monitoring:template_section_edit", of(2, section="people"), SECTION),
    door("monitoring:template_section_move", of(2, section="people"), CHANGED, method="POST", data={"to": "up"}),
    *both("monitoring:template_section_remove", of(2, section="files"), {}),
    *both("monitoring:template_question_edit", of(2, indicator="people-asked"), QUESTION),
    door("monitoring:template_question_new", of(2, section="people"), OFFICERS, query="kind=NUMBER"),
    door(
        "monitoring:template_question_new",
        of(2, section="people"),
        CHANGED,
        method="POST",
        data=QUESTION,
        query="kind=NUMBER",
    ),
    door(
        "monitoring:template_question_move",
        of(2, indicator="people-asked"),
        CHANGED,
        method="POST",
        data={"to": "down"},
    ),
    door("monitoring:template_question_remove", of(2, indicator="people-asked"), REFUSED, note="named by a check"),
    door(
        "monitoring:template_question_remove",
        of(2, indicator="people-asked"),
        REFUSED,
        method="POST",
        note="named by a check",
    ),
    *both("monitoring:template_check_new", of(2), CHECK),
    *both("monitoring:template_check_edit", of(2, check=1), CHECK),
    *both("monitoring:template_check_remove", of(2, check=1), {}),
    door("monitoring:template_put_to_use", of(2), CHANGED, method="POST"),
    door("monitoring:template_put_to_use", of(1), REFUSED, method="POST", note="frozen"),
    *both("monitoring:template_discard", of(2), {}),
]
