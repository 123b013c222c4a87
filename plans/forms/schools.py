"""What officers type about schools, terms and topics, and the register they load (P5)."""

from django import forms

from records.formfields import GovDateField
from records.uploads import suffix_of, why_not_upload

from ..enums import SchoolPhase
from ..queries import schools as queries
from ..rules import school_register
from .plan import PlanForm, reason_field


class RegisterForm(PlanForm):
    """The government's register as a CSV file, and the areas to take from it."""

    rows = {"areas": 4}
    submit = "Load the register"
    file = forms.FileField(
        label="Register of schools (CSV)",
        help_text="From Get Information about Schools: all establishment fields, as CSV, up to 20 MB.",
    )
    areas = forms.CharField(
        label="Only these areas",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="The names of local authorities as the register writes them, one on each line. "
        "Leave empty to take every school in the file.",
    )

    def clean_areas(self):
        return [line.strip() for line in self.cleaned_data["areas"].splitlines() if line.strip()]

    def clean(self):
        """The file read into rows; what is wrong with it stands beside it."""
        cleaned = super().clean() or self.cleaned_data
        upload = cleaned.get("file")
        if upload is None or "areas" not in cleaned:
            return cleaned
        why = why_not_upload(upload)
        if not why and suffix_of(upload.name) != "csv":
            why = "The register must be a CSV file."
        if why:
            self.add_error("file", why)
            return cleaned
        upload.seek(0)
        cleaned["read"], why = school_register.read(upload.read(), areas=cleaned["areas"])
        if why:
            self.add_error("file", why)
        return cleaned


class SchoolForm(PlanForm):
    """One school; its number is asked only of a new one."""

    rows = {"reason": 3}
    submit = "Save the school"
    urn = forms.CharField(label="Number in the register (URN)", max_length=10)
    name = forms.CharField(label="Name", max_length=200)
    phase = forms.ChoiceField(label="Phase", choices=SchoolPhase.choices)
    kind = forms.CharField(label="Type (optional)", required=False, max_length=120)
    area = forms.CharField(label="Area", max_length=80, help_text="The local authority.")
    postcode = forms.CharField(label="Postcode (optional)", required=False, max_length=10)
    closed_on = GovDateField(label="Day it closed", required=False, help_text="Leave empty while it is open.")
    follows = forms.CharField(
        label="School it follows (optional)",
        required=False,
        max_length=220,
        help_text="Where a school became an academy or two merged: the name or number of the school before.",
    )
    reason = reason_field()

    def __init__(self, *args, school=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.school = school
        if school:
            del self.fields["urn"]
            self.helper.layout.fields = [row for row in self.helper.layout.fields if row != "urn"]

    def clean_follows(self):
        """The school before, found by its name or number."""
        typed = self.cleaned_data["follows"].strip()
        if not typed:
            return None
        meant = queries.named([typed])[typed]
        if why := queries.why_not_one(typed, meant):
            raise forms.ValidationError(why)
        return meant[0]


class TermForm(PlanForm):
    """A term of a school year."""

    submit = "Save the term"
    name = forms.CharField(label="Name", max_length=60, help_text="For example, Autumn term 2020/21.")
    starts_on = GovDateField(label="First day")
    ends_on = GovDateField(label="Last day")


class TopicForm(PlanForm):
    """What inputs are about."""

    submit = "Save the topic"
    name = forms.CharField(label="Name", max_length=120)
    most_in_term = forms.IntegerField(
        label="How many inputs about it are enough for one school and term?", min_value=1, max_value=50, initial=1,
        help_text="With more, officers are warned before anything is approved.",
    )  # fmt: skip
