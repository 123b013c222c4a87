"""What every paper of the office carries at its head."""


def letterhead(body):
    """The office's names and colours as data, in the words papers/base.html asks for."""
    return {
        "name": body.name,
        "address_lines": [line.strip() for line in body.address.splitlines() if line.strip()],
        "telephone": body.telephone,
        "email": body.contact_email,
        "commissioner_title": body.commissioner_title,
        "brand_colour": body.brand_colour,
    }
