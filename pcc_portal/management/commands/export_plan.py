"""Write a plan out as a plan file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from pcc_portal.loading import exporting
from plans.models import Plan


class Command(BaseCommand):
    """What `load_plan` loads, and what was edited on screen since, as one file."""

    help = "Writes a plan out as a plan file (docs/reference/plan-file.md)."

    def add_arguments(self, parser):
        parser.add_argument("key", help="the key of the plan")
        parser.add_argument("file", type=Path, nargs="?", help="where to write it; left out, it goes to the screen")

    def handle(self, *, key, file, **options):
        plan = Plan.objects.select_related("body").filter(key=key).first()
        if plan is None:
            known = ", ".join(Plan.objects.order_by("key").values_list("key", flat=True)) or "none yet"
            raise CommandError(f"There is no plan {key} in the portal. There is: {known}.")
        text = exporting.plan_text(plan)
        if file is None:
            self.stdout.write(text, ending="")
            return
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}. Name another place.") from None
        self.stdout.write(f"{plan.title} written to {file}.")
