"""Small rows that are more than a list: services inside lots, changes agreed in the past, factors of a formula."""

from dataclasses import dataclass, field

from grants.models import AllocationFactor
from plans.models import FormulaWeight
from records.refusals import refuse_if
from services import actions
from services.enums import ServiceState, VariationKind
from services.models import AdditionalService, ContractVariation

from .entries import Items
from .kinds import Day, Sum, Text, Whole, Word, YesNo
from .references import Cited, Reference

LONG = 10_000


@dataclass(frozen=True)
class LotNumber(Whole):
    """The number of a lot of the same contract."""

    def attributes(self, name, value, find):
        return {}

    def read(self, row, name):
        return row.lot.number if row.lot else None


@dataclass(frozen=True)
class Services(Items):
    """The services inside a contract. Each keeps its place, since KPIs point to it."""

    fields: dict = field(
        default_factory=lambda: {
            "name": Text(required=True),
            "description": Text(limit=LONG),
            "lot": LotNumber(low=1),
            "state": Word(words=ServiceState, default=ServiceState.DELIVERED.value),
            "starts_on": Day(),
            "source": Cited(),
        }
    )
    model: type = AdditionalService
    parent: str = "contract"
    short: str = "name"
    stays: bool = True

    def rows(self, parent):
        return super().rows(parent).select_related("lot")

    def columns(self, parent, content, find):
        lot = parent.lots.get(number=content["lot"]) if content["lot"] else None
        return {**super().columns(parent, content, find), "lot": lot}


@dataclass(frozen=True)
class Said(Text):
    """What stood before or after a change, in words."""

    limit: int = 300

    def attributes(self, name, value, find):
        return {self.column(name): {"words": value} if value else {}}

    def read(self, row, name):
        return getattr(row, self.column(name)).get("words", "")


@dataclass(frozen=True)
class RecordedChanges(Items):
    """Changes of a contract that were agreed before the portal knew of it; those made on screen are not among them."""

    fields: dict = field(
        default_factory=lambda: {
            "kind": Word(required=True, words=VariationKind),
            "title": Text(required=True),
            "reason": Text(required=True, limit=LONG),
            "legal_basis": Text(limit=LONG),
            "takes_effect_on": Day(),
            "ends_on": Day(),
            "after_options": Whole(high=50),
            "new_provider": Reference(section="organisations"),
            "before": Said(),
            "after": Said(),
            "inferred": YesNo(),
            "source": Cited(required=True),
        }
    )
    model: type = ContractVariation
    parent: str = "contract"
    fixed: dict = field(default_factory=lambda: {"is_recorded": True})

    def rows(self, parent):
        return super().rows(parent).order_by("number").select_related("new_provider")

    def write(self, parent, value, find, at):
        """Follow the file row by row; what it no longer has goes, if nothing rests on it."""
        known = list(self.rows(parent))
        for place, content in enumerate(value):
            columns = self.columns(parent, content, find)
            if place < len(known):
                self.model.objects.filter(pk=known[place].pk).update(**columns)
            else:
                actions.record_variation(contract=parent, **columns, at=at)
        for surplus in known[len(value) :]:
            surplus.delete()


@dataclass(frozen=True)
class Factor(Text):
    """The key of a factor of the newest formula in the rules of the allocation's round."""

    def attributes(self, name, value, find):
        return {}

    def read(self, row, name):
        return row.weight.key


@dataclass(frozen=True)
class Factors(Items):
    """What a formula counts for one organisation."""

    fields: dict = field(
        default_factory=lambda: {
            "weight": Factor(required=True, limit=60),
            "value": Sum(required=True, noun="a number"),
            "source": Cited(),
        }
    )
    model: type = AllocationFactor
    parent: str = "allocation"

    def rows(self, parent):
        return super().rows(parent).select_related("weight")

    def columns(self, parent, content, find):
        weights = FormulaWeight.objects.filter(formula__rule_set=parent.round.rule_set, key=content["weight"])
        weight = weights.order_by("-formula__number").first()
        refuse_if(
            "" if weight else f"The rules of {parent.round.key} have no formula with a factor {content['weight']}.",
            parent.round,
        )
        return {**super().columns(parent, content, find), "weight": weight}
