"""Ladders of standards, terms, complaints, audits, schools, overlaps and sessions (X4).

A step that somebody has already written stays as it is. Standards are announced 60, 30 and 7 working days before they
expire, where the office has left the first steps as they were delivered.
"""

from django.db import migrations

CONTRIBUTOR, LEAD, SIGNATORY = "CONTRIBUTOR", "LEAD", "SIGNATORY"
OFFICER, HEAD, COMMISSIONER = "OFFICER", "HEAD", "COMMISSIONER"
DRAFTERS = [CONTRIBUTOR, LEAD]

COMPLAINT = ("{title}: answer by {due}", "{title}. The answer is due by {due}, {days}.")
COMPLAINT_LATE = (
    "Overdue: {title}",
    "{title}. The answer was due by {due}, {days}. Whoever complained is still waiting.",
)
COMPLAINT_LATE = (
    "Overdue: {title}",
    "{title}. The answer was due by {due}, {days}. Whoever complained is still waiting.",
)
ACTION = ("{title}: by {due}", "Agreed after an audit visit: {title}. It is to be done by {due}, {days}.")
ACTION_LATE = (
    "Overdue: {title}",
    "Agreed after an audit visit: {title}. It was to be done by {due}, {days}. Say when it is done, or why not.",
)
ACTION_LATE = (
    "Overdue: {title}",
    "Agreed after an audit visit: {title}. It was to be done by {due}, {days}. Say when it is done, or why not.",
)
OFFICE_DUE = ("{title}: due {due}", "{title}. The office has until {due}, {days}.")
OFFICE_LATE = ("Overdue: {title}", "{title}. The office had until {due}, {days}. It is still to be done.")
TO_HEAD = (
    "Long overdue from {organisation}: {title}",
    "{organisation} has still not done this: {title}. It was due on {due}, {days}. The officers have been told.",
)
OFFICE_LATE = ("Overdue: {title}", "{title}. The office had until {due}, {days}. It is still to be done.")
TO_HEAD = (
    "Long overdue from {organisation}: {title}",
    "{organisation} has still not done this: {title}. It was due on {due}, {days}. The officers have been told.",
)
TO_HEAD = (
    "Long overdue from {organisation}: {title}",
    "{organisation} has still not done this: {title}. It was due on {due}, {days}. The officers have been told.",
)
ANSWER = ("{title}: by {due}", "{title}. Please answer by {due}, {days}.")
ANSWER_LATE = ("Overdue: {title}", "{title}. The answer was due on {due}, {days}. Please answer now.")
MEETING = ("{title}: {due}", "{title} is on {due}, {days}.")
MEETING_LATE = (
    "Notes outstanding: {title}",
    "{title} was planned for {due}, {days}. Write its notes, or say why it was not held.",
)
ANSWER_LATE = ("Overdue: {title}", "{title}. The answer was due on {due}, {days}. Please answer now.")
MEETING = ("{title}: {due}", "{title} is on {due}, {days}.")
MEETING_LATE = (
    "Notes outstanding: {title}",
    "{title} was planned for {due}, {days}. Write its notes, or say why it was not held.",
)
DAY_AHEAD = ("{title}: {due}", "{title} is planned for {due}, {days}. If it must move, say so in the portal.")
DAY_OVER = ("{title}: {due}", "{title} was planned for {due}, {days}. Say in the portal whether it took place.")
AGREED_STEP = ("{title}: by {due}", "Agreed for what follows the funding: {title}. By {due}, {days}.")
AGREED_STEP_LATE = (
    "Overdue: {title}",
    "Agreed for what follows the funding: {title}. It was to be done by {due}, {days}. Say when it is done.",
)
DAY_OVER = ("{title}: {due}", "{title} was planned for {due}, {days}. Say in the portal whether it took place.")
AGREED_STEP = ("{title}: by {due}", "Agreed for what follows the funding: {title}. By {due}, {days}.")
AGREED_STEP_LATE = (
    "Overdue: {title}",
    "Agreed for what follows the funding: {title}. It was to be done by {due}, {days}. Say when it is done.",
)
ENDING = (
    "{title}: valid until {due}",
    "{title}: what we hold is valid until {due}, {days}. Send us what takes its place: a payment may wait for it.",
)
NEEDED = (
    "{title}: by {due}",
    "{title}. Please send it by {due}, {days}. A payment may wait for it.",
)
NEEDED_LATE = (
    "Overdue: {title}",
    "{title} was due on {due}, {days}. Please send it now. A payment may wait for it.",
)
LETTING = (
    "{title}: until {due}",
    "{title} is let rest until {due}, {days}. After that day payments wait for it again.",
)
LET_OVER = ("{title} has ended", "{title} was let rest until {due}, {days}. Payments wait for it again.")
CONSENT = (
    "{title}: by {due}",
    "{title}. Please say by {due}, {days}, whether you agree. The terms you accepted hold until then.",
)
CONSENT_LATE = (
    "Overdue: {title}",
    "{title}. The answer was due on {due}, {days}. The terms you accepted still hold. Please say whether you agree.",
)
LEARN = ("{title}: by {due}", "Agreed after a complaint: {title}. It is to be done by {due}, {days}.")
LEARN_LATE = (
    "Overdue: {title}",
    "Agreed after a complaint: {title}. It was to be done by {due}, {days}. Say when it is done, or why not.",
)
VISIT = ("{title}: {due}", "{title} is planned for {due}, {days}.")
VISIT_LATE = ("{title}: {due}", "{title} was planned for {due}, {days}. Write down what it found, or move it.")
FEEDBACK = ("{title}", "{title}. Tell us by {due}, {days}, what was of use and what was not.")
FEEDBACK_LATE = ("{title}", "{title}. We asked by {due}, {days}. Tell us what was of use and what was not.")

WAS = {-40: DRAFTERS, -20: DRAFTERS, -5: [LEAD]}
BECOMES = {-60: DRAFTERS, -30: DRAFTERS, -7: DRAFTERS}

LADDERS = {
    "STANDARD_NEEDED": [
        (-10, DRAFTERS, NEEDED),
        (-3, DRAFTERS, NEEDED),
        (0, [LEAD], NEEDED),
        (1, [LEAD], NEEDED_LATE),
        (5, [LEAD, OFFICER], NEEDED_LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "STANDARD_CHECK": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
    ],
    "WAIVER_END": [
        (-20, [LEAD, OFFICER], LETTING),
        (-5, [LEAD, OFFICER], LETTING),
        (0, [LEAD, OFFICER], LETTING),
        (1, [OFFICER], LET_OVER),
    ],
    "TERMS_CONSENT": [
        (-10, [SIGNATORY, LEAD], CONSENT),
        (-3, [SIGNATORY, LEAD], CONSENT),
        (0, [SIGNATORY, LEAD], CONSENT),
        (1, [SIGNATORY, LEAD], CONSENT_LATE),
        (5, [SIGNATORY, LEAD, OFFICER], CONSENT_LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "COMPLAINT_ACKNOWLEDGE": [
        (-1, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER, HEAD], OFFICE_LATE),
        (3, [HEAD], OFFICE_LATE),
    ],
    "COMPLAINT_OFFICER": [
        (-2, [OFFICER], COMPLAINT),
        (0, [OFFICER], COMPLAINT),
        (1, [OFFICER, HEAD], COMPLAINT_LATE),
        (5, [OFFICER, HEAD], COMPLAINT_LATE),
        (10, [HEAD, COMMISSIONER], COMPLAINT_LATE),
    ],
    "COMPLAINT_HEAD": [
        (-2, [HEAD], COMPLAINT),
        (0, [HEAD], COMPLAINT),
        (1, [HEAD, COMMISSIONER], COMPLAINT_LATE),
        (5, [HEAD, COMMISSIONER], COMPLAINT_LATE),
    ],
    "COMPLAINT_COMMISSIONER": [
        (-2, [COMMISSIONER, HEAD], COMPLAINT),
        (0, [COMMISSIONER, HEAD], COMPLAINT),
        (1, [COMMISSIONER, HEAD], COMPLAINT_LATE),
        (5, [COMMISSIONER, HEAD], COMPLAINT_LATE),
    ],
    "COMPLAINT_LEARNING": [
        (-5, [LEAD, OFFICER], LEARN),
        (0, [LEAD, OFFICER], LEARN),
        (1, [LEAD, OFFICER], LEARN_LATE),
        (10, [OFFICER, HEAD], LEARN_LATE),
    ],
    "AUDIT_VISIT": [
        (-10, [OFFICER], VISIT),
        (-2, [OFFICER], VISIT),
        (0, [OFFICER], VISIT),
        (3, [OFFICER], VISIT_LATE),
        (10, [OFFICER, HEAD], VISIT_LATE),
    ],
    "AUDIT_REPORT": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
    ],
    "AUDIT_REPLY": [
        (-5, DRAFTERS, ANSWER),
        (0, [LEAD], ANSWER),
        (1, [LEAD], ANSWER_LATE),
        (5, [LEAD, OFFICER], ANSWER_LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "AUDIT_CLOSURE": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
    ],
    "AUDIT_OFFICE_ACTION": [
        (-5, [OFFICER], ACTION),
        (0, [OFFICER], ACTION),
        (1, [OFFICER], ACTION_LATE),
        (5, [OFFICER, HEAD], ACTION_LATE),
    ],
    "SCHOOL_REPORT": [
        (-5, DRAFTERS, DAY_AHEAD),
        (0, DRAFTERS, DAY_AHEAD),
        (1, DRAFTERS, DAY_OVER),
        (5, [LEAD, OFFICER], DAY_OVER),
        (10, [OFFICER], DAY_OVER),
    ],
    "OVERLAP_REVIEW": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
    ],
    "RETAIN_DECISION": [
        (-5, [COMMISSIONER], OFFICE_DUE),
        (0, [COMMISSIONER], OFFICE_DUE),
        (1, [COMMISSIONER, HEAD], OFFICE_LATE),
        (5, [COMMISSIONER, HEAD], OFFICE_LATE),
    ],
    "SESSION_FEEDBACK": [
        (-3, DRAFTERS, FEEDBACK),
        (0, DRAFTERS, FEEDBACK),
        (3, DRAFTERS, FEEDBACK_LATE),
        (10, [OFFICER], FEEDBACK_LATE),
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
    change(step, WAS, BECOMES)


def take_back(apps, schema_editor):
    step = apps.get_model("records", "LadderStep")
    step.objects.filter(kind__in=LADDERS).delete()
    change(step, BECOMES, WAS)


def change(step, was, becomes):
    """Other days for the expiry of a standard, unless the office has made the ladder its own."""
    heading, wording = ENDING
    rows = step.objects.filter(kind="STANDARD_EXPIRY")
    early = {row.working_days: row for row in rows.filter(working_days__lt=0)}
    if {days: row.audiences for days, row in early.items()} != was:
        return
    if any((row.heading, row.wording) != (heading, wording) for row in early.values()):
        return
    rows.filter(working_days__lt=0).delete()
    for working_days, audiences in becomes.items():
        step.objects.create(
            kind="STANDARD_EXPIRY", working_days=working_days, audiences=audiences, heading=heading, wording=wording
        )


class Migration(migrations.Migration):
    dependencies = [("records", "0014_sealed_rows")]
    operations = [migrations.RunPython(write_ladders, reverse_code=take_back)]
