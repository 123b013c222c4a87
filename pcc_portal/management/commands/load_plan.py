"""Load a plan file: everything is checked before anything is written."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from pcc_portal.loading import activity, checking, knowing, reading, writing


class Command(BaseCommand):
    """Reads the clock, once; what it finds goes to the screen, line by line."""

    help = "Loads a plan file (docs/reference/plan-file.md). A second load changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the plan file (YAML)")
        parser.add_argument("--check", action="store_true", help="check only: write nothing")

    def handle(self, *, file, check, **options):
        now = timezone.now()
        plan_file = self.checked(file, now)
        try:
            with transaction.atomic():
                report = writing.load_rows(plan_file, at=now)
                activity.replay(plan_file, report, at=now)
                if check:
                    transaction.set_rollback(True)
        except writing.Stopped as stop:
            self.tell_faults(file, stop.sentences, "does not fit what stands in the portal")
        self.tell(file, report, check, verbosity=options.get("verbosity", 1))

    def checked(self, file, now):
        try:
            root = reading.read_file(file)
        except reading.BrokenFile as broken:
            where = f"line {broken.line}: " if broken.line else ""
            raise CommandError(f"{where}{broken.sentence}\nNothing was written.") from None
        today = knowing.day_of_loading(root, timezone.localtime(now).date())
        plan_file, problems = checking.check_file(root, known=knowing.known_keys(), today=today)
        if problems:
            self.tell_faults(file, problems, "has faults")
        return plan_file

    def tell_faults(self, file, faults, words):
        listed = "\n".join(str(fault) for fault in faults)
        count = f"{len(faults)} thing{'' if len(faults) == 1 else 's'} to put right"
        raise CommandError(f"{file.name} {words}: {count}.\n{listed}\nNothing was written.")

    def tell(self, file, report, check, *, verbosity):
        if not verbosity:
            return
        for sentence in report.kept:
            self.stdout.write(sentence)
        if report.wrote_nothing:
            self.stdout.write(f"{file.name}: nothing changed.")
            return
        steps = f", {report.replayed} steps of example activity" if report.replayed else ""
        rows = f"{len(report.added)} rows added, {len(report.changed)} changed{steps}"
        self.stdout.write(f"{file.name}: {rows}." + (" Only checked: nothing was written." if check else ""))
        if verbosity > 1 or (report.changed and len(report.changed) < 20):
            for line in report.changed:
                self.stdout.write(f"  changed: {line}")
