"""Forms of the workbook's way in: choose a file; say why a warning is right and what empty cells mean."""

from hashlib import sha256

from django import forms

from records.formfields import GovForm, GovRadios

KEEP, EMPTY = "keep", "empty"


class WorkbookForm(GovForm):
    file = forms.FileField(
        label="Workbook",
        help_text="The workbook of this return, as an Excel file (.xlsx), up to 5 MB.",
        widget=forms.ClearableFileInput(
            attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
        ),
        max_length=150,
        error_messages={
            "required": "Select the workbook you filled in",
            "empty": "The selected file is empty. Select the workbook you filled in",
            "max_length": "The name of the selected file is too long. Shorten it, then upload the file again",
        },
    )


class UseForm(GovForm):
    """A reason for each warning (now or later), and what to do where the workbook is empty and the return is not."""

    def __init__(self, *args, warnings, emptied, **kwargs):
        super().__init__(*args, **kwargs)
        self.codes = {}
        for found in warnings:
            name = f"reason-{sha256(found['code'].encode()).hexdigest()[:12]}"
            self.codes[name] = found["code"]
            self.fields[name] = forms.CharField(
                label=f"{found['sentence'].rstrip('.')}. Why is that right?",
                help_text=found["mend"],
                initial=found["reason"],
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=2000,
            )
        if emptied:
            self.fields["empty"] = forms.ChoiceField(
                label="Some cells are empty in the workbook, but the return has an answer. What should happen with it?",
                choices=[(KEEP, "Keep what the return says"), (EMPTY, "Empty it, as in the workbook")],
                initial=KEEP,
                widget=GovRadios(),
                error_messages={"required": "Select what should happen with answers the workbook leaves empty"},
            )

    def reasons(self):
        return {code: self.cleaned_data[name] for name, code in self.codes.items()}

    @property
    def empty_too(self):
        return self.cleaned_data.get("empty") == EMPTY
