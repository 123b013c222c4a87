"""Steps of example activity about audits: programme, visit, report, reply, what follows."""

from monitoring.actions import audits
from monitoring.enums import CheckResult, FindingGrade, SampleStrategy
from monitoring.models import AuditAction, AuditCheck, AuditProgramme, AuditVisit
from monitoring.queries import audits as queries
from records import calendar

from .days import written_day
from .entries import Items
from .kinds import Day, Matching, Text, Whole, Word
from .references import Reference
from .replay_cases import award_of

SAID = Text(limit=10_000, required=True)
CASE = {"case": Matching(limit=80, required=True)}
AUDIT_STEPS = {
    "draw_audits": {
        "name": Text(limit=120, required=True),
        "starts_on": Day(required=True),
        "ends_on": Day(required=True),
        "sample_size": Whole(required=True, low=1, high=99),
        "strategy": Word(required=True, words=SampleStrategy),
        "reason": SAID,
        "seed": Text(limit=40, required=True, numbers=True),
    },
    "plan_audit": {**CASE, "auditor": Reference(required=True, section="people"), "planned_on": Day(required=True)},
    "visit_audit": {
        **CASE,
        "seen": Text(limit=300, required=True),
        "kept": SAID,
        "not_kept": Items(
            fields={
                "condition": Text(limit=10, required=True, numbers=True),
                "result": Word(required=True, words=CheckResult),
                "evidence": SAID,
                "grade": Word(required=True, words=FindingGrade),
                "finding": SAID,
                "action": Text(limit=500, required=True),
                "due_on": Day(required=True),
            }
        ),
    },
    "send_audit_report": {**CASE, "summary": SAID, "grade": Word(required=True, words=FindingGrade)},
    "reply_to_audit": {**CASE, "reply": SAID},
    "finish_audit": CASE,
    "do_audit_action": {**CASE, "number": Whole(required=True, low=1, high=99), "evidence": SAID},
    "close_audit_action": {**CASE, "number": Whole(required=True, low=1, high=99)},
}


def working_day(words):
    """The day, or the next on which somebody works."""
    return calendar.add_working_days(written_day(words) - calendar.DAY, 1)


def visit_of(play, step):
    """The newest visit of the award a case became."""
    rows = AuditVisit.objects.select_related("organisation", "award", "contract", "auditor")
    return rows.filter(award=award_of(play, step)).latest("pk")


def action_of(play, step):
    """The action of a finding, by the number of the finding."""
    rows = AuditAction.objects.select_related("finding__visit")
    return rows.get(finding__visit=visit_of(play, step), finding__number=step["number"])


def draw_audits(play, step, *, by, at):
    programme = audits.start_programme(
        **{name: step[name] for name in ("name", "sample_size", "strategy", "reason")},
        starts_on=written_day(step["starts_on"]),
        ends_on=written_day(step["ends_on"]),
        is_example=True,
        by=by,
        at=at,
    )
    audits.draw_sample(programme=programme, seed=str(step["seed"]), by=by, at=at)


def plan_audit(play, step, *, by, at):
    """Under the newest example programme; added to its sample by hand where the lot passed it over."""
    award = award_of(play, step)
    programme = AuditProgramme.objects.filter(is_example=True).latest("pk")
    known = queries.candidate_of(programme, award)
    if known is None or not known.is_chosen:
        audits.add_by_hand(programme=programme, subject=award, reason="Not visited for two years.", by=by, at=at)
    audits.plan_visit(
        subject=award,
        auditor=play.people[step["auditor"]],
        planned_on=working_day(step["planned_on"]),
        programme=programme,
        by=by,
        at=at,
    )


def visit_audit(play, step, *, by, at):
    """The visit took place today: every condition judged, each that is not kept with its finding and action."""
    visit = visit_of(play, step)
    given = {"by": by, "at": at}
    audits.begin_visit(visit=visit, visited_on=calendar.london_day(at), who_was_seen=step["seen"], **given)
    checks = {row.condition.number: row for row in AuditCheck.objects.filter(visit=visit).select_related("condition")}
    worse = {str(row["condition"]): row for row in step["not_kept"]}
    answers = {
        row.pk: {"result": worse[number]["result"], "evidence": worse[number]["evidence"]}
        if number in worse
        else {"result": CheckResult.MET, "evidence": step["kept"]}
        for number, row in checks.items()
    }
    audits.save_checks(visit=visit, answers=answers, **given)
    for number, row in worse.items():
        finding = audits.write_finding(
            visit=visit, grade=row["grade"], text=row["finding"], check_row=checks.get(number), **given
        )
        audits.give_action(finding=finding, action=row["action"], due_on=written_day(row["due_on"]), **given)


def send_audit_report(play, step, *, by, at):
    audits.report_visit(visit=visit_of(play, step), summary=step["summary"], grade=step["grade"], by=by, at=at)


def reply_to_audit(play, step, *, by, at):
    audits.reply_to_visit(visit=visit_of(play, step), reply=step["reply"], by=by, at=at)


def finish_audit(play, step, *, by, at):
    audits.finalise_visit(visit=visit_of(play, step), by=by, at=at)


def do_audit_action(play, step, *, by, at):
    audits.say_done(action=action_of(play, step), evidence=step["evidence"], by=by, at=at)


def close_audit_action(play, step, *, by, at):
    audits.close_action(action=action_of(play, step), by=by, at=at)


VERBS = {
    verb.__name__: verb
    for verb in [
        draw_audits,
        plan_audit,
        visit_audit,
        send_audit_report,
        reply_to_audit,
        finish_audit,
        do_audit_action,
        close_audit_action,
    ]
}
