"""What an award asks of its payee is written when it is made, and asked for when it is offered (P1)."""

from plans.actions import standards as plan_actions
from plans.queries import standards as plan_queries

from ..models import AwardStandard
from ..queries import standards as queries


def write_standards(award):
    """Keep the standards that the rules of an award ask of its payee, as they stood when it was made."""
    asked = plan_queries.asked_under(award.rule_set, award.payee.kind)
    return AwardStandard.objects.bulk_create(
        AwardStandard(award=award, kind=row.kind, holds=row.holds) for row in asked
    )


def ask_for_standards(award, *, due_on, on, by, at):
    """Ask the payee of an award just offered for what it does not hold; what it holds is noted as asked for too."""
    for asked in queries.standings([award], on)[award.pk]:
        given = {"organisation": award.payee, "kind": asked.kind, "due_on": due_on, "recipient": award.recipient}
        if asked.standing.is_met:
            plan_actions.note_as_held(**given, closing="Held already", at=at)
            continue
        why = f"{award.title} asks {award.payee.name} to hold it: {asked.standing.why}. Please send evidence."
        plan_actions.ask_for_standard(**given, why=why, by=by, at=at)
