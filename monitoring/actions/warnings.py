"""Reasons for what looks odd in a return and is right all the same (X5)."""

from django.db import transaction

from records.actions import log
from records.calendar import london_day
from records.refusals import Refused, refuse_if

from .. import queries, rules
from ..models import WarningReason
from .returns import lock

LONGEST = 2000


@transaction.atomic
def confirm_warnings(*, monitoring_return, reasons, by, at):
    """Keep why each warning is right: `reasons` is {code of the warning: words}.

    Empty words take a reason back. A code holds the figure it is about, so a reason for a figure that
    has changed since is not kept, and those of warnings that are gone are removed; the history keeps
    the words of both.
    """
    lock(monitoring_return)
    refuse_if(rules.why_not_edit(monitoring_return, user=by, on=london_day(at)), monitoring_return)
    sheets = queries.sheets_of(monitoring_return)
    warnings = {fault.code: fault for fault in rules.warnings_of(rules.faults_of(monitoring_return, sheets, {}))}
    kept = rules.reasons_of(monitoring_return)
    given = {code: words.strip() for code, words in reasons.items() if code in warnings}
    if any(len(words) > LONGEST for words in given.values()):
        raise Refused(f"A reason may be {LONGEST:,} letters long.", monitoring_return)
    gone = [row for code, row in kept.items() if code not in warnings or given.get(code) == ""]
    changes = {row.sentence: [row.reason, ""] for row in gone}
    WarningReason.objects.filter(pk__in=[row.pk for row in gone]).delete()
    for code, words in given.items():
        was = kept[code].reason if code in kept else ""
        if words and words != was:
            changes[warnings[code].sentence] = [was, words]
            WarningReason.objects.update_or_create(
                monitoring_return=monitoring_return,
                code=code,
                defaults={"sentence": warnings[code].sentence, "reason": words, "by": by, "at": at},
            )
    if changes:
        log(monitoring_return, "explained", by=by, at=at, summary="Reasons for unusual figures", changes=changes)
    return monitoring_return
