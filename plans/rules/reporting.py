"""When the reporting pattern of a rule set may be changed, and which patterns make sense."""

from ..enums import Anchor, Timing
from ..models import ReportingRule
from .frozen import why_not_change_rules


def why_not_this_pattern(*, timing, anchor, period_months, days, event):
    """Say why these parts of a reporting rule do not go together, or nothing. Shared by form and plan file."""
    several = timing in {Timing.REPEATED, Timing.FIXED_DAYS}
    faults = {
        "A return asked for again and again needs the months of each period.": timing == Timing.REPEATED
        and not period_months,
        "Give the days on which the periods end.": timing == Timing.FIXED_DAYS and not days,
        "Days are given only where periods end on set days.": timing != Timing.FIXED_DAYS and days,
        "Months are given only for a return asked for once, or again and again.": period_months
        and timing in {Timing.FIXED_DAYS, Timing.AFTER_ANCHOR},
        "Where there are several periods, each return is due after the end of its own period.": several
        and anchor != Anchor.PERIOD_END,
        "Say which event the due day is counted from.": anchor == Anchor.EVENT and not event,
        "An event is named only where the due day is counted from it.": anchor != Anchor.EVENT and event,
    }
    return next((sentence for sentence, found in faults.items() if found), "")


def why_not_write_reporting(rule_set, *, user, kind, row=None, reason=None, **pattern):
    """Say why this kind of return cannot be asked for in this way, or nothing."""
    if why := why_not_change_rules(rule_set, user=user, reason=reason):
        return why
    same = ReportingRule.objects.filter(rule_set=rule_set, kind=kind).first()
    if same and same != row:
        return "These rules ask for this kind of return already. Change that one, or choose another kind."
    return why_not_this_pattern(**pattern)


def why_not_drop_reporting(rule_set, *, user, reason=None):
    """Say why a kind of return cannot be taken out of the rules, or nothing."""
    return why_not_change_rules(rule_set, user=user, reason=reason)
