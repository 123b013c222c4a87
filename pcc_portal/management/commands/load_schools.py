"""Load the government's register of schools from a CSV file of any size."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from plans.actions.schools import load_register
from plans.rules import school_register
from records.words import day_in_words


class Command(BaseCommand):
    """What the page "Load the register" does, without a limit of size; says what was added, changed, closed."""

    help = "Loads the register of schools (docs/how-to/schools.md)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the CSV file of Get Information about Schools")
        parser.add_argument("--area", action="append", default=[], help="take only schools of this area")

    def handle(self, *, file, area, **options):
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}. Name another file.") from None
        read, why = school_register.read(content, areas=area)
        if why:
            raise CommandError(why)
        at = timezone.now()
        source = f"{file.name}, loaded on {day_in_words(timezone.localdate(at))}"
        told = load_register(rows=read.rows, areas=sorted(read.areas), source=source, by=None, at=at)
        for fault in [*read.faults, *told.faults][: school_register.FAULTS_SHOWN]:
            self.stdout.write(fault)
        for school, closed_on in told.closed:
            self.stdout.write(f"Closed on {day_in_words(closed_on)}: {school.name}, {school.area} ({school.urn})")
        self.stdout.write(f"{told.sentence}.")
        if told.missing:
            self.stdout.write(f"{len(told.missing)} schools of these areas are open here and not in the file.")
