"""The first person of an office; everybody after that is invited on screen."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import queries
from accounts.actions import people
from records.refusals import Refused


class Command(BaseCommand):
    """Makes the head of commissioning or chief executive of a new installation."""

    help = "Makes the first person of the office, who then invites the others. Refuses once there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and in which post."""
        parser.add_argument("email")
        parser.add_argument("full_name")
        parser.add_argument("--role", default="HEAD_OF_COMMISSIONING")

    def handle(self, *, email: str, full_name: str, role: str, **options: object) -> None:
        """Make the person and say what they do next."""
        try:
            person = people.make_first_person(
                office=queries.office(), email=email, full_name=full_name, role=role, at=timezone.now()
            )
        except Refused as refused:
            raise CommandError(refused.reason) from None
        self.stdout.write(
            f"{person.full_name} may now open {settings.BASE_URL}/account/password/reset/ "
            f"and choose a password for {person.email}."
        )
