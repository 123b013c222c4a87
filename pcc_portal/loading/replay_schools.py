"""Steps of example activity about schools: the register loaded, inputs planned, delivered, cancelled."""

from pathlib import Path

from grants.actions import projects
from grants.actions import schools as actions
from grants.models import SchoolInput
from plans.actions.schools import load_register
from plans.rules import school_register

from .days import written_day
from .entries import Items
from .kinds import Day, Matching, Text, Whole, YesNo
from .replay_cases import case_of, project_of

REGISTER = Path(__file__).parents[1] / "plan_files/example-schools.csv"
LABEL = Matching(limit=80, required=True)
SAID = Text(limit=10_000, required=True)
NUMBER = Whole(required=True, low=1, high=99)
ONE = {"case": LABEL, "project": NUMBER, "input": NUMBER}
SCHOOL_STEPS = {
    "load_example_schools": {},
    "plan_schools": {
        "case": LABEL,
        "project": NUMBER,
        "inputs": Items(
            required=True,
            fields={
                "school": Text(limit=10, required=True, numbers=True),
                "topic": Text(limit=60, required=True),
                "first_year": Whole(required=True, low=0, high=13),
                "last_year": Whole(required=True, low=0, high=13),
                "starts_on": Day(required=True),
                "ends_on": Day(required=True),
                "sessions": NUMBER,
                "pupils": Whole(low=1),
                "lead_post": Text(limit=120, required=True),
                "lead_agreed_on": Day(required=True),
            },
        ),
        "curriculum_link": SAID,
        "delivered_by": Text(limit=300, required=True),
        "dbs_checked": YesNo(),
        "dbs_words": Text(limit=1000),
        "materials": SAID,
        "evaluation": SAID,
    },
    "deliver_school_input": {**ONE, "sessions": NUMBER, "pupils": Whole(low=0), "note": Text(limit=2000)},
    "cancel_school_input": {**ONE, "reason": SAID},
}
ONCE = ("curriculum_link", "delivered_by", "dbs_checked", "dbs_words", "materials", "evaluation")


def load_example_schools(play, step, *, by, at):
    """The invented schools that come with the portal."""
    read, _ = school_register.read(REGISTER.read_bytes())
    load_register(rows=read.rows, areas=sorted(read.areas), source="Example data", is_example=True, by=by, at=at)


def plan_schools(play, step, *, by, at):
    """Let a project of a draft go into schools."""
    inputs = [
        {
            "year_groups": list(range(row["first_year"], row["last_year"] + 1)),
            **{name: row[name] for name in ("school", "topic", "sessions", "pupils", "lead_post")},
            **{name: written_day(row[name]) for name in ("starts_on", "ends_on", "lead_agreed_on")},
        }
        for row in step["inputs"]
    ]
    answers = {name: step[name] for name in ONCE}
    projects.write_project(
        case=case_of(play, step),
        project=project_of(play, step, step["project"]),
        goes_into_schools=True,
        school_inputs=inputs,
        by=by,
        at=at,
        **answers,
    )


def input_of(play, step):
    return SchoolInput.objects.get(project=project_of(play, step, step["project"]), number=step["input"])


def deliver_school_input(play, step, *, by, at):
    row = input_of(play, step)
    actions.deliver_input(
        school_input=row,
        delivered_on=row.ends_on,
        sessions_delivered=step["sessions"],
        pupils_reached=step["pupils"],
        note=step["note"],
        by=by,
        at=at,
    )


def cancel_school_input(play, step, *, by, at):
    actions.cancel_input(school_input=input_of(play, step), reason=step["reason"], by=by, at=at)


VERBS = {
    verb.__name__: verb for verb in [load_example_schools, plan_schools, deliver_school_input, cancel_school_input]
}
