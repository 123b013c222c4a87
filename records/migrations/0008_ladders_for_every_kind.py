"""Ladders for the kinds that had none, and the payee's own people beside its signatory.

A step that somebody has already written or changed stays as it is.
"""

from django.db import migrations

ENDING = (
    "{title}: valid until {due}",
    "{title}: what we hold is valid until {due}, {days}. Send us what takes its place: a payment may wait for it.",
)
ENDED = (
    "No longer valid: {title}",
    "{title}: what we hold was valid until {due}, {days}. Send us what takes its place: a payment may wait for it.",
)
ACTION = ("{title}: by {due}", "Agreed after an audit visit: {title}. It is to be done by {due}, {days}.")
ACTION_LATE = (
    "Overdue: {title}",
    "Agreed after an audit visit: {title}. It was to be done by {due}, {days}. Say when it is done, or why not.",
)
COMPLAINT = ("{title}: answer by {due}", "{title}. The answer is due by {due}, {days}.")
COMPLAINT_LATE = (
    "Overdue: {title}",
    "{title}. The answer was due by {due}, {days}. Whoever complained is still waiting.",
)
TO_HEAD = (
    "Long overdue from {organisation}: {title}",
    "{organisation} has still not done this: {title}. It was due on {due}, {days}. The officers have been told.",
)
NEW = {
    "STANDARD_EXPIRY": [
        (-40, ["CONTRIBUTOR", "LEAD"], ENDING),
        (-20, ["CONTRIBUTOR", "LEAD"], ENDING),
        (-5, ["LEAD"], ENDING),
        (0, ["LEAD"], ENDING),
        (1, ["LEAD", "OFFICER"], ENDED),
        (5, ["LEAD", "OFFICER"], ENDED),
        (10, ["HEAD"], TO_HEAD),
    ],
    "AUDIT_ACTION": [
        (-10, ["CONTRIBUTOR", "LEAD"], ACTION),
        (-3, ["CONTRIBUTOR", "LEAD"], ACTION),
        (0, ["LEAD"], ACTION),
        (1, ["LEAD"], ACTION_LATE),
        (5, ["LEAD", "OFFICER"], ACTION_LATE),
        (10, ["HEAD"], TO_HEAD),
    ],
    "COMPLAINT_STAGE": [
        (-2, ["LEAD", "OFFICER"], COMPLAINT),
        (0, ["LEAD", "OFFICER"], COMPLAINT),
        (1, ["LEAD", "OFFICER", "HEAD"], COMPLAINT_LATE),
        (5, ["OFFICER", "HEAD"], COMPLAINT_LATE),
        (10, ["HEAD", "COMMISSIONER"], COMPLAINT_LATE),
    ],
}
# (kind, working days): audiences as first delivered, and now.
TOLD_TOO = {
    ("ACCEPTANCE", 1): (["SIGNATORY", "LEAD"], ["SIGNATORY", "LEAD", "CERTIFIER"]),
    ("ACCEPTANCE", 5): (["SIGNATORY", "LEAD", "OFFICER"], ["SIGNATORY", "LEAD", "OFFICER", "FINANCE"]),
    ("REPAYMENT", -5): (["SIGNATORY", "LEAD"], ["SIGNATORY", "LEAD", "CERTIFIER"]),
    ("REPAYMENT", 0): (["SIGNATORY", "LEAD"], ["SIGNATORY", "LEAD", "CERTIFIER"]),
    ("REPAYMENT", 1): (["SIGNATORY", "LEAD", "FINANCE"], ["SIGNATORY", "LEAD", "CERTIFIER", "FINANCE"]),
    ("REPAYMENT", 5): (["SIGNATORY", "LEAD", "FINANCE"], ["SIGNATORY", "LEAD", "CERTIFIER", "FINANCE"]),
}


def write_ladders(apps, schema_editor):
    step = apps.get_model("records", "LadderStep")
    for kind, steps in NEW.items():
        if step.objects.filter(kind=kind).exists():
            continue
        for working_days, audiences, (heading, wording) in steps:
            step.objects.create(
                kind=kind, working_days=working_days, audiences=audiences, heading=heading, wording=wording
            )
    for (kind, working_days), (was, now) in TOLD_TOO.items():
        step.objects.filter(kind=kind, working_days=working_days, audiences=was).update(audiences=now)


def take_back(apps, schema_editor):
    step = apps.get_model("records", "LadderStep")
    step.objects.filter(kind__in=NEW).delete()
    for (kind, working_days), (was, now) in TOLD_TOO.items():
        step.objects.filter(kind=kind, working_days=working_days, audiences=now).update(audiences=was)


class Migration(migrations.Migration):
    dependencies = [("records", "0007_one_digest_a_day_and_dates_told")]
    operations = [migrations.RunPython(write_ladders, reverse_code=take_back)]
