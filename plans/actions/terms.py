"""Versions of terms: issued for good, followed by a copy that can be changed (P1)."""

from django.db import transaction

from records.actions import log
from records.refusals import refuse_if

from .. import queries
from ..models import TermsVersion
from ..rules import terms as rules
from .rule_sets import copy_rows
from .templates import free_key


@transaction.atomic
def issue_terms(*, terms, reason, by, at):
    """Keep a version for good, so that awards can be asked to accept it; the database refuses later changes."""
    terms = TermsVersion.objects.select_for_update().get(pk=terms.pk)
    refuse_if(rules.why_not_issue_terms(terms, user=by), terms)
    terms.frozen_at = at
    terms.save(update_fields=["frozen_at"])
    log(terms, "issued", by=by, at=at, reason=reason.strip(), summary=f"Issued: {terms}"[:500])
    return terms


@transaction.atomic
def follow_terms(*, terms, version, reason, by, at):
    """Start the version that follows, with every condition of this one."""
    terms = TermsVersion.objects.select_for_update().get(pk=terms.pk)
    refuse_if(rules.why_not_follow_terms(terms, version, user=by), terms)
    key = free_key(f"{terms.title[:60]} {version}", TermsVersion.objects.values_list("key", flat=True))
    copy = TermsVersion.objects.create(
        key=key,
        title=terms.title,
        version=version.strip(),
        follows=terms,
        introduction=terms.introduction,
        is_example=terms.is_example,
    )
    copy_rows([queries.CONDITIONS], terms, copy)
    summary = f"Version {copy.version} started as a copy of version {terms.version}"
    log(copy, "started", by=by, at=at, reason=reason.strip(), summary=summary)
    return copy
