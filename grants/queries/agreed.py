"""What was promised for an award as it is agreed now: the business case with every change made since (X3)."""

from django.db.models import Prefetch

from ..models import BudgetLine, DeliveryPartner, PlannedOutcome, PlannedOutput

PARTS = {
    "budget_lines": BudgetLine,
    "outcomes": PlannedOutcome,
    "outputs": PlannedOutput,
    "partners": DeliveryPartner,
}


def with_agreed_parts(lines, *names):
    """Award lines whose projects bring these parts (all without names) as agreed: added ones too, dropped ones not."""
    names = names or ("budget_lines", "outcomes", "outputs")
    return lines.prefetch_related(*(_agreed(name) for name in names))


def _agreed(name):
    model = PARTS[name]
    order = "pk" if name == "partners" else "number"
    return Prefetch(f"project__{name}", model.agreed.filter(is_dropped=False).order_by(order))
