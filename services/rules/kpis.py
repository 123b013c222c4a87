"""What may be done with the KPIs of a contract, and when not (S4)."""

from accounts import access
from accounts.roles import Permission
from records.calendar import DAY
from records.words import day_in_words

from ..enums import ContractStatus, KpiDirection, KpiKind
from ..models import KpiResult

NOT_YOURS = "Only commissioning officers and the head of commissioning change the KPIs of a contract."
SAY_WHY = "Say why. It stays in the history of the contract."


def _why_not_change(contract, user):
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return NOT_YOURS
    if contract.status != ContractStatus.LIVE:
        return "This contract has ended, so its KPIs stay as they are."
    return ""


def why_not_define(contract, *, user, on, name=None, starts_on=None):
    """Why no KPI can be added to the contract now; "" when it can."""
    if why := _why_not_change(contract, user):
        return why
    if name is not None and _taken(contract, name):
        return "Another KPI of this contract has that name. Choose one that tells them apart."
    if starts_on is not None and starts_on < contract.starts_on:
        return f"The contract began on {day_in_words(contract.starts_on)}. A KPI cannot count before that."
    return ""


def _taken(contract, name, but=None):
    rows = contract.kpis.filter(name__iexact=name.strip(), retired_on__isnull=True)
    return rows.exclude(pk=but.pk if but else None).exists()


def why_not_edit_kpi(kpi, *, user, on, name=None, kind=None, direction=None, starts_on=None, reason=None):
    """Why the KPI cannot be changed that way; "" when it can.

    What a figure means stays as it was once figures were reported: its kind, direction and first day.
    """
    if why := _why_not_change(kpi.contract, user):
        return why
    if kpi.retired_on:
        return f"This KPI was retired on {day_in_words(kpi.retired_on)}. Add a new one instead."
    if name is not None and _taken(kpi.contract, name, but=kpi):
        return "Another KPI of this contract has that name. Choose one that tells them apart."
    wanted = {"kind": kind, "direction": direction, "starts_on": starts_on}
    changed = [field for field, value in wanted.items() if value is not None and value != getattr(kpi, field)]
    if changed and kpi.results.exists():
        return (
            "Figures were reported for this KPI, so its kind, its direction and its first day stay as they are. "
            "Retire it and add a new one."
        )
    if starts_on is not None and starts_on < kpi.contract.starts_on:
        return f"The contract began on {day_in_words(kpi.contract.starts_on)}. A KPI cannot count before that."
    return SAY_WHY if reason is not None and not reason.strip() else ""


def why_not_retire(kpi, *, user, on, retired_on=None, reason=None):
    """Why the KPI cannot be retired on that day; "" when it can."""
    if why := _why_not_change(kpi.contract, user):
        return why
    if kpi.retired_on:
        return f"This KPI was retired on {day_in_words(kpi.retired_on)} already."
    if retired_on is not None and retired_on < kpi.starts_on:
        return f"It counts from {day_in_words(kpi.starts_on)}, so its last day cannot be before that."
    return SAY_WHY if reason is not None and not reason.strip() else ""


def why_not_set_target(kpi, *, user, on, starts_on=None, target=None, amber=None, reason=None):
    """Why the target cannot be set from that day; "" when it can. The past that was accepted stays as it was."""
    if why := _why_not_change(kpi.contract, user):
        return why
    if kpi.retired_on:
        return f"This KPI was retired on {day_in_words(kpi.retired_on)}, so it needs no target."
    if starts_on is not None and (why := _why_not_from(kpi, starts_on)):
        return why
    if target is not None and (why := why_not_these_figures(kpi.kind, kpi.direction, target, amber)):
        return why
    return SAY_WHY if reason is not None and not reason.strip() and kpi.targets.exists() else ""


def _why_not_from(kpi, starts_on):
    if starts_on < kpi.starts_on:
        return f"It counts from {day_in_words(kpi.starts_on)}. Enter that day or a later one."
    accepted = KpiResult.objects.filter(kpi=kpi, accepted_at__isnull=False, superseded_at__isnull=True)
    last = accepted.order_by("-ends_on").values_list("ends_on", flat=True).first()
    if last and starts_on <= last:
        return (
            f"Figures up to {day_in_words(last)} were accepted under the target that stood then. "
            f"Enter {day_in_words(last + DAY)} or a later day."
        )
    return ""


def why_not_these_figures(kind, direction, target, amber):
    """Why these thresholds make no sense; "" when they do. Shared with the forms."""
    for figure in (target, amber):
        if figure is None:
            continue
        if kind != KpiKind.NUMBER and figure < 0:
            return "Enter a figure of nought or more."
        if kind == KpiKind.PERCENTAGE and figure > 100:
            return "A percentage cannot be above 100."
        if kind == KpiKind.COUNT and figure != int(figure):
            return "Enter a whole number."
    if amber is None:
        return ""
    if direction == KpiDirection.HIGHER and amber >= target:
        return "Higher is better here, so the amber threshold must be below the target."
    if direction == KpiDirection.LOWER and amber <= target:
        return "Lower is better here, so the amber threshold must be above the target."
    return ""
