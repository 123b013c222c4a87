"""Who owes what: every return that is or will be owed, with where it stands, in one query (X4)."""

from django.db.models import Case, CharField, Count, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from grants.models import Award
from records import calendar
from records.enums import ObligationKind
from records.models import Notice, Obligation
from services.enums import ContractStatus
from services.models import Contract

from ..enums import OwedState, ReturnStatus
from ..models import MonitoringReturn

AWARD, CONTRACT, RETURN = Award._meta.label, Contract._meta.label, MonitoringReturn._meta.label
AGAIN = [ObligationKind.RETURN, ObligationKind.RETURN_QUERY]
LIVE = ContractStatus.LIVE
SETTLED = [OwedState.ACCEPTED, OwedState.WAIVED]


def owed_returns(on):
    """Obligations to send a return, each with its `state` on the day and what a row of the list says.

    An obligation that ended without a return, or whose award no longer stands, is not among them.
    """
    mine = MonitoringReturn.objects.filter(obligation=OuterRef("pk"))
    rows = (
        Obligation.objects.filter(kind=ObligationKind.RETURN, subject_type__in=[AWARD, CONTRACT])
        .select_related("organisation")
        .annotate(
            status=Subquery(mine.values("status")[:1]),
            submitted_at=Subquery(mine.values("submitted_at")[:1]),
            return_pk=Subquery(mine.values("pk")[:1]),
            standing=_of_subject(Exists(_awards().in_force()), Exists(_contracts().filter(status=LIVE)), Value(False)),
        )
        .filter(Q(status__isnull=False) | Q(closed_at__isnull=True))
        .filter(Q(standing=True) | Q(submitted_at__isnull=False) | Q(status=ReturnStatus.WAIVED))
    )
    return _with_words(rows.annotate(state=_state(on)), mine)


def _with_words(rows, mine):
    """What a row shows beside its state: references, titles, stream, clocks, the last reminder."""
    award, contract = _awards(), _contracts()
    about = Obligation.objects.open().filter(subject_type=RETURN, subject_id=OuterRef("return_pk"))
    told = Notice.objects.filter(rule__startswith="reminder", withdrawn_at__isnull=True)
    told = told.filter(
        Q(obligation=OuterRef("pk"))
        | Q(obligation__kind__in=AGAIN, subject_type=RETURN, subject_id=OuterRef("return_pk"))
    )
    return rows.annotate(
        return_reference=Subquery(mine.values("reference")[:1]),
        verdict=Subquery(mine.values("verdict")[:1]),
        subject_reference=_of_subject(_one(award, "reference"), _one(contract, "reference"), Value("")),
        subject_title=_of_subject(_one(award, "title"), _one(contract, "name"), Value("")),
        stream_key=_of_subject(_one(award, "stream_id"), _one(contract, "stream_id"), Value(None)),
        stream_name=_of_subject(_one(award, "stream__name"), _one(contract, "stream__name"), Value("")),
        again_due_on=Subquery(about.filter(kind__in=AGAIN).order_by("due_on").values("due_on")[:1]),
        review_due_on=Subquery(about.filter(kind=ObligationKind.RETURN_REVIEW).values("due_on")[:1]),
        reminded_at=Subquery(told.order_by("-created_at").values("created_at")[:1]),
        settled=Case(When(state__in=SETTLED, then=Value(1)), default=Value(0), output_field=IntegerField()),
        owed_on=Coalesce("again_due_on", "due_on"),
    )


def _awards():
    return Award.objects.filter(pk=OuterRef("subject_id"))


def _contracts():
    return Contract.objects.filter(pk=OuterRef("subject_id"))


def _one(rows, field):
    return Subquery(rows.values(field)[:1])


def _of_subject(award, contract, neither):
    return Case(When(subject_type=AWARD, then=award), When(subject_type=CONTRACT, then=contract), default=neither)


def _state(on):
    handed_in = Q(submitted_at__isnull=False)
    state = {
        OwedState.WAIVED: Q(status=ReturnStatus.WAIVED),
        OwedState.ACCEPTED: Q(status=ReturnStatus.REVIEWED),
        OwedState.SUBMITTED: Q(status=ReturnStatus.SUBMITTED),
        OwedState.QUERIED: handed_in,
        OwedState.LATE: Q(due_on__lt=on),
        OwedState.UPCOMING: Q(status__isnull=True, opens_on__gt=on),
    }
    whens = [When(when, then=Value(name.value)) for name, when in state.items()]
    return Case(*whens, default=Value(OwedState.DUE.value), output_field=CharField())


def counts_of(rows):
    """How many rows there are in each state, in the order of states; one query."""
    found = rows.aggregate(**{state.value: Count("pk", filter=Q(state=state.value)) for state in OwedState})
    return [{"state": state, "count": found[state.value]} for state in OwedState]


def of_kind(rows, kind):
    """The rows of one kind of return: the period's key starts with its name."""
    return rows.filter(Q(period=kind) | Q(period__startswith=f"{kind}:"))


def periods_of(rows):
    """The periods among the rows as (first day, last day), the latest first."""
    days = rows.filter(period_starts_on__isnull=False).order_by().values_list("period_starts_on", "period_ends_on")
    return list(days.distinct().order_by("-period_ends_on", "-period_starts_on"))


def working_days_late(row, on):
    """Working days since the day the row was owed; none before it, nor once the office has the return."""
    waits = row.state in (OwedState.DUE, OwedState.LATE, OwedState.QUERIED)
    return max(calendar.working_days_between(row.owed_on, on), 0) if waits else 0


def open_now(owed):
    """What the recipient owes just now of this return: itself, a correction or an answer; None when nothing."""
    if owed.closed_at is None:
        return owed
    again = Obligation.objects.open().filter(
        subject_type=RETURN,
        subject_id__in=MonitoringReturn.objects.filter(obligation=owed).values("pk"),
        kind__in=AGAIN,
    )
    return again.select_related("organisation").order_by("due_on", "pk").first()
