"""What may be kept as a document of a contract, and when its copy for the public may stand."""

from accounts import access
from accounts.roles import Permission
from records import uploads

from .details import NOT_YOURS


def why_not_keep_documents(contract, *, user, on):
    """Why this person cannot add, change or remove documents of the contract; "" when they can."""
    return "" if access.may(user, Permission.CONTRACT_MANAGE) else NOT_YOURS


def why_not_this_public_copy(*, whole, upload, redaction_reason, has_copy=False):
    """Why a copy for the public cannot stand so; "" when it can. A copy that leaves things out says why."""
    if whole and upload:
        return "Either the whole document may be published, or a redacted copy. Choose one."
    if (upload or (has_copy and not whole)) and not redaction_reason.strip():
        return "Say why the public copy leaves things out."
    return uploads.why_not_upload(upload) if upload else ""
