"""Why a workbook may not be fetched, taken in, used or put aside now."""

from datetime import timedelta

from accounts import access

from ..enums import ReturnStatus, UploadStatus
from .returns import why_not_edit

UPLOADS_A_DAY = 30
A_DAY = timedelta(days=1)
OFFICE_MAY_FETCH = frozenset({ReturnStatus.SUBMITTED, ReturnStatus.REVIEWED})
UPLOAD_NOW = {
    UploadStatus.RECEIVED: "This workbook is still being read. Look again in a moment.",
    UploadStatus.REFUSED: "This file could not be read, so there is nothing to use. Upload the workbook again.",
    UploadStatus.FAULTY: "This workbook has things to mend. Mend them, then upload it again.",
    UploadStatus.APPLIED: "The figures of this workbook are in the return already. Nothing was changed again.",
    UploadStatus.DROPPED: "This workbook was put aside. Upload it again if you want to use it after all.",
}


def why_not_fetch_workbook(monitoring_return, *, user, on):
    """The office reads figures once they were submitted; in a workbook as on screen."""
    if access.is_office(user) and monitoring_return.status not in OFFICE_MAY_FETCH:
        return "The recipient is writing this return. The office can download its workbook once it is submitted."
    return ""


def why_not_take_in(monitoring_return, *, user, on, at=None):
    """Writers, while the return can be changed, and not without end: each file costs the portal a reading."""
    if sentence := why_not_edit(monitoring_return, user=user, on=on):
        return sentence
    if at is not None and monitoring_return.uploads.filter(at__gt=at - A_DAY).count() >= UPLOADS_A_DAY:
        return (
            f"{UPLOADS_A_DAY} workbooks were uploaded for this return within a day, and that is as many as can be "
            "read. Write on the web form, or upload again tomorrow."
        )
    return ""


def why_not_apply(upload, *, user, on):
    """Only what was read without a fault, once, while the return can be changed."""
    if upload.status != UploadStatus.READY:
        return UPLOAD_NOW[upload.status]
    return why_not_edit(upload.monitoring_return, user=user, on=on)


def why_not_drop(upload, *, user, on):
    """What was read and neither used nor put aside yet, by those who write the return."""
    if upload.status not in {UploadStatus.READY, UploadStatus.FAULTY}:
        return UPLOAD_NOW[upload.status]
    return why_not_edit(upload.monitoring_return, user=user, on=on)


def why_not_mark(upload, *, user, on):
    """A marked copy can be made of what could be read."""
    return UPLOAD_NOW[upload.status] if upload.status in {UploadStatus.RECEIVED, UploadStatus.REFUSED} else ""
