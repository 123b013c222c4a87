"""Steps of example activity about standards and terms: evidence sent and checked, waivers, payees, new terms put."""

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Organisation
from grants.actions import terms_changes
from grants.models import Award, TermsChange
from plans.actions import standards
from plans.actions import terms as terms_actions
from plans.models import HeldStandard, StandardKind, TermsVersion

from .days import written_day
from .kinds import Day, Matching, Text, YesNo
from .references import Reference

SAID = Text(limit=5_000, required=True)
OF = {
    "organisation": Reference(required=True, section="organisations"),
    "standard": Reference(required=True, section="standard_kinds"),
}
WHOSE = {"organisation": Reference(required=True, section="organisations")}
TERMS = Reference(required=True, section="terms")
CASE = {"case": Matching(limit=80, required=True)}
STANDARD_STEPS = {
    "send_standard": {**OF, "title": Text(limit=200, required=True), "expires_on": Day(), "note": Text(limit=2_000)},
    "accept_standard": {**OF, "answer": Text(limit=2_000)},
    "waive_standard": {**OF, "reason": SAID, "ends_on": Day(required=True)},
    "note_due_diligence": {
        **WHOSE,
        "looked_at": Text(limit=300, required=True),
        "found": SAID,
        "is_worry": YesNo(),
    },
    "verify_payee": {**WHOSE, "how": Text(limit=300, required=True)},
    "issue_terms": {"terms": TERMS, "reason": SAID},
    "put_terms": {**CASE, "terms": TERMS, "reason": SAID, "answer_by": Day(required=True)},
    "accept_terms": {**CASE, "position": Text(limit=120, required=True)},
}


def organisation_of(step):
    return Organisation.objects.get(key=step["organisation"])


def kind_of(step):
    return StandardKind.objects.get(key=step["standard"])


def award_of(play, step):
    return Award.objects.filter(lines__project__case_id=play.cases[step["case"]]).distinct().get()


def send_standard(play, step, *, by, at):
    words = f"{step['title']}\n\nExample data: no real document stands behind this file.\n"
    standards.send_standard(
        organisation=organisation_of(step),
        kind=kind_of(step),
        title=step["title"],
        expires_on=written_day(step["expires_on"]) if step["expires_on"] else None,
        note=step["note"],
        uploads=[SimpleUploadedFile("example-evidence.txt", words.encode(), "text/plain")],
        by=by,
        at=at,
    )


def accept_standard(play, step, *, by, at):
    held = HeldStandard.objects.filter(organisation=organisation_of(step), kind=kind_of(step), status="SENT")
    standards.accept_standard(held=held.get(), answer=step["answer"], by=by, at=at)


def waive_standard(play, step, *, by, at):
    standards.waive_standard(
        organisation=organisation_of(step),
        kind=kind_of(step),
        reason=step["reason"],
        starts_on=written_day(step["on"]),
        ends_on=written_day(step["ends_on"]),
        by=by,
        at=at,
    )


def note_due_diligence(play, step, *, by, at):
    given = {name: step[name] for name in ("looked_at", "found", "is_worry")}
    standards.note_due_diligence(organisation=organisation_of(step), on=written_day(step["on"]), **given, by=by, at=at)


def verify_payee(play, step, *, by, at):
    standards.verify_payee(
        organisation=organisation_of(step), on=written_day(step["on"]), how=step["how"], by=by, at=at
    )


def issue_terms(play, step, *, by, at):
    terms_actions.issue_terms(terms=TermsVersion.objects.get(key=step["terms"]), reason=step["reason"], by=by, at=at)


def put_terms(play, step, *, by, at):
    terms_changes.propose_terms(
        award=award_of(play, step),
        terms=TermsVersion.objects.get(key=step["terms"]),
        reason=step["reason"],
        answer_by=written_day(step["answer_by"]),
        by=by,
        at=at,
    )


def accept_terms(play, step, *, by, at):
    change = TermsChange.objects.get(award=award_of(play, step), status="PROPOSED")
    terms_changes.accept_terms(change=change, position=step["position"], by=by, at=at)


VERBS = {
    verb.__name__: verb
    for verb in [
        send_standard,
        accept_standard,
        waive_standard,
        note_due_diligence,
        verify_payee,
        issue_terms,
        put_terms,
        accept_terms,
    ]
}
