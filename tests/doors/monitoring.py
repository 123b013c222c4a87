"""Doors of returns."""

from django.core.files.uploadedfile import SimpleUploadedFile

from monitoring import actions, queries
from records import documents
from tests.doors import door
from tests.make import monitoring


def a_return(status):
    """A return of an award of its own, walked to the status."""
    return lambda world: monitoring.monitoring_return(world.cast, world.plan, status=status)


def whole(world):
    """A return with every answer, not sent on yet."""
    return monitoring.fill_in(a_return("OPEN")(world), by=world.cast.maidstone_lead)


def ledger():
    return SimpleUploadedFile("ledger.csv", b"line,sum\n1,100\n")


def a_file(world):
    """A file that goes with the open return."""
    return documents.store(
        upload=ledger(), subject=world.return_open, section="SPEND", by=world.cast.maidstone_lead, at=world.now
    )


def failed(world):
    """A return found unsatisfactory, so that an instalment still waits."""
    row = a_return("SUBMITTED")(world)
    return monitoring.reviewed(row, by=world.cast.officer, verdict="UNSATISFACTORY", reply="Too little.")


def in_place_of_a_failed_one(world):
    """A later return of the same award, found satisfactory."""
    award, at = world.return_failed.award, monitoring.REVIEWED + monitoring.DAY
    row = actions.ask_for_return(
        award=award, starts_on=award.starts_on, ends_on=monitoring.HALF_YEAR + monitoring.DAY, due_on=world.today,
        reason="To see it again.", by=world.cast.officer, at=at,
    )  # fmt: skip
    lead = {"monitoring_return": row, "by": world.cast.maidstone_lead, "at": at}
    monitoring.fill_in(row, by=world.cast.maidstone_lead, at=at)
    actions.send_for_certification(**lead)
    actions.certify_return(**lead | {"by": world.cast.maidstone_certifier})
    actions.submit_return(**lead)
    return monitoring.reviewed(row, by=world.cast.officer, at=at + monitoring.DAY)


def corrected(world):
    """A return of two versions."""
    row = a_return("SUBMITTED")(world)
    lead = {"monitoring_return": row, "by": world.cast.maidstone_lead, "at": monitoring.QUERIED}
    actions.correct_return(reason="A wrong line.", **lead)
    actions.send_for_certification(**lead)
    actions.certify_return(**lead | {"by": world.cast.maidstone_certifier})
    return actions.submit_return(**lead)


def instead(world):
    waiting = queries.waiting_for_a_return(world.return_failed.award)
    return {"instalment": waiting.first().pk, **REASON}


def picked(world):
    return {"do": "waive", "confirm": "1", "pick": world.return_open.obligation_id, **REASON}


WORLD = {
    "return_open": a_return("OPEN"),
    "return_whole": whole,
    "return_certifying": a_return("CERTIFYING"),
    "return_certified": a_return("CERTIFIED"),
    "return_submitted": a_return("SUBMITTED"),
    "return_queried": a_return("QUERIED"),
    "return_file": a_file,
    "return_reviewed": a_return("REVIEWED"),
    "return_failed": failed,
    "return_instead": in_place_of_a_failed_one,
    "return_corrected": corrected,
}


def section(name, which="spend"):
    return lambda world: {"reference": getattr(world, name).reference, "section": which}


def award_of(name):
    return lambda world: {"reference": getattr(world, name).award.reference}


def answer(world):
    return {f"answer-{query.pk}": "As agreed." for query in world.return_queried.queries.all()}


WRITERS = "page: writers; 404: outsiders; 403: *"
WRITERS_ACT = "moved: writers; 404: outsiders; 403: *"
LEAD = "page: lead; 404: outsiders; 403: *"
LEAD_ACTS = "moved: lead; 404: outsiders; 403: *"
CERTIFIER = "page: certifier; 403: *"
CERTIFIER_ACTS = "moved: certifier; 403: *"
OFFICERS = "page: officers; 403: *"
OFFICERS_ACT = "moved: officers; 403: *"
REASON = {"reason": "A good one."}
DRAFT = {"version": "1"}
QUESTIONS = {
    "questions-TOTAL_FORMS": "1",
    "questions-INITIAL_FORMS": "0",
    "questions-0-section": "Spend",
    "questions-0-question": "Which invoice?",
}
VERDICT = {"verdict": "UNSATISFACTORY", "reply": "Too little was delivered."}
AGAIN = {"due_on": "2099-01-01", **REASON}
AD_HOC = {"starts_on": "2020-04-01", "ends_on": "2020-06-30", "due_on": "2099-01-01", **REASON}

DOORS = [
    door("monitoring:return_list", "", "page: *"),
    door("monitoring:return_list", "", "page: *", query="status=OPEN&late=yes&page=99", note="filtered"),
    door("monitoring:return_list_csv", "", "page: *"),
    door("monitoring:return_show", "return_open", "page: office maidstone; 404: outsiders"),
    door("monitoring:return_show", "return_submitted", "page: office maidstone; 404: outsiders", note="submitted"),
    door(
        "monitoring:return_version",
        lambda world: {"reference": world.return_submitted.reference, "number": 1},
        "page: office maidstone; 404: outsiders",
    ),
    door("monitoring:return_edit", section("return_open"), WRITERS),
    door("monitoring:return_edit", section("return_open"), WRITERS_ACT, method="POST", data=DRAFT),
    door(
        "monitoring:return_edit",
        section("return_submitted"),
        "sentence: writers; 404: outsiders; 403: *",
        note="submitted",
    ),
    door("monitoring:return_autosave", section("return_open"), WRITERS, method="POST", data=DRAFT),
    door("monitoring:return_files", "return_open", WRITERS),
    door(
        "monitoring:return_files",
        "return_open",
        WRITERS_ACT,
        method="POST",
        data=lambda world: {"section": "SPEND", "file": ledger()},
    ),
    door(
        "monitoring:return_file_remove",
        lambda world: {"reference": world.return_open.reference, "pk": world.return_file.pk},
        WRITERS_ACT,
        method="POST",
    ),
    door("monitoring:return_check", "return_whole", WRITERS),
    door("monitoring:return_check", "return_whole", WRITERS_ACT, method="POST"),
    door("monitoring:return_send", "return_whole", WRITERS_ACT, method="POST"),
    door(
        "monitoring:return_send",
        "return_open",
        "sentence: writers; 404: outsiders; 403: *",
        method="POST",
        note="incomplete",
    ),
    door("monitoring:return_certify", "return_certifying", CERTIFIER),
    door("monitoring:return_certify", "return_certifying", CERTIFIER_ACTS, method="POST", data={"declaration": "on"}),
    door("monitoring:return_certify", "return_open", "sentence: certifier; 403: *", note="too early"),
    door("monitoring:return_decline", "return_certifying", CERTIFIER),
    door("monitoring:return_decline", "return_certifying", CERTIFIER_ACTS, method="POST", data=REASON),
    door("monitoring:return_take_back", "return_certified", LEAD),
    door("monitoring:return_take_back", "return_certified", LEAD_ACTS, method="POST", data=REASON),
    door("monitoring:return_submit", "return_certified", LEAD_ACTS, method="POST"),
    door(
        "monitoring:return_submit",
        "return_whole",
        "sentence: lead; 404: outsiders; 403: *",
        method="POST",
        note="not certified",
    ),
    door("monitoring:return_sent", "return_submitted", WRITERS),
    door("monitoring:return_query", "return_submitted", OFFICERS),
    door("monitoring:return_query", "return_submitted", OFFICERS_ACT, method="POST", data=QUESTIONS),
    door("monitoring:return_answer", "return_queried", LEAD),
    door("monitoring:return_answer", "return_queried", LEAD_ACTS, method="POST", data=answer),
    door("monitoring:return_review", "return_submitted", OFFICERS),
    door("monitoring:return_review", "return_submitted", OFFICERS_ACT, method="POST", data=VERDICT),
    door("monitoring:return_review", "return_queried", "sentence: officers; 403: *", note="not answered"),
    door("monitoring:return_correct", "return_submitted", LEAD),
    door("monitoring:return_correct", "return_submitted", LEAD_ACTS, method="POST", data=REASON),
    door("monitoring:return_correct", "return_open", "sentence: lead; 404: outsiders; 403: *", note="not sent"),
    door("monitoring:return_reopen", "return_reviewed", OFFICERS),
    door("monitoring:return_reopen", "return_reviewed", OFFICERS_ACT, method="POST", data=AGAIN),
    door("monitoring:return_reopen", "return_submitted", "sentence: officers; 403: *", note="not reviewed"),
    door("monitoring:return_meets", "return_instead", OFFICERS),
    door("monitoring:return_meets", "return_instead", OFFICERS_ACT, method="POST", data=instead),
    door("monitoring:return_meets", "return_failed", "sentence: officers; 403: *", note="not satisfactory"),
    door("monitoring:return_compare", "return_corrected", "page: office maidstone; 404: outsiders"),
    door(
        "monitoring:return_compare",
        "return_open",
        "sentence: office maidstone; 404: outsiders",
        note="nothing to compare",
    ),
    door("monitoring:owed_list", "", OFFICERS),
    door("monitoring:owed_list", "", OFFICERS, query="state=LATE&kind=MID_YEAR&page=99", note="filtered"),
    door("monitoring:owed_list_csv", "", OFFICERS),
    door("monitoring:owed_act", "", OFFICERS_ACT, method="POST", data=picked),
    door("monitoring:owed_done", "", "moved: officers; 403: *"),
    door("monitoring:return_waive", "return_open", OFFICERS),
    door("monitoring:return_waive", "return_open", OFFICERS_ACT, method="POST", data=REASON),
    door("monitoring:return_ask", award_of("return_open"), OFFICERS),
    door("monitoring:return_ask", award_of("return_open"), OFFICERS_ACT, method="POST", data=AD_HOC),
]
