"""A row of the portal read back in the words of a plan file, and its values for the columns."""

from .entries import Items
from .kinds import Beside
from .references import References


def read_row(section, subject):
    return {name: kind.read(subject, name) for name, kind in section.fields.items()}


def remembered_row(section, content):
    """What the last load said; a field that the portal did not know then held nothing."""
    found = {}
    for name, kind in section.fields.items():
        value = content.get(name, kind.empty)
        found[name] = kind.widened(value) if isinstance(kind, Items) else value
    return found


def attributes_of(section, content, find, names=None):
    """The column values of the fields that fill columns of the row itself."""
    attributes = {}
    for name, kind in section.fields.items():
        if names is None or name in names:
            attributes |= kind.attributes(name, content[name], find)
    return attributes


def write_beside(section, subject, content, find, at, names=None):
    """Write what stands beside the row: the small rows inside it, and the rows it is linked with."""
    for name, kind in section.fields.items():
        if names is not None and name not in names:
            continue
        if isinstance(kind, (Items, Beside)):
            kind.write(subject, content[name], find, at)
        elif isinstance(kind, References):
            getattr(subject, kind.column(name)).set([find(kind.section, key) for key in content[name]])
