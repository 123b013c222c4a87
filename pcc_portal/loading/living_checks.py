"""What must hold in rounds by bids, opportunities, sections of the plan, schedules and reviews of a plan file."""

from decimal import Decimal

from grants.enums import SustainabilityStatus
from plans.enums import OpportunityStatus, RequirementReviewStatus, SectionKind, SourceChange
from plans.rules.concern_levels import why_not_these_clocks

CLOSED = SustainabilityStatus.CLOSED.value
CONCLUDED = RequirementReviewStatus.CONCLUDED.value
GIVEN_MORE = (SourceChange.INCREASED.value, SourceChange.CARRIED_IN.value)
NEED_A_STREAM = (SectionKind.STREAM.value, SectionKind.SERVICES.value)
# (section, when this field holds that, this other field must be given, what to say)
NEEDED_WHEN = [
    ("opportunities", "status", ("WON",), "funding_source", "is won, so it needs the funding_source it became"),
    ("opportunities", "status", ("WON",), "won_amount", "is won, so it needs its won_amount"),
    ("plan_sections", "kind", NEED_A_STREAM, "stream", "shows a stream, so it needs its stream"),
    ("sustainability_plans", "status", (CLOSED,), "outcome", "is closed, so it needs its outcome"),
    ("sustainability_plans", "status", (CLOSED,), "closed_on", "is closed, so it needs closed_on"),
    ("requirement_reviews", "status", (CONCLUDED,), "concluded_on", "is concluded, so it needs concluded_on"),
    ("requirement_reviews", "status", (CONCLUDED,), "conclusion", "is concluded, so it needs its conclusion"),
]


def check_living(plan_file, say):
    for check in (check_needed, check_shares, check_blocks, check_won, check_movements, check_clocks, check_terms):
        check(plan_file, say)


def tell(say, row, name, sentence):
    say.inside(row.section).inside(row.key)(row.line_of(name), sentence)


def check_clocks(plan_file, say):
    """No complaint is answered before it is acknowledged, by the rule of the page that changes stages."""
    for row in plan_file.section("complaint_stages").values():
        if why := why_not_these_clocks(row["acknowledge_days"], row["answer_days"]):
            tell(say, row, "answer_days", why)


def check_terms(plan_file, say):
    """A term ends after it begins, and no day is part of two."""
    rows = [row for row in plan_file.section("school_terms").values() if row["starts_on"] and row["ends_on"]]
    before = None
    for row in sorted(rows, key=lambda row: row["starts_on"]):
        if row["ends_on"] <= row["starts_on"]:
            tell(say, row, "ends_on", "the last day of a term must be after the first.")
        if before and row["starts_on"] <= before["ends_on"]:
            tell(say, row, "starts_on", f"these days are part of {before['name']} too. Terms do not overlap.")
        before = row


def check_needed(plan_file, say):
    for section, name, words, wanted, sentence in NEEDED_WHEN:
        for row in plan_file.section(section).values():
            if row[name] in words and row[wanted] in (None, ""):
                tell(say, row, name, f"{sentence}. Add it.")


def check_shares(plan_file, say):
    """The sources that share the awards of a round pay all of them."""
    for row in plan_file.section("rounds").values():
        shares = [Decimal(item["share"]) for item in row["funding_shares"] if item["share"]]
        total = sum(shares, Decimal(0))
        if shares and total != 100:
            words = f"the shares of funding_shares add up to {total.normalize():f}, not 100"
            tell(say, row, "funding_shares", f"{words}. Correct them.")


def check_blocks(plan_file, say):
    """Blocks of a schedule do not promise more than the whole."""
    for row in plan_file.section("delivery_schedules").values():
        promised = sum(item["promised"] or 0 for item in row["blocks"])
        if row["promised"] and promised > row["promised"]:
            words = f"its blocks promise {promised}, more than the {row['promised']} of the whole"
            tell(say, row, "blocks", f"{words}. Lower one of them.")


def check_won(plan_file, say):
    """What was won is no more than was bid for."""
    for row in plan_file.section("opportunities").values():
        won, bid = row["won_amount"], row["bid_amount"]
        if won and row["status"] != OpportunityStatus.WON.value:
            tell(say, row, "won_amount", "has a won_amount and is not won. Correct status or take the sum out.")
        if won and bid and Decimal(won) > Decimal(bid):
            tell(say, row, "won_amount", f"{won} won is more than the {bid} bid for. Correct one of the two.")


def check_movements(plan_file, say):
    """No more is taken from a source than it holds, one change after another."""
    for row in plan_file.section("funding_sources").values():
        held = None if row["amount"] is None else Decimal(row["amount"])
        for item in sorted(row["movements"], key=lambda item: item["on"] or ""):
            if held is None or item["amount"] is None:
                break
            held += Decimal(item["amount"]) * (1 if item["kind"] in GIVEN_MORE else -1)
            if held < 0:
                words = f"takes {item['amount']} on {item['on']}, more than the source then holds"
                tell(say, row, "movements", f"{words}. Correct the amount or the changes.")
                break
