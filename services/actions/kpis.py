"""What a provider reported for the KPIs of its contract, and what the office accepted (S4).

Called by `monitoring` when a return is handed in and when an officer gives the verdict.
"""

from django.db import transaction

from records.actions import log
from records.words import day_in_words

from ..models import Contract, KpiResult
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
