"""What the schools part of a project still lacks before it is sent; reads only a content as it would be frozen (P5)."""

from datetime import date

from records.words import day_in_words

from ..enums import CaseSection
from ..queries.school_content import GOES, INPUTS

S = CaseSection
NEEDED = (
    ("curriculum_link", "Say how the inputs fit into what the schools teach."),
    ("delivered_by", "Say who comes into the schools."),
    ("materials", "Say what materials are used."),
    ("evaluation", "Say how you will find out whether it worked."),
)


def faults(project, asks):
    """[(section, sentence)] of what is wanting: whether the project goes into schools, and then every answer."""
    if asks.schools and project.get(GOES) is None:
        return [(S.PROJECTS, "Say whether the project goes into schools.")]
    if not project.get(GOES):
        return []
    found = [] if project[INPUTS] else ["Add at least one school."]
    found += [sentence for number, row in enumerate(project[INPUTS], 1) for sentence in _of_input(number, row, project)]
    found += [sentence for name, sentence in NEEDED if not (project[name] or "").strip()]
    if project["dbs_checked"] is None:
        found.append("Say whether everybody who comes has an enhanced DBS check.")
    elif not project["dbs_checked"] and not project["dbs_words"].strip():
        found.append("Say who has no DBS check yet, and when it will be there.")
    return [(S.SCHOOLS, sentence) for sentence in found]


def _of_input(number, row, project):
    """What one input still lacks."""
    where, lacks = f"Input {number}, {row['school']}: ", []
    if not row["year_groups"]:
        lacks.append("enter the year groups.")
    if not row["lead_post"].strip():
        lacks.append("say whom at the school the safeguarding was agreed with, by post.")
    if not row["lead_agreed_on"]:
        lacks.append("enter the day the school’s safeguarding lead agreed.")
    if late := _outside(row, project):
        lacks.append(late)
    return [where + lack for lack in lacks]


def _outside(row, project):
    """Say that an input falls outside the days of the project, or nothing."""
    first, last = project["starts_on"], project["ends_on"]
    if not (first and last) or first <= row["starts_on"] <= row["ends_on"] <= last:
        return ""
    days = " to ".join(day_in_words(date.fromisoformat(day)) for day in (first, last))
    return f"its days are not within those of the project, {days}."
