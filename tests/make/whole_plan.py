"""Runs the rounds of any loaded plan through their whole time, by what its rule sets say and the real actions alone.

Nothing here knows a plan: who applies, what is asked, scored, decided, paid and reported is read from rows. The people
are those the plan file brings. A rule that refuses what the rules themselves led to is a fault, and raises.
"""

from collections import defaultdict
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Organisation, User
from grants.actions import (
    answers,
    awards,
    business_cases,
    decisions,
    evaluations,
    formulas,
    panels,
    projects,
    rounds,
    staging,
)
from grants.enums import MatchKind, ProjectStatus, Window
from grants.models import Award, BusinessCase, Project, Round
from grants.queries import bidding, periods
from grants.queries import rounds as round_queries
from grants.queries import staging as staging_queries
from grants.rules import answers as answer_rules
from grants.rules import business_cases as case_rules
from plans.enums import LimitOn, MatchIn, MoneySetBy, StageKind
from plans.models import Priority
from records import calendar

from . import cases
from .plan_time import DAY, PlanTime, moment


class WholePlan(PlanTime):
    """One plan on its way through time; `on` only grows."""

    def __init__(self, plan):
        self.plan = plan
        people = User.objects.filter(memberships__organisation=plan.body.organisation).distinct()
        self.posts = defaultdict(list)
        for person in people.order_by("pk"):
            for membership in person.memberships.all():
                self.posts[membership.role].append(person)
        self.officers = self.posts["COMMISSIONING_OFFICER"]
        self.head = self.posts["HEAD_OF_COMMISSIONING"][0]
        self.finance = self.posts["FINANCE_OFFICER"][0]
        self.cfo = self.posts["CHIEF_FINANCE_OFFICER"][0]

    def lead(self, organisation, role="LEAD"):
        return User.objects.filter(memberships__organisation=organisation, memberships__role=role).first()

    # Applying

    def rounds(self):
        return Round.objects.filter(stream__plan=self.plan, is_recorded=False).order_by("opens_on", "pk")

    def open(self, round):
        at = moment(round.opens_on)
        if round.rule_set.money_set_by == MoneySetBy.FORMULA:
            formulas.work_out_formula(round=round, by=self.officers[0], at=at)
        rounds.open_round(round=round, by=self.officers[0], at=at)

    def applicants(self, round):
        """Whoever the rules let apply and has somebody to write."""
        every = Organisation.objects.exclude(pk=self.plan.body.organisation_id).order_by("pk")
        on = round.opens_on + 3 * DAY
        return [
            body
            for body in every
            if self.lead(body)
            and not case_rules.why_not_start(round, organisation=body, window=Window.MAIN, user=self.lead(body), on=on)
        ]

    def apply(self, round):
        bodies = self.applicants(round)
        for place, body in enumerate(bodies):
            case = business_cases.start_business_case(
                round=round,
                organisation=body,
                window=Window.MAIN,
                title=f"What {body.name} asks for",
                by=self.lead(body),
                at=moment(round.opens_on + 3 * DAY),
            )
            self.write(case, place, len(bodies))
            business_cases.submit_business_case(case=case, by=self.lead(body), at=moment(round.deadline_on - DAY))
        rounds.close_round(round=round, by=self.officers[0], at=moment(round.deadline_on + DAY))

    def write(self, case, place, together):
        """Everything the rules ask for, once."""
        by, at, rules = self.lead(case.organisation), moment(case.round.opens_on + 4 * DAY), case.round.rule_set
        asks = bidding.asks_of(rules)
        business_cases.save_overview(case=case, summary="What we will do.", serving_officers="None", by=by, at=at)
        starts_on = case.round.starts_on
        months = rules.months_most or rules.months_least
        ends_on = min(case.round.ends_on, calendar.period_end(starts_on, months) if months else case.round.ends_on)
        lot = self.lot_for(case.organisation, asks.lots, place)
        amount = self.amount(case, lot, starts_on, ends_on, together)
        given = {}
        if lot:
            given["lot"] = lot["number"]
        if asks.match:
            given["match_lines"] = self.match(rules, amount)
        if asks.profile_months:
            given["profile_lines"] = self.profile(amount, starts_on, ends_on, asks.profile_months)
        priorities = Priority.objects.filter(plan=self.plan).order_by("order").values_list("key", flat=True)[:1]
        if case.projects.exists():
            given["project"] = case.projects.get()
        project = projects.write_project(
            case=case,
            by=by,
            at=at,
            title="The project",
            description="What it does, week by week.",
            starts_on=starts_on,
            ends_on=ends_on,
            **cases.NEED,
            outcomes=cases.OUTCOMES,
            outputs=cases.OUTPUTS,
            budget_lines=[{"heading": "Staff", "amount": amount}],
            priorities=list(priorities),
            areas=case.organisation.areas[:1] or ["Everywhere"],
            partners=[],
            **given,
        )
        for asked, of in [(asked, None) for asked in asks.of_case] + [(asked, project) for asked in asks.of_project]:
            values, uploads = self.answers(asked)
            answers.write_answers(case=case, asked=asked, values=values, project=of, uploads=uploads, by=by, at=at)

    def lot_for(self, body, lots, place):
        named = [lot for lot in lots if lot["name"] in body.areas]
        return (named or lots[place % len(lots) :])[0] if lots else None

    def amount(self, case, lot, starts_on, ends_on, together):
        """As much as the rules allow without an exception or a warning; a fair part of what all bid for."""
        rules, most = case.round.rule_set, []
        if case.allocation:
            most.append(round_queries.pot(case.allocation, Window.MAIN, rules))
        if lot:
            most += [Decimal(lot[name]) for name in ("cap", "budget") if lot[name]]
        if case.round.budget and not case.allocation:
            most.append(case.round.budget / together)
        years = Decimal(calendar_months(starts_on, ends_on)) / 12
        for limit in rules.limits.all():
            yearly = limit.on in (LimitOn.CASE_YEAR, LimitOn.PROJECT_YEAR, LimitOn.APPLICANT_YEAR)
            most.append(limit.amount * max(years, 1) if yearly else limit.amount)
        amount = min(most) if most else Decimal(12000)
        return amount.quantize(Decimal(1), ROUND_DOWN) if amount > 100 else amount

    def match(self, rules, amount):
        """Enough from others: so many per cent of the whole cost."""
        lines = []
        for rule in rules.match_rules.all():
            part = (amount * rule.percent / (100 - rule.percent)).quantize(Decimal(1), ROUND_UP)
            kind = MatchKind.KIND if rule.match_in == MatchIn.KIND else MatchKind.MONEY
            lines.append({"who": "A friend of the project", "kind": kind, "amount": part, "is_confirmed": True})
        return lines

    def profile(self, amount, starts_on, ends_on, months):
        """The money by period, month for month, to the penny."""
        spans = periods.asked(starts_on, ends_on, months)
        each = (amount / len(spans)).quantize(Decimal("0.01"), ROUND_DOWN)
        lines = [{"starts_on": first, "ends_on": last, "amount": each} for first, last in spans]
        lines[-1]["amount"] += amount - each * len(spans)
        return lines

    def answers(self, asked):
        """An answer to every question of a set that is asked, one after another: (values, files)."""
        values, uploads = {}, {}
        for question in asked.questions:
            if question not in answer_rules.shown(asked.questions, values):
                continue
            if question["kind"] == "FILE":
                uploads[question["key"]] = SimpleUploadedFile("plan.csv", b"what,when\nAll,Then\n", "text/csv")
            else:
                values[question["key"]] = an_answer(question)
        return values, uploads

    # Deciding

    def decide(self, round):
        """Every project through its stages to a decision; then the round is finished."""
        at = round.deadline_on + 5 * DAY
        for case in BusinessCase.objects.filter(round=round).select_related("organisation", "round__rule_set"):
            for person in {
                *self.officers,
                self.head,
                self.cfo,
                *self.posts["COMMISSIONER"],
                *self.posts["CHIEF_EXECUTIVE"],
            }:
                evaluations.declare_interest(case=case, has_interest=False, by=person, at=moment(at))
        stages = staging_queries.stages_of(round.rule_set)
        for number, stage in enumerate(stages, start=1):
            self.stage(round, stage, stages, at + number * DAY)
        at += (len(stages) + 2) * DAY
        for case in BusinessCase.objects.filter(round=round).order_by("pk"):
            self.conclude(case, at)
        self.second_bodies(round, stages, at + 12 * DAY)
        rounds.finish_round(round=round, by=self.officers[0], at=moment(at + 13 * DAY))

    def standings(self, round, stages):
        return [row for row in staging_queries.standings_of(round, stages) if row.project.status == "PROPOSED"]

    def waiting(self, round, stages, stage):
        return [row.project for row in self.standings(round, stages) if row.now and row.now.stage.pk == stage.pk]

    def stage(self, round, stage, stages, on):
        """One stage for every project that waits in it, as its kind asks."""
        here = self.waiting(round, stages, stage)
        if not here:
            return
        followed = next((row for row in stages if row.number == stage.number + 1), None)
        if stage.kind in (StageKind.GATE, StageKind.SCORED):
            for project in here:
                self.assess(project, stage, on)
            if not (stage.kind == StageKind.SCORED and followed and followed.kind == StageKind.MODERATION):
                staging.settle_stage(round=round, stage=stage, by=self.officers[0], at=moment(on, 16))
        elif stage.kind == StageKind.PUBLIC_VOTE:
            votes = {project.pk: 100 + 7 * place for place, project in enumerate(here)}
            given = {"held_on": on, "source": "Count at the hall", "by": self.officers[0], "at": moment(on)}
            panels.record_vote(round=round, stage=stage, votes=votes, **given)
        elif stage.kind in (StageKind.PANEL, StageKind.SECOND_BODY):
            for project in here:
                self.enter(project, stage, on)
        self.moderate(round, stage, stages, on)

    def enter(self, project, stage, on):
        share = Decimal(80) if stage.pass_percent else None
        given = {"note": "Agreed.", "held_on": on, "who": "Three members", "minutes": "M 1", "share": share}
        panels.record_stage(project=project, stage=stage, passed=True, by=self.officers[0], at=moment(on), **given)

    def assess(self, project, stage, on):
        """Each evaluator alone; the later the applicant, the lower the scores."""
        for place, person in enumerate([*self.officers, self.head][: max(stage.evaluators, 1)]):
            scores = {}
            for criterion in stage.criteria.all():
                given = max(criterion.highest - self.place(project) % 2 - place, criterion.highest // 2 + 1)
                scores[criterion.pk] = (True if stage.kind == StageKind.GATE else given, "Seen")
            staging.finish_assessment(project=project, stage=stage, scores=scores, by=person, at=moment(on, 10 + place))

    def place(self, project):
        """Which of the round's projects it is, counted in the order they came."""
        return Project.objects.filter(case__round=project.case.round, pk__lt=project.pk).count()

    def moderate(self, round, stage, stages, on):
        if stage.kind != StageKind.MODERATION:
            return
        for project in self.waiting(round, stages, stage):
            scored = staging_queries.scored_before(stages, stage)
            given = staging_queries.scores_of(project, scored)
            agreed = {key: (max(numbers), "Agreed after talking") for key, numbers in given.items()}
            staging.agree_scores(project=project, stage=stage, agreed=agreed, by=self.officers[0], at=moment(on, 14))
        staging.settle_stage(round=round, stage=stage, by=self.officers[0], at=moment(on, 16))

    def conclude(self, case, on):
        """Advice, the finance comment, the decision, the offer and its acceptance."""
        officer = self.officers[0]
        case.refresh_from_db()
        if case.status == "SUBMITTED":
            evaluations.begin_evaluation(case=case, by=officer, at=moment(on))
        for project in case.projects.order_by("number"):
            self.advise(project, on)
        case.refresh_from_db()
        evaluations.send_for_decision(case=case, by=officer, at=moment(on + DAY))
        for project in case.projects.order_by("number"):
            self.decide_project(project, on + 2 * DAY)

    def advise(self, project, on):
        standing = staging_queries.standing_of(staging_queries.project_for_stages(project))
        if not staging_queries.stages_of(project.case.round.rule_set):
            words = {"need": "Shown.", "outcomes": "Clear.", "value_for_money": "Fair."}
            evaluations.record_evaluation(project=project, **words, by=self.officers[0], at=moment(on))
        passed = standing.failed is None
        outcome = "APPROVED" if passed else "DECLINED"
        amount = project.amount_requested if passed else None
        given = {"by": self.officers[0], "at": moment(on, 12)}
        evaluations.recommend(project=project, outcome=outcome, amount=amount, advice="As the stages say.", **given)
        evaluations.comment_on_finance(project=project, comment="Within the money.", by=self.cfo, at=moment(on, 13))

    def decide_project(self, project, on):
        standing = staging_queries.standing_of(staging_queries.project_for_stages(project))
        deciding = standing.deciding
        person = self.posts[deciding.post][0] if deciding and deciding.post else self.posts["COMMISSIONER"][0]
        words = {"reason": "As advised.", "by": person, "at": moment(on)}
        if standing.failed:
            decisions.decide_project(project=project, outcome="DECLINED", **words)
        else:
            decisions.decide_project(project=project, outcome="APPROVED", purpose="The project as asked for", **words)

    def second_bodies(self, round, stages, on):
        """Bodies that are asked once the decision is made."""
        for project in Project.objects.filter(case__round=round, status=ProjectStatus.APPROVED):
            while pending := staging_queries.standing_of(staging_queries.project_for_stages(project)).pending:
                self.enter(project, pending.stage, on)

    def offer(self, round):
        at = round.deadline_on + 40 * DAY
        for award in Award.objects.filter(round=round).select_related("payee").order_by("pk"):
            awards.offer_award(award=award, by=self.officers[0], at=moment(at))
            signatory = self.lead(award.payee, "SIGNATORY")
            awards.accept_award(award=award, position="Chair", by=signatory, at=moment(at + DAY))

    def run(self, last):
        """Every round from its opening to its awards, then the time of the awards."""
        for round in self.rounds():
            self.open(round)
            round.refresh_from_db()
            self.apply(round)
            round.refresh_from_db()
            self.decide(round)
            self.offer(round)
        self.live_until(last)


def calendar_months(starts_on, ends_on):
    return (ends_on.year - starts_on.year) * 12 + ends_on.month - starts_on.month + 1


def an_answer(question):
    """A plain answer fit for the question."""
    kind, lowest = question["kind"], question["lowest"]
    if kind == "CHOICE":
        return question["options"][0]
    if kind == "CHOICES":
        return question["options"][:2]
    if kind == "DAY":
        return "2019-04-01"
    if kind in ("NUMBER", "MONEY"):
        return str(Decimal(lowest or 5))
    return "yes" if kind == "YES_NO" else "As we always do it."
