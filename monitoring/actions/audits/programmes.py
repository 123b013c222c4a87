"""The audits of a year: planned, drawn from a seed, added to by hand, closed (P4)."""

from django.db import transaction
from django.db.models import Max

from grants.models import Award
from records import calendar, workflow
from records.actions import log, next_reference
from records.refusals import refuse_if

from ...enums import PROGRAMME_MOVES, ProgrammeStatus
from ...models import AuditCandidate, AuditProgramme
from ...queries import audits as queries
from ...queries import risk, sampling
from ...rules import audits as rules

FIELDS = ("name", "starts_on", "ends_on", "sample_size", "strategy", "reason")


def lock(programme):
    """The programme as it stands now, ours until the transaction ends."""
    return AuditProgramme.objects.select_for_update().get(pk=programme.pk)


@transaction.atomic
def start_programme(*, name, starts_on, ends_on, sample_size, strategy, reason, is_example=False, by, at):
    """Write down how many audits a year shall have, chosen how, and why so."""
    refuse_if(rules.why_not_start_programme(user=by, starts_on=starts_on, ends_on=ends_on))
    programme = AuditProgramme.objects.create(
        reference=next_reference("AP", starts_on.year),
        name=name.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        sample_size=sample_size,
        strategy=strategy,
        reason=reason.strip(),
        is_example=is_example,
    )
    log(programme, "started", by=by, at=at, reason=programme.reason, summary=f"{programme.name} started")
    return programme


@transaction.atomic
def change_programme(*, programme, by, at, **given):
    """Change what was written down, until the sample is drawn; `given` names fields of FIELDS."""
    programme = lock(programme)
    days = {name: given.get(name, getattr(programme, name)) for name in ("starts_on", "ends_on")}
    refuse_if(rules.why_not_change_programme(programme, user=by, **days), programme)
    wanted = {name: value for name, value in given.items() if name in FIELDS and getattr(programme, name) != value}
    if wanted:
        changes = {name: [str(getattr(programme, name)), str(value)] for name, value in wanted.items()}
        AuditProgramme.objects.filter(pk=programme.pk).update(**wanted)
        programme.refresh_from_db()
        log(programme, "changed", by=by, at=at, summary="Programme changed", changes=changes)
    return programme


@transaction.atomic
def draw_sample(*, programme, seed, by, at):
    """Score everything that runs on the day, draw the sample by the seed, and keep every score for good.

    A programme that is an example draws from invented organisations alone.
    """
    programme = lock(programme)
    found = risk.risks(calendar.london_day(at))
    scored = {row.subject.reference: row for row in found if row.organisation.is_example or not programme.is_example}
    refuse_if(rules.why_not_draw(programme, user=by, candidates=len(scored)), programme)
    drawn = sampling.draw(
        [(reference, row.score) for reference, row in scored.items()],
        size=programme.sample_size,
        strategy=programme.strategy,
        seed=seed,
    )
    chosen = sum(draw.is_chosen for draw in drawn)
    workflow.move(
        programme,
        ProgrammeStatus.DRAWN,
        moves=PROGRAMME_MOVES,
        verb="drawn",
        by=by,
        at=at,
        reason=programme.reason,
        summary=f"{chosen} of {len(drawn)} drawn, seed {seed}: {programme.get_strategy_display().lower()}",
        seed=seed,
        drawn_at=at,
        drawn_by=by,
    )
    AuditCandidate.objects.bulk_create([_candidate(programme, draw, scored[draw.key]) for draw in drawn])
    return programme


def _candidate(programme, drawn, scored):
    return AuditCandidate(
        programme=programme,
        **_which(scored.subject),
        score=drawn.score,
        lines=[line.kept for line in scored.lines],
        place=drawn.place,
        is_chosen=drawn.is_chosen,
        why=drawn.why[:300],
    )


def _which(subject):
    return {"award": subject} if isinstance(subject, Award) else {"contract": subject}


@transaction.atomic
def add_by_hand(*, programme, subject, reason, by, at):
    """An officer adds an award or contract to the sample, with the reason; its score is kept with it."""
    programme = lock(programme)
    refuse_if(rules.why_not_add(programme, user=by, subject=subject, reason=reason), programme)
    why = f"Added by hand: {reason.strip()}"[:300]
    known = queries.candidate_of(programme, subject)
    if known:
        AuditCandidate.objects.filter(pk=known.pk, is_chosen=False).update(is_chosen=True, why=why)
        known.refresh_from_db()
    else:
        scored = risk.risk_of(subject, calendar.london_day(at))
        last = programme.candidates.aggregate(last=Max("place"))["last"] or 0
        known = AuditCandidate.objects.create(
            programme=programme,
            **_which(subject),
            score=scored.score,
            lines=[line.kept for line in scored.lines],
            place=last + 1,
            is_chosen=True,
            why=why,
        )
    log(programme, "added_by_hand", by=by, at=at, reason=reason.strip(), summary=f"{subject.reference} added by hand")
    return known


@transaction.atomic
def close_programme(*, programme, summary, by, at):
    """Say what the year's audits showed; nothing is added any more."""
    programme = lock(programme)
    refuse_if(rules.why_not_close_programme(programme, user=by, summary=summary), programme)
    AuditProgramme.objects.filter(pk=programme.pk).update(summary=summary.strip())
    return workflow.move(
        programme,
        ProgrammeStatus.CLOSED,
        moves=PROGRAMME_MOVES,
        verb="closed",
        by=by,
        at=at,
        reason=summary.strip(),
        summary=f"{programme.name} closed",
    )
