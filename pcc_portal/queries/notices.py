"""The log of what people were told, for staff."""

import django_filters
from django.db.models import Count, Exists, Min, OuterRef, Q

from accounts.models import User
from records.enums import MessageStatus
from records.models import BadAddress, Message, Notice

SECRET = ("invitation",)
HIDDEN = "Hidden: this message holds a personal link that lets its reader in."
STANDINGS = {
    "waiting": Q(withdrawn_at__isnull=True)
    & (Q(message__isnull=True) | Q(message__status__in=[MessageStatus.QUEUED, MessageStatus.SENDING])),
    "sent": Q(message__status=MessageStatus.SENT),
    "doubled": Q(message__possibly_doubled=True),
    "failed": Q(message__status=MessageStatus.FAILED),
    "withdrawn": Q(withdrawn_at__isnull=False),
}


class NoticeFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Subject or reference", method="with_words", max_length=80)
    person = django_filters.CharFilter(label="Person", method="to_person", max_length=80)
    standing = django_filters.ChoiceFilter(
        label="What became of it",
        method="in_standing",
        empty_label="Any",
        choices=[
            ("waiting", "Waiting to be sent"),
            ("sent", "Sent"),
            ("doubled", "May have arrived twice"),
            ("failed", "Could not be delivered"),
            ("withdrawn", "Withdrawn"),
        ],
    )

    class Meta:
        model = Notice
        fields = ["words", "person", "standing"]

    def with_words(self, queryset, name, value):
        return queryset.filter(Q(heading__icontains=value) | Q(reference__icontains=value))

    def to_person(self, queryset, name, value):
        return queryset.filter(Q(person__full_name__icontains=value) | Q(person__email__icontains=value))

    def in_standing(self, queryset, name, value):
        return queryset.filter(STANDINGS[value])


def log():
    """Every notice with its person, whether they can be reached, and its mail, newest first."""
    bad = BadAddress.objects.filter(address=OuterRef("person__email"))
    rows = Notice.objects.select_related("person", "message").annotate(unreached=Exists(bad))
    return rows.order_by("-created_at", "-pk")


def trouble():
    """How many messages failed, how many wait, and since when the oldest does."""
    waiting = Q(status__in=[MessageStatus.QUEUED, MessageStatus.SENDING])
    return Message.objects.filter(waiting | Q(status=MessageStatus.FAILED)).aggregate(
        failed=Count("pk", filter=Q(status=MessageStatus.FAILED)),
        waiting=Count("pk", filter=waiting),
        oldest=Min("created_at", filter=waiting),
    )


def unreached():
    """How many people cannot be reached by e-mail."""
    bad = BadAddress.objects.filter(address=OuterRef("email"))
    return User.objects.filter(Exists(bad), is_active=True).count()


def shown_body(notice):
    """The text of a notice as staff may read it: an invitation's link is for its reader alone."""
    return HIDDEN if notice.rule in SECRET else notice.body


def shown_mail(message):
    """The text of a message as staff may read it."""
    return HIDDEN if message.notices.filter(rule__in=SECRET).exists() else message.body


def fellows(notice):
    """The other notices that went in the same mail."""
    if notice.message_id is None:
        return Notice.objects.none()
    return Notice.objects.filter(message=notice.message_id).exclude(pk=notice.pk).order_by("pk")
