"""Who may do what: one readable table. A membership gives a person a role in an organisation."""

from dataclasses import dataclass
from enum import StrEnum

from .enums import RoleName


class Permission(StrEnum):
    """One word for each thing a person may be allowed to do (noun_verb)."""

    CASE_READ = "case_read"
    CASE_WRITE = "case_write"
    CASE_SUBMIT = "case_submit"
    CASE_EVALUATE = "case_evaluate"
    ROUND_MANAGE = "round_manage"
    DECISION_MAKE = "decision_make"
    DECISION_ADVISE_FINANCE = "decision_advise_finance"
    DECISION_READ = "decision_read"
    AWARD_OFFER = "award_offer"
    AWARD_READ = "award_read"
    TERMS_ACCEPT = "terms_accept"
    AWARD_REQUEST = "award_request"
    AWARD_REPORT = "award_report"
    EXCEPTION_APPROVE = "exception_approve"
    DECISION_PUBLISH = "decision_publish"
    INSTALMENT_RELEASE = "instalment_release"
    RETURN_READ = "return_read"
    RETURN_WRITE = "return_write"
    RETURN_CERTIFY = "return_certify"
    RETURN_SUBMIT = "return_submit"
    RETURN_REVIEW = "return_review"
    CONTRACT_READ = "contract_read"
    CONTRACT_MANAGE = "contract_manage"
    CONTRACT_PAY = "contract_pay"
    EXTENSION_ANSWER = "extension_answer"
    OVERSIGHT_READ = "oversight_read"
    OVERSIGHT_MANAGE = "oversight_manage"
    PLAN_READ = "plan_read"
    PLAN_MANAGE = "plan_manage"
    DASHBOARD_READ = "dashboard_read"
    ORGANISATION_READ = "organisation_read"
    ORGANISATION_MANAGE = "organisation_manage"
    PEOPLE_INVITE = "people_invite"
    OFFICE_PEOPLE = "office_people"
    NOTICE_LOG_READ = "notice_log_read"
    STANDARD_READ = "standard_read"
    STANDARD_SEND = "standard_send"
    STANDARD_CHECK = "standard_check"
    TERMS_MANAGE = "terms_manage"
    PAYEE_VERIFY = "payee_verify"
    CONCERN_READ = "concern_read"
    CONCERN_MANAGE = "concern_manage"
    CONCERN_ANSWER = "concern_answer"
    CONCERN_RAISE = "concern_raise"
    CONCERN_SETTLE = "concern_settle"
    AUDIT_READ = "audit_read"
    AUDIT_MANAGE = "audit_manage"
    AUDIT_REPLY = "audit_reply"
    SCHOOL_READ = "school_read"
    SCHOOL_MANAGE = "school_manage"
    OVERLAP_READ = "overlap_read"
    OVERLAP_MANAGE = "overlap_manage"
    SUPPORT_READ = "support_read"
    SUPPORT_MANAGE = "support_manage"
    SUPPORT_JOIN = "support_join"
    OUTCOME_READ = "outcome_read"
    OUTCOME_PUBLISH = "outcome_publish"
    OUTCOME_CONTACT = "outcome_contact"


P = Permission
OFFICE_READING = frozenset(
    {
        P.CASE_READ,
        P.DECISION_READ,
        P.AWARD_READ,
        P.RETURN_READ,
        P.CONTRACT_READ,
        P.OVERSIGHT_READ,
        P.PLAN_READ,
        P.DASHBOARD_READ,
        P.ORGANISATION_READ,
        P.NOTICE_LOG_READ,
        P.STANDARD_READ,
        P.CONCERN_READ,
        P.AUDIT_READ,
        P.SCHOOL_READ,
        P.OVERLAP_READ,
        P.SUPPORT_READ,
        P.OUTCOME_READ,
    }
)
OFFICER_WORK = OFFICE_READING | {
    P.CASE_EVALUATE,
    P.ROUND_MANAGE,
    P.AWARD_OFFER,
    P.DECISION_PUBLISH,
    P.RETURN_REVIEW,
    P.CONTRACT_MANAGE,
    P.OVERSIGHT_MANAGE,
    P.PLAN_MANAGE,
    P.ORGANISATION_MANAGE,
    P.PEOPLE_INVITE,
    P.STANDARD_CHECK,
    P.TERMS_MANAGE,
    P.CONCERN_MANAGE,
    P.AUDIT_MANAGE,
    P.SCHOOL_MANAGE,
    P.OVERLAP_MANAGE,
    P.SUPPORT_MANAGE,
    P.OUTCOME_PUBLISH,
}
PARTNER_READING = frozenset(
    {
        P.CASE_READ,
        P.AWARD_READ,
        P.RETURN_READ,
        P.CONTRACT_READ,
        P.STANDARD_READ,
        P.SCHOOL_READ,
        P.SUPPORT_READ,
        P.OUTCOME_READ,
    }
)


@dataclass(frozen=True)
class Role:
    """One role: its sentence is shown wherever somebody is invited or listed."""

    name: RoleName
    sentence: str
    permissions: frozenset
    in_office: bool


ROLES = {
    role.name: role
    for role in [
        Role(
            RoleName.COMMISSIONER,
            "Decides on spend and sees everything the office does.",
            OFFICE_READING | {P.DECISION_MAKE, P.EXCEPTION_APPROVE, P.CONCERN_SETTLE},
            True,
        ),
        Role(
            RoleName.CHIEF_EXECUTIVE,
            "Decides within a recorded delegation, sees everything the office does and brings people into it.",
            OFFICE_READING | {P.DECISION_MAKE, P.OFFICE_PEOPLE, P.EXCEPTION_APPROVE},
            True,
        ),
        Role(
            RoleName.CHIEF_FINANCE_OFFICER,
            "Comments on the money before a decision, decides within a recorded delegation.",
            OFFICE_READING | {P.DECISION_MAKE, P.DECISION_ADVISE_FINANCE},
            True,
        ),
        Role(
            RoleName.HEAD_OF_COMMISSIONING,
            "Leads the officers, brings people into the office and decides within a recorded delegation.",
            OFFICER_WORK | {P.DECISION_MAKE, P.OFFICE_PEOPLE, P.EXCEPTION_APPROVE, P.CONCERN_SETTLE},
            True,
        ),
        Role(
            RoleName.COMMISSIONING_OFFICER,
            "Runs rounds, evaluates cases, offers awards and reviews returns.",
            OFFICER_WORK,
            True,
        ),
        Role(
            RoleName.FINANCE_OFFICER,
            "Releases instalments, records repayments and what is paid under contracts.",
            OFFICE_READING | {P.INSTALMENT_RELEASE, P.CONTRACT_PAY, P.PAYEE_VERIFY},
            True,
        ),
        Role(
            RoleName.AUDITOR,
            "Reads everything; runs the audit programme and changes nothing else.",
            OFFICE_READING | {P.AUDIT_MANAGE},
            True,
        ),
        Role(
            RoleName.READER, "Reads everything but people's names in mail.", OFFICE_READING - {P.NOTICE_LOG_READ}, True
        ),
        Role(
            RoleName.CONTRIBUTOR,
            "Drafts business cases, returns and requests, and says what was delivered.",
            PARTNER_READING
            | {P.CASE_WRITE, P.RETURN_WRITE, P.AWARD_REPORT, P.STANDARD_SEND}
            | {P.SUPPORT_JOIN, P.OUTCOME_CONTACT},
            False,
        ),
        Role(
            RoleName.LEAD,
            "Drafts and submits business cases, returns, claims and requests; invites colleagues.",
            PARTNER_READING
            | {P.CASE_WRITE, P.CASE_SUBMIT, P.RETURN_WRITE, P.RETURN_SUBMIT, P.PEOPLE_INVITE}
            | {P.AWARD_REPORT, P.AWARD_REQUEST, P.STANDARD_SEND, P.CONCERN_ANSWER, P.CONCERN_RAISE}
            | {P.AUDIT_REPLY, P.SUPPORT_JOIN, P.OUTCOME_CONTACT},
            False,
        ),
        Role(
            RoleName.CERTIFIER,
            "Signs that the figures of a return are true, or declines.",
            PARTNER_READING | {P.RETURN_CERTIFY},
            False,
        ),
        Role(
            RoleName.SIGNATORY,
            "Accepts terms and conditions, and extensions of contracts, for the organisation that is paid.",
            frozenset(
                {P.AWARD_READ, P.TERMS_ACCEPT, P.RETURN_READ, P.CONTRACT_READ, P.EXTENSION_ANSWER}
                | {P.STANDARD_READ, P.SCHOOL_READ, P.SUPPORT_READ, P.OUTCOME_READ}
            ),
            False,
        ),
    ]
}
