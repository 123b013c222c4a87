"""Doors of the workbook's way out and in."""

from django.core.files.uploadedfile import SimpleUploadedFile

from monitoring import actions
from monitoring.models import MonitoringReturn
from tests.doors import door
from tests.make import workbooks

from .monitoring import WRITERS, WRITERS_ACT


def taken_in(which, make):
    """A workbook uploaded for a return of the world."""
    return lambda world: actions.take_in_workbook(
        monitoring_return=getattr(world, which), upload=make(getattr(world, which)), by=world.cast.maidstone_lead,
        at=world.now,
    )  # fmt: skip


def broken(monitoring_return=None):
    """A file that is no workbook: quick to refuse."""
    return SimpleUploadedFile("return.xlsx", b"PK")


def wrong(monitoring_return):
    """A workbook with one figure that is none."""
    return workbooks.workbook(monitoring_return, {(workbooks.spend_keys(monitoring_return)[0], "spent"): "some"})


def sent_with(world):
    """A submitted return that a workbook was put aside for, while it was written."""
    row = world.return_submitted
    before = row.submitted_at.replace(year=row.submitted_at.year - 1)
    return row.uploads.create(name="old.xlsx", status="DROPPED", draft=1, by=world.cast.maidstone_lead, at=before)


WORLD = {
    "upload_ready": taken_in("return_open", lambda row: workbooks.workbook(row, {})),
    "upload_faulty": taken_in("return_open", wrong),
    "upload_refused": taken_in("return_open", broken),
    "upload_sent": sent_with,
}


def of(name):
    """The return and the workbook in an address."""
    return lambda world: {
        "reference": getattr(world, name).monitoring_return.reference,
        "pk": getattr(world, name).pk,
    }


def draft(world):
    """The version of the return a person compared with."""
    return {"version": MonitoringReturn.objects.get(pk=world.return_open.pk).version}


INSIDE = "page: maidstone; 404: *"
READERS = "page: office maidstone; 404: outsiders"
TOO_LATE = "sentence: writers; 404: outsiders; 403: *"

DOORS = [
    door("monitoring:workbook_download", "return_open", "page: maidstone; sentence: office; 404: outsiders"),
    door("monitoring:workbook_download", "return_submitted", READERS, note="submitted"),
    door("monitoring:upload_new", "return_open", WRITERS),
    door("monitoring:upload_new", "return_submitted", TOO_LATE, note="submitted"),
    door("monitoring:upload_new", "return_open", WRITERS_ACT, method="POST", data=lambda world: {"file": broken()}),
    door("monitoring:upload_show", of("upload_ready"), INSIDE),
    door("monitoring:upload_show", of("upload_faulty"), INSIDE, note="faulty"),
    door("monitoring:upload_show", of("upload_refused"), INSIDE, note="refused"),
    door("monitoring:upload_show", of("upload_sent"), READERS, note="of a submitted return"),
    door(
        "monitoring:upload_show",
        lambda world: {"reference": world.return_submitted.reference, "pk": world.upload_ready.pk},
        "404: *",
        note="of another return",
    ),
    door("monitoring:upload_apply", of("upload_ready"), WRITERS_ACT,
         method="POST", data=draft),
    door("monitoring:upload_apply", of("upload_ready"), TOO_LATE,
         method="POST", note="stale"),
    door("monitoring:upload_apply", of("upload_faulty"), TOO_LATE,
         method="POST", data=draft, note="faulty"),
    door("monitoring:upload_drop", of("upload_faulty"), WRITERS_ACT,
         method="POST"),
    door("monitoring:upload_drop", of("upload_refused"), TOO_LATE,
         method="POST", note="refused"),
    door("monitoring:upload_marked", of("upload_faulty"), INSIDE),
    door("monitoring:upload_marked", of("upload_refused"), "sentence: maidstone; 404: *", note="refused"),
]  # fmt: skip
