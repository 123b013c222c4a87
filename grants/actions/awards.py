"""Every write of an award: making, offering, answering, suspending, closing, recording the past."""

from django.db import transaction
from django.db.models import F

from plans.enums import ConditionKind, MoneySetBy
from plans.queries import reporting_record
from records import obligations, workflow
from records.actions import log, next_reference
from records.calendar import add_working_days, london_day
from records.enums import ObligationKind
from records.models import Decision
from records.refusals import refuse_if
from records.words import pounds

from ..enums import AWARD_MOVES, INSTALMENT_MOVES, AwardStatus, Direction, InstalmentStatus, Window
from ..letters import awards as letters
from ..models import Award, AwardLine, AwardSource, TermsAcceptance, Variation
from ..notices import awards as notices
from ..queries import money, sources
from ..rules import awards as rules
from . import continuation_days, instalments, schedules, schools, terms_changes
from . import standards as standard_actions
from .locks import lock_award

OPEN_INSTALMENTS = (InstalmentStatus.SCHEDULED, InstalmentStatus.WITHHELD)


def approve_into_award(*, project, decision, award, by, at):
    """Put an approved project into the recipient's award, made now if there is none; parents are locked.

    Won by a bid, the line pays for the project's own days; else for the whole of the award.
    """
    case = project.case
    days = _own_days(project)
    award = award or make_award(case=case, days=days, by=by, at=at)
    line = add_line(
        award=award,
        project=project,
        decision=decision,
        window=case.window,
        title=project.title,
        amount=decision.amount,
        days=days,
        shares=sources.sources_of(case.round),
        by=by,
        at=at,
    )
    schedules.schedule_instalments(line, at=at)
    schedules.owe_returns(award, window=line.window, at=at)
    if award.status == AwardStatus.LIVE:
        schools.owe_school_reports(award)
    if award.status != AwardStatus.MADE:
        _tell_of_added_line(award, line, by=by, at=at)
    return line


def _own_days(project):
    """The days of a project that was bid for, or None where the award's are meant."""
    round = project.case.round
    if round.rule_set.money_set_by != MoneySetBy.BIDS or not (project.starts_on and project.ends_on):
        return None
    return None if project.ends_on <= project.starts_on else (project.starts_on, project.ends_on)


def make_award(*, case, by, at, days=None):
    """Make the one award of a recipient in a round, under the terms of its rule set."""
    round = case.round
    starts_on, ends_on = days or (round.starts_on, round.ends_on)
    award = Award.objects.create(
        reference=next_reference("AW", round.starts_on.year),
        stream=round.stream,
        round=round,
        allocation=case.allocation,
        rule_set=round.rule_set,
        terms=round.rule_set.terms,
        recipient=case.organisation,
        payee=case.organisation.payee,
        title=f"{round.name}: {case.organisation.name}"[:300],
        starts_on=starts_on,
        ends_on=ends_on,
        reporting=reporting_record(round.rule_set),
        status=AwardStatus.MADE,
        made_at=at,
    )
    standard_actions.write_standards(award)
    log(award, "made", by=by, at=at, summary=f"Award made for {case.organisation.name}")
    return award


def add_line(*, award, decision, title, amount, shares, by, at, days=None, project=None, window=Window.MAIN):
    """Add one approved line to a locked award, and its money to the award's sources.

    `days` (first, last) where the line pays for a part of the award; `shares` is [(source, share)] in any measure.
    """
    if days:
        _reach(award, days, by=by, at=at)
    line = AwardLine.objects.create(
        award=award,
        number=award.lines.count() + 1,
        project=project,
        decision=decision,
        window=window,
        title=title[:300],
        amount=amount,
        starts_on=days[0] if days else None,
        ends_on=days[1] if days else None,
        added_at=at,
    )
    parts = sources.split(amount, [share for _, share in shares])
    for (funding_source, _), part in zip(shares, parts, strict=True):
        draw_on(award, funding_source, part)
    return line


def draw_on(award, funding_source, amount):
    """Let one source of funds pay so much more of the award."""
    if not amount:
        return
    row, _ = AwardSource.objects.get_or_create(
        award=award, funding_source=funding_source, defaults={"amount": money.ZERO}
    )
    AwardSource.objects.filter(pk=row.pk).update(amount=F("amount") + amount)


def _reach(award, days, *, by, at):
    """An award not offered yet lasts from the first day of its lines to the last; its returns follow."""
    starts_on, ends_on = min(award.starts_on, days[0]), max(award.ends_on, days[1])
    if award.status != AwardStatus.MADE or (starts_on, ends_on) == (award.starts_on, award.ends_on):
        return
    Award.objects.filter(pk=award.pk).update(starts_on=starts_on, ends_on=ends_on)
    award.starts_on, award.ends_on = starts_on, ends_on
    schedules.follow_days(award, by=by, at=at, reason="The award lasts as long as its projects")


def _tell_of_added_line(award, line, *, by, at):
    """A line added after the offer is a variation, told at once; it never waits."""
    now = money.total(award.lines)
    Variation.objects.create(
        award=award,
        number=award.variations.count() + 1,
        kind="LINE_ADDED",
        reason=line.decision.reason,
        before={"awarded": str(now - line.amount)},
        after={"awarded": str(now), "line": line.title},
        decision=line.decision,
        by=by,
        at=at,
    )
    stamp_offered([line.decision_id], by=by, at=at)
    paper = letters.award_letter(award, added=line, by=by, at=at)
    log(award, "varied", by=by, at=at, summary=f"Project added: {line.title}, {pounds(line.amount)}")
    notices.award_line_added(award, line, paper=paper, at=at)


def stamp_offered(decision_ids, *, by, at):
    """Note on the decisions that the recipient has been told, once."""
    Decision.objects.filter(pk__in=decision_ids, offered_at__isnull=True).update(offered_at=at, offered_by=by)


@transaction.atomic
def offer_award(*, award, by, at):
    """Tell recipient and payee in confidence, keep the letter, owe the acceptance. Waits for nothing."""
    award = lock_award(award)
    refuse_if(rules.why_not_offer(award, user=by, on=london_day(at)), award)
    workflow.move(
        award,
        AwardStatus.OFFERED,
        moves=AWARD_MOVES,
        verb="offered",
        by=by,
        at=at,
        summary=f"Offered to {award.recipient.name}",
        offered_at=at,
        offered_by=by,
    )
    stamp_offered(list(award.lines.values_list("decision_id", flat=True)), by=by, at=at)
    due_on = add_working_days(london_day(at), award.rule_set.acceptance_working_days)
    obligations.owe(
        award,
        ObligationKind.ACCEPTANCE,
        title=f"Accept the terms of {award.title}",
        organisation=award.payee,
        recipient=award.recipient,
        due_on=due_on,
        link=award.get_absolute_url(),
        anchor="offered",
    )
    paper = letters.award_letter(award, accept_by=due_on, by=by, at=at)
    standard_actions.ask_for_standards(award, due_on=due_on, on=london_day(at), by=by, at=at)
    notices.award_offered(award, amount=money.total(award.lines), due_on=due_on, paper=paper, at=at)
    return award


@transaction.atomic
def accept_award(*, award, position, by, at):
    """Record the signatory's acceptance of this version of the terms; the award is then live."""
    award = lock_award(award)
    refuse_if(rules.why_not_accept(award, user=by, on=london_day(at)), award)
    refuse_if("" if position.strip() else "Give your position in the organisation.", award)
    acceptance = TermsAcceptance.objects.create(
        award=award, terms=award.terms, by=by, at=at, on_behalf_of=award.payee, position=position.strip()
    )
    workflow.move(
        award,
        AwardStatus.LIVE,
        moves=AWARD_MOVES,
        verb="accepted",
        by=by,
        at=at,
        summary=f"Terms accepted ({award.terms}) by {by.full_name}, {acceptance.position}",
    )
    obligations.close(award, ObligationKind.ACCEPTANCE, at=at, by=by, closing="Terms accepted")
    instalments.meet_condition(award=award, condition=ConditionKind.TERMS_ACCEPTED, row=acceptance, by=by, at=at)
    continuation_days.bring_to_date(award, by=by, at=at)
    schools.owe_school_reports(award)
    notices.award_accepted(award, by=by, at=at)
    return award


@transaction.atomic
def decline_award(*, award, reason, by, at):
    """The payee does not want the award; its money goes back to the pot."""
    award = lock_award(award)
    refuse_if(rules.why_not_decline(award, user=by, on=london_day(at)), award)
    refuse_if(rules.why_no_reason(reason), award)
    _fall(award, AwardStatus.DECLINED, verb="declined", summary="Declined", reason=reason, by=by, at=at)
    notices.award_declined(award, reason=reason, at=at)
    return award


@transaction.atomic
def lapse_award(*, award, reason, by, at):
    """An offer nobody answered in time lapses; its money goes back to the pot."""
    award = lock_award(award)
    refuse_if(rules.why_not_lapse(award, user=by, on=london_day(at)), award)
    refuse_if(rules.why_no_reason(reason), award)
    _fall(award, AwardStatus.LAPSED, verb="lapsed", summary="Offer lapsed", reason=reason, by=by, at=at)
    notices.award_ended(award, word="lapsed", reason=reason, at=at)
    return award


def _fall(award, to, *, verb, summary, reason, by, at):
    """End the award: cancel what is not yet released, owe nothing more."""
    workflow.move(award, to, moves=AWARD_MOVES, verb=verb, by=by, at=at, reason=reason, summary=summary)
    for row in award.instalments.filter(direction=Direction.OUT, status__in=OPEN_INSTALMENTS).order_by("number"):
        workflow.move(
            row,
            InstalmentStatus.CANCELLED,
            moves=INSTALMENT_MOVES,
            verb="cancelled",
            by=by,
            at=at,
            reason=reason,
            summary=f"Instalment {row.number} cancelled",
        )
    terms_changes.let_go(award, reason=reason, by=by, at=at)
    for kind in (ObligationKind.ACCEPTANCE, ObligationKind.RETURN):
        if to != AwardStatus.TERMINATED or kind == ObligationKind.ACCEPTANCE:
            obligations.close(award, kind, at=at, by=by, closing=summary)


@transaction.atomic
def suspend_award(*, award, reason, by, at):
    """Hold everything back for now."""
    award = lock_award(award)
    refuse_if(rules.why_not_suspend(award, user=by, on=london_day(at)), award)
    refuse_if(rules.why_no_reason(reason), award)
    return put_on_hold(award, reason=reason, by=by, at=at)


def put_on_hold(award, *, reason, by, at):
    """Suspend a locked award, as an officer does or as its recipient asked and was granted."""
    workflow.move(
        award,
        AwardStatus.SUSPENDED,
        moves=AWARD_MOVES,
        verb="suspended",
        by=by,
        at=at,
        reason=reason,
        summary="Award suspended",
    )
    notices.award_ended(award, word="suspended", reason=reason, at=at)
    return award


@transaction.atomic
def resume_award(*, award, reason, by, at):
    """Lift a suspension."""
    award = lock_award(award)
    refuse_if(rules.why_not_resume(award, user=by, on=london_day(at)), award)
    refuse_if(rules.why_no_reason(reason), award)
    workflow.move(
        award,
        AwardStatus.LIVE,
        moves=AWARD_MOVES,
        verb="resumed",
        by=by,
        at=at,
        reason=reason,
        summary="Suspension lifted",
    )
    obligations.close(award, ObligationKind.REQUEST_ANSWER, at=at, by=by, closing="Suspension lifted")
    notices.award_ended(award, word="live again", reason=reason, at=at)
    return award


@transaction.atomic
def close_award(*, award, by, at):
    """Close an award whose money and returns are all settled."""
    award = lock_award(award)
    refuse_if(rules.why_not_close(award, user=by, on=london_day(at)), award)
    workflow.move(award, AwardStatus.CLOSED, moves=AWARD_MOVES, verb="closed", by=by, at=at, summary="Award closed")
    terms_changes.let_go(award, reason="The award is closed", by=by, at=at)
    notices.award_ended(award, word="closed", reason="", at=at)
    return award


@transaction.atomic
def end_award_early(*, award, reason, by, at):
    """End a live award early; what is not released is cancelled, returns stay owed."""
    award = lock_award(award)
    refuse_if(rules.why_not_end_early(award, user=by, on=london_day(at)), award)
    refuse_if(rules.why_no_reason(reason), award)
    _fall(award, AwardStatus.TERMINATED, verb="ended_early", summary="Award ended early", reason=reason, by=by, at=at)
    schools.cancel_inputs_after(award, reason=reason, by=by, at=at)
    notices.award_ended(award, word="ended early", reason=reason, at=at)
    return award


@transaction.atomic
def import_award(*, key, stream, recipient, title, at, by=None, payee=None, sources=(), joint_recipients=(), **facts):
    """Record a past award from a published source: it sends nothing and never pays.

    `sources` are (funding source, amount or None); `facts` are the published fields: round,
    starts_on, ends_on, period_label, recorded_amount, recorded_returned, basis, note, source.
    """
    starts_on = facts.get("starts_on")
    award = Award.objects.create(
        reference=next_reference("AW", starts_on.year if starts_on else at.year),
        key=key,
        stream=stream,
        recipient=recipient,
        payee=payee or recipient.payee,
        title=title,
        status=AwardStatus.RECORDED,
        is_recorded=True,
        **facts,
    )
    award.joint_recipients.set(joint_recipients)
    AwardSource.objects.bulk_create(
        AwardSource(award=award, funding_source=source, amount=amount) for source, amount in sources
    )
    log(award, "recorded", by=by, at=at, summary=f"Past award recorded from {award.source or 'a plan file'}"[:500])
    return award
