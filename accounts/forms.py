"""Forms about people and organisations; what they clean goes to the actions."""

from django import forms
from django.contrib.auth import password_validation

from records.enums import MailChoice
from records.formfields import GovDateField, GovForm, GovRadios

from .enums import IdentifierScheme, OrganisationKind, RoleName
from .models import Organisation, OrganisationIdentifier, User
from .roles import ROLES


def role_field(*, in_office=None):
    """Roles with their sentences; of the office, of other organisations, or both (None)."""
    roles = [role for role in ROLES.values() if in_office is None or role.in_office == in_office]
    return forms.ChoiceField(
        label="Role",
        choices=[(role.name.value, RoleName(role.name).label) for role in roles],
        widget=GovRadios(hints={role.name.value: role.sentence for role in roles}),
    )


class RoleForm(GovForm):
    """A role in one of the organisations the asker looks after; one organisation is not asked for."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Organisation", empty_label="Choose one")

    def __init__(self, *args, organisations, with_office, **kwargs):
        super().__init__(*args, **kwargs)
        found = list(organisations[:2])
        self.only = found[0] if len(found) == 1 else None
        if self.only:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = organisations
        in_office = self.only.is_office if self.only else None if with_office else False
        self.fields["role"] = role_field(in_office=in_office)

    def clean(self):
        cleaned = super().clean()
        if self.only:
            cleaned["organisation"] = self.only
        return cleaned


class InvitationForm(RoleForm):
    """Whom to invite, and as what."""

    full_name = forms.CharField(label="Full name", max_length=150)
    email = forms.EmailField(
        label="E-mail address", help_text="Their own address at work. The link is sent there, and they sign in with it."
    )
    field_order = ["organisation", "full_name", "email", "role"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class ReasonForm(GovForm):
    """Why something is ended."""

    reason = forms.CharField(
        label="Why?", max_length=500, widget=forms.Textarea, help_text="Kept on the record, and told to the person."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = "Say why"


class AccountForm(GovForm):
    """Name and password of somebody who accepts an invitation."""

    full_name = forms.CharField(label="Full name", max_length=150)
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Three words together make a good one.",
    )
    password_again = forms.CharField(
        label="Password again", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["full_name"].widget.attrs["autocomplete"] = "name"

    def clean(self):
        cleaned = super().clean()
        password = cleaned.get("password")
        if password:
            person = User(email=self.email, full_name=cleaned.get("full_name", ""))
            try:
                password_validation.validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        if password and cleaned.get("password_again") and password != cleaned["password_again"]:
            self.add_error("password_again", "The two passwords differ. Type the same one twice.")
        return cleaned


class ProfileForm(GovForm):
    """What people keep right about themselves."""

    full_name = forms.CharField(label="Full name", max_length=150)
    telephone = forms.CharField(label="Telephone", max_length=40, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["full_name"].widget.attrs["autocomplete"] = "name"
        self.fields["telephone"].widget.attrs.update({"autocomplete": "tel", "inputmode": "tel"})


class MailChoiceForm(GovForm):
    """How reminders come; there is no third way."""

    choice = forms.ChoiceField(
        label="How should reminders come?",
        choices=MailChoice.choices,
        widget=GovRadios(
            hints={
                MailChoice.DAILY.value: "At seven in the morning, on days with something to remind you of. "
                "What is due that very day, or is to be signed by the next working day, comes at once.",
                MailChoice.SINGLE.value: "Each when it falls due, at any hour. You may get several on one day.",
            }
        ),
    )


def listed(text, separator=","):
    """The pieces of a list typed by hand, each once, in order."""
    pieces = (" ".join(piece.split()) for piece in text.replace(separator, "\n").splitlines())
    return list(dict.fromkeys(piece for piece in pieces if piece))


class OrganisationForm(GovForm):
    """An organisation's entry; the same form adds and changes."""

    name = forms.CharField(label="Name", max_length=200)
    renamed_on = GovDateField(
        label="Day of the renaming",
        required=False,
        help_text="Only if the organisation itself took a new name: the old one is kept as its former name. "
        "Leave empty when you put a mistake right.",
    )
    kind = forms.ChoiceField(label="Kind", choices=OrganisationKind.choices)
    areas = forms.CharField(
        label="Areas", required=False, help_text="The districts or towns it serves, with commas between them."
    )
    accountable_body = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Accountable body",
        required=False,
        empty_label="None: it is paid itself",
        help_text="The council that is paid for a partnership and accepts its terms.",
    )
    aliases = forms.CharField(
        label="Also known as", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="One name a line."
    )
    public_address_hidden = forms.BooleanField(
        label="Never publish its address: it is a refuge or a safe house", required=False
    )
    note = forms.CharField(
        label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="Seen by the office only."
    )
    NUMBERS = {f"number_{scheme.name.lower()}": scheme for scheme in IdentifierScheme}

    def __init__(self, *args, organisation=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        for name, scheme in self.NUMBERS.items():
            self.fields[name] = forms.CharField(label=scheme.label, required=False, max_length=200)
        others = Organisation.objects.in_service().exclude(kind=OrganisationKind.OFFICE).order_by("name")
        if organisation:
            others = others.exclude(pk=organisation.pk)
        else:
            del self.fields["renamed_on"]
        self.fields["accountable_body"].queryset = others
        if organisation is None or not organisation.is_office:
            kinds = [choice for choice in OrganisationKind.choices if choice[0] != OrganisationKind.OFFICE]
            self.fields["kind"].choices = [("", "Choose one"), *kinds]

    @classmethod
    def initial_of(cls, organisation):
        """What the form shows of an entry."""
        numbers = list(organisation.identifiers.order_by("number"))
        aliases = organisation.other_names.filter(kind="ALIAS").order_by("name")
        return {
            "name": organisation.name,
            "kind": organisation.kind,
            "areas": ", ".join(organisation.areas),
            "accountable_body": organisation.accountable_body_id,
            "aliases": "\n".join(alias.name for alias in aliases),
            "public_address_hidden": organisation.public_address_hidden,
            "note": organisation.note,
            **{
                name: ", ".join(row.number for row in numbers if row.scheme == scheme)
                for name, scheme in cls.NUMBERS.items()
            },
        }

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        same = Organisation.objects.filter(name__iexact=name)
        if self.organisation:
            same = same.exclude(pk=self.organisation.pk)
        if same.exists():
            raise forms.ValidationError("There is an organisation of this name already. Look for it in the list.")
        return name

    def clean_areas(self):
        return listed(self.cleaned_data["areas"])

    def clean_aliases(self):
        return listed(self.cleaned_data["aliases"], separator="\n")

    def clean(self):
        cleaned = super().clean()
        for name, scheme in self.NUMBERS.items():
            cleaned[name] = listed(cleaned.get(name, ""))
            taken = OrganisationIdentifier.objects.filter(scheme=scheme, number__in=cleaned[name])
            if self.organisation:
                taken = taken.exclude(organisation=self.organisation)
            other = taken.select_related("organisation").first() if cleaned[name] else None
            if other:
                self.add_error(name, f"{other.number} is the number of {other.organisation}.")
        return cleaned

    @property
    def fields_of_entry(self):
        """What the action writes on the organisation itself."""
        names = ["name", "kind", "areas", "accountable_body", "note", "public_address_hidden"]
        return {name: self.cleaned_data[name] for name in names}

    @property
    def numbers(self):
        """{scheme: [numbers]}"""
        return {scheme: self.cleaned_data[name] for name, scheme in self.NUMBERS.items()}
