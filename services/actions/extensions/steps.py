"""The steps of a case: owed, met, moved. No step is closed but by the act that meets it."""

from records import obligations
from records.enums import ObligationKind

from ...enums import ExtensionStepKind
from ...models import ExtensionStep

K = ExtensionStepKind
KIND_OF = {K.FINANCE: ObligationKind.EXTENSION_FINANCE}


def kind_of(step):
    """The kind of obligation a step is, with its ladder."""
    return KIND_OF.get(K(step.kind), ObligationKind.EXTENSION_STEP)


def meet(case, *kinds, by, at, note):
    """Close these steps, where they are still open, by the act described in `note`."""
    for step in ExtensionStep.objects.filter(case=case, kind__in=kinds, done_at__isnull=True):
        ExtensionStep.objects.filter(pk=step.pk).update(done_at=at, done_by=by, note=note)
        obligations.close(step, kind_of(step), at=at, by=by, closing=note[:200])
