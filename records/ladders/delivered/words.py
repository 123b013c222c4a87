"""Whom the delivered ladders tell, and in which words."""

CONTRIBUTOR, LEAD, CERTIFIER, SIGNATORY = "CONTRIBUTOR", "LEAD", "CERTIFIER", "SIGNATORY"
OFFICER, FINANCE, HEAD, COMMISSIONER = "OFFICER", "FINANCE", "HEAD", "COMMISSIONER"
CHIEF_FINANCE = "CHIEF_FINANCE"
DRAFTERS = [CONTRIBUTOR, LEAD]
PAYEE = [SIGNATORY, LEAD, CERTIFIER]

DUE = ("{title}: due {due}", "{title} is due on {due}, {days}.")
TODAY = ("Due now: {title}", "{title} is due on {due}. That is the last day.")
LATE = (
    "Overdue: {title}",
    "{title} was due on {due}, {days}. It has not reached us. Please send it now, or tell us why you cannot.",
)
OFFICE_DUE = ("{title}: due {due}", "{title}. The office has until {due}, {days}.")
OFFICE_LATE = ("Overdue: {title}", "{title}. The office had until {due}, {days}. It is still to be done.")
TO_HEAD = (
    "Long overdue from {organisation}: {title}",
    "{organisation} has still not done this: {title}. It was due on {due}, {days}. The officers have been told.",
)
CERTIFY = (
    "{title}: due {due}",
    (
        "{title} is due on {due}, {days}. "
        "The lead sends it in, and where a certifier must sign the figures, that comes first."
    ),
)
CLOSING = (
    "{title}: the round closes on {due}",
    "{title} must be submitted by {due}, {days}. After that day it is refused.",
)
NO_CASE = ("No business case from {organisation}", "{organisation} did not submit: {title}. The last day was {due}.")
TERMS = (
    "{title}: by {due}",
    "{title}. An authorised signatory must do so by {due}, {days}. No money can be paid before.",
)
TERMS_LATE = (
    "Overdue: {title}",
    "{title}. The last day for it was {due}, {days}. No money can be paid before it is done.",
)
EXTENSION = (
    "{title}: by {due}",
    "{title}. It must be decided by {due}, {days}. After that day the right to extend may be lost.",
)
EXTENSION_LATE = (
    "Overdue: {title}",
    "{title}. It had to be decided by {due}, {days}. Find out at once whether the contract can still be extended.",
)
REPAY = ("{title}: due {due}", "{title}. The money is due back at the office by {due}, {days}.")
REPAY_LATE = ("Overdue: {title}", "{title}. The money was due back at the office by {due}, {days}.")
ENDING = (
    "{title}: valid until {due}",
    "{title}: what we hold is valid until {due}, {days}. Send us what takes its place: a payment may wait for it.",
)
ENDED = (
    "No longer valid: {title}",
    "{title}: what we hold was valid until {due}, {days}. Send us what takes its place: a payment may wait for it.",
)
ACTION = ("{title}: by {due}", "Agreed after an audit visit: {title}. It is to be done by {due}, {days}.")
ACTION_LATE = (
    "Overdue: {title}",
    "Agreed after an audit visit: {title}. It was to be done by {due}, {days}. Say when it is done, or why not.",
)
COMPLAINT = ("{title}: answer by {due}", "{title}. The answer is due by {due}, {days}.")
COMPLAINT_LATE = (
    "Overdue: {title}",
    "{title}. The answer was due by {due}, {days}. Whoever complained is still waiting.",
)
STEP = ("{title}: by {due}", "{title}. It is planned for {due}, {days}, so that the decision can be made in time.")
STEP_LATE = ("Overdue: {title}", "{title}. It was planned for {due}, {days}. The decision that needs it does not wait.")
ANSWER = ("{title}: by {due}", "{title}. Please answer by {due}, {days}.")
ANSWER_LATE = ("Overdue: {title}", "{title}. The answer was due on {due}, {days}. Please answer now.")
MEETING = ("{title}: {due}", "{title} is on {due}, {days}.")
MEETING_LATE = (
    "Notes outstanding: {title}",
    "{title} was planned for {due}, {days}. Write its notes, or say why it was not held.",
)
AGREED = ("{title}: by {due}", "Agreed at a contract meeting: {title}. It is to be done by {due}, {days}.")
AGREED_LATE = (
    "Overdue: {title}",
    "Agreed at a contract meeting: {title}. It was to be done by {due}, {days}. Say when it is done, or why not.",
)
CHECKS = ("{title}: by {due}", "{title}. It is to go live on {due}, {days}, and not before every check is met.")
CHECKS_LATE = (
    "Checks still missing: {title}",
    "{title}. It was to go live on {due}, {days}. It stays closed until every check is met.",
)
CASE = (
    "{title}: due {due}",
    "{title} is due on {due}, {days}. It says what the funding has achieved and what comes next.",
)
DECIDE = (
    "{title}: by {due}",
    "{title}. It must be decided by {due}, {days}, so that nobody is left waiting at the end.",
)
DECIDE_LATE = (
    "Overdue: {title}",
    "{title}. It had to be decided by {due}, {days}. The award may end before it is decided.",
)
BID = ("{title}: by {due}", "{title}. The bid needs it by {due}, {days}.")
BID_LATE = ("Overdue: {title}", "{title}. The bid needed it by {due}, {days}. The funder's last day does not wait.")
FUND = ("{title}: closes {due}", "{title}. The funder takes no bid after {due}, {days}.")
FUND_LATE = (
    "Closed: {title}",
    "{title}. The funder closed it on {due}, {days}. Say in the portal whether a bid was sent.",
)
DAY_AHEAD = ("{title}: {due}", "{title} is planned for {due}, {days}. If it must move, say so in the portal.")
DAY_OVER = ("{title}: {due}", "{title} was planned for {due}, {days}. Say in the portal whether it took place.")
AGREED_STEP = ("{title}: by {due}", "Agreed for what follows the funding: {title}. By {due}, {days}.")
AGREED_STEP_LATE = (
    "Overdue: {title}",
    "Agreed for what follows the funding: {title}. It was to be done by {due}, {days}. Say when it is done.",
)
NEEDED = (
    "{title}: by {due}",
    "{title}. Please send it by {due}, {days}. A payment may wait for it.",
)
NEEDED_LATE = (
    "Overdue: {title}",
    "{title} was due on {due}, {days}. Please send it now. A payment may wait for it.",
)
LETTING = (
    "{title}: until {due}",
    "{title} is let rest until {due}, {days}. After that day payments wait for it again.",
)
LET_OVER = ("{title} has ended", "{title} was let rest until {due}, {days}. Payments wait for it again.")
CONSENT = (
    "{title}: by {due}",
    "{title}. Please say by {due}, {days}, whether you agree. The terms you accepted hold until then.",
)
CONSENT_LATE = (
    "Overdue: {title}",
    "{title}. The answer was due on {due}, {days}. The terms you accepted still hold. Please say whether you agree.",
)
LEARN = ("{title}: by {due}", "Agreed after a complaint: {title}. It is to be done by {due}, {days}.")
LEARN_LATE = (
    "Overdue: {title}",
    "Agreed after a complaint: {title}. It was to be done by {due}, {days}. Say when it is done, or why not.",
)
VISIT = ("{title}: {due}", "{title} is planned for {due}, {days}.")
VISIT_LATE = ("{title}: {due}", "{title} was planned for {due}, {days}. Write down what it found, or move it.")
FEEDBACK = ("{title}", "{title}. Tell us by {due}, {days}, what was of use and what was not.")
FEEDBACK_LATE = ("{title}", "{title}. We asked by {due}, {days}. Tell us what was of use and what was not.")
