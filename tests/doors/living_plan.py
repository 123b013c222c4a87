"""Doors of the plan as a document and of the year rolled over: read by everybody with a role, written by officers."""

from grants.queries.roll_over import rounds_to_carry
from plans.enums import SectionKind
from plans.models import Plan, PlanSection

from . import door


def a_section(world):
    return PlanSection.objects.create(
        plan=world.plan.plan, key="purpose", order=1, title="Purpose", kind=SectionKind.PROSE
    )


def next_plan(world):
    plan = world.plan.plan
    return Plan.objects.create(
        key="plan-2021-22", body=plan.body, title="Commissioning Plan 2021/22", starts_on="2021-04-01",
        ends_on="2022-03-31", follows=plan,
    )  # fmt: skip


WORLD = {"plan_section": a_section}
READ = "page: *"
OFFICE = "page: office; 403: *"
OFFICERS = "page: officers; 403: *"
CHANGED = "moved: officers; 403: *"
ROLLED = {
    "title": "Commissioning Plan 2021/22", "starts_on": "2021-04-01", "ends_on": "2022-03-31", "confirm": "yes",
}  # fmt: skip
WHY = {"reason": "The office asked for it"}


def plan(world):
    return {"key": world.plan.plan.key}


def section(world):
    return {"pk": world.plan_section.pk}


def without_sections(world):
    PlanSection.objects.all().delete()


def rolled(world):
    """What the form sends: the plan, and each round left out."""
    rounds = {f"money_{row.pk}": "SAME" for row in rounds_to_carry(world.plan.plan)}
    return ROLLED | rounds


def rows(name, of, data, **more):
    return [door(name, of, OFFICERS, **more), door(name, of, CHANGED, method="POST", data=data, **more)]


DOORS = [
    door("plan_list", "", READ),
    door("plan_document", plan, READ),
    door("plan_document_pdf", plan, READ),
    *rows("plan_publish", plan, {}),
    door("plan_history", plan, OFFICE),
    door("plan_set_out", plan, CHANGED, method="POST", given=without_sections),
    *rows("roll_over_start", plan, rolled),
    door("roll_over_show", plan, OFFICE),
    door(
        "roll_over_start", plan, "sentence: officers; 403: *", given=next_plan, note="the next year is started already"
    ),
    *rows("plans:plan_edit", plan, {"title": "The plan", "purpose": "To fund", **WHY}),
    *rows("plans:section_new", plan, {"title": "Capacity", "kind": "PROSE", "words": "Training", **WHY}),
    *rows("plans:change_new", plan, {"on": "2020-06-01", "title": "A new theme", **WHY}),
    *rows("plans:section_words", section, {"words": "New words", **WHY}),
    *rows("plans:section_edit", section, {"title": "What for", "order": "1", **WHY}),
    *rows("plans:section_remove", section, WHY),
]
