"""What must hold within a contract of a plan file: options in order, days and lots that fit, changes that say when."""

from services.enums import ContractStatus, OptionStatus, VariationKind


def check_contracts(plan_file, say):
    """Every fault of each contract, with the line of the field it stands under."""
    for row in plan_file.section("contracts").values():
        tell = teller(row, say.inside(row.section).inside(row.key))
        if row["rule_set"] and not row["provider"]:
            tell("rule_set", "names a rule set but no provider who could send its returns. Name the provider.")
        if row["estimated_value"] is not None and not row["estimated_value_source"]:
            tell("estimated_value", '"estimated_value" is given without estimated_value_source. Name a citation.')
        for check in CHECKS:
            check(row, tell)


def teller(row, place):
    """Tells a fault under one field of a row."""
    return lambda name, sentence: place(row.line_of(name), sentence)


def check_options(row, tell):
    open_option = 0
    for number, option in enumerate(row["options"], start=1):
        window = [option["window_starts_on"], option["window_ends_on"]]
        if any(window) and not all(window):
            tell("options", f"option {number} has only one end of its decision window. Give both days.")
        elif all(window) and window[1] < window[0]:
            tell("options", f"option {number} has a decision window that ends before it starts.")
        elif option["printed_window"] and not all(window):
            words = f'option {number} prints "{option["printed_window"]}" without window_starts_on and window_ends_on'
            tell("options", f"{words}. Add them so that reminders know the days.")
        if option["agreed_months"] and option["agreed_months"] > option["months"]:
            tell("options", f"option {number} was taken up for more months than it has. Correct agreed_months.")
        if option["status"] == OptionStatus.TAKEN_UP and open_option:
            words = f"option {number} is taken up although option {open_option} before it is not"
            tell("options", f"{words}. Correct one of them.")
        if option["status"] != OptionStatus.TAKEN_UP:
            open_option = open_option or number


def check_end(row, tell):
    ended = row["status"] == ContractStatus.ENDED
    if row["ended_on"] and not ended:
        tell("ended_on", f"has a day on which it ended but is not {ContractStatus.ENDED.value}. Add the status.")
    if row["ended_on"] and row["starts_on"] and row["ended_on"] < row["starts_on"]:
        tell("ended_on", f"ended before it started ({row['starts_on']}, {row['ended_on']}). Correct one of the days.")


def check_services(row, tell):
    lots = len(row["lots"])
    for number, service in enumerate(row["additional_services"], start=1):
        if service["lot"] and service["lot"] > lots:
            words = (
                f"service {number} stands in lot {service['lot']}, but there are {lots} lots"
                if lots
                else (f"service {number} stands in a lot, but the contract has none")
            )
            tell("additional_services", f"{words}. Add the lot, or correct the number.")


def check_parties(row, tell):
    standing = [
        (party["organisation"], party["role"])
        for party in row["parties"]
        if party["organisation"] and not party["ends_on"]
    ]
    for organisation, role in sorted({pair for pair in standing if standing.count(pair) > 1}):
        tell("parties", f"parties holds {organisation} as {role} more than once. Keep one, or say when it ended.")
    for party in row["parties"]:
        if party["organisation"] and party["organisation"] == row["provider"]:
            tell("parties", "names the provider again as a party. Take it out there.")
        check_pair(party, "parties", tell)


def check_values(row, tell):
    end = None
    for value in row["values"]:
        first, last = value["starts_on"], value["ends_on"]
        check_pair(value, "values", tell)
        if end and first and first <= end:
            tell("values", f"the period from {first} begins before the one before it has ended. Correct the days.")
        if first and row["starts_on"] and last and last < row["starts_on"]:
            tell("values", f"the period from {first} lies before the contract started. Correct the days.")
        end = max(end, last) if end and last else last or end


def check_payments(row, tell):
    invoices = [payment["invoice"] for payment in row["payments"] if payment["invoice"]]
    for invoice in sorted({invoice for invoice in invoices if invoices.count(invoice) > 1}):
        tell("payments", f'payments holds invoice "{invoice}" more than once. Keep one of them.')
    for payment in row["payments"]:
        check_pair(payment, "payments", tell, "covers_from", "covers_to")
        if payment["amount"] == "0.00":
            tell("payments", "a payment of nothing is no payment. Take it out, or give the amount.")


def check_variations(row, tell):
    taken = sum(option["status"] == OptionStatus.TAKEN_UP for option in row["options"])
    for number, change in enumerate(row["variations"], start=1):
        if change["kind"] in (VariationKind.END, VariationKind.OUTSIDE_TERMS):
            if not change["ends_on"] or change["after_options"] is None:
                words = f"variation {number} moves the end but lacks ends_on or after_options"
                tell("variations", f"{words} (how many options were taken up before it). Add them.")
            elif change["after_options"] > taken:
                words = f"variation {number} counts {change['after_options']} options taken up before it"
                tell("variations", f"{words}, but {taken} are. Correct one of them.")
        elif change["kind"] == VariationKind.PROVIDER and not change["new_provider"]:
            tell("variations", f"variation {number} changes the provider but does not name new_provider. Add it.")


def check_pair(item, name, tell, first="starts_on", last="ends_on"):
    """Two days in order (ISO days compare as text)."""
    if item[first] and item[last] and item[last] < item[first]:
        tell(name, f"{name} holds days out of order ({item[first]}, {item[last]}). Correct one of the two.")


CHECKS = [
    check_options,
    check_end,
    check_services,
    check_parties,
    check_values,
    check_payments,
    check_variations,
]
