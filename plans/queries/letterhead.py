"""What every paper of the office carries at its head."""


def letterhead(body, *, reference, on, is_example=False):
    """The office's names and colours as data (`body` is a CommissioningBody), the paper's reference and day."""
    return {
        "office": {
            "name": body.name,
            "address_lines": [line.strip() for line in body.address.splitlines() if line.strip()],
            "telephone": body.telephone,
            "email": body.contact_email,
            "commissioner_title": body.commissioner_title,
            "brand_colour": body.brand_colour,
        },
        "reference": reference,
        "dated_on": on,
        "is_example": is_example,
    }
