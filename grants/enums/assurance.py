"""The words of terms that change, schools and money retained (P1, P5, C7)."""

from django.db import models


class TermsChangeStatus(models.TextChoices):
    PROPOSED = "PROPOSED", "Waiting for consent"
    ACCEPTED = "ACCEPTED", "Accepted"
    REFUSED = "REFUSED", "Refused"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


T = TermsChangeStatus
TERMS_CHANGE_MOVES = {
    T.PROPOSED: {T.ACCEPTED, T.REFUSED, T.WITHDRAWN},
    T.ACCEPTED: set(),
    T.REFUSED: set(),
    T.WITHDRAWN: set(),
}
TERMS_CHANGE_OWNERS = {
    T.PROPOSED: "payee's signatory",
    T.ACCEPTED: "nobody",
    T.REFUSED: "nobody",
    T.WITHDRAWN: "nobody",
}


class SchoolInputStatus(models.TextChoices):
    PLANNED = "PLANNED", "Planned"
    DELIVERED = "DELIVERED", "Delivered"
    CANCELLED = "CANCELLED", "Cancelled"


I = SchoolInputStatus  # noqa: E741 (one letter, as for the other tables)
SCHOOL_INPUT_MOVES = {
    I.PLANNED: {I.DELIVERED, I.CANCELLED},
    I.DELIVERED: set(),
    I.CANCELLED: {I.PLANNED},
}
SCHOOL_INPUT_OWNERS = {I.PLANNED: "recipient", I.DELIVERED: "nobody", I.CANCELLED: "nobody"}


class RetainStatus(models.TextChoices):
    DRAFT = "DRAFT", "In preparation"
    RECOMMENDED = "RECOMMENDED", "Waiting for a decision"
    DECIDED = "DECIDED", "Decided"
    WITHDRAWN = "WITHDRAWN", "Withdrawn"


RETAIN_MOVES = {
    RetainStatus.DRAFT: {RetainStatus.RECOMMENDED, RetainStatus.WITHDRAWN},
    RetainStatus.RECOMMENDED: {RetainStatus.DECIDED, RetainStatus.DRAFT, RetainStatus.WITHDRAWN},
    RetainStatus.DECIDED: set(),
    RetainStatus.WITHDRAWN: set(),
}
RETAIN_OWNERS = {
    RetainStatus.DRAFT: "officer",
    RetainStatus.RECOMMENDED: "commissioner",
    RetainStatus.DECIDED: "nobody",
    RetainStatus.WITHDRAWN: "nobody",
}
