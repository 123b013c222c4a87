"""Values that point elsewhere: at rows of other sections, and at the citation table."""

from dataclasses import dataclass

from .kinds import Kind, nearest, shown


@dataclass(frozen=True)
class Reference(Kind):
    """The key of a row in another section, in this file or already in the portal."""

    section: str = ""

    def clean(self, node, say):
        if node.kind not in ("text", "number"):
            return say(node.line, f"{shown(node)} should be the key of a row under {self.section}.")
        key = str(node.value).strip()
        if not say.knows(self.section, key):
            hint = nearest(key, say.keys(self.section))
            return say(
                node.line,
                f'there is no "{key}" under {self.section}.{hint} Add it there, or correct the key here.',
            )
        return key

    def to_python(self, value, find):
        return find(self.section, value) if value else None

    def read(self, row, name):
        found = getattr(row, self.column(name))
        return getattr(found, "key", None) or getattr(found, "reference", None) if found else None


@dataclass(frozen=True)
class References(Reference):
    """Keys of several rows, kept beside the row; their order says nothing."""

    @property
    def empty(self):
        return []

    def clean(self, node, say):
        items = node.value if node.kind == "list" else [node]
        found = []
        for item in items:
            key = super().clean(item, say)
            if key in found:
                say(item.line, f'"{key}" is named twice. Keep it once.')
            elif key is not None:
                found.append(key)
        return sorted(found)

    def attributes(self, name, value, find):
        return {}

    def read(self, row, name):
        return sorted(getattr(row, self.column(name)).values_list("key", flat=True))


@dataclass(frozen=True)
class Cited(Kind):
    """Where a figure or fact comes from: ids of the citation table, kept as their words and addresses."""

    limit: int = 500
    empty = ""

    def clean(self, node, say):
        items = node.value if node.kind == "list" else [node]
        words = []
        for item in items:
            found = say.citation(str(item.value).strip()) if item.kind in ("text", "number") else None
            if found is None:
                hint = nearest(str(item.value), say.citations) if item.kind == "text" else ""
                say(
                    item.line, f"there is no citation {shown(item)} under sources.{hint} Add it there with its address."
                )
            else:
                words.append(found)
        joined = "; ".join(words)
        if len(joined) > self.limit:
            return say(node.line, f"the citations together are {len(joined)} characters long. Name fewer of them.")
        return joined
