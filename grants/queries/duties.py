"""Who has had a hand in a project: the reads behind separation of duties (X3)."""

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from accounts import access
from plans.models import DecisionStage
from records.enums import APPROVING
from records.models import Decision

from ..enums import CaseStatus
from ..models import Assessment, Evaluation, Instalment, InterestDeclaration, ModeratedScore, Recommendation


def advisers_of(projects):
    """Ids of everybody who evaluated, scored, moderated, recommended or commented on the money of these projects."""
    ids = set(Evaluation.objects.filter(project__in=projects).values_list("by_id", flat=True))
    for model in (Assessment, ModeratedScore):
        ids.update(model.objects.filter(project__in=projects).values_list("by_id", flat=True))
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
    """The person's declaration about a case, or None when there is none yet.

    A page that asks many times reads it once and keeps it on the case as `interest_known`: (person, declaration).
    """
    known = getattr(case, "interest_known", None)
    if known and known[0] == user:
        return known[1]
    return InterestDeclaration.objects.filter(case=case, user=user).first()


def _papers_closed(user):
    """Cases decided in stages whose papers stay closed to this person of the office (V3).

    They open once the person has declared no interest, or the case is decided; to one with an interest, never.
    """
    stages = Exists(DecisionStage.objects.filter(rule_set=OuterRef("round__rule_set")))
    mine = InterestDeclaration.objects.filter(case=OuterRef("pk"), user=user)
    undeclared = ~Q(status=CaseStatus.DECIDED) & ~Q(Exists(mine))
    return Q(stages) & (Q(Exists(mine.filter(has_interest=True))) | undeclared)


def with_papers_for(cases, user):
    """Cases that say with `is_staged` and `is_closed` whether their papers are still closed to this person."""
    closed = _papers_closed(user) if access.is_office(user) else Q(pk__isnull=True)
    return cases.annotate(
        is_staged=Exists(DecisionStage.objects.filter(rule_set=OuterRef("round__rule_set"))),
        is_closed=ExpressionWrapper(closed, output_field=BooleanField()),
    )


def open_to(cases, user):
    """The cases among these whose papers this person may open."""
    return cases.exclude(pk__in=cases.filter(_papers_closed(user)).values("pk")) if access.is_office(user) else cases


def is_staged(case):
    """Whether the case is decided in stages; read with the case where `with_papers_for` was asked."""
    known = getattr(case, "is_staged", None)
    return DecisionStage.objects.filter(rule_set=case.round.rule_set_id).exists() if known is None else known
