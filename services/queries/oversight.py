"""Reads of the register of what a partnership commissions (R3)."""

from dataclasses import dataclass

from django.db.models import F, Prefetch

from ..enums import CheckResult, OversightStatus
from ..models import OversightActivity, OversightCheck, OversightCheckKind


@dataclass(frozen=True)
class CheckRow:
    """One check that is asked, with its answer where there is one."""

    kind: OversightCheckKind
    check: OversightCheck | None

    @property
    def is_met(self):
        return self.check is not None and self.check.result == CheckResult.MET


@dataclass(frozen=True)
class ActivityRow:
    """An activity of the register with its checks."""

    activity: OversightActivity
    checks: tuple[CheckRow, ...]

    @property
    def met(self):
        return sum(row.is_met for row in self.checks)

    @property
    def missing(self):
        """The checks that keep it from going live."""
        return [row for row in self.checks if not row.is_met]

    @property
    def provider_name(self):
        activity = self.activity
        return activity.provider.name if activity.provider else activity.provider_name


def activities():
    """Every activity with what a list row shows, the nearest start first within each status."""
    checks = OversightCheck.objects.select_related("kind", "checked_by", "document")
    rows = OversightActivity.objects.select_related("stream", "funding_source", "provider", "live_by")
    return rows.prefetch_related(Prefetch("checks", queryset=checks)).order_by(F("starts_on").desc(), "reference")


def check_kinds():
    """The checks asked today, in order."""
    return OversightCheckKind.objects.filter(retired_at__isnull=True).order_by("order", "pk")


def all_check_kinds():
    """The checks asked today and those no longer asked."""
    return OversightCheckKind.objects.order_by(F("retired_at").asc(nulls_first=True), "order", "pk")


def rows(activities):
    """List rows: while proposed against the checks asked today, later against those it went live with."""
    asked = list(check_kinds())
    return [ActivityRow(activity, _checks(activity, asked)) for activity in activities]


def _checks(activity, asked):
    answered = {check.kind_id: check for check in activity.checks.all()}
    if activity.status == OversightStatus.PROPOSED:
        return tuple(CheckRow(kind, answered.get(kind.pk)) for kind in asked)
    found = sorted(answered.values(), key=lambda check: (check.kind.order, check.kind_id))
    return tuple(CheckRow(check.kind, check) for check in found)


def counts():
    """How many activities there are in each status."""
    statuses = list(OversightActivity.objects.values_list("status", flat=True))
    return {status: statuses.count(status) for status in OversightStatus.values}
