"""Schools, terms and topics, and projects that go into schools."""

from datetime import date

from plans.models import School, SchoolTerm, SchoolTopic

from . import awards, cases

FIRST, LAST = date(2020, 10, 5), date(2020, 10, 9)
HEADER = (
    "URN,EstablishmentName,PhaseOfEducation (name),TypeOfEstablishment (name),LA (name),Postcode,"
    "EstablishmentStatus (name),CloseDate"
)
ONCE = {
    "curriculum_link": "Relationships education, key stage 3.",
    "delivered_by": "Two trained youth workers of the partnership.",
    "dbs_checked": True,
    "dbs_words": "",
    "materials": "A film and cards, looked at by the police.",
    "evaluation": "Pupils answer five questions before and after.",
}


def kept():
    """Three terms, two topics, two schools."""
    for name, first, last in (
        ("Autumn term 2020", date(2020, 9, 3), date(2020, 12, 18)),
        ("Spring term 2021", date(2021, 1, 4), date(2021, 3, 26)),
        ("Summer term 2021", date(2021, 4, 12), date(2021, 7, 21)),
    ):
        SchoolTerm.objects.get_or_create(name=name, defaults={"starts_on": first, "ends_on": last})
    for key, name, most in (("knives", "Knife crime", 1), ("online", "Staying safe online", 2)):
        SchoolTopic.objects.get_or_create(key=key, defaults={"name": name, "most_in_term": most})
    return school(), school("900002", "Example Primary School", phase="PRIMARY", area="Swale")


def school(urn="900001", name="Example Academy", *, area="Maidstone", phase="SECONDARY", **fields):
    """One school, made once per number."""
    return School.objects.get_or_create(urn=urn, defaults={"name": name, "area": area, "phase": phase, **fields})[0]


def planned(urn="900001", topic="knives", *, starts_on=FIRST, ends_on=None, **fields):
    """One input as an action takes it."""
    whole = {
        "school": urn,
        "topic": topic,
        "year_groups": [7, 8],
        "starts_on": starts_on,
        "ends_on": ends_on or max(starts_on, LAST) if starts_on == FIRST else ends_on or starts_on,
        "sessions": 4,
        "pupils": 120,
        "lead_post": "Designated safeguarding lead",
        "lead_agreed_on": date(2020, 2, 20),
    }
    return {**whole, **fields}


def answers(*inputs, **once):
    """The schools part of a project as an action takes it."""
    return {"goes_into_schools": True, "school_inputs": list(inputs), **ONCE, **once}


def csv(*lines):
    """A register file of these lines, as bytes."""
    return "\r\n".join((HEADER, *lines)).encode()


def goes(case, *inputs, by, number=1):
    """Let a project of a draft go into schools."""
    project = case.projects.get(number=number)
    from_cases = {"case": case, "project": project, "by": by, "at": cases.WRITTEN}
    cases.projects.write_project(**from_cases, **answers(*inputs))
    return project


def draft(world, *inputs, organisation=None):
    """A draft case of one project with these inputs."""
    organisation = organisation or world.maidstone
    case = cases.business_case(world.cast, world.round, status="DRAFT", organisation=organisation, at=awards.BEFORE)
    goes(case, *inputs, by=cases.lead_of(world.cast, organisation))
    return case


def submitted(world, *inputs, organisation=None):
    """The same, sent in."""
    case = draft(world, *inputs, organisation=organisation)
    lead = cases.lead_of(world.cast, case.organisation)
    return cases.business_cases.submit_business_case(case=case, by=lead, at=awards.BEFORE)


def under_evaluation(world, *inputs, organisation=None):
    """Sent in, and begun by the officer, who has no interest."""
    case = submitted(world, *inputs, organisation=organisation)
    said = {"case": case, "by": world.officer, "at": awards.BEFORE}
    awards.evaluations.declare_interest(has_interest=False, **said)
    return awards.evaluations.begin_evaluation(**said)


def live_award(world, *inputs):
    """An accepted award for one project that goes into schools."""
    case = under_evaluation(world, *inputs)
    for project in awards.projects(case):
        awards.advise(world, project)
    awards.evaluations.send_for_decision(case=case, by=world.officer, at=awards.BEFORE)
    for project in awards.projects(case):
        awards.approve(world, project)
    award = awards.Award.objects.get(lines__project__case=case)
    awards.awards.offer_award(award=award, by=world.officer, at=awards.OFFERED_AT)
    signatory = awards.signatory_of(world, award)
    return awards.awards.accept_award(award=award, position="Head", by=signatory, at=awards.ACCEPTED_AT)
