"""Doors of commissioned services: contracts, what stands beside them, invoices, documents, variations."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from plans.models import Delegation
from services.actions import documents, money, variations
from services.models import Contract
from tests.make import services as make

from . import door

POSTED = {
    "notice_months": "3", "printed_window": "", "reason": "As the contract says",
    **{f"window_{end}_on_{part}": "" for end in ("starts", "ends") for part in ("day", "month", "year")},
}  # fmt: skip
WHY = {"reason": "As agreed"}
DAYS = {"starts_on": "2019-04-01", "ends_on": "2020-03-31"}
VALUE = {**DAYS, "amount": "100", "basis": "", "source": "Printed", **WHY}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def entry(world):
    return {
        "name": "Advocacy", "description": "", "stream": world.plan.csps.pk, "provider": world.cast.provider.pk,
        "starts_on": "2019-04-01", "initial_months": "36", "regime": "", "light_touch": "", "below_threshold": "",
        "estimated_value": "", "estimated_value_source": "", "note": "", "source": "", **WHY,
    }  # fmt: skip


def invoice(world):
    return {
        "invoice": "INV-2", "amount": "10", "received_on": world.today.isoformat(), "covers_from": "2020-04-01",
        "covers_to": "2020-06-30", "funding_source": "", "note": "",
    }  # fmt: skip


def file():
    return SimpleUploadedFile("contract.pdf", PDF, content_type="application/pdf")


def of_contract(world):
    contract = make.contract(world.cast, world.plan)
    contract.values.create(starts_on=date(2020, 4, 1), ends_on=date(2021, 3, 31), source="x")
    return contract


def of_payment(world):
    return money.record_invoice(
        contract=world.contract, invoice="INV-1", amount=10, covers_from=date(2020, 4, 1), covers_to=date(2020, 4, 30),
        received_on=world.today, by=world.cast.finance, at=world.now,
    )  # fmt: skip


def of_document(world):
    return documents.add_document(
        contract=world.contract, kind="CONTRACT", title="The contract", upload=file(), by=world.cast.officer,
        at=world.now,
    )  # fmt: skip


def lasting(world):
    """A contract that runs for years, with a variation of its end still a draft."""
    contract = make.contract(world.cast, world.plan, key="lasting", starts_on=world.today, options=[])
    return variations.draft_variation(
        contract=contract, kind="END", title="An earlier end", reason="Agreed", takes_effect_on=world.today,
        ends_on=world.today + timedelta(days=90), by=world.cast.officer, at=world.now,
    )  # fmt: skip


def submitted(world):
    """Put to a decision; other areas' rows may have recorded a delegation, here nobody has one."""
    Delegation.objects.all().delete()
    variations.submit_variation(variation=world.variation, by=world.cast.officer, at=world.now)


def over(world):
    """The term of the contract is over."""
    Contract.objects.filter(pk=world.contract.pk).update(starts_on=date(2010, 4, 1))


WORLD = {"contract": of_contract, "payment": of_payment, "contract_document": of_document, "variation": lasting}


def by_reference(world):
    return {"reference": world.contract.reference}


def by_value(world):
    return {**by_reference(world), "part": "values", "pk": world.contract.values.get().pk}


def new_value(world):
    return {**by_reference(world), "part": "values"}


def by_payment(world):
    return {**by_reference(world), "pk": world.payment.pk}


def by_document(world):
    return {**by_reference(world), "pk": world.contract_document.pk}


def by_variation(world):
    return {"reference": world.variation.contract.reference, "number": world.variation.number}


def lasting_contract(world):
    return {"reference": world.variation.contract.reference}


def for_officers(name, of, data, **more):
    """A page with a form that officers alone open and send."""
    return [
        door(name, of, "page: officers; 403: *", **more),
        door(name, of, "moved: officers; 403: *", method="POST", data=data, **more),
    ]


def for_finance(name, of, data):
    return [
        door(name, of, "page: finance; 403: *"),
        door(name, of, "moved: finance; 403: *", method="POST", data=data),
    ]


DOORS = [
    door("services:contract_list", "", "page: *"),
    door("services:contract_show", "contract", "page: office provider; 404: *"),
    *for_officers("services:contract_rules", by_reference, {"rule_set": "csp-rules", **WHY}),
    *for_officers("services:option_edit", lambda world: {**by_reference(world), "number": 1}, POSTED),
    *for_officers("services:contract_new", "", entry),
    *for_officers("services:contract_edit", by_reference, entry),
    *for_officers("services:contract_end", by_reference, WHY, given=over),
    *for_officers("services:contract_row_new", new_value, VALUE),
    *for_officers("services:contract_row_edit", by_value, VALUE),
    *for_officers("services:contract_row_remove", by_value, WHY),
    door("services:payment_list", by_reference, "page: office provider; 404: *"),
    *for_finance("services:payment_new", by_reference, invoice),
    *for_finance("services:payment_pay", by_payment, lambda world: {"paid_on": world.today.isoformat()}),
    *for_finance("services:payment_dispute", by_payment, WHY),
    door("services:document_list", by_reference, "page: office provider; 404: *"),
    *for_officers(
        "services:document_new",
        by_reference,
        lambda world: {"title": "Another", "kind": "OTHER", "upload": file(), "public": "none", "redaction_reason": ""},
    ),
    *for_officers("services:document_public", by_document, {"public": "whole", "redaction_reason": ""}),
    *for_officers("services:document_remove", by_document, WHY),
    door("services:variation_list", by_reference, "page: office provider; 404: *"),
    door("services:variation_new", lasting_contract, "page: officers; 403: *"),
    door(
        "services:variation_new",
        lasting_contract,
        "moved: officers; 403: *",
        method="POST",
        query="kind=PROVIDER",
        data=lambda world: {
            "title": "Merged",
            "new_provider": world.cast.yot.pk,
            "takes_effect_on": world.today.isoformat(),
            "reason": "A merger",
            "legal_basis": "",
        },
    ),
    door("services:variation_show", by_variation, "page: office; 404: *"),
    door("services:variation_submit", by_variation, "moved: officers; 403: *", method="POST"),
    door(
        "services:variation_decide",
        by_variation,
        "page: pcc; sentence: head cfo chief_executive; 403: *",
        given=submitted,
    ),
    door(
        "services:variation_decide",
        by_variation,
        "moved: pcc; sentence: head cfo chief_executive; 403: *",
        method="POST",
        data={"outcome": "APPROVED", **WHY},
        given=submitted,
    ),
    *for_officers("services:variation_withdraw", by_variation, WHY),
]
