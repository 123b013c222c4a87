"""What a clash in schools holds back, and what is said of it before a case is sent (P5)."""

from ..queries import schools as queries

GOES_ON = "An officer has to rule on it before this project can be approved."


def why_not_approve(project):
    """Say which clash or surplus nobody has ruled on yet, or nothing. Asked before approval is advised or decided."""
    waiting = queries.open_clashes_of(project)
    if not waiting:
        return ""
    more = f" ({len(waiting) - 1} more)" if len(waiting) > 1 else ""
    return f"{waiting[0].sentence}{more} {GOES_ON}"


def warnings(case):
    """What applicants are told before they send: inputs that meet others, without a word about anybody else's case."""
    projects = list(case.projects.order_by("number"))
    found = queries.clashes_among(projects)
    told = [
        f"Project {project.number}, schools: {clash.sentence_outside} Talk to the school, and say in the project how "
        "yours differs."
        for project in projects
        for clash in found[project.pk]
    ]
    return list(dict.fromkeys(told))
