"""Ladders of bids, continuations, claims, requests, opportunities and schedules (X4).

A step that somebody has already written stays as it is.
"""

from django.db import migrations

CONTRIBUTOR, LEAD = "CONTRIBUTOR", "LEAD"
OFFICER, HEAD, COMMISSIONER = "OFFICER", "HEAD", "COMMISSIONER"
DRAFTERS = [CONTRIBUTOR, LEAD]

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
ANSWER = ("{title}: by {due}", "{title}. Please answer by {due}, {days}.")
ANSWER_LATE = ("Overdue: {title}", "{title}. The answer was due on {due}, {days}. Please answer now.")
CASE = (
    "{title}: due {due}",
    "{title} is due on {due}, {days}. It says what the funding has achieved and what comes next.",
)
DECIDE = (
    "{title}: by {due}",
    "{title}. It must be decided by {due}, {days}, so that nobody is left waiting at the end.",
)
DECIDE_LATE = (
    "Overdue: {title}",
    "{title}. It had to be decided by {due}, {days}. The award may end before it is decided.",
)
BID = ("{title}: by {due}", "{title}. The bid needs it by {due}, {days}.")
BID_LATE = ("Overdue: {title}", "{title}. The bid needed it by {due}, {days}. The funder's last day does not wait.")
FUND = ("{title}: closes {due}", "{title}. The funder takes no bid after {due}, {days}.")
FUND_LATE = (
    "Closed: {title}",
    "{title}. The funder closed it on {due}, {days}. Say in the portal whether a bid was sent.",
)
DAY_AHEAD = ("{title}: {due}", "{title} is planned for {due}, {days}. If it must move, say so in the portal.")
DAY_OVER = ("{title}: {due}", "{title} was planned for {due}, {days}. Say in the portal whether it took place.")
AGREED_STEP = ("{title}: by {due}", "Agreed for what follows the funding: {title}. By {due}, {days}.")
AGREED_STEP_LATE = (
    "Overdue: {title}",
    "Agreed for what follows the funding: {title}. It was to be done by {due}, {days}. Say when it is done.",
)

LADDERS = {
    "CONTINUATION_CASE": [
        (-20, DRAFTERS, CASE),
        (-10, DRAFTERS, CASE),
        (-3, DRAFTERS, CASE),
        (0, [LEAD], TODAY),
        (1, [LEAD], LATE),
        (5, [LEAD, OFFICER], LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "CONTINUATION_DECISION": [
        (-40, [OFFICER], DECIDE),
        (-20, [OFFICER, COMMISSIONER], DECIDE),
        (-10, [OFFICER, COMMISSIONER], DECIDE),
        (-3, [OFFICER, COMMISSIONER], DECIDE),
        (0, [OFFICER, COMMISSIONER], DECIDE),
        (1, [OFFICER, HEAD, COMMISSIONER], DECIDE_LATE),
        (5, [HEAD, COMMISSIONER], DECIDE_LATE),
    ],
    "CLAIM_ANSWER": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
    ],
    "REQUEST_ANSWER": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
        (10, [HEAD, COMMISSIONER], OFFICE_LATE),
    ],
    "REQUEST_QUESTION": [
        (-3, DRAFTERS, ANSWER),
        (0, [LEAD], ANSWER),
        (1, [LEAD], ANSWER_LATE),
        (5, [LEAD, OFFICER], ANSWER_LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "SUSTAINABILITY_ACTION": [
        (-5, [LEAD, OFFICER], AGREED_STEP),
        (0, [LEAD, OFFICER], AGREED_STEP),
        (1, [LEAD, OFFICER], AGREED_STEP_LATE),
        (10, [OFFICER, HEAD], AGREED_STEP_LATE),
    ],
    "OPPORTUNITY_TASK": [
        (-5, [OFFICER], BID),
        (-1, [OFFICER], BID),
        (0, [OFFICER], BID),
        (1, [OFFICER, HEAD], BID_LATE),
        (5, [HEAD], BID_LATE),
    ],
    "OPPORTUNITY_DEADLINE": [
        (-20, [OFFICER], FUND),
        (-10, [OFFICER, HEAD], FUND),
        (-5, [OFFICER, HEAD], FUND),
        (-1, [OFFICER, HEAD], FUND),
        (0, [OFFICER, HEAD], FUND),
        (1, [OFFICER, HEAD], FUND_LATE),
    ],
    "DELIVERY_REPORT": [
        (-5, DRAFTERS, DAY_AHEAD),
        (0, DRAFTERS, DAY_AHEAD),
        (1, DRAFTERS, DAY_OVER),
        (5, [LEAD, OFFICER], DAY_OVER),
        (10, [OFFICER], DAY_OVER),
    ],
    "STAGE_WORK": [
        (-5, [OFFICER], OFFICE_DUE),
        (-1, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER, HEAD], OFFICE_LATE),
        (5, [HEAD], OFFICE_LATE),
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
    dependencies = [("records", "0012_kinds_of_grant_work")]
    operations = [migrations.RunPython(write_ladders, reverse_code=take_back)]
