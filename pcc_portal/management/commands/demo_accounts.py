"""One sign-in for each role, on invented people only: for demonstrations, never for work."""

import hashlib
import json
import os
import secrets
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import queries
from accounts.actions import people
from accounts.enums import OrganisationKind, RoleName
from accounts.models import Organisation, User
from accounts.roles import ROLES

LISTED = "demo-accounts.json"
SEALED = "demo-accounts.seal"
NOT_THIRD_PARTIES = [
    OrganisationKind.CSP,
    OrganisationKind.PROVIDER,
    OrganisationKind.LOCAL_AUTHORITY,
    OrganisationKind.OFFICE,
]


def posts() -> Iterator[tuple[RoleName, Organisation]]:
    """Every role once, with where it is held; then a third party and a provider."""
    office = queries.office()
    if office is None:
        raise CommandError("No office is known yet. Load a plan file first: ./run manage load_plan FILE")
    yield from ((role.name, office) for role in ROLES.values() if role.in_office)
    examples = Organisation.objects.in_service().filter(is_example=True).order_by("pk")
    partnership = examples.filter(kind=OrganisationKind.CSP).select_related("accountable_body").first()
    if partnership:
        yield from ((role, partnership) for role in (RoleName.CONTRIBUTOR, RoleName.LEAD, RoleName.CERTIFIER))
        yield RoleName.SIGNATORY, partnership.payee
    third_party = examples.exclude(kind__in=NOT_THIRD_PARTIES).first()
    if third_party:
        yield from ((role, third_party) for role in (RoleName.LEAD, RoleName.CERTIFIER, RoleName.SIGNATORY))
    provider = examples.filter(kind=OrganisationKind.PROVIDER).first()
    if provider:
        yield RoleName.LEAD, provider


def address_of(role: RoleName, organisation: Organisation) -> tuple[str, str]:
    """The address and name of the invented person in a post: one the plan file brought, or a new one."""
    known = queries.current_memberships(organisation).filter(role=role, user__is_example=True)
    if found := known.select_related("user").order_by("pk").first():
        return found.user.email, found.user.full_name
    return f"{role.value.lower().replace('_', '.')}@{organisation.key}.example.org", f"Example {role.label}"


class Folder:
    """Passwords of earlier runs, and whether the database still holds them."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.passwords = {row["email"]: row["password"] for row in self.read(LISTED) or []}
        self.seals = self.read(SEALED) or {}

    def read(self, name: str):
        """What an earlier run wrote; nothing when it is not there or not whole."""
        try:
            return json.loads((self.place / name).read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return None

    def write(self, name: str, content: object) -> None:
        """Readable by its owner alone from the first moment, and whole or not at all."""
        half = self.place / f"{name}.{os.getpid()}"
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(content, out, indent=1)
        half.replace(self.place / name)


def seal(person: User, password: str) -> str:
    """Says that this stored hash belongs to this password, so that a later start need not hash again."""
    return hashlib.sha256(f"{person.email} {person.password} {password}".encode()).hexdigest()


class Command(BaseCommand):
    """Makes the people and lists them in PCC_VAR/demo-accounts.json."""

    help = "Makes one invented person for each role; only where PCC_DEMONSTRATION is on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """None of its own."""

    def handle(self, **options: object) -> None:
        """Make or refresh them, write the list, print it."""
        if not settings.DEMONSTRATION:
            raise CommandError("This is not a demonstration (PCC_DEMONSTRATION is off), so no example people are made.")
        folder = Folder(settings.PCC_VAR)
        listed, seals = [], {}
        for role, organisation in posts():
            email, name = address_of(role, organisation)
            password = folder.passwords.get(email) or secrets.token_urlsafe(12)
            person = User.objects.filter(email=email, is_active=True).first()
            if not (person and folder.seals.get(email) == seal(person, password)):
                person = people.make_demo_person(
                    email=email, full_name=name, password=password, roles=[(organisation, role)], at=timezone.now()
                )
            seals[email] = seal(person, password)
            listed.append({"email": email, "password": password, "role": role.label, "organisation": organisation.name})
        folder.write(LISTED, listed)
        folder.write(SEALED, seals)
        if options.get("verbosity"):
            for row in listed:
                self.stdout.write("  ".join([f"{row['role']:<24}", f"{row['email']:<44}", row["password"]]))
