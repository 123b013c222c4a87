"""The hold-back policy: when repeated underspend is pointed out to those who decide (X2)."""

from ..queries import spend


def hold_back_warning(history, rule_set):
    """The sentence for a recipient whose money stayed unspent again and again, or nothing; it decides nothing."""
    if rule_set is None:
        return ""
    return spend.warning_of(history, years=rule_set.hold_back_years, percent=rule_set.hold_back_percent)
