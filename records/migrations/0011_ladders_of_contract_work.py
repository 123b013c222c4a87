"""Ladders of the work on contracts: extension decisions, meetings, improvement plans, oversight (X4, S2).

A step that somebody has already written stays as it is.
"""

from django.db import migrations

CONTRIBUTOR, LEAD, SIGNATORY = "CONTRIBUTOR", "LEAD", "SIGNATORY"
OFFICER, FINANCE, HEAD, COMMISSIONER = "OFFICER", "FINANCE", "HEAD", "COMMISSIONER"
CHIEF_FINANCE = "CHIEF_FINANCE"
DRAFTERS = [CONTRIBUTOR, LEAD]

DUE = ("{title}: due {due}", "{title} is due on {due}, {days}.")
TODAY = ("Due now: {title}", "{title} is due on {due}. That is the last day.")
LATE = (
    "Overdue: {title}",
    "{title} was due on {due}, {days}. It has not reached us. Please send it now, or tell us why you cannot.",
)
OFFICE_DUE = ("{title}: due {due}", "{title}. The office has until {due}, {days}.")
OFFICE_LATE = ("Overdue: {title}", "{title}. The office had until {due}, {days}. It is still to be done.")
TO_HEAD = (
    "Long overdue from {organisation}: {title}",
    "{organisation} has still not done this: {title}. It was due on {due}, {days}. The officers have been told.",
)
STEP = ("{title}: by {due}", "{title}. It is planned for {due}, {days}, so that the decision can be made in time.")
STEP_LATE = ("Overdue: {title}", "{title}. It was planned for {due}, {days}. The decision that needs it does not wait.")
ANSWER = ("{title}: by {due}", "{title}. Please answer by {due}, {days}.")
ANSWER_LATE = ("Overdue: {title}", "{title}. The answer was due on {due}, {days}. Please answer now.")
MEETING = ("{title}: {due}", "{title} is on {due}, {days}.")
MEETING_LATE = (
    "Notes outstanding: {title}",
    "{title} was planned for {due}, {days}. Write its notes, or say why it was not held.",
)
AGREED = ("{title}: by {due}", "Agreed at a contract meeting: {title}. It is to be done by {due}, {days}.")
AGREED_LATE = (
    "Overdue: {title}",
    "Agreed at a contract meeting: {title}. It was to be done by {due}, {days}. Say when it is done, or why not.",
)
CHECKS = ("{title}: by {due}", "{title}. It is to go live on {due}, {days}, and not before every check is met.")
CHECKS_LATE = (
    "Checks still missing: {title}",
    "{title}. It was to go live on {due}, {days}. It stays closed until every check is met.",
)

LADDERS = {
    "EXTENSION_STEP": [
        (-10, [OFFICER], STEP),
        (-3, [OFFICER], STEP),
        (0, [OFFICER], STEP),
        (1, [OFFICER, HEAD], STEP_LATE),
        (5, [OFFICER, HEAD], STEP_LATE),
        (10, [HEAD, COMMISSIONER], STEP_LATE),
    ],
    "EXTENSION_FINANCE": [
        (-5, [CHIEF_FINANCE], STEP),
        (0, [CHIEF_FINANCE], STEP),
        (1, [CHIEF_FINANCE, OFFICER], STEP_LATE),
        (5, [CHIEF_FINANCE, HEAD], STEP_LATE),
    ],
    "EXTENSION_ANSWER": [
        (-10, [SIGNATORY, LEAD], ANSWER),
        (-3, [SIGNATORY, LEAD], ANSWER),
        (0, [SIGNATORY, LEAD], ANSWER),
        (1, [SIGNATORY, LEAD, OFFICER], ANSWER_LATE),
        (5, [SIGNATORY, LEAD, OFFICER], ANSWER_LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "VARIATION_DECISION": [
        (-5, [COMMISSIONER], OFFICE_DUE),
        (0, [COMMISSIONER], OFFICE_DUE),
        (1, [COMMISSIONER, HEAD], OFFICE_LATE),
        (5, [COMMISSIONER, HEAD], OFFICE_LATE),
    ],
    "MEETING": [
        (-5, [OFFICER], MEETING),
        (0, [OFFICER], MEETING),
        (3, [OFFICER], MEETING_LATE),
        (10, [OFFICER, HEAD], MEETING_LATE),
    ],
    "MEETING_ACTION": [
        (-5, [CONTRIBUTOR, LEAD, OFFICER], AGREED),
        (0, [LEAD, OFFICER], AGREED),
        (1, [LEAD, OFFICER], AGREED_LATE),
        (5, [LEAD, OFFICER], AGREED_LATE),
        (10, [HEAD], AGREED_LATE),
    ],
    "IMPROVEMENT_PLAN": [
        (-5, DRAFTERS, DUE),
        (0, [LEAD], TODAY),
        (1, [LEAD], LATE),
        (5, [LEAD, OFFICER], LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "IMPROVEMENT_REVIEW": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
    ],
    "OVERSIGHT_CHECKS": [
        (-20, [OFFICER], CHECKS),
        (-5, [OFFICER], CHECKS),
        (0, [OFFICER], CHECKS),
        (1, [OFFICER, HEAD], CHECKS_LATE),
        (10, [HEAD], CHECKS_LATE),
    ],
}


def write_ladders(apps, schema_editor):
    step = apps.get_model("records", "LadderStep")
    for kind, steps in LADDERS.items():
        if step.objects.filter(kind=kind).exists():
            continue
        for working_days, audiences, (heading, wording) in steps:
            step.objects.create(
                kind=kind, working_days=working_days, audiences=audiences, heading=heading, wording=wording
            )


def take_back(apps, schema_editor):
    apps.get_model("records", "LadderStep").objects.filter(kind__in=LADDERS).delete()


class Migration(migrations.Migration):
    dependencies = [("records", "0010_kinds_of_contract_work")]
    operations = [migrations.RunPython(write_ladders, reverse_code=take_back)]
