"""What goes with a return besides its answers: the declaration, files, reasons for warnings."""

from hashlib import sha256

from django import forms

from records.formfields import GovForm

from ..enums import ReturnSection
from ..queries import file_section

LONGEST_REASON = 2000
OTHER = "OTHER"


class CertifyForm(GovForm):
    declaration = forms.BooleanField(
        label="I have checked these figures against the accounts. They are true and complete, and the money was "
        "spent only on what was approved.",
        error_messages={"required": "Tick the box to sign the declaration, or decline with a reason"},
    )

    def __init__(self, *args, declaration="", **kwargs):
        super().__init__(*args, **kwargs)
        if declaration:
            self.fields["declaration"].label = declaration


class UploadForm(GovForm):
    section = forms.ChoiceField(label="What is the file about?")
    file = forms.FileField(
        label="File",
        help_text="PDF, Word (docx), Excel (xlsx), PNG, JPG, CSV or text.",
        error_messages={"required": "Select a file", "empty": "The selected file is empty."},
    )

    def __init__(self, *args, sheets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = list(about_of(sheets).items())


def about_of(sheets):
    """What a file of the return can be about, in words by what it is kept under."""
    found = {file_section(one): f"{one.label} ({sheet.title})" for sheet in sheets for one in sheet.files}
    found |= {_kept_under(sheet): sheet.title for sheet in sheets}
    return found | {OTHER: "Something else"}


def _kept_under(sheet):
    return sheet.slug[:60] if sheet.section == ReturnSection.INDICATORS else str(sheet.section)


class ReasonsForm(GovForm):
    """A box for each warning; its name holds the figure, so that a changed figure is a new question."""

    def __init__(self, data=None, *, warnings, reasons):
        super().__init__(data)
        self.codes = {name_of_box(fault.code): fault.code for fault in warnings}
        for name, fault in zip(self.codes, warnings, strict=True):
            given = reasons.get(fault.code)
            self.fields[name] = forms.CharField(
                label=f"Why is this right? {fault.sentence}",
                help_text=f"{fault.mend}.",
                required=False,
                max_length=LONGEST_REASON,
                initial=given.reason if given else "",
                widget=forms.Textarea({"rows": 3}),
            )

    def reasons(self):
        """The words typed for each warning by its code."""
        return {code: self.cleaned_data[name] for name, code in self.codes.items()}


def name_of_box(code):
    """A name fit for a form control, its own for each warning and figure."""
    return f"why-{sha256(code.encode()).hexdigest()[:12]}"
