"""A workbook comes in, is used as a whole, or is put aside. Nothing of it reaches the return before that (X5)."""

from collections import Counter
from dataclasses import asdict, replace

from django.db import transaction

from records import documents, workflow
from records.actions import log
from records.calendar import london_day
from records.refusals import Refused, refuse_if
from records.uploads import clean_name, suffix_of

from .. import queries, rules
from ..enums import UPLOAD_MOVES, FaultClass, UploadStatus
from ..models import ReturnUpload
from ..queries import uploads as kept
from ..rules.faults import MUST_MEND, Fault, faults_of
from ..workbook import Reading, guard, read_workbook
from ..workbook.read import ruled
from .returns import STALE, Stale, lock, save_return
from .warnings import confirm_warnings

MAX_BYTES = 5 * 1024 * 1024
KEPT_FILES = 5
FINISHED = (UploadStatus.FAULTY, UploadStatus.DROPPED)
LONGEST_TYPED = 500
CLASH = "With what was saved in the return since, this has to be mended before the workbook can be used."


def take_in_workbook(*, monitoring_return, upload, by, at):
    """Read an uploaded workbook and keep what was found; gives the row of it.

    The file is read in a process of its own before anything is locked. A file that could not be read
    is not kept, only what was wrong with it. Nothing of the return changes.
    """
    asked = {"user": by, "on": london_day(at), "at": at}
    refuse_if(rules.why_not_take_in(monitoring_return, **asked), monitoring_return)
    draft, sheets = monitoring_return.version, queries.sheets_of(monitoring_return)
    reading = _read(upload, monitoring_return, sheets)
    findings = [_kept(fault, reading, read=True) for fault in reading.faults]
    if not reading.refused:
        findings += [_kept(fault, reading, read=False) for fault in _ruled(monitoring_return, sheets, reading)]
    with transaction.atomic():
        lock(monitoring_return)
        refuse_if(rules.why_not_take_in(monitoring_return, **asked), monitoring_return)
        row = ReturnUpload.objects.create(
            monitoring_return=monitoring_return,
            name=clean_name(upload.name),
            draft=draft,
            template_number=reading.template_number,
            findings=findings,
            entries=kept.kept_entries(reading.values, reading.cells),
            at=at,
            by=by,
        )
        document = None if reading.refused else documents.store(upload=upload, subject=row, by=by, at=at)
        _judge(row, _status(reading, findings), document, by=by, at=at)
        _forget_old_files(monitoring_return, by=by, at=at)
    return row


def _read(upload, monitoring_return, sheets):
    """What stands in the workbook; a file that is too large or named as something else is not opened."""
    if upload.size > MAX_BYTES:
        return Reading(faults=[_too_large()], refused=True)
    upload.seek(0)
    content = upload.read()
    if suffix_of(clean_name(upload.name)) != "xlsx":
        return Reading(faults=[guard.why_not_open(content) or _named_otherwise()], refused=True)
    return read_workbook(content, monitoring_return=monitoring_return, sheets=sheets)


def _too_large():
    sentence = f"The file is larger than {MAX_BYTES // 1_048_576} MB, far more than the workbook of a return needs"
    mend = "Download the workbook again and copy your answers into it, without pictures or other sheets"
    return Fault(FaultClass.FILE, MUST_MEND, "", "", "", sentence, mend, "file:size")


def _named_otherwise():
    sentence = "The name of the file does not end in .xlsx, so it is not taken for an Excel workbook"
    mend = "Save it as an Excel workbook (.xlsx), then upload that"
    return Fault(FaultClass.FILE, MUST_MEND, "", "", "", sentence, mend, "file:name")


def _ruled(monitoring_return, sheets, reading):
    """What the rules of the return say of what was read; an empty cell leaves what the return says."""
    return ruled(replace(reading, values=kept.filled_in(reading.values)), monitoring_return, sheets)


def _kept(fault, reading, *, read):
    """A fault as it is kept: where it stands in the workbook, what was typed if it must be mended, who found it."""
    sheet, address = reading.cells.get((fault.line, fault.name), ("", ""))
    typed = reading.raw.get((fault.line, fault.name)) if fault.level == MUST_MEND else None
    text = "".join(sign for sign in str(typed) if sign.isprintable()) if typed is not None else ""
    return asdict(fault) | {"sheet": sheet, "cell": address, "typed": text[:LONGEST_TYPED], "read": read}


def _status(reading, findings):
    if reading.refused:
        return UploadStatus.REFUSED
    return UploadStatus.FAULTY if any(found["level"] == MUST_MEND for found in findings) else UploadStatus.READY


def _judge(row, status, document, *, by, at):
    """Say what became of it; its file, where there is one, comes in the same statement."""
    found = Counter(finding["level"] for finding in row.findings)
    said = {
        UploadStatus.REFUSED: f"Workbook not read: {row.name}",
        UploadStatus.FAULTY: f"Workbook read, {found[MUST_MEND]} to mend: {row.name}",
        UploadStatus.READY: f"Workbook read, ready to use: {row.name}",
    }
    verb = "refused" if status == UploadStatus.REFUSED else "read"
    workflow.move(row, status, moves=UPLOAD_MOVES, verb=verb, by=by, at=at, summary=said[status], document=document)


def _forget_old_files(monitoring_return, *, by, at):
    """Only the newest files that came to nothing are kept; what was found in the others stays."""
    rows = monitoring_return.uploads.filter(status__in=FINISHED, document__isnull=False).select_related("document")
    for old in rows.order_by("-at", "-pk")[KEPT_FILES:]:
        documents.remove(document=old.document, by=by, at=at, reason=f"The newest {KEPT_FILES} are kept")
        ReturnUpload.objects.filter(pk=old.pk).update(document=None)


@transaction.atomic
def apply_upload(*, upload, reasons, by, at, version=None, empty_too=False):
    """Put all figures of a workbook into the return at once, with reasons {code: words} for its warnings.

    `version` is the one of the return the person compared with (the one it was read against, unless
    given); `Stale` where somebody else saved since. `empty_too` also empties what the workbook leaves
    empty; otherwise that stays as it is.
    """
    monitoring_return = upload.monitoring_return
    lock(monitoring_return)
    upload.refresh_from_db(from_queryset=ReturnUpload.objects.select_related("by"))
    upload.monitoring_return = monitoring_return
    refuse_if(rules.why_not_apply(upload, user=by, on=london_day(at)), upload)
    if (upload.draft if version is None else version) != monitoring_return.version:
        raise Stale(STALE, upload)
    sheets = queries.sheets_of(monitoring_return)
    values = kept.values_of(upload, sheets)
    values = values if empty_too else kept.filled_in(values)
    _refuse_if_faulty(upload, sheets, values)
    changed = {(line.key, cell.name): value for _sheet, line, cell, value in kept.differences(sheets, values)}
    entries, texts = queries.to_save(sheets, changed)
    save_return(monitoring_return=monitoring_return, entries=entries, texts=texts, by=by, at=at)
    if given := {code: words for code, words in reasons.items() if words.strip()}:
        confirm_warnings(monitoring_return=monitoring_return, reasons=given, by=by, at=at)
    workflow.move(
        upload,
        UploadStatus.APPLIED,
        moves=UPLOAD_MOVES,
        verb="applied",
        by=by,
        at=at,
        summary=f"Workbook used: {upload.name}",
        applied_at=at,
    )
    log(monitoring_return, "workbook_used", by=by, at=at, summary=f"Figures taken from the workbook {upload.name}")
    return upload


def _refuse_if_faulty(upload, sheets, values):
    """Figures that were right together when the workbook was read may clash with what was saved since."""
    for fault in faults_of(upload.monitoring_return, sheets, values):
        if fault.level == MUST_MEND:
            raise Refused(f"{CLASH} {fault.sentence.rstrip('.')}. {fault.mend.rstrip('.')}.", upload)


@transaction.atomic
def drop_upload(*, upload, by, at):
    """Put a workbook aside; it stays on the list."""
    lock(upload.monitoring_return)
    refuse_if(rules.why_not_drop(upload, user=by, on=london_day(at)), upload)
    return workflow.move(
        upload, UploadStatus.DROPPED, moves=UPLOAD_MOVES, verb="dropped", by=by, at=at,
        summary=f"Workbook put aside: {upload.name}",
    )  # fmt: skip
