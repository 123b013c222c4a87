"""The ladders delivered with the portal: for each kind of obligation its steps, as
(working days, audiences, (heading, wording)). An office changes its own copy, the rows; this is what
"back to the wording delivered with the portal" goes back to. Migrations wrote the first rows.
"""

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

LADDERS = {
    "BUSINESS_CASE": [
        (-20, DRAFTERS, CLOSING),
        (-10, DRAFTERS, CLOSING),
        (-3, DRAFTERS, CLOSING),
        (0, [LEAD], CLOSING),
        (1, [OFFICER], NO_CASE),
    ],
    "CASE_CHANGES": [
        (-3, DRAFTERS, DUE),
        (0, DRAFTERS, TODAY),
        (1, [LEAD], LATE),
        (5, [LEAD, OFFICER], LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "EVALUATION": [
        (-5, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
        (10, [HEAD], OFFICE_LATE),
    ],
    "DECISION": [
        (-5, [COMMISSIONER], OFFICE_DUE),
        (0, [COMMISSIONER], OFFICE_DUE),
        (1, [COMMISSIONER, HEAD], OFFICE_LATE),
        (5, [COMMISSIONER, HEAD], OFFICE_LATE),
    ],
    "DEFERRED_QUESTION": [
        (-5, DRAFTERS, DUE),
        (0, DRAFTERS, TODAY),
        (1, [LEAD], LATE),
        (5, [LEAD, OFFICER], LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "ACCEPTANCE": [
        (-10, [SIGNATORY, LEAD], TERMS),
        (-3, [SIGNATORY, LEAD], TERMS),
        (0, [SIGNATORY, LEAD], TERMS),
        (1, PAYEE, TERMS_LATE),
        (5, [SIGNATORY, LEAD, OFFICER, FINANCE], TERMS_LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "RETURN": [
        (-28, DRAFTERS, DUE),
        (-14, DRAFTERS, DUE),
        (-3, [CONTRIBUTOR, LEAD, CERTIFIER], CERTIFY),
        (0, [LEAD], TODAY),
        (1, [LEAD, CERTIFIER], LATE),
        (5, [LEAD, OFFICER], LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "RETURN_QUERY": [
        (-3, DRAFTERS, DUE),
        (0, [LEAD], TODAY),
        (1, [LEAD], LATE),
        (5, [LEAD, OFFICER], LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "RETURN_REVIEW": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
        (10, [HEAD], OFFICE_LATE),
    ],
    "EXTENSION_DECISION": [
        (-120, [OFFICER, HEAD], EXTENSION),
        (-60, [OFFICER, HEAD], EXTENSION),
        (-40, [OFFICER, HEAD], EXTENSION),
        (-20, [OFFICER, HEAD, COMMISSIONER], EXTENSION),
        (-10, [OFFICER, HEAD, COMMISSIONER], EXTENSION),
        (-5, [HEAD, COMMISSIONER], EXTENSION),
        (0, [HEAD, COMMISSIONER], EXTENSION),
        (1, [HEAD, COMMISSIONER], EXTENSION_LATE),
    ],
    "REPAYMENT": [
        (-5, PAYEE, REPAY),
        (0, PAYEE, REPAY),
        (1, [*PAYEE, FINANCE], REPAY_LATE),
        (5, [*PAYEE, FINANCE], REPAY_LATE),
        (10, [FINANCE, HEAD], TO_HEAD),
    ],
    "STANDARD_EXPIRY": [
        (-60, DRAFTERS, ENDING),
        (-30, DRAFTERS, ENDING),
        (-7, DRAFTERS, ENDING),
        (0, [LEAD], ENDING),
        (1, [LEAD, OFFICER], ENDED),
        (5, [LEAD, OFFICER], ENDED),
        (10, [HEAD], TO_HEAD),
    ],
    "AUDIT_ACTION": [
        (-10, DRAFTERS, ACTION),
        (-3, DRAFTERS, ACTION),
        (0, [LEAD], ACTION),
        (1, [LEAD], ACTION_LATE),
        (5, [LEAD, OFFICER], ACTION_LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "COMPLAINT_STAGE": [
        (-2, [LEAD, OFFICER], COMPLAINT),
        (0, [LEAD, OFFICER], COMPLAINT),
        (1, [LEAD, OFFICER, HEAD], COMPLAINT_LATE),
        (5, [OFFICER, HEAD], COMPLAINT_LATE),
        (10, [HEAD, COMMISSIONER], COMPLAINT_LATE),
    ],
    "EXTENSION_STEP": [
        (-10, [OFFICER], STEP),
        (-3, [OFFICER], STEP),
        (0, [OFFICER], STEP),
        (1, [OFFICER, HEAD], STEP_LATE),
        (5, [OFFICER, HEAD], STEP_LATE),
        (10, [HEAD, COMMISSIONER], STEP_LATE),
    ],
    "EXTENSION_FINANCE": [
        (-5, [CHIEF_FINANCE], STEP),
        (0, [CHIEF_FINANCE], STEP),
        (1, [CHIEF_FINANCE, OFFICER], STEP_LATE),
        (5, [CHIEF_FINANCE, HEAD], STEP_LATE),
    ],
    "EXTENSION_ANSWER": [
        (-10, [SIGNATORY, LEAD], ANSWER),
        (-3, [SIGNATORY, LEAD], ANSWER),
        (0, [SIGNATORY, LEAD], ANSWER),
        (1, [SIGNATORY, LEAD, OFFICER], ANSWER_LATE),
        (5, [SIGNATORY, LEAD, OFFICER], ANSWER_LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "VARIATION_DECISION": [
        (-5, [COMMISSIONER], OFFICE_DUE),
        (0, [COMMISSIONER], OFFICE_DUE),
        (1, [COMMISSIONER, HEAD], OFFICE_LATE),
        (5, [COMMISSIONER, HEAD], OFFICE_LATE),
    ],
    "MEETING": [
        (-5, [OFFICER], MEETING),
        (0, [OFFICER], MEETING),
        (3, [OFFICER], MEETING_LATE),
        (10, [OFFICER, HEAD], MEETING_LATE),
    ],
    "MEETING_ACTION": [
        (-5, [CONTRIBUTOR, LEAD, OFFICER], AGREED),
        (0, [LEAD, OFFICER], AGREED),
        (1, [LEAD, OFFICER], AGREED_LATE),
        (5, [LEAD, OFFICER], AGREED_LATE),
        (10, [HEAD], AGREED_LATE),
    ],
    "IMPROVEMENT_PLAN": [
        (-5, DRAFTERS, DUE),
        (0, [LEAD], TODAY),
        (1, [LEAD], LATE),
        (5, [LEAD, OFFICER], LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "IMPROVEMENT_REVIEW": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
    ],
    "OVERSIGHT_CHECKS": [
        (-20, [OFFICER], CHECKS),
        (-5, [OFFICER], CHECKS),
        (0, [OFFICER], CHECKS),
        (1, [OFFICER, HEAD], CHECKS_LATE),
        (10, [HEAD], CHECKS_LATE),
    ],
    "CONTINUATION_CASE": [
        (-20, DRAFTERS, CASE),
        (-10, DRAFTERS, CASE),
        (-3, DRAFTERS, CASE),
        (0, [LEAD], TODAY),
        (1, [LEAD], LATE),
        (5, [LEAD, OFFICER], LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "CONTINUATION_DECISION": [
        (-40, [OFFICER], DECIDE),
        (-20, [OFFICER, COMMISSIONER], DECIDE),
        (-10, [OFFICER, COMMISSIONER], DECIDE),
        (-3, [OFFICER, COMMISSIONER], DECIDE),
        (0, [OFFICER, COMMISSIONER], DECIDE),
        (1, [OFFICER, HEAD, COMMISSIONER], DECIDE_LATE),
        (5, [HEAD, COMMISSIONER], DECIDE_LATE),
    ],
    "CLAIM_ANSWER": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
    ],
    "REQUEST_ANSWER": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
        (10, [HEAD, COMMISSIONER], OFFICE_LATE),
    ],
    "REQUEST_QUESTION": [
        (-3, DRAFTERS, ANSWER),
        (0, [LEAD], ANSWER),
        (1, [LEAD], ANSWER_LATE),
        (5, [LEAD, OFFICER], ANSWER_LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "SUSTAINABILITY_ACTION": [
        (-5, [LEAD, OFFICER], AGREED_STEP),
        (0, [LEAD, OFFICER], AGREED_STEP),
        (1, [LEAD, OFFICER], AGREED_STEP_LATE),
        (10, [OFFICER, HEAD], AGREED_STEP_LATE),
    ],
    "OPPORTUNITY_TASK": [
        (-5, [OFFICER], BID),
        (-1, [OFFICER], BID),
        (0, [OFFICER], BID),
        (1, [OFFICER, HEAD], BID_LATE),
        (5, [HEAD], BID_LATE),
    ],
    "OPPORTUNITY_DEADLINE": [
        (-20, [OFFICER], FUND),
        (-10, [OFFICER, HEAD], FUND),
        (-5, [OFFICER, HEAD], FUND),
        (-1, [OFFICER, HEAD], FUND),
        (0, [OFFICER, HEAD], FUND),
        (1, [OFFICER, HEAD], FUND_LATE),
    ],
    "DELIVERY_REPORT": [
        (-5, DRAFTERS, DAY_AHEAD),
        (0, DRAFTERS, DAY_AHEAD),
        (1, DRAFTERS, DAY_OVER),
        (5, [LEAD, OFFICER], DAY_OVER),
        (10, [OFFICER], DAY_OVER),
    ],
    "STAGE_WORK": [
        (-5, [OFFICER], OFFICE_DUE),
        (-1, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER, HEAD], OFFICE_LATE),
        (5, [HEAD], OFFICE_LATE),
    ],
    "STANDARD_NEEDED": [
        (-10, DRAFTERS, NEEDED),
        (-3, DRAFTERS, NEEDED),
        (0, [LEAD], NEEDED),
        (1, [LEAD], NEEDED_LATE),
        (5, [LEAD, OFFICER], NEEDED_LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "STANDARD_CHECK": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
    ],
    "WAIVER_END": [
        (-20, [LEAD, OFFICER], LETTING),
        (-5, [LEAD, OFFICER], LETTING),
        (0, [LEAD, OFFICER], LETTING),
        (1, [OFFICER], LET_OVER),
    ],
    "TERMS_CONSENT": [
        (-10, [SIGNATORY, LEAD], CONSENT),
        (-3, [SIGNATORY, LEAD], CONSENT),
        (0, [SIGNATORY, LEAD], CONSENT),
        (1, [SIGNATORY, LEAD], CONSENT_LATE),
        (5, [SIGNATORY, LEAD, OFFICER], CONSENT_LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "COMPLAINT_ACKNOWLEDGE": [
        (-1, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER, HEAD], OFFICE_LATE),
        (3, [HEAD], OFFICE_LATE),
    ],
    "COMPLAINT_OFFICER": [
        (-2, [OFFICER], COMPLAINT),
        (0, [OFFICER], COMPLAINT),
        (1, [OFFICER, HEAD], COMPLAINT_LATE),
        (5, [OFFICER, HEAD], COMPLAINT_LATE),
        (10, [HEAD, COMMISSIONER], COMPLAINT_LATE),
    ],
    "COMPLAINT_HEAD": [
        (-2, [HEAD], COMPLAINT),
        (0, [HEAD], COMPLAINT),
        (1, [HEAD, COMMISSIONER], COMPLAINT_LATE),
        (5, [HEAD, COMMISSIONER], COMPLAINT_LATE),
    ],
    "COMPLAINT_COMMISSIONER": [
        (-2, [COMMISSIONER, HEAD], COMPLAINT),
        (0, [COMMISSIONER, HEAD], COMPLAINT),
        (1, [COMMISSIONER, HEAD], COMPLAINT_LATE),
        (5, [COMMISSIONER, HEAD], COMPLAINT_LATE),
    ],
    "COMPLAINT_LEARNING": [
        (-5, [LEAD, OFFICER], LEARN),
        (0, [LEAD, OFFICER], LEARN),
        (1, [LEAD, OFFICER], LEARN_LATE),
        (10, [OFFICER, HEAD], LEARN_LATE),
    ],
    "AUDIT_VISIT": [
        (-10, [OFFICER], VISIT),
        (-2, [OFFICER], VISIT),
        (0, [OFFICER], VISIT),
        (3, [OFFICER], VISIT_LATE),
        (10, [OFFICER, HEAD], VISIT_LATE),
    ],
    "AUDIT_REPORT": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
    ],
    "AUDIT_REPLY": [
        (-5, DRAFTERS, ANSWER),
        (0, [LEAD], ANSWER),
        (1, [LEAD], ANSWER_LATE),
        (5, [LEAD, OFFICER], ANSWER_LATE),
        (10, [HEAD], TO_HEAD),
    ],
    "AUDIT_CLOSURE": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
    ],
    "AUDIT_OFFICE_ACTION": [
        (-5, [OFFICER], ACTION),
        (0, [OFFICER], ACTION),
        (1, [OFFICER], ACTION_LATE),
        (5, [OFFICER, HEAD], ACTION_LATE),
    ],
    "SCHOOL_REPORT": [
        (-5, DRAFTERS, DAY_AHEAD),
        (0, DRAFTERS, DAY_AHEAD),
        (1, DRAFTERS, DAY_OVER),
        (5, [LEAD, OFFICER], DAY_OVER),
        (10, [OFFICER], DAY_OVER),
    ],
    "OVERLAP_REVIEW": [
        (-3, [OFFICER], OFFICE_DUE),
        (0, [OFFICER], OFFICE_DUE),
        (1, [OFFICER], OFFICE_LATE),
        (5, [OFFICER, HEAD], OFFICE_LATE),
    ],
    "RETAIN_DECISION": [
        (-5, [COMMISSIONER], OFFICE_DUE),
        (0, [COMMISSIONER], OFFICE_DUE),
        (1, [COMMISSIONER, HEAD], OFFICE_LATE),
        (5, [COMMISSIONER, HEAD], OFFICE_LATE),
    ],
    "SESSION_FEEDBACK": [
        (-3, DRAFTERS, FEEDBACK),
        (0, DRAFTERS, FEEDBACK),
        (3, DRAFTERS, FEEDBACK_LATE),
        (10, [OFFICER], FEEDBACK_LATE),
    ],
}


def delivered(kind):
    """The steps delivered for a kind: {working days: (audiences, heading, wording)}."""
    return {days: (list(audiences), heading, wording) for days, audiences, (heading, wording) in LADDERS[kind]}
