"""What leads to an extension decision: the provider asked, the evidence, the advice, the comment on the money."""

from django.db import transaction

from records import workflow
from records.calendar import london_day
from records.refusals import refuse_if

from ...enums import EXTENSION_MOVES, ExtensionStatus, ExtensionStepKind
from ...rules import extensions as rules
from . import steps
from .locks import lock

K = ExtensionStepKind


@transaction.atomic
def give_advice(*, case, recommended, months=None, ends_on=None, legal_basis="", lapse_effect, advice, pack, by, at):
    """Give the officer's advice with the evidence frozen in `pack`; the case then waits for its decision."""
    case, on = lock(case), london_day(at)
    refuse_if(rules.why_not_give_advice(case, user=by, on=on), case)
    worded = {"recommended": recommended, "months": months, "ends_on": ends_on, "legal_basis": legal_basis}
    refuse_if(rules.why_not_advise_so(case, **worded, advice=advice, lapse_effect=lapse_effect, on=on), case)
    workflow.move(
        case,
        ExtensionStatus.ADVISED,
        moves=EXTENSION_MOVES,
        verb="advised",
        by=by,
        at=at,
        summary=f"{case}: advice given",
        recommended=recommended,
        recommended_months=months,
        recommended_ends_on=ends_on,
        legal_basis=legal_basis.strip(),
        lapse_effect=lapse_effect.strip(),
        advice=advice.strip(),
        advised_at=at,
        advised_by=by,
        pack=pack,
        cfo_comment="",
        cfo_commented_at=None,
        cfo_commented_by=None,
    )
    steps.meet(case, K.EVIDENCE, by=by, at=at, note="Evidence frozen with the advice")
    steps.meet(case, K.ADVICE, by=by, at=at, note="Advice given")
    return case
