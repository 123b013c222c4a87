"""Why a stage of the complaints procedure cannot be as written (P2)."""

from .plan import why_not_edit

LONGEST_CLOCK = 120


def why_not_save_level(*, user, name, acknowledge_days, answer_days, reason):
    """Why a stage cannot be as written; its days are working days."""
    if why := why_not_edit(user):
        return why
    if not name.strip():
        return "Give the stage a name."
    return why_not_these_clocks(acknowledge_days, answer_days) or ("" if reason.strip() else "Say why.")


def why_not_these_clocks(acknowledge_days, answer_days):
    """Why two clocks of a stage cannot stand together. Shared with plan files."""
    if not 1 <= acknowledge_days <= LONGEST_CLOCK or not 1 <= answer_days <= LONGEST_CLOCK:
        return f"Give a number of working days from 1 to {LONGEST_CLOCK}."
    if answer_days < acknowledge_days:
        return "The answer cannot be due before the acknowledgement."
    return ""
