"""What a business case still lacks, section by section; reads only the content as it would be frozen (C2, C3)."""

from plans.enums import CasePart

from ..enums import CaseSection, EvidenceStrength

NONE_YET = ("", EvidenceStrength.NONE)


def missing_overview(content):
    lacks = []
    if not content["title"].strip():
        lacks.append("Enter the title of the business case.")
    if not content["summary"].strip():
        lacks.append("Say in a few sentences what the business case is for.")
    return lacks


def _about(project):
    lacks = []
    if not project["description"].strip():
        lacks.append("Describe what the project will do.")
    if not project["starts_on"]:
        lacks.append("Enter the day the project starts.")
    if not project["ends_on"]:
        lacks.append("Enter the day the project ends.")
    return lacks


def _need(project):
    lacks = []
    if not project["need"].strip():
        lacks.append("Say why the project is needed.")
    if not project["evidence"].strip():
        lacks.append("Say what evidence of need there is.")
    if not project["evidence_strength"]:
        lacks.append("Choose how strong the evidence is.")
    return lacks


def _outcomes(project):
    return [] if project["outcomes"] else ["Add at least one outcome."]


def _outputs(project):
    if project["outputs"] or project["no_outputs_reason"].strip():
        return []
    return ["Add at least one output, or say why there is none."]


def _budget(project):
    return [] if project["budget_lines"] else ["Add at least one budget line."]


def _priorities(project):
    if project["priorities"] or project["no_priority_reason"].strip():
        return []
    return ["Choose at least one priority, or say why the project serves none."]


def _areas(project):
    return [] if project["areas"] else ["Enter at least one area."]


CHECKS = {
    CaseSection.PROJECTS: _about,
    CaseSection.NEED: _need,
    CaseSection.OUTCOMES: _outcomes,
    CaseSection.OUTPUTS: _outputs,
    CaseSection.BUDGET: _budget,
    CaseSection.PRIORITIES: _priorities,
    CaseSection.AREAS: _areas,
}


def is_required(section, required_parts):
    """The overview, what a project is about, schools it goes into and what a bid needs are always asked for."""
    if section not in CasePart.values or section == CaseSection.SCHOOLS:
        return True
    return CasePart(section.value).value in required_parts


def missing_in(project, section):
    """Sentences saying what one section of one project still needs."""
    return CHECKS[CaseSection(section)](project) if section in CHECKS else []


def missing(content, required_parts):
    """Everything required that is not there: (section, project number or None, sentence)."""
    lacks = [(CaseSection.OVERVIEW, None, sentence) for sentence in missing_overview(content)]
    if not content["projects"]:
        lacks.append((CaseSection.PROJECTS, None, "Add at least one project."))
    for project in content["projects"]:
        for section in CHECKS:
            if is_required(section, required_parts):
                lacks += [(section, project["number"], sentence) for sentence in missing_in(project, section)]
    return lacks


def needs_justification(project):
    """C2: neither a priority nor evidence of any strength, so an officer must say why it may go on."""
    return not project["priorities"] and project["evidence_strength"] in NONE_YET
