"""KPIs of a contract: defined with targets, reported by the provider, accepted by the office (S4).

`monitoring` calls `report_results` when a return is handed in, `accept_results` on the officer's verdict.
"""

from django.db import transaction
from django.db.models import Max

from records import calendar
from records.actions import log
from records.refusals import refuse_if
from records.words import day_in_words

from ..models import Contract, Kpi, KpiResult, KpiTarget
from ..queries import kpis as reads
from ..rules import kpis as rules
from .improvement import ask_where_red_twice


@transaction.atomic
def report_results(*, report, contract, starts_on, ends_on, version, figures, at, by=None):
    """Write what a return says of each KPI in its period: `figures` is [(kpi, value, comment)].

    A figure for a period that has one already supersedes it; the older row stays as history. Nothing
    counts until it is accepted. Gives the new rows.
    """
    if not figures:
        return []
    Contract.objects.select_for_update().get(pk=contract.pk)
    standing = KpiResult.objects.filter(kpi__contract=contract, superseded_at__isnull=True)
    same = standing.filter(starts_on=starts_on, ends_on=ends_on, kpi__in=[kpi for kpi, _value, _comment in figures])
    again = bool((same | standing.filter(report=report)).update(superseded_at=at))
    rows = KpiResult.objects.bulk_create(
        KpiResult(
            kpi=kpi,
            starts_on=starts_on,
            ends_on=ends_on,
            value=value,
            comment=comment,
            report=report,
            version=version,
            reported_at=at,
        )
        for kpi, value, comment in figures
    )
    period = f"{day_in_words(starts_on)} to {day_in_words(ends_on)}"
    how = "reported again" if again else "reported"
    summary = f"KPI figures for {period} {how}: {report}, version {version}"
    log(contract, "kpis_reported", by=by, at=at, summary=summary)
    return rows


@transaction.atomic
def accept_results(*, report, version, at, by=None):
    """Accept the standing figures of a return whose verdict was satisfactory; ask for plans where red twice.

    Gives the accepted rows; a second call changes nothing.
    """
    waiting = KpiResult.objects.filter(
        report=report, version=version, superseded_at__isnull=True, accepted_at__isnull=True
    )
    first = waiting.select_related("kpi").first()
    if first is None:
        return []
    contract = Contract.objects.select_for_update().get(pk=first.kpi.contract_id)
    ids = list(waiting.order_by("kpi__number").values_list("pk", flat=True))
    waiting.update(accepted_at=at)
    rows = list(KpiResult.objects.filter(pk__in=ids).select_related("kpi").order_by("kpi__number"))
    period = f"{day_in_words(first.starts_on)} to {day_in_words(first.ends_on)}"
    summary = f"KPI figures for {period} accepted: {report}, version {version}"
    log(contract, "kpis_accepted", by=by, at=at, summary=summary)
    ask_where_red_twice(contract, [row.kpi for row in rows], at=at)
    return rows


def _lock(contract_id):
    return Contract.objects.select_for_update().get(pk=contract_id)


@transaction.atomic
def define_kpi(
    *,
    contract,
    name,
    kind,
    direction,
    starts_on,
    definition="",
    unit="",
    service=None,
    target=None,
    amber=None,
    source="",
    by,
    at,
):
    """Add a KPI to a contract, with its first target where one is known; asked in returns opened from now on."""
    contract = _lock(contract.pk)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_define(contract, user=by, on=on, name=name, starts_on=starts_on), contract)
    if target is not None:
        refuse_if(rules.why_not_these_figures(kind, direction, target, amber), contract)
    kpi = Kpi.objects.create(
        contract=contract,
        number=(contract.kpis.aggregate(last=Max("number"))["last"] or 0) + 1,
        service=service,
        name=name.strip(),
        definition=definition.strip(),
        kind=kind,
        unit=unit.strip(),
        direction=direction,
        starts_on=starts_on,
        source=source.strip(),
    )
    if target is not None:
        KpiTarget.objects.create(kpi=kpi, starts_on=starts_on, target=target, amber=amber, source=source.strip())
    changes = {"target": ["", reads.shown(kpi, target)]} if target is not None else {}
    log(contract, "kpi_added", by=by, at=at, summary=f"KPI {kpi.number} added: {kpi.name}"[:500], changes=changes)
    return kpi


WORDS = ("name", "definition", "unit", "service", "kind", "direction", "starts_on", "source")


@transaction.atomic
def edit_kpi(*, kpi, reason, by, at, **fields):
    """Change the words of a KPI with a reason; figures already reported keep their meaning."""
    contract = _lock(kpi.contract_id)
    kpi = Kpi.objects.select_related("contract", "service").get(pk=kpi.pk)
    asked = {name: fields.get(name, getattr(kpi, name)) for name in ("name", "kind", "direction", "starts_on")}
    refuse_if(rules.why_not_edit_kpi(kpi, user=by, on=calendar.london_day(at), **asked, reason=reason), contract)
    changes = {}
    for name in WORDS:
        if name in fields and getattr(kpi, name) != fields[name]:
            changes[name] = [str(getattr(kpi, name) or ""), str(fields[name] or "")]
            setattr(kpi, name, fields[name])
    if changes:
        kpi.save(update_fields=list(changes))
        summary = f"KPI {kpi.number} changed: {kpi.name}"[:500]
        log(contract, "kpi_changed", by=by, at=at, reason=reason.strip(), summary=summary, changes=changes)
    return kpi


@transaction.atomic
def retire_kpi(*, kpi, retired_on, reason, by, at):
    """The KPI counts for the last time on a day; its figures stay, periods that begin later do not ask for it."""
    contract = _lock(kpi.contract_id)
    kpi = Kpi.objects.select_related("contract").get(pk=kpi.pk)
    on = calendar.london_day(at)
    refuse_if(rules.why_not_retire(kpi, user=by, on=on, retired_on=retired_on, reason=reason), contract)
    kpi.retired_on = retired_on
    kpi.save(update_fields=["retired_on"])
    summary = f"KPI {kpi.number} retired: {kpi.name}; it counts to {day_in_words(retired_on)}"[:500]
    log(contract, "kpi_retired", by=by, at=at, reason=reason.strip(), summary=summary)
    return kpi


@transaction.atomic
def set_target(*, kpi, starts_on, target, amber=None, reason="", source="", by, at):
    """Set the target of a KPI from a day on; one that begins on the same day is replaced."""
    contract = _lock(kpi.contract_id)
    kpi = Kpi.objects.select_related("contract").get(pk=kpi.pk)
    wanted = {"starts_on": starts_on, "target": target, "amber": amber, "reason": reason}
    refuse_if(rules.why_not_set_target(kpi, user=by, on=calendar.london_day(at), **wanted), contract)
    was = reads.target_on(kpi.targets.all(), kpi, starts_on)
    row, _made = KpiTarget.objects.update_or_create(
        kpi=kpi,
        starts_on=starts_on,
        defaults={"target": target, "amber": amber, "reason": reason.strip(), "source": source.strip()},
    )
    told = {
        "target": [reads.shown(kpi, was.target) if was else "", reads.shown(kpi, target)],
        "amber": [reads.amber_words(kpi, was), reads.amber_words(kpi, row)],
    }
    summary = f"KPI {kpi.number}, {kpi.name}: target from {day_in_words(starts_on)}"[:500]
    log(contract, "kpi_target_set", by=by, at=at, reason=reason.strip(), summary=summary, changes=told)
    return row
