"""Entries with named fields: the rows of a section, and the small rows inside a row."""

from dataclasses import dataclass, field

from accounts.models import Membership

from .kinds import Kind, Position, nearest, shown
from .references import References


def clean_entries(node, fields, say, line=None):
    """Check the entries of `node` against `fields`; always returns every field, faulty ones as nothing."""
    content = {name: kind.empty for name, kind in fields.items()}
    if node.kind != "entries":
        say(node.line, f"{shown(node)} should be a group of entries (name: value).")
        return content
    tell_repeated(node, say)
    for name, value in node.value.items():
        if name not in fields or isinstance(fields[name], Position):
            say(node.line_of(name), f'"{name}" is not known here.{nearest(name, fields)} Correct it or take it out.')
        elif not value.is_nothing:
            found = fields[name].clean(value, say.inside(name))
            content[name] = fields[name].empty if found is None else found
    for name, kind in fields.items():
        if kind.required and node.get(name) is None:
            say(line or node.line, f'"{name}" is missing. Add it.')
    return content


def tell_repeated(node, say):
    for name, line, first in node.repeated:
        say(line, f'"{name}" stands here a second time (first on line {first}). Keep one of the two.')


@dataclass(frozen=True)
class Items(Kind):
    """A list of small rows in a table of their own, written anew whenever one of them changes.

    `short`: a plain word stands for that one field. `numbered`: the column that counts them from 1;
    `ordered`: the column whose order the file follows instead.
    `stays`: a row keeps its place, since obligations or decisions point to it.
    `stamped`: the column that holds the moment of loading. Items may hold items of their own.
    """

    fields: dict = field(default_factory=dict)
    model: type = None
    parent: str = ""
    short: str = ""
    numbered: str = ""
    ordered: str = ""
    stays: bool = False
    stamped: str = ""
    fixed: dict = field(default_factory=dict)

    @property
    def empty(self):
        return []

    def clean(self, node, say):
        if node.kind != "list":
            return say(node.line, f"{shown(node)} should be a list, each line beginning with a hyphen.")
        items = []
        for number, item in enumerate(node.value, start=1):
            within = say.inside(f"item {number}")
            if self.short and item.kind not in ("entries", "list"):
                content = {name: kind.empty for name, kind in self.fields.items()}
                content[self.short] = self.fields[self.short].clean(item, within)
                items.append(content)
            else:
                items.append(clean_entries(item, self.fields, within))
        return sorted(items, key=lambda item: item[self.ordered] or "") if self.ordered else items

    def attributes(self, name, value, find):
        return {}

    def widened(self, remembered):
        """Small rows as an older portal remembered them, with nothing in the fields it did not know."""
        return [{name: self.known_of(item, name) for name in self.fields} for item in remembered]

    def known_of(self, item, name):
        kind = self.fields[name]
        value = item.get(name, kind.empty)
        return kind.widened(value) if isinstance(kind, Items) else value

    def rows(self, parent):
        return self.model.objects.filter(**{self.parent: parent}, **self.fixed).order_by(
            self.numbered or self.ordered or "pk", "pk"
        )

    def read(self, row, name):
        return [{inner: kind.read(child, inner) for inner, kind in self.fields.items()} for child in self.rows(row)]

    def columns(self, parent, content, find):
        """The column values of one small row of `parent`."""
        columns = {}
        for name, kind in self.fields.items():
            columns |= kind.attributes(name, content[name], find)
        return columns

    def write(self, parent, value, find, at):
        """Bring the small rows of `parent` to what the file says: anew, or each in its place."""
        known = list(self.rows(parent)) if self.stays else []
        if not self.stays:
            self.rows(parent).delete()
        for number, content in enumerate(value, start=1):
            attributes = {**self.fixed, **self.columns(parent, content, find)}
            if self.numbered:
                attributes[self.numbered] = number
            if self.stamped:
                attributes[self.stamped] = at
            if number <= len(known):
                child = known[number - 1]
                self.model.objects.filter(pk=child.pk).update(**attributes)
            else:
                child = self.model.objects.create(**{self.parent: parent}, **attributes)
            for name, kind in self.fields.items():
                if isinstance(kind, Items):
                    kind.write(child, content[name], find, at)
                elif isinstance(kind, References):
                    getattr(child, kind.column(name)).set([find(kind.section, key) for key in content[name]])
        for surplus in known[len(value) :]:
            surplus.delete()


@dataclass(frozen=True)
class Memberships(Items):
    """The roles of a person; a role is added, and never taken away, by a file."""

    def read(self, row, name):
        current = row.memberships.current().select_related("organisation").order_by("pk")
        return [{"organisation": membership.organisation.key, "role": membership.role} for membership in current]

    def write(self, parent, value, find, at):
        held = self.read(parent, "roles")
        for content in value:
            if content not in held:
                organisation = find("organisations", content["organisation"])
                Membership.objects.create(user=parent, organisation=organisation, role=content["role"], started_at=at)
