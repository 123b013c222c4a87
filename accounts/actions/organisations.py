"""Organisations: added and put right, with their other names and numbers."""

from django.db import transaction
from django.utils.text import slugify

from records import actions as record
from records.refusals import refuse_if

from .. import rules
from ..enums import NameKind
from ..models import Organisation, OrganisationIdentifier, OrganisationName

NOT_KEYS = {"add"}  # words of the address itself


@transaction.atomic
def add_organisation(*, fields, aliases, numbers, by, at):
    """Add an organisation: `fields` of its own, other names, and {scheme: [numbers]}."""
    refuse_if(rules.why_not_add_organisation(kind=fields["kind"], user=by))
    organisation = Organisation.objects.create(key=_free_key(fields["name"]), **fields)
    _set_aliases(organisation, aliases)
    _set_numbers(organisation, numbers)
    record.log(organisation, "added", by=by, at=at, summary=f"{organisation} added")
    return organisation


@transaction.atomic
def change_organisation(*, organisation, fields, aliases, numbers, by, at, renamed_on=None):
    """Put an organisation right. With `renamed_on` the old name is kept as its former name."""
    organisation = Organisation.objects.select_for_update(of=["self"]).get(pk=organisation.pk)
    refuse_if(rules.why_not_change_organisation(organisation, kind=fields["kind"], user=by))
    before = content_of(organisation)
    if renamed_on and fields["name"] != organisation.name:
        _keep_former_name(organisation, renamed_on)
    for name, value in fields.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(fields))
    _set_aliases(organisation, aliases)
    _set_numbers(organisation, numbers)
    after = content_of(organisation)
    changes = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if changes:
        record.log(organisation, "changed", by=by, at=at, summary=f"{organisation} changed", changes=changes)
    return organisation


def content_of(organisation):
    """The entry in plain words, to compare before with after."""
    other_names = organisation.other_names.order_by("name")
    numbers = organisation.identifiers.order_by("scheme", "number")
    return {
        "name": organisation.name,
        "kind": organisation.get_kind_display(),
        "areas": ", ".join(organisation.areas),
        "accountable_body": str(organisation.accountable_body or ""),
        "public_address_hidden": organisation.public_address_hidden,
        "note": organisation.note,
        "other_names": ", ".join(f"{n.name} ({n.get_kind_display().lower()})" for n in other_names),
        "numbers": ", ".join(map(str, numbers)),
    }


def _free_key(name):
    stem = slugify(name)[:70] or "organisation"
    taken = NOT_KEYS | set(Organisation.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def _keep_former_name(organisation, until):
    OrganisationName.objects.update_or_create(
        organisation=organisation,
        name__iexact=organisation.name,
        defaults={"name": organisation.name, "kind": NameKind.FORMER, "until": until},
    )


def _set_aliases(organisation, aliases):
    known = {name.name.lower(): name for name in organisation.other_names.all()}
    wanted = {alias.lower(): alias for alias in aliases}
    for low, name in known.items():
        if name.kind == NameKind.ALIAS and low not in wanted:
            name.delete()
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation=organisation, name=alias, kind=NameKind.ALIAS)
        for low, alias in wanted.items()
        if low not in known
    )


def _set_numbers(organisation, numbers):
    wanted = {(scheme, number) for scheme, given in numbers.items() for number in given}
    for identifier in organisation.identifiers.all():
        if (identifier.scheme, identifier.number) in wanted:
            wanted.discard((identifier.scheme, identifier.number))
        else:
            identifier.delete()
    OrganisationIdentifier.objects.bulk_create(
        OrganisationIdentifier(organisation=organisation, scheme=scheme, number=number)
        for scheme, number in sorted(wanted)
    )
