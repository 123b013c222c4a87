"""What of a plan goes into its next year, and what each row becomes (X1)."""

import re
from dataclasses import dataclass, field

from records import calendar

from ..enums import RequirementReviewStatus, StreamStanding
from ..models import (
    CommitmentLine,
    Delegation,
    FundingSource,
    LearningArea,
    Plan,
    Priority,
    ReviewFinding,
    RuleSet,
    Stream,
    TermsVersion,
)

A_YEAR = re.compile(r"\b(\d{4})([/–-])(\d{2})\b")


@dataclass
class Carried:
    """The new plan, and each row of the old one with the row that follows it, by kind."""

    plan: Plan
    priorities: dict = field(default_factory=dict)
    sources: dict = field(default_factory=dict)
    streams: dict = field(default_factory=dict)
    rule_sets: dict = field(default_factory=dict)


def months_between(plan, starts_on):
    """How many months the new plan begins after the old one."""
    return (starts_on.year - plan.starts_on.year) * 12 + starts_on.month - plan.starts_on.month


def moved(day, months):
    """The same day so many months later; None stays None."""
    return calendar.add_months(day, months) if day else None


def moved_end(day, months):
    """A last day: the day before the one after it, moved, so that a month's end stays a month's end."""
    return calendar.add_months(day + calendar.DAY, months) - calendar.DAY if day else None


def moved_to_work(day, months):
    """The same day so many months later, or the next working day."""
    if day is None:
        return None
    later = calendar.add_months(day, months)
    return later if calendar.is_working_day(later) else calendar.add_working_days(later, 1)


def relabelled(words, months):
    """The words with each year they name moved: "Grant 2020/21" becomes "Grant 2021/22"."""
    years = months // 12

    def move(found):
        first, mark, last = int(found[1]), found[2], int(found[3])
        if (first + 1) % 100 != last:
            return found[0]
        return f"{first + years}{mark}{(last + years) % 100:02d}"

    return A_YEAR.sub(move, words) if years else words


def next_days(plan):
    """The first and the last day of the year after a plan, as long as the plan itself."""
    starts_on = plan.ends_on + calendar.DAY
    months = months_between(plan, starts_on)
    return starts_on, moved_end(plan.ends_on, months)


def priorities_of(plan):
    """Priorities that still hold when the plan ends."""
    rows = Priority.objects.filter(plan=plan).order_by("order")
    return [row for row in rows if row.ends_on is None or row.ends_on >= plan.ends_on]


def ending_sources(plan):
    """Sources of funds that end with the plan and may come again: the next year has one of its own.

    What was over before the plan began, and what a bid won, does not come again by itself.
    """
    rows = FundingSource.objects.filter(plan=plan, ends_on__range=(plan.starts_on, plan.ends_on))
    return list(rows.filter(opportunity__isnull=True).order_by("pk"))


def won_sources(plan):
    """Sources of funds that end with the plan and came from a bid."""
    rows = FundingSource.objects.filter(plan=plan, ends_on__range=(plan.starts_on, plan.ends_on))
    return list(rows.filter(opportunity__isnull=False).order_by("pk"))


def lasting_sources(plan):
    return list(FundingSource.objects.filter(plan=plan, ends_on__gt=plan.ends_on).order_by("pk"))


def current_streams(plan):
    """Streams that go on, parents before their parts."""
    rows = Stream.objects.filter(plan=plan, standing=StreamStanding.CURRENT).select_related("parent")
    return sorted(
        rows.prefetch_related("sources", "priorities").order_by("order", "number"),
        key=lambda row: row.number.count("."),
    )


def ended_streams(plan):
    return list(Stream.objects.filter(plan=plan, standing=StreamStanding.DISCONTINUED).order_by("order", "number"))


def rule_sets_to_carry(plan):
    """Rule sets of the plan that no version of another plan follows yet."""
    rows = RuleSet.objects.filter(plan=plan).select_related("followed_by", "terms").order_by("pk")
    return [row for row in rows if not hasattr(row, "followed_by")]


def rule_sets_followed(plan):
    """Rule sets that a version follows already, each with the last version after it."""
    rows = RuleSet.objects.filter(plan=plan, followed_by__isnull=False).select_related("followed_by").order_by("-pk")
    found = {}
    for row in rows:
        last = row.followed_by
        found[row.pk] = found.get(last.pk, last)
    return found


def undone_learning(plan):
    return list(LearningArea.objects.filter(plan=plan, done_on__isnull=True).order_by("order"))


def lines_to_carry(plan, label):
    """Commitment lines of the year that have not ended."""
    rows = CommitmentLine.objects.filter(stream__plan=plan, year=label, ended_on__isnull=True)
    return list(rows.select_related("stream", "funding_source", "rule_set").order_by("pk"))


def terms_after_review(rule_set):
    """The newest version of the rule set's terms that carries the findings of a review; None where there is none."""
    if rule_set.terms is None:
        return None
    later = TermsVersion.objects.filter(title=rule_set.terms.title, pk__gt=rule_set.terms_id)
    return later.filter(from_findings__isnull=False).distinct().order_by("-pk").first()


def findings_without_terms(plan):
    """Findings of concluded reviews whose condition stands in no version of the terms yet."""
    rows = ReviewFinding.objects.filter(
        review__stream__plan=plan, review__status=RequirementReviewStatus.CONCLUDED, terms__isnull=True
    )
    return list(rows.exclude(condition="").select_related("review").order_by("review__reference", "number"))


def delegations_naming_streams(plan):
    rows = Delegation.objects.filter(stream__plan=plan).select_related("stream").order_by("reference")
    return [row for row in rows if row.ends_on is None or row.ends_on >= plan.ends_on]
