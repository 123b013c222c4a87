"""An approved change of an award, made part of it: what each kind writes (X3)."""

from datetime import date
from decimal import Decimal
from typing import Any

from plans.enums import RequestKind
from records import obligations
from records.actions import log
from records.enums import ObligationKind
from records.words import day_in_words

from ..models import Award, AwardLine, BudgetLine, DeliveryPartner, PlannedOutcome, PlannedOutput, Variation
from ..queries import changes
from . import awards, variations

MODELS: dict[str, Any] = {
    "budget_lines": BudgetLine,
    "outcomes": PlannedOutcome,
    "outputs": PlannedOutput,
    "partners": DeliveryPartner,
}


def apply_change(request, *, decision, by, at):
    """Make the change part of its locked award; gives the variation that says so."""
    told = {"reason": request.reason, "by": by, "at": at}
    return APPLIED[RequestKind(request.kind)](request.award, request, decision, told)


def _move_end(award, request, decision, told):
    ends_on = date.fromisoformat(request.after["ends_on"])
    variations.move_end(award, ends_on=ends_on, decision=decision, **told)
    return award.variations.order_by("-number").first()


def _end_early(award, request, decision, told):
    variation = _move_end(award, request, decision, told)
    variations.cancel_after(award, ends_on=award.ends_on, **told)
    return variation


def _pause(award, request, decision, told):
    """The award is suspended at once; the office owes its attention on the day the pause was to last until."""
    variation = _varied(award, request, decision, told)
    awards.put_on_hold(award, **told)
    until = date.fromisoformat(request.after["until"])
    obligations.owe(
        award,
        ObligationKind.REQUEST_ANSWER,
        title=f"Lift the pause of {award.title}, or say what follows"[:300],
        due_on=until,
        link=award.get_absolute_url(),
        period=f"pause {request.reference}",
        anchor="agreed pause",
    )
    return variation


def _purpose(award, request, decision, told):
    pair = [award.purpose, request.after["purpose"]]
    Award.objects.filter(pk=award.pk).update(purpose=pair[1])
    award.purpose = pair[1]
    return _varied(award, request, decision, told, pairs={"purpose": pair})


def _parts(award, request, decision, told):
    """Figures and partners of the projects as agreed; what is new names the variation."""
    variation = _varied(award, request, decision, told)
    lines = AwardLine.objects.select_related("project").in_bulk([line["line"] for line in request.after["lines"]])
    for told_line in request.after["lines"]:
        for row in told_line["rows"]:
            if row["pk"]:
                _change_part(row)
            else:
                _add_part(lines[told_line["line"]].project, row, variation)
    return variation


def _change_part(row):
    """One part takes its agreed figure, or is dropped; the words of the business case stay."""
    fields: dict[str, Any] = {"is_dropped": bool(row.get("gone"))}
    if row["part"] == "budget_lines":
        fields["agreed_amount"] = Decimal(row["value"])
    elif row["part"] != "partners":
        fields["agreed_target"] = Decimal(row["value"])
    MODELS[row["part"]].agreed.filter(pk=row["pk"]).update(**fields)


def _add_part(project, row, variation):
    model, fields = MODELS[row["part"]], {"project": project, "variation": variation}
    if row["part"] == "partners":
        model.agreed.create(**fields, name=row["name"], part=row["value"])
        return
    last = model.agreed.filter(project=project).order_by("-number").values_list("number", flat=True).first()
    fields["number"] = (last or 0) + 1
    if row["part"] == "budget_lines":
        model.agreed.create(**fields, heading=row["name"], amount=Decimal(row["value"]))
    elif row["part"] == "outputs":
        model.agreed.create(**fields, output=row["name"], unit=row["unit"], target=Decimal(row["value"]))
    else:
        measure = {"measure": row["measure"], "direction": row["direction"], "unit": row["unit"]}
        model.agreed.create(**fields, outcome=row["name"], target=Decimal(row["value"]), **measure)


def _varied(award, request, decision, told, *, pairs=None):
    """The variation and its event; `pairs` are the fields of the award that changed, else what changed in words."""
    variation = Variation.objects.create(
        award=award,
        number=award.variations.count() + 1,
        kind=request.kind,
        before=request.before,
        after=request.after,
        decision=decision,
        **told,
    )
    rows = changes.rows_of(request.kind, request.before, request.after)
    pairs = pairs or {row.label: [row.before, row.after] for row in rows}
    what = request.get_kind_display().lower()
    if request.kind == RequestKind.SUSPENSION:
        what = f"paused until {day_in_words(date.fromisoformat(request.after['until']))}"
    summary = f"Award changed as its recipient asked ({request.reference}): {what}"[:500]
    log(award, "varied", by=told["by"], at=told["at"], reason=told["reason"], summary=summary, changes=pairs)
    return variation


APPLIED = {
    RequestKind.TIME: _move_end,
    RequestKind.EARLY_END: _end_early,
    RequestKind.SUSPENSION: _pause,
    RequestKind.PURPOSE: _purpose,
    RequestKind.MONEY: _parts,
    RequestKind.OUTPUTS: _parts,
    RequestKind.PARTNER: _parts,
}
