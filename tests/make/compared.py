"""Work in the finder's index, written straight into it: many pieces at once, or one of given facts."""

from datetime import UTC, date, datetime

from monitoring.enums import WorkKind
from monitoring.models import ComparedWork
from monitoring.overlap import likeness, marks

AT = datetime(2020, 3, 10, 5, 0, tzinfo=UTC)


def work(number, title="A project", text="", *, provider="", schools=(), keep=True, **facts):
    """One piece of work with its marks and terms as the finder writes them."""
    row = ComparedWork(
        kind=facts.pop("kind", WorkKind.PROJECT),
        subject_id=number,
        title=title,
        text=text,
        provider_marks=marks.of_name(provider) if provider else [],
        school_terms=list(schools),
        terms=sorted(facts.pop("terms", None) or likeness.marks_of(title, text)),
        digest=str(number),
        compared_at=facts.pop("compared_at", AT),
        **{
            "reference": f"BC-2020-{number:03d}/1",
            "link": f"/cases/BC-2020-{number:03d}/",
            "organisation_name": f"Applicant {number}",
            "starts_on": date(2020, 4, 1),
            "ends_on": date(2021, 3, 31),
            **facts,
        },
    )
    if keep:
        row.save()
    return row
