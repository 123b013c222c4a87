"""An exception to a limit: asked for by the applicant, given or refused by a post that may, with the reason (R1)."""

from django.db import transaction

from records import obligations
from records.actions import log
from records.calendar import add_working_days, london_day
from records.enums import ObligationKind
from records.refusals import refuse_if
from records.words import pounds

from ..models import LimitException
from ..notices import exceptions as notices
from ..queries import case_content
from ..queries import exceptions as queries
from ..rules import business_cases as case_rules
from ..rules import exceptions as rules
from .business_cases import lock

KIND = ObligationKind.REQUEST_ANSWER
ANSWER_WORKING_DAYS = 5


@transaction.atomic
def ask_for_exception(*, case, reason, by, at):
    """Ask the office to let this case go over the limits it is over now; the office owes an answer."""
    lock(case)
    content = case_content.content_of(case)
    refuse_if(rules.why_not_ask(case, content=content, user=by, on=london_day(at), reason=reason), case)
    over = case_rules.excesses(case, content)
    told = " ".join(sentence for sentence, _ in over.values())
    log(case, queries.ASKED, by=by, at=at, reason=reason.strip(), summary=f"Exception asked for: {told}"[:500])
    obligations.owe(
        case,
        KIND,
        title=f"Answer the exception asked for by {case.organisation.name}"[:300],
        due_on=add_working_days(london_day(at), ANSWER_WORKING_DAYS),
        link=queries.url_of(case),
        anchor="asked for",
    )
    notices.exception_asked(case, told=told, reason=reason.strip(), at=at)
    return over


@transaction.atomic
def give_exception(*, case, reason, by, at):
    """Let the case go over each limit by as much as it is over now, and no more (R1)."""
    lock(case)
    content = case_content.content_of(case)
    refuse_if(rules.why_not_give(case, content=content, user=by, on=london_day(at), reason=reason), case.round)
    over = case_rules.excesses(case, content)
    rows = [
        LimitException.objects.create(case=case, on=on, amount=amount, reason=reason.strip(), by=by, at=at)
        for on, (_, amount) in over.items()
    ]
    told = "; ".join(f"{row.get_on_display()}, {pounds(row.amount)} above the limit" for row in rows)
    log(case, "exception_given", by=by, at=at, reason=reason.strip(), summary=f"Exception given: {told}"[:500])
    obligations.close(case, KIND, at=at, by=by, closing="Exception given")
    notices.exception_answered(case, given=True, told=told, reason=reason.strip(), at=at)
    return rows


@transaction.atomic
def refuse_exception(*, case, reason, by, at):
    """Say no, with the reason; the limits stay as they are."""
    lock(case)
    refuse_if(rules.why_not_refuse(case, user=by, on=london_day(at), reason=reason), case.round)
    log(case, "exception_refused", by=by, at=at, reason=reason.strip(), summary="Exception refused")
    obligations.close(case, KIND, at=at, by=by, closing="Exception refused")
    notices.exception_answered(case, given=False, told="", reason=reason.strip(), at=at)
    return case
