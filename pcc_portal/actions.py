"""Writes of the front hall itself: drafts held while somebody signs in again."""

from datetime import timedelta

from django.db import transaction

from .models import HeldDraft

KEPT_FOR = timedelta(days=1)


@transaction.atomic
def hold_draft(*, token_hash, user_id, path, fields, had_files, at):
    """Keep what was typed for a day; older ones go."""
    HeldDraft.objects.filter(held_at__lt=at - KEPT_FOR).delete()
    return HeldDraft.objects.create(
        token_hash=token_hash, user_id=user_id, path=path, fields=fields, had_files=had_files, held_at=at
    )


def drop_draft(*, token_hash, by):
    """Forget a held draft of the person."""
    return HeldDraft.objects.filter(token_hash=token_hash, user=by).delete()[0]
