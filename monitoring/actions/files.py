"""Files that go with a return; they come and go only while it can be changed."""

from django.db import transaction

from records import documents
from records.calendar import london_day
from records.refusals import refuse_if

from .. import rules
from .returns import lock


@transaction.atomic
def add_file(*, monitoring_return, upload, section, by, at):
    """Keep an uploaded file about one section of the return."""
    lock(monitoring_return)
    refuse_if(rules.why_not_edit(monitoring_return, user=by, on=london_day(at)), monitoring_return)
    return documents.store(upload=upload, subject=monitoring_return, section=section, by=by, at=at)


@transaction.atomic
def remove_file(*, monitoring_return, document, by, at):
    """Take a file off the return; its row and bytes stay for the history."""
    lock(monitoring_return)
    refuse_if(rules.why_not_edit(monitoring_return, user=by, on=london_day(at)), monitoring_return)
    return documents.remove(document=document, by=by, at=at)
