"""The paper of a return: what was received, figure by figure."""

from records import papers
from records.enums import PaperKind


def office_of(monitoring_return):
    """The letterhead: the office whose plan pays for the award, or under whose rules the contract reports."""
    owner = monitoring_return.award.stream if monitoring_return.award_id else monitoring_return.rules
    body = owner.plan.body
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
            "office": office_of(monitoring_return),
            "monitoring_return": monitoring_return,
            "content": content,
            "number": number,
            "addressee": [by.full_name, monitoring_return.organisation.name],
        },
        by=by,
        at=at,
        is_example=monitoring_return.organisation.is_example,
    )
