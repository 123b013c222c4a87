"""What an award asks of its payee, and which money waits for it: one award, a page of them, or every row (P1)."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from plans.enums import StandardHold
from plans.models import HeldStandard, PayeeCheck, StandardWaiver
from plans.queries import standards as plan_standards

from ..enums import AwardStatus, Direction, InstalmentStatus
from ..models import AwardStandard, Instalment, TermsChange

OUT = (InstalmentStatus.RELEASED, InstalmentStatus.PAID)
OVER = (AwardStatus.CLOSED, AwardStatus.TERMINATED, AwardStatus.LAPSED, AwardStatus.DECLINED, AwardStatus.RECORDED)


@dataclass(frozen=True)
class Asked:
    """A standard an award asks, and how its payee stands with it on a day."""

    row: AwardStandard
    standing: plan_standards.Standing

    @property
    def kind(self):
        return self.standing.kind


def standings(awards, on):
    """{award id: what it asks and how its payee stands on a day}; one question where nothing is asked, else three."""
    found: dict[int, list] = {award.pk: [] for award in awards}
    if not found:
        return found
    of = {award.pk: award for award in awards}
    asked = AwardStandard.objects.filter(award__in=awards).select_related("kind")
    rows = list(asked.order_by("kind__order", "pk"))
    payees = {of[row.award_id].payee_id for row in rows}
    evidence = plan_standards.evidence_of(payees) if rows else plan_standards.Evidence()
    for row in rows:
        award = of[row.award_id]
        standing = evidence.standing(award.payee_id, row.kind, on, award.rule_set_id)
        found[award.pk].append(Asked(row, standing))
    return found


def paid_already(awards):
    """The ids of those awards of which money was released already."""
    rows = Instalment.objects.filter(award__in=awards, direction=Direction.OUT, status__in=OUT)
    return set(rows.values_list("award_id", flat=True))


def read_standards(awards, on):
    """Keep with each award of a page what it asks (`asked`) and whether money went out (`has_paid`)."""
    found = {award.pk: [] for award in awards}
    found |= standings([award for award in awards if getattr(award, "asks_standards", True)], on)
    paid = paid_already([award for award in awards if found[award.pk]]) if any(found.values()) else set()
    for award in awards:
        award.asked, award.has_paid = found[award.pk], award.pk in paid
    return awards


# What every award page asks in passing: whether there is anything more to read about standards and new terms.
OF_THE_AWARD = {
    "asks_standards": Exists(AwardStandard.objects.filter(award=OuterRef("pk"))),
    "had_new_terms": Exists(TermsChange.objects.filter(award=OuterRef("pk"))),
    "payee_verified_on": Subquery(
        PayeeCheck.objects.filter(organisation=OuterRef("payee")).order_by("-on", "-pk").values("on")[:1]
    ),
}


def asked_of(award, on):
    """The standards an award asks with their standings; read now unless a page has read them already."""
    return award.asked if hasattr(award, "asked") else standings([award], on)[award.pk]


def holding_back(award, on):
    """The unmet standards that hold the next money of an award."""
    missing = [asked for asked in asked_of(award, on) if not asked.standing.is_met]
    every = [asked for asked in missing if asked.row.holds == StandardHold.EVERY]
    if all(asked.row.holds != StandardHold.FIRST for asked in missing):
        return every
    has_paid = award.has_paid if hasattr(award, "has_paid") else bool(paid_already([award]))
    return every if has_paid else [asked for asked in missing if asked.row.holds != StandardHold.NOTHING]


def held_back(on):
    """Whether an instalment waits for a standard on a day, as a condition on rows of instalments."""
    payee = {"organisation": OuterRef("award__payee"), "kind": OuterRef("kind")}
    evidence = HeldStandard.objects.filter(**payee).valid_on(on)
    waivers = StandardWaiver.objects.filter(
        Q(rule_set=None) | Q(rule_set=OuterRef("award__rule_set")), **payee,
        ended_at__isnull=True, starts_on__lte=on, ends_on__gte=on,
    )  # fmt: skip
    paid = Instalment.objects.filter(award=OuterRef("award"), direction=Direction.OUT, status__in=OUT)
    every, first = Q(holds=StandardHold.EVERY), Q(holds=StandardHold.FIRST)
    unmet = AwardStandard.objects.filter(~Exists(evidence), ~Exists(waivers), award=OuterRef("award"))
    return Exists(unmet.filter(every | (first & ~Exists(paid))))


def summary_of(award, user, on):
    """What stands on the page of an award: each standard asked and how its payee stands; nothing for old facts."""
    asked = asked_of(award, on)
    if award.is_recorded or not (asked or access.is_office(user)):
        return {}
    register = f"/standards/{award.payee.key}/"
    return {
        "asked": asked,
        "missing": sum(not one.standing.is_met for one in asked),
        "register": register if access.may(user, Permission.STANDARD_READ) else "",
        "payee": award.payee,
        "verified_on": award.payee_verified_on,
        "in_office": access.is_office(user),
    }


@dataclass(frozen=True)
class Line:
    """One line of the register: an organisation, a standard, how it stands, and the awards that ask for it."""

    organisation: Organisation
    standing: plan_standards.Standing
    awards: tuple = ()

    @property
    def kind(self):
        return self.standing.kind

    @property
    def state(self):
        return self.standing.state

    @property
    def until(self):
        return self.standing.until


def organisations_of(user):
    """The organisations whose register this person sees: the office all; others their own and who is paid for them."""
    if access.is_office(user):
        return Organisation.objects.all()
    mine = Organisation.objects.of_user(user)
    return Organisation.objects.filter(Q(pk__in=mine) | Q(pk__in=mine.values("accountable_body")))


def register(user, on):
    """Every line of the register this person sees: what is asked under awards in force, and what is held beside.

    Four questions, however many organisations.
    """
    seen = organisations_of(user)
    asked: dict[tuple[int, int], list] = {}
    rows = AwardStandard.objects.filter(award__payee__in=seen).exclude(award__status__in=OVER)
    rows = rows if access.is_office(user) else rows.exclude(award__status=AwardStatus.MADE)
    for row in rows.select_related("award").order_by("award__reference"):
        asked.setdefault((row.award.payee_id, row.kind_id), []).append(row.award)
    evidence = plan_standards.evidence_of(seen)
    kinds = {kind.pk: kind for kind in plan_standards.kinds()}
    held = {pair for pair, rows in [*evidence.held.items(), *evidence.waivers.items()] if rows}
    pairs = set(asked) | held
    found = {row.pk: row for row in Organisation.objects.filter(pk__in={organisation for organisation, _ in pairs})}
    lines = [
        Line(
            found[organisation],
            evidence.standing(organisation, kinds[kind], on, one_rule_set(asked.get((organisation, kind), ()))),
            tuple(asked.get((organisation, kind), ())),
        )
        for organisation, kind in pairs
    ]
    return sorted(lines, key=lambda line: (line.organisation.name.casefold(), line.kind.order, line.kind.pk))


def one_rule_set(awards):
    """The rule set of awards that are all under one, so that a waiver for it counts; else None."""
    ids = {award.rule_set_id for award in awards}
    return ids.pop() if len(ids) == 1 else None


def awards_asking(organisation, user):
    """{kind id: awards in force} that ask a standard of an organisation, for its own page."""
    rows = AwardStandard.objects.filter(award__payee=organisation).exclude(award__status__in=OVER)
    rows = rows if access.is_office(user) else rows.exclude(award__status=AwardStatus.MADE)
    found: dict[int, list] = {}
    for row in rows.select_related("award").order_by("award__reference"):
        found.setdefault(row.kind_id, []).append(row)
    return found
