"""Reads about what follows the funding: plans with contacts, actions, outcomes (M1)."""

from django.db.models import Count, Max, Min, Q

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from plans.enums import StreamStanding
from plans.models import Stream

from ..enums import AwardStatus
from ..models import Award, SustainabilityPlan

GONE = (AwardStatus.MADE, AwardStatus.OFFERED, AwardStatus.DECLINED, AwardStatus.LAPSED)


def visible_plans(user):
    """The office sees every plan; recipients those of their own awards."""
    rows = SustainabilityPlan.objects.select_related("award__recipient", "award__stream", "award__payee")
    return rows if access.is_office(user) else rows.filter(award__recipient__in=Organisation.objects.of_user(user))


def for_list(plans):
    """Plans with the day of the last contact, how many actions are open, and when the next is due."""
    open_actions = Q(actions__done_on__isnull=True, actions__isnull=False)
    return plans.annotate(
        last_contact=Max("contacts__on"),
        open_actions=Count("actions", filter=open_actions, distinct=True),
        next_due=Min("actions__due_on", filter=open_actions),
    )


def discontinued_streams(**which):
    """Streams that have ended, each with its `recipients`, how many are `planned` for and how many were `told`.

    What the stream it follows in the year before has funded counts too.
    """
    streams = list(
        Stream.objects.filter(standing=StreamStanding.DISCONTINUED, **which)
        .select_related("plan")
        .order_by("plan__starts_on", "order")
    )
    funded = Award.objects.filter(_of(streams)).exclude(status__in=GONE)
    counts = {
        row["stream"]: row
        for row in funded.values("stream")
        .order_by()
        .annotate(recipients=Count("pk"), planned=Count("sustainability"), told=Count("sustainability__told_on"))
    }
    for stream in streams:
        rows = [counts[pk] for pk in (stream.pk, stream.follows_id) if pk in counts]
        for name in ("recipients", "planned", "told"):
            setattr(stream, name, sum(row[name] for row in rows))
    return streams


def _of(streams):
    ids = {pk for stream in streams for pk in (stream.pk, stream.follows_id) if pk}
    return Q(stream__in=ids)


def funded_by(stream):
    """The awards of a stream, and of the one it follows, whose recipients have to know that it ends."""
    return Award.objects.filter(_of([stream])).exclude(status__in=GONE).select_related("recipient", "stream")


def actions_of(plan):
    """The actions of a plan in order, with the plan on each."""
    actions = list(plan.actions.all())
    for action in actions:
        action.plan = plan
    return actions


def summary_of(award, user):
    """What stands on the page of the award, or nothing."""
    plan = getattr(award, "sustainability", None)
    if plan is None:
        may_write = award.status not in GONE and access.may(user, Permission.AWARD_OFFER)
        ended = award.stream.standing == StreamStanding.DISCONTINUED
        return {"may_write": True} if may_write and ended else {}
    plan.award = award
    return {"plan": plan, "open_actions": plan.actions.filter(done_on__isnull=True).count()}
