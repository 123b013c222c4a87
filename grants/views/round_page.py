"""What the page of a round shows: to applicants their offer, to the office its money and buttons."""

from decimal import Decimal

from django.urls import reverse

from accounts import access
from accounts.enums import OrganisationKind
from accounts.models import Organisation
from accounts.roles import Permission
from plans.enums import MoneySetBy
from records.words import listed, pounds

from ..enums import RoundStatus, Window
from ..queries import bidding, boards, exceptions, flow, questions
from ..queries import business_cases as case_queries
from ..queries import rounds as queries
from ..rules import answers, case_parts
from ..rules import business_cases as case_rules
from ..rules import rounds as rules
from ..rules.formulas import plain


def applicant_context(request, round_, on):
    """What one applicant sees: each of their organisations with its money, cases and buttons."""
    mine = Organisation.objects.of_user(request.user)
    if bidding.by_bids(round_):
        offers = [offer(round_, row, None, request.user, on) for row in bidding.may_write_for(round_, mine)]
    else:
        allocations = queries.allocations_of(round_).filter(organisation__in=mine)
        offers = [offer(round_, row.organisation, row, request.user, on) for row in allocations]
    return {"round": round_, "in_office": False, "offers": offers, "today": on, **about(round_)}


def offer(round_, organisation, allocation, user, on, *, amount=None):
    """One organisation's money, payments, cases and the buttons to start; `amount`: what a bid might ask for."""
    cases = list(case_queries.cases_of(round_, [organisation]))
    starts = []
    writes = access.may(user, Permission.CASE_WRITE, organisation)
    for window in Window if writes else ():
        if window == Window.TACTICAL and not (allocation and allocation.tactical_amount):
            continue
        if window == Window.MAIN and any(c.window == "MAIN" and c.status != "WITHDRAWN" for c in cases):
            continue
        why = case_rules.why_not_start(round_, organisation=organisation, window=window, user=user, on=on)
        label = "Start the main business case" if window == Window.MAIN else "Start a tactical business case"
        url = reverse("grants:business_case_start", args=[round_.reference, window.value.lower()])
        starts.append({"label": label, "url": url, "why_not": why, "method": "get"})
    return {
        "organisation": organisation,
        "allocation": allocation,
        "payments": queries.payments(round_, allocation) if allocation and amount is None else [],
        "flow": flow.flow_of(round_, amount) if allocation is None or amount is not None else [],
        "cases": cases,
        "moves": starts,
        "late_until": queries.late_until(round_, organisation),
    }


def about(round_):
    """What is the same for all applicants: questions, returns, terms."""
    rule_set, asks = round_.rule_set, bidding.asks_of(round_.rule_set)
    asked_for = {"MATCH": asks.match, "PROFILE": asks.profile_months, "QUESTIONS": False, "SCHOOLS": asks.about_schools}
    not_asked = {"lot": not asks.lots, "goes_into_schools": not asks.about_schools}
    named = {"PROJECTS": "About the project", "SCHOOLS": "Schools, where the project goes into any"}
    sections = [
        {
            "heading": named.get(section, section.label),
            "questions": [row for row in asked if not not_asked.get(row.name)],
            "required": case_parts.is_required(section, rule_set.required_parts),
            "per_project": section != "OVERVIEW",
        }
        for section, asked in questions.BY_SECTION.items()
        if asked_for.get(section, True)
    ]
    sections += [asked_section(row, per_project=False) for row in asks.of_case]
    sections += [asked_section(row, per_project=True) for row in asks.of_project]
    return {
        "facts": facts_of(round_, asks),
        "sections": sections,
        "returns": list(round_.rule_set.reporting_rules.order_by("pk")),
        "conditions": list(round_.rule_set.terms.conditions.order_by("order", "pk")) if round_.rule_set.terms else [],
        "limits": list(round_.rule_set.limits.order_by("pk")),
    }


def facts_of(round_, asks):
    """What bids must keep to, in words: [(what, sentence)]."""
    rule_set = round_.rule_set
    found = [("Who may apply", words) for words in who_words(rule_set)]
    for lot in asks.lots:
        bounds = [("at least", lot["floor"]), ("at most", lot["cap"])]
        said = [f"{word} {pounds(Decimal(sum_))} for a project" for word, sum_ in bounds if sum_]
        budget = f"{pounds(Decimal(lot['budget']))} in all" if lot["budget"] else "its money is not known yet"
        found.append((f"Lot {lot['number']}: {lot['name']}", "; ".join([budget, *said])))
    for rule in rule_set.match_rules.order_by("pk") if asks.match else ():
        severity = rule.get_severity_display().lower()
        what = rule.get_match_in_display().lower()
        found.append(("Match funding", f"{plain(rule.percent)} % of the whole cost, in {what} ({severity})"))
    if rule_set.months_least or rule_set.months_most:
        least = f"at least {rule_set.months_least} months" if rule_set.months_least else ""
        most = f"at most {rule_set.months_most} months" if rule_set.months_most else ""
        found.append(("How long a project lasts", " and ".join(filter(None, [least, most])).capitalize()))
    if asks.profile_months:
        found.append(("Money by period", f"You say how much falls into each {asks.profile_months} months."))
    return found


def who_words(rule_set):
    """Who may apply, in words."""
    said = []
    if rule_set.open_to_kinds:
        said.append(listed([OrganisationKind(kind).label for kind in rule_set.open_to_kinds]))
    if rule_set.open_to_areas:
        said.append(f"Organisations that work in {listed(list(rule_set.open_to_areas))}")
    if rule_set.current_recipients_only:
        said.append("Organisations with an award of this stream now, or in the year before")
    return said


def bidding_context(round_, user):
    """What the office sees of bids and sources: whom they are from, the pots they share, what waits for an answer."""
    by_bids = bidding.by_bids(round_)
    return {
        "by_bids": by_bids,
        "who": who_words(round_.rule_set),
        "pots": bidding.pots_of(round_) if by_bids else [],
        "invitations": bidding.invitations_of(round_) if by_bids and round_.rule_set.invited_only else [],
        "shares": list(round_.shares.select_related("funding_source").order_by("pk")),
        "asked_exceptions": exceptions.waiting(round_),
        "given_exceptions": exceptions.given_in(round_),
        "answers_exceptions": access.may(user, Permission.EXCEPTION_APPROVE),
        "stages": boards.summary_of(round_, user),
    }


def asked_section(asked, *, per_project):
    """A set of questions as a section of what will be asked."""
    said = [
        {
            "label": row["label"],
            "hint": " ".join(filter(None, [row["help"], answers.condition_words(row, asked.questions)])),
            "options": row["options"],
        }
        for row in asked.questions
    ]
    return {"heading": asked.label, "questions": said, "required": True, "per_project": per_project}


def office_moves(round_, user, on):
    """The officer's buttons, each with its sentence where it is out of use."""
    if not access.may(user, Permission.ROUND_MANAGE) or round_.is_recorded:
        return []
    if round_.status == RoundStatus.DRAFT:
        return [
            link("Preview and open", round_, "preview"),
            link("Change the round", round_, "edit", style="secondary"),
            *money_moves(round_),
            link("Share awards between sources", round_, "sources", style="secondary"),
        ]
    late = rules.why_not_accept_late(round_, user=user, on=on)
    if round_.status == RoundStatus.OPEN:
        close = "No case can be sent in while it is closed, tactical cases neither."
        invites = [link("Invite an organisation", round_, "invite", style="secondary")]
        return [
            link("Move the deadline", round_, "deadline", style="secondary"),
            *(invites if bidding.by_bids(round_) and round_.rule_set.invited_only else []),
            link("Accept a late case", round_, "late", late, style="secondary"),
            {**link("Close the round", round_, "close", style="warning"), "method": "post", "hint": close},
        ]
    finish = rules.why_not_finish(round_, user=user, on=on)
    return [
        link("Open it again", round_, "reopen", rules.why_not_reopen(round_, user=user, on=on), style="secondary"),
        link("Accept a late case", round_, "late", late, style="secondary"),
        {**link("Mark as decided", round_, "finish", finish, style="secondary"), "method": "post"},
    ]


def money_moves(round_):
    """The buttons by which a round in draft gets its money: invitations, allocations or a formula."""
    if bidding.by_bids(round_):
        if not round_.rule_set.invited_only:
            return []
        near = reverse("grants:round_invite_recipients", args=[round_.reference])
        hint = "Those with an award of this stream now, or in the year before, whom the rules fit."
        everybody = {"label": "Invite all current recipients", "url": near, "method": "post", "style": "secondary"}
        return [link("Invite an organisation", round_, "invite", style="secondary"), {**everybody, "hint": hint}]
    moves = [
        link("Copy last year’s allocations", round_, "copy", style="secondary"),
        link("Add an allocation", round_, "allocation_add", style="secondary"),
    ]
    if round_.rule_set.money_set_by == MoneySetBy.FORMULA:
        moves.append(link("Figures of the formula", round_, "formula", style="secondary"))
    return moves


def link(label, round_, verb, why_not="", style=""):
    url = reverse(f"grants:round_{verb}", args=[round_.reference])
    return {"label": label, "url": url, "why_not": why_not, "method": "get", "style": style}
