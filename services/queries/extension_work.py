"""Extension decisions as work: what waits for whom, and how each stands, asked in one question (S2)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, OuterRef, Q, Subquery, Value, When

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from records.models import Obligation

from ..enums import ExtensionOutcome, ExtensionStatus, ExtensionStepKind, OptionStatus
from ..models import ExtensionCase, ExtensionOption, ExtensionRuling, ExtensionStep
from .extensions import OPEN

S = ExtensionStatus
PREPARE, COMMENT, DECIDE = "Prepare extension decisions", "Comment on extensions", "Decide on extensions"
SECOND, NOTICE = "Approve extensions a second time", "Publish contract notices"
WILLING, OFFERED = "Say whether you are willing to go on", "Answer offers of an extension"


@dataclass(frozen=True)
class Work:
    """One case that waits for somebody: what about, and by when."""

    title: str
    detail: str
    link: str
    due_on: date | None


def _named(case):
    what = f"option {case.option.number}" if case.option else "outside the original terms"
    return f"{case.contract.name}: {what}"


def _waiting():
    """Cases that wait for the office, each with its next step and who decided on going beyond its terms."""
    step = ExtensionStep.objects.filter(case=OuterRef("pk"), done_at__isnull=True, dropped=False)
    step = step.order_by("due_on", "pk")
    ruling = ExtensionRuling.objects.filter(case=OuterRef("pk"), outcome=ExtensionOutcome.OUTSIDE).order_by("-number")
    rows = ExtensionCase.objects.select_related("contract", "option").annotate(
        step_kind=Subquery(step.values("kind")[:1]),
        step_due=Subquery(step.values("due_on")[:1]),
        decider=Subquery(ruling.values("decision__made_by")[:1]),
    )
    notice = Q(status=S.DECIDED, step_kind=ExtensionStepKind.NOTICE)
    return rows.filter(Q(status__in=OPEN) | notice).order_by("decide_by", "pk")


def office_work(user):
    """The cases that wait for this person of the office, by what is to be done; their post says what that may be."""
    may = {
        word: access.may(user, word)
        for word in (Permission.CONTRACT_MANAGE, Permission.DECISION_ADVISE_FINANCE, Permission.DECISION_MAKE)
    }
    found: defaultdict[str, list[Work]] = defaultdict(list)
    if not any(may.values()):
        return found
    for case in _waiting():
        for heading, permission, fits, due_on in _turns(case, user):
            if fits and may[permission]:
                detail = f"{case.reference}. {_next(case)}"
                found[heading].append(Work(_named(case), detail, case.get_absolute_url(), due_on))
    return found


def _turns(case, user):
    """Whose turn it is: (what to do, the permission it takes, whether it is so, by when)."""
    own = user.pk in (case.advised_by_id, case.cfo_commented_by_id)
    commented = case.cfo_commented_at is not None
    return [
        (PREPARE, Permission.CONTRACT_MANAGE, case.status == S.PREPARING, case.step_due),
        (COMMENT, Permission.DECISION_ADVISE_FINANCE, case.status == S.ADVISED and not commented, case.step_due),
        (DECIDE, Permission.DECISION_MAKE, case.status == S.ADVISED and commented and not own, case.decide_by),
        (SECOND, Permission.DECISION_MAKE,
         case.status == S.AWAITING_SECOND and not own and user.pk != case.decider, case.decide_by),
        (NOTICE, Permission.CONTRACT_MANAGE, case.status == S.DECIDED, case.step_due),
    ]  # fmt: skip


def _next(case):
    if case.status == S.PREPARING and case.step_kind:
        return f"Next: {ExtensionStepKind(case.step_kind).label.lower()}"
    return case.get_status_display()


def provider_work(user):
    """What the office asks this person's organisations about extensions."""
    found: defaultdict[str, list[Work]] = defaultdict(list)
    signs, leads = access.may(user, Permission.EXTENSION_ANSWER), access.may(user, Permission.RETURN_SUBMIT)
    if not signs and not leads:
        return found
    asked = Q(asked_at__isnull=False, answered_at__isnull=True, status__in=OPEN)
    offered = Q(option__status=OptionStatus.OFFERED, status=S.DECIDED)
    answer_by = Obligation.objects.open().filter(
        subject_type=ExtensionCase._meta.label, subject_id=OuterRef("pk"), organisation__isnull=False
    )
    rows = ExtensionCase.objects.filter(contract__provider__in=Organisation.objects.of_user(user))
    rows = rows.filter(asked | offered if signs else asked).select_related("contract", "option")
    for case in rows.annotate(answer_by=Subquery(answer_by.values("due_on")[:1])).order_by("answer_by", "pk"):
        heading = OFFERED if case.status == S.DECIDED else WILLING
        found[heading].append(Work(_named(case), case.reference, case.get_absolute_url(), case.answer_by))
    return found


def with_standing(obligations):
    """Obligations to decide an extension, each with `standing`: how far its case has come, in words, or empty."""
    words = Case(
        *[When(status=status, then=Value(status.label)) for status in OPEN], output_field=CharField()
    )  # fmt: skip
    cases = ExtensionCase.objects.filter(status__in=OPEN).annotate(words=words).order_by("-number")
    of_option = Subquery(cases.filter(option=OuterRef("subject_id")).values("words")[:1])
    itself = Subquery(cases.filter(pk=OuterRef("subject_id")).values("words")[:1])
    about_option = When(subject_type=ExtensionOption._meta.label, then=of_option)
    return obligations.annotate(standing=Case(about_option, default=itself, output_field=CharField()))
