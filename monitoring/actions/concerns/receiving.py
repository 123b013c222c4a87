"""A complaint comes in, is described and taken up (P2)."""

import secrets
from datetime import timedelta

from django.db import transaction

from plans.enums import StageAnsweredBy
from records import documents, workflow
from records.actions import log, next_reference
from records.calendar import add_working_days, london_day
from records.refusals import refuse_if
from records.words import day_in_words

from ...enums import CONCERN_MOVES, ConcernRoute, ConcernStatus, MovedBy, Restriction
from ...letters import concerns as concern_letters
from ...models import Concern, ConcernStage
from ...notices import concerns as concern_notices
from ...queries import concern_links as links
from ...queries import concerns as queries
from ...rules import concerns as rules
from .owing import locked, owe_receipt, owe_stage, settle_receipt

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another
SAME_WITHIN = timedelta(minutes=10)
SHORTEST_CLOCK = 3
SAID = ("about", "what_happened", "happened_on", "wanted", "name", "email", "telephone", "reach_by")


def _reference(restriction, at):
    """The next number; a restricted complaint draws its own by lot, so that no gap and no count tells of it."""
    if restriction == Restriction.NONE:
        return next_reference("CM", at.year)
    while True:
        drawn = "RC-" + "".join(secrets.choice(LETTERS) for _ in range(6))
        if not Concern.objects.filter(reference=drawn).exists():
            return drawn


@transaction.atomic
def receive_concern(*, restriction=Restriction.NONE, may_tell_provider=False, uploads=(), at, is_example=False, **said):
    """Take in what somebody without an account sends. The same words sent twice within minutes are one complaint.

    `said` holds the fields of `SAID`. The complainant's link is worked out by `concern_links`.
    """
    said = {name: said.get(name, "").strip() for name in SAID}
    if again := Concern.objects.filter(received_at__gte=at - SAME_WITHIN, restriction=restriction, **said).first():
        return again
    route = ConcernRoute.PUBLIC_FORM
    fields = {**said, "restriction": restriction, "may_tell_provider": may_tell_provider, "is_example": is_example}
    return _take_in(route=route, uploads=uploads, by=None, at=at, **fields)


@transaction.atomic
def enter_concern(*, organisation=None, restriction=Restriction.NONE, uploads=(), by, at, is_example=False, **said):
    """Enter what reached the office by letter or telephone, or what an organisation tells of itself."""
    refuse_if(rules.why_not_enter(user=by, organisation=organisation, on=london_day(at)))
    officer = not rules.why_not_enter(user=by, organisation=None, on=london_day(at))
    theirs = organisation is not None and not officer
    fields = {
        **{name: said.get(name, "").strip() for name in SAID},
        "organisation": organisation,
        "restriction": restriction,
        "may_tell_provider": theirs or bool(said.get("may_tell_provider")),
        "shared_at": at if theirs and restriction == Restriction.NONE else None,
        "is_example": is_example,
    }
    route = ConcernRoute.OFFICER if officer else ConcernRoute.PROVIDER
    return _take_in(route=route, uploads=uploads, by=by, at=at, **fields)


def _take_in(*, route, uploads, by, at, **fields):
    restriction, on = fields["restriction"], london_day(at)
    officer = deputy = None
    if restriction != Restriction.NONE:
        officer, deputy = queries.handlers_for(restriction, about=f"{fields['about']} {fields['what_happened']}")
    said = {"about": fields["about"], "what_happened": fields["what_happened"], "restriction": restriction}
    refuse_if(rules.why_not_receive(**said, named_officer=officer, on=on))
    concern = Concern.objects.create(
        reference=_reference(restriction, at),
        route=route,
        named_officer=officer,
        deputy=deputy,
        received_at=at,
        entered_by=by,
        **fields,
    )
    concern.follow_hash = links.hash_of(links.token_of(concern))
    concern.save(update_fields=["follow_hash"])
    log(concern, "received", by=by, at=at, summary=f"Complaint received: {concern.get_route_display().lower()}")
    for upload in uploads:
        documents.store(upload=upload, subject=concern, by=by, at=at)
    due_on = receipt_due(concern)
    owe_receipt(concern, due_on=due_on)
    concern_notices.concern_received(concern, due_on=due_on, at=at)
    _confirm(concern, at)
    return concern


def receipt_due(concern):
    """The day by which a complaint is acknowledged, by the clock of the first stage it can come to."""
    level = queries.next_level(concern)
    days = level.acknowledge_days if level else SHORTEST_CLOCK
    return add_working_days(london_day(concern.received_at), days)


def _confirm(concern, at):
    concern_notices.to_complainant(
        concern,
        heading=f"We have received what you sent us: {concern.reference}",
        body="Thank you for telling us. Somebody in our office reads it now and writes to you.",
        at=at,
    )


@transaction.atomic
def describe_concern(*, concern, theme, organisation, award=None, contract=None, reason, by, at):
    """Say what a complaint is about: its theme, the organisation, the award or contract."""
    concern = locked(concern)
    refuse_if(rules.why_not_describe(concern, user=by, on=london_day(at)), concern)
    _set_about(
        concern, theme=theme, organisation=organisation, award=award, contract=contract, reason=reason, by=by, at=at
    )
    return concern


def _set_about(concern, *, reason, by, at, **about):
    linked = {name: about[name] for name in ("organisation", "award", "contract")}
    refuse_if(rules.why_not_about(concern, **linked), concern)
    changes = {name: [_plain(getattr(concern, name)), _plain(value)] for name, value in about.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if not changes:
        return
    for name, value in about.items():
        setattr(concern, name, value)
    concern.save(update_fields=sorted(about))
    log(concern, "described", by=by, at=at, reason=reason, summary="What it is about was recorded", changes=changes)


def _plain(value):
    return "" if value is None else str(value)


@transaction.atomic
def take_up(*, concern, level, theme, organisation, award=None, contract=None, words="", by, at):
    """Take a complaint up at a stage: its clocks start, and the complainant is told who answers by when."""
    concern = locked(concern)
    on = london_day(at)
    refuse_if(rules.why_not_take_up(concern, user=by, on=on), concern)
    _set_about(concern, theme=theme, organisation=organisation, award=award, contract=contract, reason="", by=by, at=at)
    refuse_if(rules.why_not_level(concern, level), concern)
    stage = begin_stage(concern, level, moved_by=MovedBy.FIRST, by=by, at=at, reason="", acknowledged=True)
    settle_receipt(concern, by=by, at=at, closing="Acknowledged")
    write_acknowledgement(concern, stage, words=words, by=by, at=at)
    return concern


def begin_stage(concern, level, *, moved_by, by, at, reason, acknowledged):
    """Move a complaint to a level: the stage with its clocks, what is owed, and who is told."""
    on = london_day(at)
    tells = level.answered_by == StageAnsweredBy.PROVIDER
    stamps = {"shared_at": at} if tells and concern.shared_at is None else {}
    workflow.move(
        concern,
        ConcernStatus.OPEN,
        moves=CONCERN_MOVES,
        verb="stage_begun",
        by=by,
        at=at,
        reason=reason,
        summary=f"At the stage “{level.name}”: {moved_by.label.lower()}",
        closed_at=None,
        outcome="",
        **stamps,
    )
    last = queries.stage_of(concern)
    stage = ConcernStage.objects.create(
        concern=concern,
        number=last.number + 1 if last else 1,
        level=level,
        moved_by=moved_by,
        reason=reason,
        started_at=at,
        started_by=by,
        acknowledge_by=add_working_days(on, level.acknowledge_days),
        acknowledged_at=at if acknowledged else None,
        answer_by=add_working_days(on, level.answer_days),
    )
    owe_stage(concern, stage)
    concern_notices.stage_begun(concern, stage, at=at)
    return stage


def write_acknowledgement(concern, stage, *, words, by, at):
    """The letter that says who answers and by when, kept and sent."""
    paper = concern_letters.acknowledgement(concern, stage, words=words.strip(), by=by, at=at)
    concern_notices.to_complainant(
        concern,
        heading=f"{paper.title}: {concern.reference}",
        body=f"Your complaint is now at the stage “{stage.level.name}”. "
        f"You have an answer by {day_in_words(stage.answer_by)}. The letter is attached.",
        paper=paper,
        at=at,
    )


@transaction.atomic
def add_file(*, concern, upload, by, at):
    """Keep a file about a complaint; it is served on the complaint's own page alone."""
    refuse_if(rules.why_not_add_file(concern, user=by, on=london_day(at)), concern)
    return documents.store(upload=upload, subject=concern, by=by, at=at)
