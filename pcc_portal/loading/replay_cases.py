"""Steps of example activity about rounds, business cases, decisions, awards and instalments."""

from decimal import Decimal

from accounts.models import Organisation
from grants.actions import awards, business_cases, decisions, evaluations, instalments, projects, rounds
from grants.models import Award, BusinessCase, Instalment, Project, Round
from records.enums import APPROVING

from .days import written_day


def number_of(words):
    return None if words is None else Decimal(words)


def case_of(play, step):
    return BusinessCase.objects.select_related("round__rule_set", "organisation", "allocation").get(
        pk=play.cases[step["case"]]
    )


def project_of(play, step, number):
    return Project.objects.select_related("case__round__rule_set", "case__organisation").get(
        case_id=play.cases[step["case"]], number=number
    )


def projects_of(play, step):
    rows = Project.objects.filter(case_id=play.cases[step["case"]]).select_related("case__round__rule_set")
    return list(rows.order_by("number"))


def award_of(play, step):
    """The award a case, or a proposal of a direct award, became."""
    if step["case"] in play.proposals:
        return Award.objects.get(proposal=play.proposals[step["case"]])
    case = case_of(play, step)
    return Award.objects.get(round=case.round, recipient=case.organisation)


def instalment_of(play, step):
    return Instalment.objects.select_related("award").get(award=award_of(play, step), number=step["instalment"])


def open_round(play, step, *, by, at):
    rounds.open_round(round=Round.objects.get(key=step["round"]), by=by, at=at)


def close_round(play, step, *, by, at):
    rounds.close_round(round=Round.objects.get(key=step["round"]), by=by, at=at)


def write_case(play, step, *, by, at):
    """Start a case, say what it is about, write its projects."""
    round_ = Round.objects.select_related("rule_set").get(key=step["round"])
    case = business_cases.start_business_case(
        round=round_,
        organisation=Organisation.objects.get(key=step["organisation"]),
        window=step["window"],
        title=step["title"],
        by=by,
        at=at,
    )
    play.cases[step["case"]] = case.pk
    business_cases.save_overview(case=case, summary=step["summary"], serving_officers="None", by=by, at=at)
    for content in step["projects"]:
        projects.write_project(case=case, by=by, at=at, **answers(content, round_))


def answers(content, round_):
    """The answers about one project in the words of the action."""
    return {
        **{name: content[name] for name in ("title", "description", "need", "evidence", "evidence_strength")},
        "evidence_source": content["evidence_source"],
        "starts_on": round_.starts_on,
        "ends_on": round_.ends_on,
        "outcomes": [
            {**row, "baseline": number_of(row["baseline"]), "target": number_of(row["target"])}
            for row in content["outcomes"]
        ],
        "outputs": [{**row, "target": number_of(row["target"])} for row in content["outputs"]],
        "budget_lines": [{**row, "amount": number_of(row["amount"])} for row in content["budget"]],
        "priorities": content["priorities"],
        "areas": content["areas"],
        "partners": content["partners"],
        "lot": content["lot"],
        "match_lines": [{**row, "amount": number_of(row["amount"])} for row in content["match"]],
    }


def submit_case(play, step, *, by, at):
    business_cases.submit_business_case(case=case_of(play, step), by=by, at=at)


def return_case(play, step, *, by, at):
    requests = [
        (row["section"], project_of(play, step, row["project"]) if row["project"] else None, row["asked"])
        for row in step["requests"]
    ]
    business_cases.return_business_case(case=case_of(play, step), requests=requests, by=by, at=at)


def evaluate_case(play, step, *, by, at):
    """Declare no interest, take the case into evaluation, write findings and advice on every project."""
    case = case_of(play, step)
    evaluations.declare_interest(case=case, has_interest=False, by=by, at=at)
    evaluations.begin_evaluation(case=case, by=by, at=at)
    for project in projects_of(play, step):
        evaluations.record_evaluation(
            project=project,
            need=step["need"],
            outcomes=step["outcomes"],
            value_for_money=step["value_for_money"],
            risks=step["risks"],
            by=by,
            at=at,
        )
    for row in step["advice"]:
        project = project_of(play, step, row["project"])
        evaluations.recommend(
            project=project,
            outcome=row["outcome"],
            amount=amount_for(project, row),
            advice=row["advice"],
            conditions=row["conditions"],
            by=by,
            at=at,
        )


def amount_for(project, row):
    """The sum given; without one an approval is of all that was asked for."""
    if row["amount"] is not None:
        return Decimal(row["amount"])
    return project.amount_requested if row["outcome"] in APPROVING else None


def comment_on_finance(play, step, *, by, at):
    for project in projects_of(play, step):
        evaluations.comment_on_finance(project=project, comment=step["comment"], by=by, at=at)


def send_for_decision(play, step, *, by, at):
    evaluations.send_for_decision(case=case_of(play, step), by=by, at=at)


def decide(play, step, *, by, at):
    project = project_of(play, step, step["project"])
    decisions.decide_project(
        project=project,
        outcome=step["outcome"],
        amount=amount_for(project, step),
        purpose=step["purpose"],
        reason=step["reason"],
        conditions=step["conditions"],
        question=step["question"],
        by=by,
        at=at,
    )


def offer_award(play, step, *, by, at):
    awards.offer_award(award=award_of(play, step), by=by, at=at)


def publish_decisions(play, step, *, by, at):
    """Publish every decision on the case that the recipient has been told of."""
    for project in projects_of(play, step):
        if project.decision_id and project.decision.offered_at:
            decisions.publish_decision(decision=project.decision, by=by, at=at)


def accept_award(play, step, *, by, at):
    awards.accept_award(award=award_of(play, step), position=step["position"], by=by, at=at)


def release(play, step, *, by, at):
    instalments.release_instalment(instalment=instalment_of(play, step), by=by, at=at)


def mark_paid(play, step, *, by, at):
    instalments.mark_paid(
        instalment=instalment_of(play, step),
        paid_on=written_day(step["on"]),
        payment_reference=step["reference"],
        by=by,
        at=at,
    )


VERBS = {
    verb.__name__: verb
    for verb in [
        open_round,
        close_round,
        write_case,
        submit_case,
        return_case,
        evaluate_case,
        comment_on_finance,
        send_for_decision,
        decide,
        offer_award,
        publish_decisions,
        accept_award,
        release,
        mark_paid,
    ]
}
