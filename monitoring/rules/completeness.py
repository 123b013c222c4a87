"""What stands between a return and its submission: what is missing, what must be mended, what needs a reason."""

from dataclasses import dataclass

from .. import queries
from ..enums import ReturnSection
from .faults import MAY_CONFIRM, STILL_MISSING, faults_of


@dataclass(frozen=True)
class Gap:
    """One thing to do before the return can go: the kind of section, a sentence, and where it stands.

    `code` names the warning where what is missing is its reason.
    """

    section: ReturnSection
    sentence: str
    sheet: str = ""
    line: str = ""
    name: str = ""
    code: str = ""


def gaps(monitoring_return, parts=None, *, sheets=None, faults=None):
    """Everything still missing or to be mended, in the order of the sections; empty when nothing is."""
    sheets = queries.sheets_of(monitoring_return, parts) if sheets is None else sheets
    faults = faults_of(monitoring_return, sheets, {}) if faults is None else faults
    kinds = {sheet.slug: sheet.section for sheet in sheets}
    return [
        Gap(kinds[fault.section], _sentence(fault), fault.section, fault.line, fault.name)
        for fault in faults
        if fault.level != MAY_CONFIRM
    ]


def _sentence(fault):
    return fault.mend if fault.level == STILL_MISSING else f"{fault.sentence}. {fault.mend}"


def warnings_of(faults):
    """What may be right all the same, once a reason says why."""
    return [fault for fault in faults if fault.level == MAY_CONFIRM]


def reasons_of(monitoring_return):
    """The reasons given for warnings, by code."""
    return {row.code: row for row in monitoring_return.warning_reasons.select_related("by").order_by("pk")}


def unconfirmed(monitoring_return, faults, reasons=None):
    """Warnings without a reason for the very figure they are about; no query where there is no warning."""
    warnings = warnings_of(faults)
    if not warnings:
        return []
    reasons = reasons_of(monitoring_return) if reasons is None else reasons
    return [fault for fault in warnings if fault.code not in reasons]


def explained(monitoring_return, *, sheets=None, faults=None, reasons=None):
    """Each warning with the reason given for it, as a record: {section, sentence, reason, by}."""
    sheets = queries.sheets_of(monitoring_return) if sheets is None else sheets
    warnings = warnings_of(faults_of(monitoring_return, sheets, {}) if faults is None else faults)
    if not warnings:
        return []
    given = reasons_of(monitoring_return) if reasons is None else reasons
    titles = {sheet.slug: sheet.title for sheet in sheets}
    return [
        {
            "section": titles[fault.section],
            "sentence": fault.sentence,
            "reason": given[fault.code].reason if fault.code in given else "",
            "by": given[fault.code].by.full_name if fault.code in given else "",
        }
        for fault in warnings
    ]


def to_do(monitoring_return, sheets, faults, reasons=None):
    """All that stands in the way: the gaps, then the warnings that still need a reason."""
    kinds = {sheet.slug: sheet.section for sheet in sheets}
    asked = [
        Gap(kinds[fault.section], f"Say why: {fault.sentence}", fault.section, fault.line, fault.name, fault.code)
        for fault in unconfirmed(monitoring_return, faults, reasons)
    ]
    return gaps(monitoring_return, sheets=sheets, faults=faults) + asked


def incomplete(gaps):
    """One sentence over everything that stands in the way."""
    if not gaps:
        return ""
    more = len(gaps) - 1
    rest = f", and {more} more thing{'s' if more > 1 else ''}" if more else ""
    return f"The return is not complete. {gaps[0].sentence}{rest}."


def not_ready(monitoring_return, gaps=None):
    """Why the return may not go on yet, as its answers stand; `gaps` are `to_do` where the caller has them."""
    if gaps is None:
        sheets = queries.sheets_of(monitoring_return)
        gaps = to_do(monitoring_return, sheets, faults_of(monitoring_return, sheets, {}))
    return incomplete(gaps)
