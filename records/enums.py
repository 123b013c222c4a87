"""The words of the record: obligations, decisions, messages, papers."""

from django.db import models


class ObligationKind(models.TextChoices):
    """What somebody owes; each kind has its own ladder of reminders (X4)."""

    BUSINESS_CASE = "BUSINESS_CASE", "Business case"
    CASE_CHANGES = "CASE_CHANGES", "Changes to a business case"
    EVALUATION = "EVALUATION", "Evaluation"
    DECISION = "DECISION", "Decision"
    DEFERRED_QUESTION = "DEFERRED_QUESTION", "Answer to a question"
    ACCEPTANCE = "ACCEPTANCE", "Acceptance of terms"
    RETURN = "RETURN", "Monitoring return"
    RETURN_QUERY = "RETURN_QUERY", "Answer to a query on a return"
    RETURN_REVIEW = "RETURN_REVIEW", "Review of a return"
    EXTENSION_DECISION = "EXTENSION_DECISION", "Extension decision"
    REPAYMENT = "REPAYMENT", "Repayment of unspent money"
    STANDARD_EXPIRY = "STANDARD_EXPIRY", "Required standard about to expire"
    AUDIT_ACTION = "AUDIT_ACTION", "Action after an audit visit"
    COMPLAINT_STAGE = "COMPLAINT_STAGE", "Stage of a complaint"
    EXTENSION_STEP = "EXTENSION_STEP", "Step towards an extension decision"
    EXTENSION_FINANCE = "EXTENSION_FINANCE", "Finance comment on an extension"
    EXTENSION_ANSWER = "EXTENSION_ANSWER", "Provider's answer about an extension"
    VARIATION_DECISION = "VARIATION_DECISION", "Decision on a contract variation"
    MEETING = "MEETING", "Contract meeting"
    MEETING_ACTION = "MEETING_ACTION", "Action from a contract meeting"
    IMPROVEMENT_PLAN = "IMPROVEMENT_PLAN", "Improvement plan"
    IMPROVEMENT_REVIEW = "IMPROVEMENT_REVIEW", "Agreement to an improvement plan"
    OVERSIGHT_CHECKS = "OVERSIGHT_CHECKS", "Checks before an activity goes live"
    CONTINUATION_CASE = "CONTINUATION_CASE", "Business case for the next period"
    CONTINUATION_DECISION = "CONTINUATION_DECISION", "Decision on the next period"
    CLAIM_ANSWER = "CLAIM_ANSWER", "Answer to a claim"
    REQUEST_ANSWER = "REQUEST_ANSWER", "Answer to a request for a change"
    REQUEST_QUESTION = "REQUEST_QUESTION", "Question about a request for a change"
    SUSTAINABILITY_ACTION = "SUSTAINABILITY_ACTION", "Action for what follows the funding"
    OPPORTUNITY_TASK = "OPPORTUNITY_TASK", "Task for a bid"
    OPPORTUNITY_DEADLINE = "OPPORTUNITY_DEADLINE", "Last day of an opportunity"
    DELIVERY_REPORT = "DELIVERY_REPORT", "What became of a planned day"
    STAGE_WORK = "STAGE_WORK", "Scoring or moderation of a project"
    STANDARD_NEEDED = "STANDARD_NEEDED", "Evidence of a required standard"
    STANDARD_CHECK = "STANDARD_CHECK", "Check of evidence of a standard"
    WAIVER_END = "WAIVER_END", "End of a waiver"
    TERMS_CONSENT = "TERMS_CONSENT", "Consent to new terms"
    COMPLAINT_ACKNOWLEDGE = "COMPLAINT_ACKNOWLEDGE", "Acknowledgement of a complaint"
    COMPLAINT_OFFICER = "COMPLAINT_OFFICER", "Answer of an officer to a complaint"
    COMPLAINT_HEAD = "COMPLAINT_HEAD", "Answer of the head of commissioning to a complaint"
    COMPLAINT_COMMISSIONER = "COMPLAINT_COMMISSIONER", "Answer of the commissioner to a complaint"
    COMPLAINT_LEARNING = "COMPLAINT_LEARNING", "Change agreed after a complaint"
    AUDIT_VISIT = "AUDIT_VISIT", "Audit visit"
    AUDIT_REPORT = "AUDIT_REPORT", "Report of an audit visit"
    AUDIT_REPLY = "AUDIT_REPLY", "Reply to an audit report"
    AUDIT_CLOSURE = "AUDIT_CLOSURE", "Check of what was done after an audit"
    AUDIT_OFFICE_ACTION = "AUDIT_OFFICE_ACTION", "Action of the office after an audit visit"
    SCHOOL_REPORT = "SCHOOL_REPORT", "What became of a planned school input"
    OVERLAP_REVIEW = "OVERLAP_REVIEW", "Look at possible overlaps"
    RETAIN_DECISION = "RETAIN_DECISION", "Decision on money to be retained"
    SESSION_FEEDBACK = "SESSION_FEEDBACK", "Feedback on a session"


class Audience(models.TextChoices):
    """Who is told; `accounts.audiences` turns the word into people."""

    CONTRIBUTOR = "CONTRIBUTOR", "Contributors of the organisation"
    LEAD = "LEAD", "Lead of the organisation"
    CERTIFIER = "CERTIFIER", "Certifier of the organisation"
    SIGNATORY = "SIGNATORY", "Authorised signatory of the payee"
    OFFICER = "OFFICER", "Commissioning officers"
    FINANCE = "FINANCE", "Finance officers"
    CHIEF_FINANCE = "CHIEF_FINANCE", "Chief finance officer"
    HEAD = "HEAD", "Head of commissioning"
    COMMISSIONER = "COMMISSIONER", "The commissioner's office"


OFFICE_AUDIENCES = frozenset({"OFFICER", "FINANCE", "CHIEF_FINANCE", "HEAD", "COMMISSIONER"})
OWED_BY_OFFICE = frozenset(
    {
        "EVALUATION",
        "DECISION",
        "RETURN_REVIEW",
        "EXTENSION_DECISION",
        "EXTENSION_STEP",
        "EXTENSION_FINANCE",
        "VARIATION_DECISION",
        "MEETING",
        "IMPROVEMENT_REVIEW",
        "OVERSIGHT_CHECKS",
        "CONTINUATION_DECISION",
        "CLAIM_ANSWER",
        "REQUEST_ANSWER",
        "OPPORTUNITY_TASK",
        "OPPORTUNITY_DEADLINE",
        "STAGE_WORK",
        "STANDARD_CHECK",
        "COMPLAINT_ACKNOWLEDGE",
        "COMPLAINT_OFFICER",
        "COMPLAINT_HEAD",
        "COMPLAINT_COMMISSIONER",
        "AUDIT_VISIT",
        "AUDIT_REPORT",
        "AUDIT_CLOSURE",
        "AUDIT_OFFICE_ACTION",
        "OVERLAP_REVIEW",
        "RETAIN_DECISION",
    }
)
# Who signs what: their ladder can never be left without a step that tells them (X4).
SIGNERS = {
    "BUSINESS_CASE": ["LEAD"],
    "DECISION": ["COMMISSIONER"],
    "ACCEPTANCE": ["SIGNATORY"],
    "RETURN": ["LEAD", "CERTIFIER"],
    "EXTENSION_DECISION": ["COMMISSIONER"],
    "EXTENSION_ANSWER": ["SIGNATORY"],
    "VARIATION_DECISION": ["COMMISSIONER"],
    "CONTINUATION_CASE": ["LEAD"],
    "CONTINUATION_DECISION": ["COMMISSIONER"],
    "TERMS_CONSENT": ["SIGNATORY"],
    "COMPLAINT_COMMISSIONER": ["COMMISSIONER"],
    "RETAIN_DECISION": ["COMMISSIONER"],
}


class MailChoice(models.TextChoices):
    """How a person wants reminders; none at all is not among them (X4)."""

    DAILY = "DAILY", "Together, in one e-mail a day"
    SINGLE = "SINGLE", "Each in an e-mail of its own"


class DecisionOutcome(models.TextChoices):
    APPROVED = "APPROVED", "Approved in full"
    APPROVED_LOWER = "APPROVED_LOWER", "Approved at a lower sum"
    APPROVED_CONDITIONS = "APPROVED_CONDITIONS", "Approved with conditions"
    DEFERRED = "DEFERRED", "Deferred with a question"
    DECLINED = "DECLINED", "Declined"
    RETAINED = "RETAINED", "Retained by the office"


APPROVING = frozenset({"APPROVED", "APPROVED_LOWER", "APPROVED_CONDITIONS"})


class MessageStatus(models.TextChoices):
    QUEUED = "QUEUED", "Waiting to be sent"
    SENDING = "SENDING", "Being sent"
    SENT = "SENT", "Sent"
    FAILED = "FAILED", "Could not be delivered"
    WITHDRAWN = "WITHDRAWN", "No longer needed"


class PaperKind(models.TextChoices):
    SUBMISSION_RECEIPT = "SUBMISSION_RECEIPT", "Receipt for a business case"
    AWARD_LETTER = "AWARD_LETTER", "Award letter"
    DECISION_NOTICE = "DECISION_NOTICE", "Decision notice"
    RETURN_RECEIPT = "RETURN_RECEIPT", "Receipt for a monitoring return"
    EVIDENCE_PACK = "EVIDENCE_PACK", "Evidence pack for an extension decision"
    EXTENSION_LETTER = "EXTENSION_LETTER", "Letter about an extension"
    VARIATION_LETTER = "VARIATION_LETTER", "Letter about a contract variation"
    CONTINUATION_LETTER = "CONTINUATION_LETTER", "Letter about the next period of an award"
    REQUEST_LETTER = "REQUEST_LETTER", "Letter about a change of an award"
    COMMISSIONING_PLAN = "COMMISSIONING_PLAN", "Commissioning plan"
    TERMS_LETTER = "TERMS_LETTER", "Letter about new terms"
    COMPLAINT_LETTER = "COMPLAINT_LETTER", "Letter about a complaint"
    AUDIT_REPORT = "AUDIT_REPORT", "Report of an audit visit"
    RETAIN_LETTER = "RETAIN_LETTER", "Letter about money retained"
    OUTCOMES_REPORT = "OUTCOMES_REPORT", "Outcomes report"
