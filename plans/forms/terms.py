"""What officers type about a version of the terms as a whole."""

from django import forms

from .plan import PlanForm, reason_field


class FollowTermsForm(PlanForm):
    """The version that follows, and why."""

    rows = {"reason": 3}
    submit = "Start the new version"
    version = forms.CharField(label="Version", max_length=20, help_text="For example, 2 or 2021.")
    reason = reason_field()


class IssueTermsForm(PlanForm):
    """Why a version is issued now."""

    rows = {"reason": 3}
    submit = "Issue this version"
    reason = reason_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why is it issued?"
        self.fields["reason"].error_messages["required"] = "Say why it is issued"
