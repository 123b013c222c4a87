"""Steps of example activity about monitoring returns."""

from decimal import Decimal
from itertools import zip_longest

from monitoring import actions, queries, rules
from monitoring.enums import ReturnSection
from monitoring.models import MonitoringReturn
from monitoring.rules.values import read_value
from records.refusals import Refused, refuse_if

from .days import written_day
from .replay_cases import award_of


def return_of(play, step):
    rows = MonitoringReturn.objects.filter(award=award_of(play, step), kind=step["return"])
    return rows.latest("ends_on", "pk")


def open_returns(play, step, *, by, at):
    actions.open_due_returns(on=written_day(step["on"]), at=at)


def save_return(play, step, *, by, at):
    """Fill in the return: figures in the order of its own lines, words as given."""
    monitoring_return = return_of(play, step)
    entries = {section: {} for section in (ReturnSection.SPEND, *FIGURES, ReturnSection.PROJECTS)}
    for part, told in zip_longest(queries.figures_of(monitoring_return), step["projects"]):
        if part is None or told is None:
            continue
        for row, given in zip_longest(part.spend, told["spent"]):
            if row and given:
                evidence = "Ledger report of the period"
                entries[ReturnSection.SPEND][row.pk] = {"spent": Decimal(given["amount"]), "evidence": evidence}
        for section, (name, column) in FIGURES.items():
            for row, given in zip_longest(getattr(part, name), told[name]):
                if row and given:
                    entries[section][row.pk] = {column: Decimal(given["value"])}
        entries[ReturnSection.PROJECTS][part.report.pk] = {
            "standing": told["standing"],
            "narrative": told["narrative"],
        }
    entries |= figures_told(monitoring_return, step["figures"])
    texts = {name: step[name] for name in ("narrative", "learning", "risks", "underspend_reason")}
    actions.save_return(monitoring_return=monitoring_return, entries=entries, texts=texts, by=by, at=at)
    if step["why"]:
        explain(monitoring_return, step["why"], by=by, at=at)


def figures_told(monitoring_return, told):
    """The answers to the return's template, read as a workbook's are: `ask` is an indicator, `of` a part of it."""
    sheets = queries.sheets_of(monitoring_return, previous={})
    asked = {
        (line.indicator.key, line.part): line
        for sheet in sheets
        if sheet.section == ReturnSection.INDICATORS
        for line in sheet.lines
    }
    values = {}
    for given in told:
        line = asked.get((given["ask"], given["of"]))
        if line is None:
            raise Refused(f"The return does not ask for “{given['ask']}” {given['of']}", monitoring_return)
        value, wrong = read_value(line.cells[0], given["answer"])
        refuse_if(wrong and f"{given['ask']} {given['of']}: {wrong}", monitoring_return)
        values[line.key, line.cells[0].name] = value
    return queries.to_save(sheets, values)[0]


def explain(monitoring_return, why, *, by, at):
    """The same reason for every figure that stands out."""
    faults = rules.faults_of(monitoring_return, queries.sheets_of(monitoring_return), {})
    reasons = {fault.code: why for fault in rules.warnings_of(faults)}
    actions.confirm_warnings(monitoring_return=monitoring_return, reasons=reasons, by=by, at=at)


def send_for_certification(play, step, *, by, at):
    actions.send_for_certification(monitoring_return=return_of(play, step), by=by, at=at)


def certify_return(play, step, *, by, at):
    actions.certify_return(monitoring_return=return_of(play, step), by=by, at=at)


def submit_return(play, step, *, by, at):
    actions.submit_return(monitoring_return=return_of(play, step), by=by, at=at)


def query_return(play, step, *, by, at):
    questions = [(row["section"], row["question"]) for row in step["questions"]]
    actions.query_return(monitoring_return=return_of(play, step), questions=questions, by=by, at=at)


def answer_queries(play, step, *, by, at):
    monitoring_return = return_of(play, step)
    answers = {query.pk: step["answer"] for query in monitoring_return.queries.filter(answered_at__isnull=True)}
    actions.answer_queries(monitoring_return=monitoring_return, answers=answers, by=by, at=at)


def review_return(play, step, *, by, at):
    actions.review_return(
        monitoring_return=return_of(play, step), verdict=step["verdict"], reply=step["reply"], by=by, at=at
    )


FIGURES = {ReturnSection.OUTCOMES: ("outcomes", "value"), ReturnSection.OUTPUTS: ("outputs", "delivered")}
VERBS = {
    verb.__name__: verb
    for verb in [
        open_returns,
        save_return,
        send_for_certification,
        certify_return,
        submit_return,
        query_return,
        answer_queries,
        review_return,
    ]
}
