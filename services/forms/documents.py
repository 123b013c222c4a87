"""What an officer gives with a document of a contract."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from records.formfields import GovField, GovForm, GovRadios

from ..enums import ContractPaperKind
from ..rules import documents as rules

NONE, WHOLE, REDACTED = "none", "whole", "redacted"
PUBLIC = [
    (NONE, "None yet"),
    (WHOLE, "The whole document may be published"),
    (REDACTED, "A copy that leaves things out"),
]


class PublicCopyForm(GovForm):
    """The copy of a document that may be published, and why it leaves things out."""

    BUTTON = "Save"

    public = forms.ChoiceField(label="Copy for the public", choices=PUBLIC, widget=GovRadios(), initial=NONE)
    public_upload = forms.FileField(label="The copy that leaves things out", required=False)
    redaction_reason = forms.CharField(
        label="Why does it leave things out?", required=False, max_length=1000, widget=forms.Textarea,
        help_text="For example: names of staff. These words are published with it.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.layout())
        self.helper.add_input(Submit("save", self.BUTTON))

    def layout(self):
        return ["public", Fieldset("A redacted copy", "public_upload", GovField("redaction_reason", rows=3))]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        public = cleaned.pop("public")
        cleaned["whole"] = public == WHOLE
        if public == REDACTED and not cleaned["public_upload"]:
            self.add_error("public_upload", "Choose the copy that leaves things out")
        elif public != REDACTED and cleaned["public_upload"]:
            self.add_error("public", "Choose “A copy that leaves things out” to publish this file")
        elif why := rules.why_not_this_public_copy(
            whole=cleaned["whole"], upload=cleaned["public_upload"], redaction_reason=cleaned["redaction_reason"]
        ):
            self.add_error("redaction_reason" if why.startswith("Say") else "public_upload", why)
        return cleaned


class DocumentForm(PublicCopyForm):
    """A document of a contract."""

    BUTTON = "Add the document"

    title = forms.CharField(label="Title", max_length=200)
    kind = forms.ChoiceField(label="What is it?", choices=ContractPaperKind.choices)
    upload = forms.FileField(label="File")

    def layout(self):
        return ["title", "kind", "upload", *super().layout()]

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if why := rules.uploads.why_not_upload(upload):
            raise forms.ValidationError(why)
        return upload
