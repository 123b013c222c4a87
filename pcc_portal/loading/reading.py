"""A YAML text as a tree in which every value still knows its line.

Nothing is turned into dates or numbers here: a value keeps the words of the file, so that a fault
can be told in those words. Aliases are refused, since a small file could otherwise grow without end.
"""

import re
from dataclasses import dataclass, field

import yaml

LONGEST_FILE = 2_000_000
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
SCALARS = {
    "tag:yaml.org,2002:null": "nothing",
    "tag:yaml.org,2002:bool": "yes or no",
    "tag:yaml.org,2002:int": "number",
    "tag:yaml.org,2002:float": "number",
    "tag:yaml.org,2002:timestamp": "date",
    "tag:yaml.org,2002:str": "text",
}


class BrokenFile(Exception):
    """The file cannot be read at all; told alone, since nothing after it can be trusted."""

    def __init__(self, line, sentence):
        super().__init__(sentence)
        self.line = line
        self.sentence = sentence


@dataclass
class Node:
    """One value of the file: `kind` is what YAML took it for, `value` its words, list or entries."""

    kind: str
    value: object
    line: int
    key_lines: dict = field(default_factory=dict)
    repeated: list = field(default_factory=list)

    @property
    def is_nothing(self):
        return self.kind == "nothing"

    def get(self, name):
        """The entry of that name, or None where it is absent or empty."""
        found = self.value.get(name) if self.kind == "entries" else None
        return None if found is None or found.is_nothing else found

    def line_of(self, name):
        return self.key_lines.get(name, self.line)


class NodeLoader(yaml.SafeLoader):
    """PyYAML's safe loader, without aliases."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise BrokenFile(
                event.start_mark.line + 1,
                f"The alias *{event.anchor} is not used in plan files. Write the value out in full.",
            )
        return super().compose_node(parent, index)


def read_text(text):
    """The tree of a plan file; raises `BrokenFile` with the line where YAML stopped."""
    if len(text) > LONGEST_FILE:
        raise BrokenFile(1, f"The file is longer than {LONGEST_FILE:,} characters. Split it into several files.")
    try:
        root = yaml.compose(text, Loader=NodeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        context = f" {error.context}," if error.context else ""
        raise BrokenFile(
            line, f"This is not YAML:{context} {error.problem}. Mend this line, then load again."
        ) from None
    except yaml.YAMLError as error:
        raise BrokenFile(1, f"This is not YAML: {str(error).splitlines()[0]}. Save the file as plain text.") from None
    except RecursionError:
        raise BrokenFile(1, "The file is nested too deeply to be a plan file.") from None
    if root is None:
        raise BrokenFile(1, "The file is empty. Start from the sections in docs/reference/plan-file.md.")
    return node_of(root)


def read_file(path):
    """The tree of the file at `path`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BrokenFile(0, f"There is no file {path}. Check the name and the folder.") from None
    except IsADirectoryError:
        raise BrokenFile(0, f"{path} is a folder. Name the file in it.") from None
    except PermissionError:
        raise BrokenFile(0, f"The file {path} may not be read. Ask its owner for the right to read it.") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BrokenFile(line, "This line is not UTF-8 text. Save the file as UTF-8.") from None
    return read_text(text)


def node_of(found):
    line = found.start_mark.line + 1
    if isinstance(found, yaml.SequenceNode):
        return Node("list", [node_of(item) for item in found.value], line)
    if isinstance(found, yaml.MappingNode):
        return entries_of(found, line)
    if UNKEEPABLE.search(found.value):
        raise BrokenFile(line, "This line holds a character that cannot be kept (half of one, or none). Take it out.")
    kind = SCALARS.get(found.tag, "text")
    if kind == "text" and found.value == "" and found.style is None:
        kind = "nothing"
    return Node(kind, found.value, line)


def entries_of(found, line):
    entries, key_lines, repeated = {}, {}, []
    for key, value in found.value:
        name, key_line = str(key.value), key.start_mark.line + 1
        if name in entries:
            repeated.append((name, key_line, key_lines[name]))
            continue
        entries[name] = node_of(value)
        key_lines[name] = key_line
    return Node("entries", entries, line, key_lines, repeated)
