"""What the portal knows already: the keys a plan file may refer to, and the day an example was loaded."""

import datetime

from plans.models import LoadedRow

from .sections import SECTIONS

DAY_SECTION = "activity"
DAY_KEY = "day"


def known_keys():
    """The keys in the portal by section."""
    known = {
        name: set(section.model.objects.values_list(section.key_column, flat=True))
        for name, section in SECTIONS.items()
        if section.key_column
    }
    for section, key in LoadedRow.objects.filter(section="people").values_list("section", "key"):
        known.setdefault(section, set()).add(key)
    return known


def day_of_loading(root, today):
    """The day from which an example file counts: that of its first load, so that a second finds the same days."""
    name = root.get("file")
    row = LoadedRow.objects.filter(file_key=name.value if name else "", section=DAY_SECTION, key=DAY_KEY).first()
    return datetime.date.fromisoformat(row.content["on"]) if row else today
