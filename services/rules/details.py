"""What may stand in the entry of a contract, and beside it: parties, lots, services, options, values, sources.

The rules of a row beside it take the row that changes, or None, and its columns; `other` columns may say anything.
"""

from accounts import access
from accounts.roles import Permission
from records.words import day_in_words

from ..enums import ContractStatus, OptionStatus
from ..models import AdditionalService, ContractVariation, ExtensionCase, ExtensionOption, Lot

NOT_YOURS = "Only commissioning officers and the head of commissioning keep contracts."
ORDER = "The last day must be on or after the first."


def why_not_enter(*, user, on):
    """Why nobody but an officer enters a contract; "" for an officer."""
    return "" if access.may(user, Permission.CONTRACT_MANAGE) else NOT_YOURS


def why_not_edit(contract, *, user, on, reason=None):
    """Why the entry of a contract cannot be changed; "" when it can. An ended contract may still be set right."""
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return NOT_YOURS
    return "" if reason is None or reason.strip() else "Say why this changes. It stays in the history of the contract."


def why_not_move_start(contract, *, starts_on, initial_months):
    """Why start and first term stay as they are: what was agreed or decided since rests on them."""
    if (contract.starts_on, contract.initial_months) == (starts_on, initial_months):
        return ""
    settled = contract.options.filter(is_recorded=False).exclude(status=OptionStatus.AVAILABLE)
    varied = ContractVariation.objects.filter(contract=contract, is_recorded=False)
    if settled.exists() or varied.exists() or ExtensionCase.objects.filter(contract=contract).exists():
        return "Decisions were taken or begun on these dates, so start and first term stay. Vary the contract instead."
    return ""


def why_not_this_entry(contract, columns):
    """Why these columns cannot stand: another provider comes by a variation, and money keeps to its purpose (X2)."""
    provider, stream = columns.get("provider", contract.provider), columns.get("stream", contract.stream)
    if contract.provider_id and provider != contract.provider:
        return "Another provider comes by a variation: novation, merger or a body in its place. Draft one instead."
    unfit = [line.funding_source.name for line in contract.funding.all() if stream and not _fits(line, stream)]
    return f"{unfit[0]} pays for this contract and may not be spent on {stream.name}." if unfit else ""


def _fits(line, stream):
    return line.funding_source.may_pay_for(stream)


def why_not_these_sums(*, estimated_value, estimated_value_source):
    """Why an estimate cannot stand: a figure names its source."""
    if estimated_value is not None and not estimated_value_source.strip():
        return "Say where the estimated value is printed."
    return ""


def why_not_party(contract, row, *, organisation, role, starts_on, ends_on, **other):
    """Why an organisation cannot be a party of the contract; "" when it can."""
    if organisation.pk == contract.provider_id:
        return f"{organisation.name} is the provider already."
    if starts_on and ends_on and ends_on < starts_on:
        return ORDER
    same = contract.parties.filter(organisation=organisation, role=role, ends_on__isnull=True)
    if not ends_on and same.exclude(pk=row.pk if row else None).exists():
        return f"{organisation.name} is named already. Say first when that ended."
    return ""


def why_not_option(contract, row, *, months, **other):
    """Why an option cannot be added, or changed; "" when it can."""
    if row is None:
        return "" if contract.status == ContractStatus.LIVE else "This contract has ended, so it gains no options."
    if row.status != OptionStatus.AVAILABLE:
        return f"This option is settled ({row.get_status_display().lower()}), so it stays as it is."
    if row.months != months and row.cases.exists():
        return "The decision on this option is under way, so its length stays. Vary the contract instead."
    return ""


def why_not_value(contract, row, *, starts_on, ends_on, **other):
    """Why a period of the profile cannot have these days; "" when it can."""
    if ends_on < starts_on:
        return ORDER
    if ends_on < contract.starts_on:
        return f"The contract starts on {day_in_words(contract.starts_on)}, after this period."
    others = contract.values.exclude(pk=row.pk if row else None)
    clash = others.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).order_by("starts_on").first()
    if clash:
        return f"{day_in_words(clash.starts_on)} to {day_in_words(clash.ends_on)} has a value already. Change that one."
    return ""


def why_not_source(contract, row, *, funding_source, **other):
    """Why a source of funds cannot pay for the contract (X2); "" when it can."""
    stream = contract.stream
    if stream and not funding_source.may_pay_for(stream):
        return f"{funding_source.name} may not be spent on {stream.name}. Choose another source."
    if contract.funding.filter(funding_source=funding_source).exclude(pk=row.pk if row else None).exists():
        return f"{funding_source.name} pays for this contract already."
    return ""


def why_not_reference(contract, row, *, kind, value, **other):
    """Why a reference cannot stand a second time; "" when it is new."""
    same = contract.references.filter(kind=kind, value=value).exclude(pk=row.pk if row else None)
    return "This reference is entered already." if same.exists() else ""


def why_not_remove(row):
    """Why a row beside the contract cannot go; "" when nothing rests on it."""
    if isinstance(row, ExtensionOption):
        if row.status != OptionStatus.AVAILABLE:
            return f"This option is settled ({row.get_status_display().lower()}), so it stays."
        if row.cases.exists():
            return "A decision on this option is under way, so it stays."
        if row.contract.options.filter(number__gt=row.number).exists():
            return "Another option comes after this one. Remove that first."
    if isinstance(row, Lot) and row.services.exists():
        return "A service stands in this lot. Move it first."
    if isinstance(row, AdditionalService) and row.kpis.exists():
        return "A KPI measures this service, so it stays. Mark it as stopped."
    return ""


def why_not_end(contract, *, user, on, reason=None, ends_on=None):
    """Why the contract cannot be marked as ended; "" when it can. `ends_on` is the last day of its term."""
    if not access.may(user, Permission.CONTRACT_MANAGE):
        return NOT_YOURS
    if contract.status != ContractStatus.LIVE:
        return "This contract has ended already."
    if ends_on is not None and on < ends_on:
        return f"Its term runs to {day_in_words(ends_on)}. To end it earlier, vary the contract."
    if contract.options.filter(status=OptionStatus.OFFERED).exists():
        return "An extension is offered and not answered. Wait for the answer, or let the offer lapse."
    if contract.variations.filter(status__in=["SUBMITTED", "AWAITING_SECOND"]).exists():
        return "A variation waits for its decision. It must be decided or withdrawn first."
    return "" if reason is None or reason.strip() else "Say why. It stays in the history of the contract."
