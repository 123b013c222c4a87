"""What a workbook says it is: written into it twice, and judged when it comes back.

Only what stands in the workbook itself is ever quoted: a made-up reference must not tell about another return.
"""

from dataclasses import dataclass

from records.words import day_in_words

from ..enums import FaultClass
from .findings import fault, shown
from .layout import FORMAT, template_of
from .pages import squeezed

NAMES = {
    "format": "Portal format",
    "reference": "Return reference",
    "recipient": "Recipient",
    "kind": "Kind of return",
    "period": "Period",
    "template": "Template",
    "template_number": "Template version",
    "draft": "Draft version",
}
AGAIN = "Download the workbook from the page of this return and fill that in"
FILE = FaultClass.FILE
LONGEST = 200


@dataclass(frozen=True)
class Identity:
    """Everything as text; the empty string where it does not apply."""

    format: str = ""
    reference: str = ""
    recipient: str = ""
    kind: str = ""
    period: str = ""
    template: str = ""
    template_number: str = ""
    draft: str = ""

    @property
    def number(self):
        """The version of the template it was made from, where it says one."""
        return int(self.template_number) if plain_number(self.template_number) else None


def plain_number(text):
    """Whether this is a short row of digits: anything else was never written by us."""
    return text.isascii() and text.isdigit() and len(text) <= 6


def identity_of(monitoring_return, template_version=None):
    """What the workbook of a return says it is; for a preview (None) only which template it shows."""
    if monitoring_return is None:
        version = template_version
        return Identity(
            format=str(FORMAT),
            template=version.template.key if version else "",
            template_number=str(version.number) if version else "",
        )
    key, number = template_of(monitoring_return)
    return Identity(
        format=str(FORMAT),
        reference=monitoring_return.reference,
        recipient=monitoring_return.organisation.name,
        kind=monitoring_return.get_kind_display(),
        period=period_words(monitoring_return),
        template=key,
        template_number="" if number is None else str(number),
        draft=str(monitoring_return.version),
    )


def period_words(monitoring_return):
    """1 April 2020 to 30 September 2020."""
    return f"{day_in_words(monitoring_return.starts_on)} to {day_in_words(monitoring_return.ends_on)}"


def said_by(rows, properties):
    """What a workbook says it is: (identity, whether both places agree). Either place is enough."""
    names = {label: name for name, label in NAMES.items()}
    hidden = {names[name]: shown(value)[:LONGEST] for name, value in rows if name in names}
    custom = {names[name]: shown(squeezed(value))[:LONGEST] for name, value in properties.items() if name in names}
    agree = not (hidden and custom) or all(hidden.get(name, "") == value for name, value in custom.items())
    return Identity(**{**custom, **hidden}), agree


def why_not_this(said, agree, monitoring_return):
    """The fault that makes a workbook the wrong one for this return, or None."""
    ours = identity_of(monitoring_return)
    if not said.format:
        return fault(FILE, "This is not a workbook of this portal", AGAIN, code="file:not-ours")
    if not agree or not plain_number(said.format):
        return fault(
            FILE, "The hidden marks that say which return this workbook is for were changed", AGAIN, code="file:altered"
        )
    if int(said.format) > FORMAT:
        return fault(FILE, "This workbook was made by a newer portal than this one", AGAIN, code="file:format")
    if not said.reference:
        return fault(
            FILE, "This is the preview of a template, not the workbook of a return", AGAIN, code="file:preview"
        )
    return _wrong_return(said, ours) or _wrong_template(said, ours)


def _wrong_return(said, ours):
    if said.reference == ours.reference:
        return None
    if said.recipient != ours.recipient:
        return fault(
            FILE,
            f"This is the workbook of another organisation, {said.recipient or 'which it does not name'} "
            f"(return {said.reference})",
            AGAIN,
            code="file:organisation",
        )
    return fault(
        FILE,
        f"This is the workbook of another return, {said.reference} for {said.period}; "
        f"this one is {ours.reference} for {ours.period}",
        f"Upload it on the page of {said.reference}, or download the workbook of {ours.reference}",
        code="file:return",
    )


def _wrong_template(said, ours):
    if said.template != ours.template:
        return fault(
            FILE, "This workbook asks for other things: it was made from another template", AGAIN, code="file:template"
        )
    if said.template_number == ours.template_number:
        return None
    if said.number is None or ours.template_number == "" or said.number > int(ours.template_number):
        return fault(
            FILE,
            f"This workbook was made from version {said.template_number or 'none'} of the template, which this return "
            f"does not use: it uses version {ours.template_number or 'none'}",
            AGAIN,
            code="file:newer",
        )
    return None


def is_old(said, monitoring_return):
    """Whether it was made from an earlier version of the template than the return uses."""
    return said.template_number != identity_of(monitoring_return).template_number


def is_outrun(said, monitoring_return):
    """Whether the return was changed in the portal after the workbook was downloaded."""
    return said.draft != str(monitoring_return.version)
