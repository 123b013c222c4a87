"""The log of what was sent, to whom, when, and with what answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import access
from accounts.roles import Permission
from pcc_portal.queries import notices
from records import delivery, lists
from records.enums import MessageStatus
from records.models import Notice
from records.refusals import refuse_if

SORTS = {"created": "created_at", "heading": "heading", "person": "person__full_name"}
CSV_HEADER = ["When", "What", "Reference", "Person", "Address", "What became of it", "Sent", "Answer", "May be doubled"]
NOT_FAILED = "This message has not failed, so there is nothing to send again."


@require_safe
@access.require(Permission.NOTICE_LOG_READ)
def notice_list(request):
    """Who was told what; as CSV with `?format=csv`."""
    found = notices.NoticeFilter(request.GET, queryset=notices.log())
    rows = lists.sort(request, found.qs, SORTS)
    if request.GET.get("format") == "csv":
        return lists.csv_response("notices", CSV_HEADER, (_csv_row(row) for row in rows.iterator(chunk_size=2000)))
    page = lists.paginate(request, rows)
    context = {
        "filter": found,
        "page_obj": page,
        "count": page.paginator.count,
        "trouble": notices.trouble(),
        "unreached": notices.unreached(),
        "may_see_people": access.may(request.user, Permission.PEOPLE_INVITE),
    }
    return render(request, "pcc_portal/notice_list.html", context)


def _standing(notice):
    if notice.withdrawn_at:
        return "Withdrawn"
    return notice.message.get_status_display() if notice.message else "Waiting"


def _csv_row(notice):
    message = notice.message
    return [
        timezone.localtime(notice.created_at).strftime("%Y-%m-%d %H:%M"),
        notice.heading,
        notice.reference,
        notice.person.full_name,
        message.to if message else notice.person.email,
        _standing(notice),
        timezone.localtime(message.sent_at).strftime("%Y-%m-%d %H:%M") if message and message.sent_at else "",
        message.answer if message else "",
        bool(message and message.possibly_doubled),
    ]


@require_safe
@access.require(Permission.NOTICE_LOG_READ)
def notice_show(request, pk):
    """One notice: its words, and the mail that carried it."""
    notice = get_object_or_404(notices.log().select_related("paper").defer("paper__html", "paper__pdf"), pk=pk)
    context = {
        "notice": notice,
        "body": notices.shown_body(notice),
        "mail": notices.shown_mail(notice.message) if notice.message else "",
        "fellows": notices.fellows(notice),
        "may_try_again": access.may(request.user, Permission.ORGANISATION_MANAGE),
        "breadcrumbs": [{"label": "Reminders and mail", "url": reverse("notice_list")}],
    }
    return render(request, "pcc_portal/notice_show.html", context)


@require_POST
@access.require(Permission.ORGANISATION_MANAGE)
def notice_try_again(request, pk):
    """Send a message that failed once more, to the person's address of today."""
    notice = get_object_or_404(Notice.objects.select_related("message__person"), pk=pk)
    failed = notice.message is not None and notice.message.status == MessageStatus.FAILED
    refuse_if("" if failed else NOT_FAILED, notice)
    message = delivery.try_again(message=notice.message, by=request.user, at=timezone.now())
    messages.success(request, f"The message to {message.to} will be sent again within minutes.")
    return redirect("notice_show", pk=pk)
