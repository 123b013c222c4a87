"""A plan file checked whole: every fault told with its line, before anything is written."""

from dataclasses import dataclass, field

from . import crosschecks
from .activity_steps import check_activity
from .entries import clean_entries, tell_repeated
from .kinds import SLUG, Position, nearest, shown
from .reading import Node
from .sections import SECTIONS

HEADER = ("file", "example", "part_of", "sources", "activity")


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: where, and what to do about it."""

    line: int
    sentence: str

    def __str__(self):
        return f"line {self.line}: {self.sentence}"


@dataclass
class Row:
    """One row of a section: its checked content, and the lines to name in later faults."""

    section: str
    key: str
    line: int
    content: dict
    node: Node

    def __getitem__(self, name):
        return self.content[name]

    def line_of(self, name):
        return self.node.line_of(name)


@dataclass
class PlanFile:
    """A plan file without faults: what it is called and what it holds."""

    key: str = ""
    is_example: bool = False
    part_of: str = ""
    rows: dict = field(default_factory=dict)
    steps: list = field(default_factory=list)

    def section(self, name):
        return self.rows.get(name, {})


@dataclass
class Check:
    """One check in progress: the faults so far, and what references and citations may name."""

    known: dict
    today: object = None
    problems: list = field(default_factory=list)
    citations: dict = field(default_factory=dict)
    keys: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Say:
    """Tells faults of one place in the file; kinds ask it what is known."""

    check: Check
    place: str = ""

    def __call__(self, line, sentence):
        self.check.problems.append(Problem(line, f"{self.place}: {sentence}" if self.place else sentence))

    def inside(self, name):
        return Say(self.check, f"{self.place}, {name}" if self.place else name)

    @property
    def today(self):
        return self.check.today

    @property
    def citations(self):
        return self.check.citations

    def citation(self, name):
        return self.check.citations.get(name)

    def keys(self, section):
        return self.check.keys.get(section, set()) | self.check.known.get(section, set())

    def knows(self, section, key):
        return key in self.keys(section)


def check_file(root, *, known, today):
    """Check the whole tree; returns the plan file and its faults in the order of their lines.

    `known` holds the keys already in the portal by section; `today` the day of loading, from which
    example files may count.
    """
    check = Check(known=known)
    say = Say(check)
    plan_file = PlanFile()
    if root.kind != "entries":
        say(root.line, "A plan file is a group of sections (name: ...). See docs/reference/plan-file.md.")
        return plan_file, check.problems
    tell_repeated(root, say)
    tell_unknown_sections(root, say)
    check_header(root, plan_file, say)
    check.today = today if plan_file.is_example else None
    check.citations = check_citations(root, say.inside("sources"))
    check.keys = {name: keys_of(root.get(name), section) for name, section in SECTIONS.items()}
    for name, section in SECTIONS.items():
        if root.get(name) is not None:
            plan_file.rows[name] = check_section(root.get(name), section, say.inside(name))
    crosschecks.check_rows(plan_file, say)
    plan_file.steps = check_activity(root.get("activity"), plan_file, say.inside("activity"))
    return plan_file, sorted(set(check.problems))


def tell_unknown_sections(root, say):
    words = [*HEADER, *SECTIONS]
    for name in root.value:
        if name not in words:
            say(root.line_of(name), f'there is no section "{name}".{nearest(name, words)} Correct it or take it out.')


def check_header(root, plan_file, say):
    """The name of the file, whether it is example data, and the plan it adds to."""
    name = root.get("file")
    if name is None or name.kind != "text" or not SLUG.fullmatch(name.value):
        say(
            name.line if name else root.line,
            '"file" is missing or no key. Give the file a name of small letters, figures and hyphens.',
        )
    else:
        plan_file.key = name.value
    example = root.get("example")
    if example is not None and example.kind != "yes or no":
        say(example.line, f"example: {shown(example)} should be yes or no.")
    plan_file.is_example = bool(example and example.value.lower() in ("yes", "true", "on"))
    part_of = root.get("part_of")
    if part_of is not None:
        plan_file.part_of = str(part_of.value)
        if not say.knows("plan", plan_file.part_of):
            say(part_of.line, f"part_of: there is no plan {shown(part_of)} in the portal. Load its plan file first.")
    elif root.get("plan") is None:
        say(root.line, "The file has neither a plan nor part_of. Add the section plan, or name a loaded plan.")
    if root.get("plan") is not None and root.get("office") is None:
        say(root.line_of("plan"), "plan: the section office is missing. A plan belongs to an office; add it.")


def check_citations(root, say):
    """The citation table as the words kept with each figure."""
    table = root.get("sources")
    if table is None:
        return {}
    if table.kind != "entries":
        say(table.line, f"{shown(table)} should be a group of citations (id: url and what).")
        return {}
    tell_repeated(table, say)
    citations = {}
    for name, node in table.value.items():
        inner = say.inside(name)
        if node.kind != "entries":
            inner(table.line_of(name), "a citation needs url and what. Add both.")
            continue
        for word in node.value:
            if word not in ("url", "what", "note", "office"):
                inner(node.line_of(word), f'"{word}" is not known here. A citation has url, what, note and office.')
        url, what, own = node.get("url"), node.get("what"), node.get("office")
        if what is not None and url is None and own is not None and own.value.lower() in ("yes", "true", "on"):
            citations[name] = str(what.value)
            continue
        if what is None or url is None or not str(url.value).startswith(("http://", "https://")):
            inner(
                table.line_of(name),
                "a citation needs what it is and an address beginning with http. Add both; for the office's own "
                "record, which has no address, write office: yes.",
            )
            continue
        citations[name] = f"{what.value} ({url.value})"
    return citations


def keys_of(node, section):
    if node is None or node.kind != "entries":
        return set()
    if section.single:
        key = node.get("key")
        return {str(key.value)} if key else set()
    return set(node.value)


def check_section(node, section, say):
    """The rows of one section by key."""
    if node.kind != "entries":
        say(node.line, f"{shown(node)} should be a group of rows, each under its key.")
        return {}
    if section.single:
        return check_single(node, section, say)
    tell_repeated(node, say)
    rows = {}
    for position, (key, value) in enumerate(node.value.items(), start=1):
        inner, line = say.inside(key), node.line_of(key)
        if not SLUG.fullmatch(key) or len(key) > 80:
            inner(line, f'"{key}" cannot be a key. Use small letters, figures and hyphens, 80 at most.')
        content = clean_entries(value, section.fields, inner, line)
        content |= {name: position for name, kind in section.fields.items() if isinstance(kind, Position)}
        rows[key] = Row(section.name, key, line, content, value)
    return rows


def check_single(node, section, say):
    """The one row of `office` or `plan`, which carries its key inside."""
    key = node.get("key")
    if key is None or not SLUG.fullmatch(str(key.value)):
        say(key.line if key else node.line, '"key" is missing or no key. Use small letters, figures and hyphens.')
        return {}
    others = Node(
        node.kind,
        {name: value for name, value in node.value.items() if name != "key"},
        node.line,
        node.key_lines,
        node.repeated,
    )
    content = clean_entries(others, section.fields, say, node.line)
    return {str(key.value): Row(section.name, str(key.value), node.line, content, node)}
