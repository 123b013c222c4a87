"""Letters about extensions: the question to the provider, what was decided, and the notice of a key decision."""

from accounts import access
from accounts.enums import RoleName
from plans.queries import letterhead
from records.calendar import london_day
from records.enums import PaperKind
from records.papers import make_paper

from .. import queries
from ..queries.variations import office_of


def post_of(person, contract, *, on):
    """The post a person acts in: the commissioner's title as the contract's office has it, or the post's name."""
    posts = access.posts_of(person)
    if RoleName.COMMISSIONER in posts or not posts:
        return office_of(contract, on=on).commissioner_title
    return RoleName(min(posts, key=list(RoleName).index)).label


def _head(case, reference, at):
    contract, on = case.contract, london_day(at)
    is_example = contract.is_example
    head = letterhead(office_of(contract, on=on), reference=reference, on=on, is_example=is_example)
    head["addressee"] = [contract.provider.name] if contract.provider else []
    return {**head, "case": case, "contract": contract, "term": queries.term(contract)}


def _letter(case, *, title, template, context, by, at):
    return make_paper(
        kind=PaperKind.EXTENSION_LETTER,
        subject=case.contract,
        title=title,
        template=template,
        context={**_head(case, case.reference, at), **context},
        by=by,
        at=at,
        is_example=case.contract.is_example,
    )


def question(case, *, words, answer_by, line, by, at):
    """Ask the provider whether it is willing to go on; `line` is the option's dates, or None beyond the options."""
    return _letter(
        case,
        title=f"Are you willing to go on? {case.contract.name}",
        template="letters/extension_question.html",
        context={
            "words": words,
            "answer_by": answer_by,
            "line": line,
            "signatory": {"name": by.full_name, "post": post_of(by, case.contract, on=london_day(at))},
        },
        by=by,
        at=at,
    )


def offer(ruling, *, starts_on, ends_on, returns, by, at):
    """Offer an extension: which days, what it is worth, by when the provider answers."""
    case = ruling.case
    return _letter(
        case,
        title=f"Offer of an extension: {case.contract.name}",
        template="letters/extension_offer.html",
        context={"ruling": ruling, "decision": ruling.decision, "starts_on": starts_on, "ends_on": ends_on,
                 "returns": returns, "signatory": _signatory(ruling.decision)},
        by=by,
        at=at,
    )  # fmt: skip


def no_extension(ruling, *, ends_on, by, at):
    """Say that the contract is not extended, and when it ends."""
    return _letter(
        ruling.case,
        title=f"No extension: {ruling.case.contract.name}",
        template="letters/extension_none.html",
        context={"ruling": ruling, "decision": ruling.decision, "ends_on": ends_on, "ended": ends_on < london_day(at),
                 "signatory": _signatory(ruling.decision)},
        by=by,
        at=at,
    )  # fmt: skip


def outside_terms(ruling, *, was, returns, by, at):
    """Confirm an extension outside the original terms, with its legal basis and who approved it."""
    case = ruling.case
    return _letter(
        case,
        title=f"Extension outside the original terms: {case.contract.name}",
        template="letters/extension_outside.html",
        context={"ruling": ruling, "decision": ruling.decision, "was": was, "returns": returns,
                 "signatory": _signatory(ruling.decision)},
        by=by,
        at=at,
    )  # fmt: skip


def _signatory(decision):
    return {"name": decision.made_by.full_name, "post": decision.post}


def decision_notice(ruling, *, by, at):
    """The numbered notice of a key decision, made from the text captured when it was decided."""
    decision, case = ruling.decision, ruling.case
    head = _head(case, decision.reference, at)
    return make_paper(
        kind=PaperKind.DECISION_NOTICE,
        subject=decision,
        title=f"Decision notice {decision.notice_number}: {decision.title}",
        template="letters/extension_decision_notice.html",
        context={**head, "addressee": [], "decision": decision, "ruling": ruling},
        by=by,
        at=at,
        is_example=case.contract.is_example,
    )
