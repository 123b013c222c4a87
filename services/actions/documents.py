"""Writes of the documents of a contract: kept, with a copy for the public where there is one."""

from django.db import transaction

from records import documents
from records.actions import log
from records.calendar import london_day
from records.refusals import refuse_if

from ..models import Contract, ContractDocument
from ..rules import documents as rules

SECTION, PUBLIC = "contract", "public"


@transaction.atomic
def add_document(*, contract, kind, title, upload, whole=False, public_upload=None, redaction_reason="", by, at):
    """Keep a document of the contract; the public copy is the whole of it, another file, or none."""
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    refuse_if(rules.why_not_keep_documents(contract, user=by, on=london_day(at)), contract)
    wrong = rules.why_not_this_public_copy(whole=whole, upload=public_upload, redaction_reason=redaction_reason)
    refuse_if(wrong, contract)
    kept = documents.store(upload=upload, subject=contract, section=SECTION, by=by, at=at)
    return ContractDocument.objects.create(
        contract=contract,
        kind=kind,
        title=title,
        document=kept,
        public_copy=_copy(contract, kept, whole, public_upload, by=by, at=at),
        redaction_reason="" if whole else redaction_reason.strip(),
        added_at=at,
    )


def _copy(contract, document, whole, upload, *, by, at):
    if whole:
        return document
    return documents.store(upload=upload, subject=contract, section=PUBLIC, by=by, at=at) if upload else None


@transaction.atomic
def set_public_copy(*, contract_document, whole=False, public_upload=None, redaction_reason="", by, at):
    """Give a document another copy for the public, or none; an earlier copy leaves the page and stays in the log."""
    row = ContractDocument.objects.select_for_update(of=("self",)).get(pk=contract_document.pk)
    contract = row.contract
    refuse_if(rules.why_not_keep_documents(contract, user=by, on=london_day(at)), contract)
    wrong = rules.why_not_this_public_copy(whole=whole, upload=public_upload, redaction_reason=redaction_reason)
    refuse_if(wrong, contract)
    was = row.public_copy
    row.public_copy = _copy(contract, row.document, whole, public_upload, by=by, at=at)
    row.redaction_reason = redaction_reason.strip() if public_upload else ""
    row.save(update_fields=["public_copy", "redaction_reason"])
    if was and was != row.document:
        documents.remove(document=was, by=by, at=at, reason="Another copy for the public")
    words = "Public copy: the whole" if whole else "Public copy: redacted" if public_upload else "No public copy"
    log(contract, "public_copy_set", by=by, at=at, reason=row.redaction_reason, summary=f"{row.title}. {words}"[:500])
    return row


@transaction.atomic
def remove_document(*, contract_document, reason, by, at):
    """Take a document off the contract; files stay, so that the history can be read."""
    row = ContractDocument.objects.select_related("contract", "document", "public_copy").get(pk=contract_document.pk)
    refuse_if(rules.why_not_keep_documents(row.contract, user=by, on=london_day(at)), row.contract)
    for kept in {row.document, row.public_copy} - {None}:
        documents.remove(document=kept, by=by, at=at, reason=reason.strip())
    row.delete()
    return row.contract
