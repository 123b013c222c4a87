"""Reads of contracts: whose, which, and what their list rows show."""

from dataclasses import dataclass

from django.db.models import F

from plans.enums import Anchor
from plans.models import RuleSet
from records.enums import ObligationKind
from records.models import Obligation

from ..enums import ContractStatus
from ..models import AdditionalService, Contract, ExtensionOption
from .term import Term, term


def counting_from_events():
    """Live contracts whose reporting pattern counts from an event."""
    rows = Contract.objects.filter(status=ContractStatus.LIVE, reporting__contains=[{"anchor": Anchor.EVENT.value}])
    return rows.order_by("pk")


def returns_owed(contract):
    """The returns of the contract, from the obligations written when it came under its rules."""
    return Obligation.objects.about(contract).filter(kind=ObligationKind.RETURN).order_by("due_on", "pk")


def rule_sets():
    """The rule sets a contract can be put under: those that ask for returns."""
    asking = RuleSet.objects.filter(reporting_rules__isnull=False).distinct()
    return asking.prefetch_related("reporting_rules__event").order_by("name", "pk")


def contracts_for(user):
    """The contracts this person may see, with all that a list row shows."""
    return (
        Contract.objects.visible_to(user)
        .select_related("provider", "stream", "rule_set")
        .prefetch_related("options__event", "variations")
        .order_by(F("provider__name").asc(nulls_last=True), "starts_on", "pk")
    )


def current_ends(contracts):
    """The last agreed day of each contract, as (number of its row, day): ends are derived, never kept."""
    return [(contract.pk, term(contract).ends_on) for contract in contracts]


def options_of(contract):
    """The options of one contract."""
    return contract.options.order_by("number")


def additional_services(contract):
    """The services inside a contract."""
    return AdditionalService.objects.filter(contract=contract).order_by("name", "pk")


@dataclass(frozen=True)
class ContractRow:
    """A contract in a list, with its dates."""

    contract: Contract
    term: Term
    in_diary: bool = False

    @property
    def ahead(self):
        """The option to decide next, while the contract is live and a day is known."""
        option = self.term.next_option if self.contract.status == ContractStatus.LIVE else None
        return option if option and option.decide_by else None

    @property
    def decide_by(self):
        return self.ahead.decide_by if self.ahead else None


def rows(contracts):
    """List rows with their dates, and whether the next decision is in the diary.

    It is not where its day had passed when the contract was entered: a past fact, not a late one.
    """
    rows = [ContractRow(contract, term(contract)) for contract in contracts]
    wanted = [row.ahead.option.pk for row in rows if row.ahead]
    diary = Obligation.objects.open().filter(
        kind=ObligationKind.EXTENSION_DECISION, subject_type=ExtensionOption._meta.label, subject_id__in=wanted
    )
    ids = set(diary.values_list("subject_id", flat=True)) if wanted else set()
    return [ContractRow(row.contract, row.term, bool(row.ahead and row.ahead.option.pk in ids)) for row in rows]
