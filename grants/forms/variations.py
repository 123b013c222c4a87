"""Forms of variations."""

from records.formfields import GovDateField

from .acting import ActForm, long_text


class AwardEndForm(ActForm):
    """The day an award ends instead, and why."""

    button = "Move the end of the award"
    ends_on = GovDateField(label="Day it now ends", noun="day the award now ends", help_text="The last day, included.")
    reason = long_text("Reason", help_text="The recipient is told.", rows=3)
