"""What must hold between the values of a row and between rows: order of days, shares, sums, circles."""

from collections import defaultdict
from decimal import Decimal

from plans.enums import LimitOn, Purpose, Severity
from plans.models import RuleSet
from plans.rules import why_not_this_pattern

from .contract_checks import check_contracts
from .living_checks import check_living
from .rule_checks import check_rules
from .sections import SECTIONS
from .template_checks import check_templates

IN_ORDER = [
    ("starts_on", "ends_on", "ends before it starts"),
    ("opens_on", "deadline_on", "has a deadline before it opens"),
    ("tactical_opens_on", "tactical_closes_on", "has a tactical window that closes before it opens"),
]
CIRCLES = [
    ("organisations", "accountable_body"),
    ("streams", "parent"),
    ("rule_sets", "follows"),
    ("terms", "follows"),
    ("rounds", "follows"),
]
ONE_OF_A_KIND = [
    ("organisations", ("name",)),
    ("streams", ("number",)),
    ("terms", ("title", "version")),
    ("allocations", ("round", "organisation")),
    ("successions", ("predecessor", "successor")),
    ("people", ("email",)),
    ("complaint_stages", ("number",)),
    ("school_terms", ("name",)),
]
ONCE_IN_A_ROW = [
    ("rule_sets", "reporting", "kind"),
    ("rule_sets", "questions", "question_set"),
    ("rule_sets", "match", "match_in"),
    ("rule_sets", "standards", "kind"),
    ("rounds", "invitations", "organisation"),
    ("rounds", "funding_shares", "funding_source"),
    ("allocations", "factors", "weight"),
    ("terms", "conditions", "number"),
    ("awards", "funding_sources", "funding_source"),
    ("contracts", "funding_sources", "funding_source"),
    ("contracts", "values", "starts_on"),
]


def check_rows(plan_file, say):
    for check in (
        check_order,
        check_circles,
        check_one_of_a_kind,
        check_once_in_a_row,
        check_numbers,
        check_citations,
        check_rule_sets,
        check_reporting,
        check_templates,
        check_rounds,
        check_allocations,
        check_totals,
        check_purposes,
        check_awards,
        check_contracts,
        check_successions,
        check_living,
        check_rules,
    ):
        check(plan_file, say)


def tell(say, row, name, sentence):
    say.inside(row.section).inside(row.key)(row.line_of(name), sentence)


def pounds(amount):
    whole = amount == amount.to_integral_value()
    return f"£{amount:,.0f}" if whole else f"£{amount:,.2f}"


def check_order(plan_file, say):
    """Days that come in pairs stand in order (ISO days compare as text)."""
    for rows in plan_file.rows.values():
        for row in rows.values():
            for first, last, words in IN_ORDER:
                start, end = row.content.get(first), row.content.get(last)
                if start and end and (end < start or (end == start and first == "starts_on" and row.section == "plan")):
                    tell(say, row, last, f"{words} ({start}, {end}). Correct one of the two days.")


def check_circles(plan_file, say):
    """No row is, over any number of steps, a part of itself."""
    for section, name in CIRCLES:
        rows = plan_file.section(section)
        for row in rows.values():
            seen, key = [], row.key
            while key in rows and key not in seen:
                seen.append(key)
                key = rows[key][name]
            if key == row.key:
                way = " > ".join([*seen, key])
                tell(say, row, name, f"goes round in a circle ({way}). Break it at one of them.")


def check_one_of_a_kind(plan_file, say):
    for section, names in ONE_OF_A_KIND:
        first = {}
        for row in plan_file.section(section).values():
            value = tuple(str(row[name] or "").casefold() for name in names)
            if not all(value):
                continue
            if value in first:
                words = " and ".join(f'{name} "{row[name]}"' for name in names)
                tell(say, row, names[-1], f"has the same {words} as {first[value]}. Keep one of the two.")
            first.setdefault(value, row.key)


def check_once_in_a_row(plan_file, say):
    for section, items, name in ONCE_IN_A_ROW:
        for row in plan_file.section(section).values():
            values = [item[name] for item in row[items] if item[name]]
            for value in sorted({value for value in values if values.count(value) > 1}):
                tell(say, row, items, f'{items} holds "{value}" more than once. Keep one of them.')


def check_numbers(plan_file, say):
    """A registration number belongs to one organisation."""
    owners = {}
    for row in plan_file.section("organisations").values():
        for item in row["numbers"]:
            number = (item["scheme"], item["number"])
            if not all(number):
                continue
            if number in owners:
                tell(say, row, "numbers", f"{' '.join(number)} is already the number of {owners[number]}. Check both.")
            owners.setdefault(number, row.key)


def check_citations(plan_file, say):
    """Each figure names its source."""
    for name, rows in plan_file.rows.items():
        for row in rows.values():
            given = [figure for figure in SECTIONS[name].figures if row[figure] is not None]
            if given and row.node.get("source") is None and not SECTIONS[name].fields["source"].required:
                tell(say, row, given[0], f'"{given[0]}" is given without its source. Name a citation under source.')
            if row.content.get("annual_value") is not None and row.node.get("annual_value_source") is None:
                tell(say, row, "annual_value", '"annual_value" is given without annual_value_source. Name a citation.')


def shares(items):
    return sum((Decimal(item["share"]) for item in items if item["share"]), Decimal(0))


def check_rule_sets(plan_file, say):
    for row in plan_file.section("rule_sets").values():
        for name in ("instalments", "tactical_instalments"):
            total = shares(row[name])
            if row.node.get(name) is not None and total != 100:
                tell(say, row, name, f"the shares of {name} add up to {total.normalize():f}, not 100. Correct them.")
        if row["tactical_share"] != "0/1" and not row["tactical_instalments"]:
            tell(say, row, "tactical_share", "has a tactical share but no tactical_instalments. Say how it is paid.")


def check_reporting(plan_file, say):
    """The parts of each reporting rule go together; told by the sentences the screen uses."""
    for row in plan_file.section("rule_sets").values():
        node = row.node.get("reporting")
        lines = [item.line for item in node.value] if node and node.kind == "list" else []
        for number, (item, line) in enumerate(zip(row["reporting"], lines, strict=False), start=1):
            parts = {name: item[name] for name in ("timing", "anchor", "period_months", "days", "event")}
            if sentence := why_not_this_pattern(**parts):
                place = say.inside("rule_sets").inside(row.key).inside("reporting").inside(f"item {number}")
                place(line, sentence)


def check_rounds(plan_file, say):
    """A round that will really open needs its days, its terms and its instalments; a recorded one does not."""
    rule_sets = plan_file.section("rule_sets")
    for row in plan_file.section("rounds").values():
        given = [row["tactical_opens_on"], row["tactical_closes_on"]]
        if any(given) and not all(given):
            tell(say, row, "tactical_opens_on", "has only one end of its tactical window. Give both days or neither.")
        if row["recorded"]:
            continue
        for name in ("opens_on", "deadline_on"):
            if row.node.get(name) is None:
                tell(say, row, "", f'"{name}" is missing. Add it, or say recorded: yes for a past round.')
        rules = rule_sets.get(row["rule_set"])
        if rules and not rules["terms"]:
            tell(say, row, "rule_set", f"uses the rule set {rules.key}, which names no terms. Add terms to it.")
        if rules and not rules["instalments"]:
            tell(say, row, "rule_set", f"uses the rule set {rules.key}, which has no instalments. Add them to it.")


def money(row, name):
    return Decimal(row[name]) if row[name] is not None else None


def tactical_share(plan_file, round_row):
    """The tactical share of the rule set of a round, in this file or in the portal; None where unknown."""
    rules = plan_file.section("rule_sets").get(round_row["rule_set"]) if round_row else None
    if rules is not None:
        numerator, denominator = map(int, rules["tactical_share"].split("/"))
        return numerator, denominator
    found = RuleSet.objects.filter(key=round_row["rule_set"]).first() if round_row else None
    return (found.tactical_numerator, found.tactical_denominator) if found else None


def check_allocations(plan_file, say):
    """Parts within the whole, the tactical pot within its share (C5). Parts may fall short of the whole."""
    for row in plan_file.section("allocations").values():
        whole, main, tactical = (money(row, name) for name in ("amount", "main", "tactical"))
        if whole is None:
            continue
        parts = (main or 0) + (tactical or 0)
        if parts > whole:
            words = f"main and tactical make {pounds(parts)}, more than the whole {pounds(whole)}"
            tell(say, row, "main" if main else "tactical", f"{words}. Lower one of them.")
        share = tactical_share(plan_file, plan_file.section("rounds").get(row["round"]))
        if tactical and share and tactical * share[1] > whole * share[0]:
            words = f"the tactical pot {pounds(tactical)} is above {share[0]}/{share[1]} of {pounds(whole)}"
            tell(say, row, "tactical", f"{words}. Lower it to that share.")


def check_totals(plan_file, say):
    """What is set aside stays within the budget of the stream and within the source of funds."""
    by_round = defaultdict(Decimal)
    for row in plan_file.section("allocations").values():
        by_round[row["round"]] += money(row, "amount") or 0
    for key, total in by_round.items():
        found = plan_file.section("rounds").get(key)
        if found is None:
            continue
        for name, section, figure, words in (
            ("stream", "streams", "budget", "the budget"),
            ("funding_source", "funding_sources", "amount", "the amount"),
        ):
            holder = plan_file.section(section).get(found[name])
            most = money(holder, figure) if holder else None
            if most is not None and total > most:
                sums = f"{pounds(total)}, more than {words} {pounds(most)} of {holder.key}"
                tell(say, found, name, f"its allocations add up to {sums}. Lower them or correct {figure}.")


def check_purposes(plan_file, say):
    """Money for one purpose pays for that purpose only (X2)."""
    funds = plan_file.section("funding_sources")

    def tell_unfit(row, name, source_key, stream):
        source = funds.get(source_key)
        if source and stream and source["purpose"] not in (Purpose.ANY.value, stream["purpose"]):
            words = f"{source.key} may pay for {source['purpose']} only, but {stream.key} is for {stream['purpose']}"
            tell(say, row, name, f"{words}. Name another source of funds, or correct a purpose.")

    streams = plan_file.section("streams")
    for stream in streams.values():
        for key in stream["funding_sources"]:
            tell_unfit(stream, "funding_sources", key, stream)
    for section in ("rounds", "commitments"):
        for row in plan_file.section(section).values():
            tell_unfit(row, "funding_source", row["funding_source"], streams.get(row["stream"]))
    for section in ("awards", "contracts"):
        for row in plan_file.section(section).values():
            for item in row["funding_sources"]:
                tell_unfit(row, "funding_sources", item["funding_source"], streams.get(row["stream"]))


def check_awards(plan_file, say):
    rule_sets = plan_file.section("rule_sets")
    for row in plan_file.section("awards").values():
        amount, returned = money(row, "amount"), money(row, "returned")
        if row["recipient"] and row["recipient"] in row["joint_recipients"]:
            tell(say, row, "joint_recipients", "names the recipient again as a joint recipient. Keep it once.")
        if amount is None:
            continue
        if returned and returned > amount:
            words = f"{pounds(returned)} returned is more than the award of {pounds(amount)}"
            tell(say, row, "returned", f"{words}. Correct one of the two.")
        parts = sum((Decimal(item["amount"]) for item in row["funding_sources"] if item["amount"]), Decimal(0))
        if parts > amount:
            words = f"its sources of funds pay {pounds(parts)}, more than the award of {pounds(amount)}"
            tell(say, row, "funding_sources", f"{words}. Correct one of the two.")
        rules = rule_sets.get(row["rule_set"])
        for limit in rules["limits"] if rules else []:
            if limit["severity"] == Severity.BLOCK and limit["on"] in LimitOn.values and limit["amount"]:
                tell_over_limit(say, row, amount, Decimal(limit["amount"]), rules.key)


def tell_over_limit(say, row, amount, most, rules):
    if amount > most:
        words = f"{pounds(amount)} is above the limit of {pounds(most)}, which blocks (rule set {rules})"
        tell(say, row, "amount", f"{words}. Correct the amount, or let the limit warn instead.")


def check_successions(plan_file, say):
    for row in plan_file.section("successions").values():
        if row["predecessor"] and row["predecessor"] == row["successor"]:
            tell(say, row, "successor", "says that an organisation follows itself. Name the other one.")
