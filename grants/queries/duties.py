"""Who has had a hand in a project: the reads behind separation of duties (X3)."""

from records.enums import APPROVING
from records.models import Decision

from ..models import Evaluation, Instalment, InterestDeclaration, Recommendation


def advisers_of(projects):
    """Ids of everybody who evaluated, recommended or commented on the money of these projects."""
    ids = set(Evaluation.objects.filter(project__in=projects).values_list("by_id", flat=True))
    for row in Recommendation.objects.filter(project__in=projects).values_list("by_id", "cfo_by_id"):
        ids.update(row)
    return ids - {None}


def deciders_of(award):
    """Ids of everybody who decided on a line of the award."""
    made = Decision.objects.filter(award_lines__award=award, outcome__in=APPROVING)
    return set(made.values_list("made_by_id", flat=True)) - {None}


def releasers_of(award):
    """Ids of everybody who released money of the award."""
    if award is None:
        return set()
    return set(Instalment.objects.filter(award=award).values_list("released_by_id", flat=True)) - {None}


def interest_of(user, case):
    """The person's declaration about a case, or None when there is none yet."""
    return InterestDeclaration.objects.filter(case=case, user=user).first()
