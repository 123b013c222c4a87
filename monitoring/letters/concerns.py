"""Letters to whoever complained: each is kept as it was sent."""

from plans.queries.letterhead import letterhead
from records import papers
from records.calendar import london_day
from records.enums import PaperKind

from ..queries import concerns as queries


def _letter(concern, *, title, template, by, at, **context):
    body = queries.office_body()
    head = letterhead(body, reference=concern.reference, on=london_day(at)) if body else {"office": {}}
    return papers.make_paper(
        kind=PaperKind.COMPLAINT_LETTER,
        subject=concern,
        title=title,
        template=template,
        context={
            **head,
            "reference": concern.reference,
            "addressee": [concern.name] if concern.name else [],
            "concern": concern,
            **context,
        },
        by=by,
        at=at,
        is_example=concern.is_example,
    )


def acknowledgement(concern, stage, *, words, by, at):
    """That we have it, who looks at it and by when they answer."""
    title = "We have your complaint" if stage.number == 1 else "Your complaint goes to the next stage"
    given = {"stage": stage, "words": words}
    return _letter(concern, title=title, template="letters/complaint_acknowledgement.html", by=by, at=at, **given)


def outcome(concern, stage, *, next_level, by, at):
    """What was found, and what the complainant can do if they are not satisfied."""
    given = {"stage": stage, "next_level": next_level}
    return _letter(
        concern, title="The answer to your complaint", template="letters/complaint_outcome.html", by=by, at=at, **given
    )


def note(concern, *, title, words, by, at):
    """That the complaint is closed, or whom it is really for."""
    return _letter(concern, title=title, template="letters/complaint_note.html", by=by, at=at, words=words)
