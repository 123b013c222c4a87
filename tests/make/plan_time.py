"""The time of a plan's awards: sweeps, returns, money and what follows, by the real actions alone."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from grants.actions import claims, continuation_decisions, continuations, instalments
from grants.enums import ContinuationKind, ContinuationStatus, InstalmentStatus
from grants.models import Award, Continuation, Instalment
from grants.rules import continuations as continuation_rules
from grants.rules import instalments as instalment_rules
from monitoring import actions as monitoring
from monitoring.enums import ReturnStatus, Verdict
from monitoring.models import MonitoringReturn
from pcc_portal import tasks
from plans.enums import ConditionKind
from records.models import Obligation

from .monitoring import fill_in

DAY = timedelta(days=1)
ENDINGS = (ReturnStatus.REVIEWED, ReturnStatus.WAIVED)


def moment(day, hour=10):
    return datetime.combine(day, time(hour), tzinfo=UTC)


class PlanTime:
    """What happens to the awards of one plan from day to day; `self` knows the plan and its people."""

    def live_until(self, last):
        """From the first award to the last day, on every day on which something falls due: sweep, returns, money."""
        day = min(award.made_at.date() for award in Award.objects.filter(stream__plan=self.plan, is_recorded=False))
        while day <= last:
            tasks.sweep(at=moment(day, 6))
            self.returns(day)
            self.money(day)
            self.what_follows(day)
            day = self.next_day(day)

    def next_day(self, day):
        """The next day on which something opens or falls due; at most eight weeks on."""
        days = {day + 56 * DAY}
        for rows, fields in [
            (Obligation.objects.open(), ("opens_on", "due_on")),
            (Instalment.objects.filter(status=InstalmentStatus.SCHEDULED), ("due_on",)),
            (
                Continuation.objects.exclude(status=ContinuationStatus.DECIDED),
                ("case_due_on", "expected_on", "safe_by"),
            ),
        ]:
            for field in fields:
                days.update(rows.filter(**{f"{field}__gt": day}).values_list(field, flat=True))
        return min(days)

    def returns(self, day):
        rows = MonitoringReturn.objects.with_parents().filter(award__stream__plan=self.plan)
        for row in rows.exclude(status__in=ENDINGS).order_by("pk"):
            lead, certifier = self.lead(row.award.recipient), self.lead(row.award.recipient, "CERTIFIER")
            fill_in(row, by=lead, at=moment(day), share=Decimal("0.5"))
            row.refresh_from_db()
            if row.award.rule_set.certifier_required:
                monitoring.send_for_certification(monitoring_return=row, by=lead, at=moment(day, 11))
                monitoring.certify_return(monitoring_return=row, by=certifier, at=moment(day, 12))
            monitoring.submit_return(monitoring_return=row, by=lead, at=moment(day, 13))
            given = {"verdict": Verdict.SATISFACTORY, "reply": "Thank you.", "by": self.officers[1]}
            monitoring.review_return(monitoring_return=row, at=moment(day, 15), **given)

    def money(self, day):
        """Claims, confirmations, release and payment of whatever may be paid."""
        waiting = Instalment.objects.filter(award__stream__plan=self.plan, status=InstalmentStatus.SCHEDULED)
        for row in waiting.select_related("award__recipient").order_by("due_on", "pk"):
            if row.due_on <= day and row.condition_met_at is None:
                self.meet(row, day)
        for row in waiting.all():
            if not instalment_rules.why_not_release(row, user=self.finance, on=day):
                instalments.release_instalment(instalment=row, by=self.finance, at=moment(day, 14))
                given = {"paid_on": day, "payment_reference": f"P{row.pk}", "by": self.finance}
                instalments.mark_paid(instalment=row, at=moment(day, 16), **given)

    def meet(self, row, day):
        if row.condition == ConditionKind.RECEIPTS_ACCEPTED:
            lead = self.lead(row.award.recipient)
            receipt = SimpleUploadedFile("receipts.csv", b"what,pounds\nStaff,1\n", "text/csv")
            claim = claims.submit_claim(
                instalment=row, covers_from=row.award.starts_on, covers_to=min(day, row.award.ends_on),
                amount=row.amount, description="Wages", receipts=[receipt], by=lead, at=moment(day, 11),
            )  # fmt: skip
            claims.accept_claim(claim=claim, amount=row.amount, by=self.officers[1], at=moment(day, 12))
        elif row.condition in (ConditionKind.OFFICER_CONFIRMED, ConditionKind.MATCH_CONFIRMED):
            evidence = "Seen in the ledger"
            instalments.confirm_condition(instalment=row, evidence=evidence, by=self.officers[1], at=moment(day, 12))

    def what_follows(self, day):
        """The next year of an award, and what follows its end: written, advised, decided to go on."""
        rows = Continuation.objects.filter(award__stream__plan=self.plan).select_related("award__recipient")
        for row in rows.exclude(status__in=[ContinuationStatus.DECIDED, ContinuationStatus.CANCELLED]):
            if row.kind == ContinuationKind.CONTINUATION and row.status == ContinuationStatus.OPEN:
                self.write_continuation(row, day)
            row.refresh_from_db()
            if continuation_rules.why_not_advise(row, user=self.officers[0], on=day) == "":
                self.decide_continuation(row, day)

    def write_continuation(self, row, day):
        lead = self.lead(row.award.recipient)
        written = {"need": "It is still needed.", "changes": "None.", "plans_for_year": "The same again."}
        continuations.save_continuation(
            continuation=row, asked_amount=row.amount, **written, by=lead, at=moment(day, 11)
        )
        continuations.submit_continuation(continuation=row, by=lead, at=moment(day, 12))

    def decide_continuation(self, row, day):
        if row.kind == ContinuationKind.EXTENSION and (row.expected_on or row.safe_by) > day and row.safe_by > day:
            return
        amount = row.amount or row.asked_amount or Decimal(1000)
        choice = "GO_ON" if row.kind == ContinuationKind.CONTINUATION else "END"
        amount = amount if choice == "GO_ON" else None
        continuations.advise_continuation(
            continuation=row, recommended=choice, amount=amount, advice="As the returns say.",
            by=self.officers[0], at=moment(day, 13),
        )  # fmt: skip
        row.refresh_from_db()
        continuations.comment_on_continuation(continuation=row, comment="Fine.", by=self.cfo, at=moment(day, 14))
        row.refresh_from_db()
        words = {"purpose": "The same work", "reason": "As advised."}
        person = self.posts["COMMISSIONER"][0]
        continuation_decisions.decide_continuation(
            continuation=row, choice=choice, amount=amount, **words, by=person, at=moment(day, 15)
        )
