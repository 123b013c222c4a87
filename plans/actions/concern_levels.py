"""The stages of the complaints procedure, written and changed. Running clocks stay as they were set (P2).

No stage is ever taken away: whether that is possible would tell whether a complaint was at it.
"""

from django.db import transaction

from records.actions import log
from records.refusals import refuse_if

from ..models import ConcernLevel
from ..rules import concern_levels as rules

CONTENT = ("name", "answered_by", "acknowledge_days", "answer_days", "guidance")


@transaction.atomic
def save_level(*, level=None, name, answered_by, acknowledge_days, answer_days, guidance="", reason, by, at):
    """Change a stage, or add one after the last; complaints at it keep the days they were given.

    What somebody changed is no longer what its source says, so it names none.
    """
    clocks = {"acknowledge_days": acknowledge_days, "answer_days": answer_days}
    refuse_if(rules.why_not_save_level(user=by, name=name, reason=reason, **clocks))
    content = {"name": name.strip(), "answered_by": answered_by, "guidance": guidance.strip(), **clocks}
    rows = list(ConcernLevel.objects.select_for_update().order_by("number"))
    if level is None:
        level = ConcernLevel.objects.create(number=rows[-1].number + 1 if rows else 1, **content)
        log(level, "added", by=by, at=at, reason=reason.strip(), summary=f"Stage added: {level}")
        return level
    level = next(row for row in rows if row.pk == level.pk)
    changes = {field: [getattr(level, field), value] for field, value in content.items()}
    changes = {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
    if changes:
        ConcernLevel.objects.filter(pk=level.pk).update(**content, source="")
        level.refresh_from_db()
        log(level, "changed", by=by, at=at, reason=reason.strip(), summary=f"Stage changed: {level}", changes=changes)
    return level
