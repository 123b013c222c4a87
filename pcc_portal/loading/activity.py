"""Example activity replayed: each step through the same action its person would use on screen.

A file is replayed once. Its steps happen at the moments they name, never later than the load itself,
and wait for nothing: what people would have been told then is told in the portal as it was.
"""

import datetime
import hashlib
import json

from django.utils import timezone

from accounts.models import User
from plans.models import LoadedRow, Plan
from records.refusals import Refused

from . import (
    replay_audits,
    replay_awards,
    replay_cases,
    replay_concerns,
    replay_contracts,
    replay_opportunities,
    replay_overlaps,
    replay_returns,
    replay_schools,
    replay_stages,
    replay_standards,
    replay_stories,
    replay_support,
)
from .knowing import DAY_KEY, DAY_SECTION
from .writing import Stopped

FIRST_HOUR = 9
MINUTES_APART = 7
VERBS = {
    **replay_cases.VERBS,
    **replay_stages.VERBS,
    **replay_schools.VERBS,
    **replay_awards.VERBS,
    **replay_opportunities.VERBS,
    **replay_returns.VERBS,
    **replay_contracts.VERBS,
    **replay_concerns.VERBS,
    **replay_stories.VERBS,
    **replay_standards.VERBS,
    **replay_support.VERBS,
    **replay_overlaps.VERBS,
    **replay_audits.VERBS,
}


class Play:
    """One replay in progress: who is who, and what a label means."""

    def __init__(self, plan_file):
        rows = LoadedRow.objects.filter(file_key=plan_file.key, section="people")
        users = User.objects.in_bulk(rows.values_list("subject_id", flat=True))
        self.people = {row.key: users[row.subject_id] for row in rows}
        self.plan = Plan.objects.get(key=plan_file.part_of or next(iter(plan_file.section("plan"))))
        self.cases = {}
        self.proposals = {}
        self.opportunities = {}
        self.activities = {}
        self.complaints = {}
        self.offers = {}

    def actor(self, step):
        """The person of the step, read anew, so that nothing remembered of an earlier step misleads."""
        return User.objects.get(pk=self.people[step["by"]].pk) if step["by"] else None


def replay(plan_file, report, *, at):
    """Replay the steps of an example file once; raises `Stopped` when a rule refuses a step."""
    if not plan_file.steps:
        return
    sha = fingerprint(plan_file.steps)
    done = LoadedRow.objects.filter(file_key=plan_file.key, section=DAY_SECTION, key=DAY_KEY).first()
    if done:
        if done.content["sha"] != sha:
            report.kept.append("activity: it was replayed before and is not replayed again. Start afresh to see it.")
        return
    play, earlier = Play(plan_file), {}
    for step in plan_file.steps:
        count = earlier[step["on"]] = earlier.get(step["on"], -1) + 1
        act(play, step, moment(step, count, at))
    report.replayed = len(plan_file.steps)
    LoadedRow.objects.create(
        file_key=plan_file.key,
        section=DAY_SECTION,
        key=DAY_KEY,
        content={"on": timezone.localtime(at).date().isoformat(), "sha": sha},
        loaded_at=at,
    )


def act(play, step, at):
    try:
        VERBS[step.do](play, step, by=play.actor(step), at=at)
    except Refused as refusal:
        raise Stopped([f"line {step.line}: activity, {step.do}: {refusal.reason}"]) from None


def moment(step, count, latest):
    """The moment of the step: on its day during office hours, one after another, and never in the future."""
    start = datetime.datetime.combine(
        datetime.date.fromisoformat(step["on"]),
        datetime.time(FIRST_HOUR),
        tzinfo=timezone.get_current_timezone(),
    )
    return min(start + datetime.timedelta(minutes=MINUTES_APART * count), latest)


def fingerprint(steps):
    words = json.dumps([step.content for step in steps], sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()
