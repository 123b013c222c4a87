"""Reviews of what a stream asks of its recipients; findings become conditions of the next terms (C10)."""

from django.db import transaction

from records import workflow
from records.actions import log, next_reference
from records.calendar import london_day
from records.refusals import refuse_if

from ..enums import REQUIREMENT_REVIEW_MOVES, RequirementReviewStatus
from ..models import RequirementReview, ReviewFinding, TermsCondition
from ..queries import reviews as queries
from ..rules import reviews as rules
from .question_sets import start_terms


def _lock(review):
    return RequirementReview.objects.select_for_update(of=("self",)).select_related("stream__plan").get(pk=review.pk)


@transaction.atomic
def open_review(*, stream, title, scope, opened_on, by, at):
    """Open a review of the requirements of a stream."""
    refuse_if(rules.why_not_open_review(user=by, title=title, opened_on=opened_on, on=london_day(at)), stream)
    review = RequirementReview.objects.create(
        reference=next_reference("RR", opened_on.year),
        stream=stream,
        title=title.strip(),
        scope=scope.strip(),
        opened_on=opened_on,
    )
    log(review, "opened", by=by, at=at, summary=f"Review opened: {review.title}")
    return review


@transaction.atomic
def write_review(*, review, title, scope, reason, by, at):
    """Put the title or the scope of a review right."""
    review = _lock(review)
    refuse_if(rules.why_not_write_review(review, user=by), review)
    refuse_if("" if title.strip() else "Give the review a title.", review)
    was, now = [review.title, review.scope], [title.strip(), scope.strip()]
    review.title, review.scope = now
    review.save(update_fields=["title", "scope"])
    pairs = zip(("title", "scope"), was, now, strict=True)
    changes = {name: [old, new] for name, old, new in pairs if old != new}
    log(review, "changed", by=by, at=at, reason=reason.strip(), summary="Review changed", changes=changes)
    return review


@transaction.atomic
def write_finding(*, review, finding, condition="", checked_by="", row=None, by, at):
    """Write one finding, or `row` anew; `condition` is the wording it becomes in the next terms."""
    review = _lock(review)
    refuse_if(rules.why_not_write_finding(review, user=by, finding=finding, row=row), review)
    said = {"finding": finding.strip(), "condition": condition.strip(), "checked_by": checked_by.strip()}
    if row is None:
        last = review.findings.order_by("-number").values_list("number", flat=True).first()
        row = ReviewFinding.objects.create(review=review, number=(last or 0) + 1, **said)
        was, verb = dict.fromkeys(said, ""), "finding_added"
    else:
        was, verb = {name: getattr(row, name) for name in said}, "finding_changed"
        ReviewFinding.objects.filter(pk=row.pk).update(**said)
        row.refresh_from_db()
    changes = {name: [was[name], value] for name, value in said.items() if was[name] != value}
    log(review, verb, by=by, at=at, summary=f"Finding {row.number}: {row.finding}"[:500], changes=changes)
    return row


@transaction.atomic
def drop_finding(*, row, by, at):
    """Take a finding out that is part of no terms."""
    review = _lock(row.review)
    refuse_if(rules.why_not_drop_finding(row, user=by), review)
    words = {"finding": [row.finding, ""], "condition": [row.condition, ""]}
    row.delete()
    log(review, "finding_dropped", by=by, at=at, summary="Finding taken out", changes=words)
    return review


@transaction.atomic
def make_terms(*, review, title, version, like=None, by, at):
    """Start a version of terms with the conditions of `like`, then those of the findings; each finding names it."""
    review = _lock(review)
    refuse_if(rules.why_not_make_terms(review, user=by, title=title, version=version), review)
    terms = start_terms(
        title=title,
        version=version,
        introduction=like.introduction if like else "",
        reason=f"Review {review.reference}: {review.title}",
        like=like,
        by=by,
        at=at,
    )
    number, order = queries.next_number(terms), terms.conditions.count()
    waiting = list(queries.waiting_of(review))
    for step, row in enumerate(waiting):
        TermsCondition.objects.create(
            terms=terms,
            number=str(number + step),
            order=order + step + 1,
            text=row.condition,
            why=row.finding,
            checked_by=row.checked_by,
        )
    review.findings.filter(pk__in=[row.pk for row in waiting]).update(terms=terms)
    told = f"{len(waiting)} finding{'' if len(waiting) == 1 else 's'} became part of {terms}"
    log(review, "terms_made", by=by, at=at, summary=told[:500])
    return terms


@transaction.atomic
def conclude_review(*, review, conclusion, concluded_on, by, at):
    """Conclude a review; its findings stay as they are, and may still become terms."""
    review = _lock(review)
    said = {"conclusion": conclusion, "concluded_on": concluded_on}
    refuse_if(rules.why_not_conclude(review, user=by, on=london_day(at), **said), review)
    return workflow.move(
        review,
        RequirementReviewStatus.CONCLUDED,
        moves=REQUIREMENT_REVIEW_MOVES,
        verb="concluded",
        by=by,
        at=at,
        summary="Review concluded",
        conclusion=conclusion.strip(),
        concluded_on=concluded_on,
    )
