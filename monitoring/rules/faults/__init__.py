"""Everything that is wrong with a return: one list for the web form, the workbook and the submission (X5).

Every rule with its level stands in docs/reference/return-rules.md.
"""

from .agreement import agreement
from .fault import MAY_CONFIRM, MUST_MEND, STILL_MISSING, Answers, Fault, code_of
from .history import history
from .missing import missing

__all__ = ["MAY_CONFIRM", "MUST_MEND", "STILL_MISSING", "Answers", "Fault", "code_of", "faults_of"]


def faults_of(monitoring_return, sheets, values):
    """Every fault of the return as it would stand with `values` over what its sheets hold.

    `values` is {(line key, cell name): value}. At most three queries, whatever the size: the checks of the
    template, the files that came, the instalments.
    """
    answers = Answers(monitoring_return, sheets, values)
    order = {sheet.slug: number for number, sheet in enumerate(sheets)}
    found = [*missing(answers), *agreement(answers), *history(answers)]
    return sorted(found, key=lambda fault: order.get(fault.section, -1))
