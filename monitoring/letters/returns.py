"""The paper of a return: what was received, figure by figure."""

from records import papers
from records.calendar import london_day
from records.enums import PaperKind
from services import queries as services_queries


def office_of(monitoring_return, *, on):
    """The letterhead: the office whose plan pays for the award, or that commissions the contract on the day."""
    if monitoring_return.award_id:
        body = monitoring_return.award.stream.plan.body
    else:
        body = services_queries.variations.office_of(monitoring_return.contract, on=on)
    return {
        "name": body.name,
        "commissioner_title": body.commissioner_title,
        "address_lines": body.address.splitlines(),
        "telephone": body.telephone,
        "email": body.contact_email,
        "brand_colour": body.brand_colour,
    }


def return_receipt(monitoring_return, content, *, number, by, at):
    """The receipt for one version, kept as HTML and PDF."""
    kind = monitoring_return.get_kind_display().lower()
    return papers.make_paper(
        kind=PaperKind.RETURN_RECEIPT,
        subject=monitoring_return,
        title=f"Receipt for your {kind}",
        template="letters/return_receipt.html",
        context={
            "office": office_of(monitoring_return, on=london_day(at)),
            "monitoring_return": monitoring_return,
            "content": content,
            "number": number,
            "addressee": [by.full_name, monitoring_return.organisation.name],
        },
        by=by,
        at=at,
        is_example=monitoring_return.organisation.is_example,
    )
