"""What a return is owed under: an award or a contract, seen alike."""

from django.db.models import Q

from grants.models import Award
from plans import queries as plans_queries
from plans.enums import ReportKind, TemplateStatus
from plans.models import TemplateVersion
from plans.models.patterns import AT_THE_END
from records.enums import ObligationKind
from records.models import Obligation
from services import queries as services_queries
from services.enums import ContractStatus
from services.models import Contract

SUBJECTS = {model._meta.label: model for model in (Award, Contract)}


def standing():
    """Obligations of returns whose award or contract still stands, as a condition."""
    awards = Award.objects.in_force().values("pk")
    contracts = Contract.objects.filter(status=ContractStatus.LIVE).values("pk")
    return Q(kind=ObligationKind.RETURN) & (
        Q(subject_type=Award._meta.label, subject_id__in=awards)
        | Q(subject_type=Contract._meta.label, subject_id__in=contracts)
    )


def to_open_by(on):
    """Returns of standing awards and contracts to be opened on the day or before, the earliest first."""
    return Obligation.objects.open().filter(standing(), opens_on__lte=on).order_by("opens_on", "pk")


def subject_of(obligation):
    """The award or contract an obligation of a return is about."""
    rows = SUBJECTS[obligation.subject_type]._default_manager.select_related("rule_set", "stream")
    joined = "recipient" if obligation.subject_type == Award._meta.label else "provider"
    return rows.select_related(joined).get(pk=obligation.subject_id)


def holder_of(subject):
    """The recipient of an award, the provider of a contract."""
    return subject.recipient if isinstance(subject, Award) else subject.provider


def name_of(subject):
    return subject.title if isinstance(subject, Award) else subject.name


def last_day_of(subject):
    """The day an award ends, or a contract with the options taken up."""
    return subject.ends_on if isinstance(subject, Award) else services_queries.term(subject).ends_on


def template_version_for(subject, kind):
    """The version in use a return of this kind opens with: of the rule's own template, else of the usual
    one of the stream's purpose; None where neither is in use."""
    in_use = TemplateVersion.objects.filter(status=TemplateStatus.IN_USE).select_related("template").order_by("pk")
    own = _template_of(plans_queries.patterns_kept(subject), kind)
    if own and (version := in_use.filter(template=own).first()):
        return version
    purpose = subject.stream.purpose if subject.stream else ""
    return in_use.filter(template__for_purpose__contains=[purpose]).first() if purpose else None


def _template_of(patterns, kind):
    """The template a pattern names for the kind; an extension is told of in the form of the return at the end."""
    ends = [pattern for pattern in patterns if pattern.anchor in AT_THE_END and pattern.template]
    same = [pattern for pattern in patterns if pattern.kind == kind]
    found = same or (ends if kind == ReportKind.EXTENSION else [])
    return found[-1].template if found else None
