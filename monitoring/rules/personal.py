"""What looks as if it pointed at a person in words meant for many: an aid to the eye, not in its place (P6)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

PEOPLE = (
    "people|persons?|adults?|children|child|girls?|boys?|women|woman|men|man|victims?|survivors?|clients?|pupils?|"
    "students?|families|family|parents?|mothers?|fathers?|participants?|offenders?|residents?|individuals?"
)
TITLES = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Reverend|Sir|Lady|Lord|Cllr|Councillor|PC|PCSO|DC|DS|DI|Sgt|Sergeant|Insp"
)
# What certainly points at somebody and has no place in a story, then what may and has to be looked at.
SURELY = {
    "E-mail address": r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+",
    "Telephone number": r"(?<![\w£.,])(?:\+44[ \-()]*(?:\(0\)[ \-]*)?|\(?0)(?:\d[ \-()]*){9,10}(?!\d)",
    "Postcode": r"\b(?:GIR ?0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})\b",
    "Date of birth": r"\b(?:date of birth|d\.?o\.?b\b\.?|born(?: on)?(?= \d))[^.\n]{0,30}",
    "National Insurance or NHS number": (
        r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b|\b\d{3} \d{3} \d{4}\b"
    ),
}
PERHAPS = {
    "Name with a title": rf"\b(?:{TITLES})\.? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?",
    "Age of a person": r"\b(?:aged? \d{1,3}\b|\d{1,3}[- ]years?[- ]old)",
    "One to four people": rf"\b(?:one|two|three|four|[1-4])(?: [\w-]+){{0,2}}? (?:{PEOPLE})\b",
    "Date": r"\b\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)(?: \d{4})?\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b",
}
AS_WRITTEN = {"Name with a title"}


@dataclass(frozen=True)
class Finding:
    """Words that may point at a person. `surely`: they must go before the story is shared."""

    kind: str
    words: str
    surely: bool


def looks_personal(text: str, *, names: Iterable[str] = ()) -> list[Finding]:
    """What stands out in the text, what is certain first; `names` are those of people who work there."""
    found = [
        Finding(kind, " ".join(match.group().split()), kinds is SURELY)
        for kinds in (SURELY, PERHAPS)
        for kind, pattern in kinds.items()
        for match in re.finditer(pattern, text, 0 if kind in AS_WRITTEN else re.IGNORECASE)
    ]
    for name in names:
        if name and re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
            found.append(Finding("Name of somebody who works there", name, surely=False))
    return list(dict.fromkeys(found))
