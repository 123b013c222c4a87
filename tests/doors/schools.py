"""Doors of schools: the register, terms and topics, the calendar, inputs, rulings on clashes."""

from django.core.files.uploadedfile import SimpleUploadedFile

from grants.actions import schools as actions
from grants.models import SchoolInput
from grants.queries import schools as queries
from plans.models import SchoolTerm
from tests.make import awards as make
from tests.make import schools as going

from . import door

TODAY = make.datetime(2020, 10, 12, 9, 0, tzinfo=make.UTC)


def inputs(world):
    """Three inputs of a live award: planned long ago, to come, cancelled."""
    here = make.world(world.cast, world.plan)
    going.kept()
    for urn in ("900031", "900032"):  # of their own: nothing of other rows meets them
        going.school(urn, f"Example School {urn}")
    planned = [going.planned("900031"), going.planned("900032"), going.planned("900031", topic="online")]
    award = going.live_award(here, *planned)
    rows = list(SchoolInput.objects.filter(project__award_line__award=award).order_by("number"))
    actions.cancel_input(school_input=rows[2], reason="Shut", by=here.officer, at=TODAY)
    return rows


def clash(world):
    """A clash in a case under evaluation, in a round of its own."""
    here = make.world(world.cast, world.plan)
    going.kept()
    going.submitted(here, going.planned(), organisation=here.swale)
    case = going.under_evaluation(here, going.planned())
    return queries.clashes_of(make.projects(case)[0])[0]


def term(world):
    going.kept()
    return SchoolTerm.objects.get(name="Autumn term 2020")


WORLD = {
    "school_inputs": inputs,
    "school_clash": clash,
    "school_term": term,
    "school": lambda world: going.kept()[0],
}


def of_input(number):
    return lambda world: {
        "urn": world.school_inputs[number].school.urn,
        "pk": world.school_inputs[number].pk,
    }


def of_clash(world):
    own = world.school_clash.own
    return {
        "reference": own.project.case.reference,
        "number": own.project.number,
        "school_input": own.pk,
        "other": world.school_clash.other.pk,
    }


def school(world):
    return {"urn": world.school.urn}


def the_term(world):
    return {"pk": world.school_term.pk}


READS = "page: *"
KEEPS = "page: officers; 403: *"
KEPT = "moved: officers; 403: *"
REASON = {"reason": "It is needed"}
REPORTS = "page: officers contributor lead; 404: stranger provider; 403: *"
REPORTED = "moved: officers contributor lead; 404: stranger provider; 403: *"
ONE_SCHOOL = {"name": "Example Academy", "phase": "SECONDARY", "area": "Swale", **REASON}

DOORS = [
    door("plans:school_list", "", READS),
    door("plans:school_list", "", READS, query="format=csv", note="as CSV"),
    door("plans:school_terms", "", READS),
    door("plans:school_load", "", KEEPS),
    door(
        "plans:school_load",
        "",
        KEEPS,
        method="POST",
        data=lambda world: {
            "file": SimpleUploadedFile("r.csv", going.csv("900077,Example,Primary,,Swale,,Open,"), "text/csv")
        },
    ),
    door("plans:school_new", "", KEEPS),
    door("plans:school_new", "", KEPT, method="POST", data={"urn": "900078", **ONE_SCHOOL}),
    door("plans:school_edit", school, KEEPS),
    door("plans:school_edit", school, KEPT, method="POST", data=ONE_SCHOOL),
    door("plans:school_term_new", "", KEEPS),
    door(
        "plans:school_term_new",
        "",
        KEPT,
        method="POST",
        data={"name": "Autumn 2030", "starts_on": "2030-09-03", "ends_on": "2030-12-18"},
    ),
    door("plans:school_term_edit", the_term, KEEPS),
    door(
        "plans:school_term_edit",
        the_term,
        KEPT,
        method="POST",
        data={"name": "Autumn 2020", "starts_on": "2020-09-03", "ends_on": "2020-12-17"},
    ),
    door("plans:school_term_remove", the_term, KEPT, method="POST"),
    door("plans:school_topic_new", "", KEEPS),
    door("plans:school_topic_new", "", KEPT, method="POST", data={"name": "County lines", "most_in_term": "1"}),
    door("plans:school_topic_edit", lambda world: {"key": world.school and "knives"}, KEEPS),
    door(
        "plans:school_topic_edit",
        lambda world: {"key": world.school and "knives"},
        KEPT,
        method="POST",
        data={"name": "Knives", "most_in_term": "2"},
    ),
    door("grants:school_calendar", "", READS),
    door("grants:school_calendar", "", READS, query="format=csv&year=2026", note="as CSV"),
    door("grants:school_show", school, READS),
    *[
        row
        for name, number, data in [
            ("school_input_deliver", 0, {"delivered_on": "2020-10-09", "sessions_delivered": "4"}),
            ("school_input_move", 1, {"starts_on": "2020-11-02", "ends_on": "2020-11-02", **REASON}),
            ("school_input_cancel", 1, REASON),
            ("school_input_again", 2, REASON),
        ]
        for row in (
            door(f"grants:{name}", of_input(number), REPORTS),
            door(f"grants:{name}", of_input(number), REPORTED, method="POST", data=data),
        )
    ],
    door(
        "grants:school_input_again",
        of_input(1),
        "sentence: officers contributor lead; 404: stranger provider; 403: *",
        note="not cancelled",
    ),
    door("grants:clash_rule", of_clash, "page: officer; sentence: head; 403: *"),
    door("grants:clash_rule", of_clash, "moved: officer; sentence: head; 403: *", method="POST", data=REASON),
]
