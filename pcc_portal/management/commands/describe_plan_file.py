"""Prints every section and field of a plan file, from the sections the loader itself uses."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pcc_portal.loading import kinds
from pcc_portal.loading.entries import Items
from pcc_portal.loading.references import Cited, Reference, References
from pcc_portal.loading.sections import SECTIONS

PAGE = Path("docs/reference/plan-file-fields.md")
OPENING = """# Every field of a plan file

Printed by `./run manage describe_plan_file --write` from the sections the loader uses; a test compares. What they
mean, and how a file is written, is told in [the plan file](plan-file.md) and in [the kinds of rules](rules.md).
**Bold** fields must be given. Words in capitals are those the portal knows.
"""
PLAIN = [
    (kinds.Adjustment, "a sum, which may be below zero"),
    (kinds.DayList, "a list of days"),
    (kinds.Day, "a day, like 2020-04-01"),
    (kinds.Share, 'a share, like "1/3"'),
    (kinds.Maybe, "yes, no, or left out where not known"),
    (kinds.YesNo, "yes or no"),
    (kinds.Texts, "a list of words"),
    (kinds.Text, "words"),
]


def words_of(kind):
    """What one field holds, in words."""
    if isinstance(kind, Cited):
        return "an id of `sources`, or a list of them"
    if isinstance(kind, References):
        return f"a list of keys of `{kind.section}`"
    if isinstance(kind, Reference):
        return f"a key of `{kind.section}`"
    if isinstance(kind, Items):
        return f"a list of rows; a plain word stands for `{kind.short}`" if kind.short else "a list of rows"
    if isinstance(kind, kinds.Word):
        listed = ", ".join(value for value, _label in kind.words.choices)
        return f"a list of {listed}" if isinstance(kind, kinds.WordList) else f"one of {listed}"
    if isinstance(kind, kinds.Whole):
        return f"a whole number from {kind.low} to {kind.high}"
    for plain, words in PLAIN:
        if isinstance(kind, plain):
            return words
    return kind.noun


def usual(kind):
    """What counts where nothing is said, if it is not simply nothing."""
    value = kind.empty
    if value in (None, "", []) or kind.required:
        return ""
    return f"; usually {'yes' if value is True else 'no' if value is False else value}"


def lines_of(fields, depth=0):
    """The fields as a list, rows inside rows further in."""
    for name, kind in fields.items():
        if isinstance(kind, kinds.Position):
            continue
        shown = f"**{name}**" if kind.required else name
        yield f"{'  ' * depth}- {shown}: {words_of(kind)}{usual(kind)}"
        if isinstance(kind, Items):
            yield from lines_of(kind.fields, depth + 1)


def page() -> str:
    """The whole page."""
    parts = [OPENING]
    for name, section in SECTIONS.items():
        one = " (one, with its `key` inside)" if section.single else ""
        parts.append(f"## {name}{one}\n\n" + "\n".join(lines_of(section.fields)) + "\n")
    return "\n".join(parts)


class Command(BaseCommand):
    """Prints the page, writes it, or says that it is no longer true."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help=f"write {PAGE}")
        parser.add_argument("--check", action="store_true", help=f"fail when {PAGE} is not what would be written")

    def handle(self, *, write: bool, check: bool, **options: object) -> None:
        place = settings.BASE_DIR / PAGE
        if write:
            place.write_text(page())
        elif not check:
            self.stdout.write(page(), ending="")
        elif not place.exists() or place.read_text() != page():
            raise CommandError(f"{PAGE} is not what the loader takes. Run ./run manage describe_plan_file --write.")
