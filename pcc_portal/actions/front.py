"""Writes of the front hall itself: drafts held while somebody signs in again, advice with its frozen evidence."""

from datetime import timedelta

from django.db import transaction

from records.calendar import london_day
from records.refusals import refuse_if
from services.actions import extensions
from services.rules import extensions as rules

from .. import dossiers
from ..models import HeldDraft

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


@transaction.atomic
def advise_on_extension(*, case, by, at, **advice):
    """Freeze the evidence with the advice in it and give the advice, both or neither; return the case.

    `advice` is what `services.actions.extensions.give_advice` takes.
    """
    on = london_day(at)
    refuse_if(rules.why_not_give_advice(case, user=by, on=on), case)
    asked = {name: advice.get(name) for name in ("recommended", "months", "ends_on")}
    words = {name: advice.get(name, "") for name in ("legal_basis", "lapse_effect", "advice")}
    refuse_if(rules.why_not_advise_so(case, **asked, **words, on=on), case)
    pack = dossiers.freeze_pack(dossiers.with_advice(case, **asked, **words, by=by, at=at), by, at)
    return extensions.give_advice(case=case, **asked, **words, pack=pack, by=by, at=at)
