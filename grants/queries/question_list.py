"""Every question of a business case, once: asked on forms, shown before starting, printed beside answers."""

from dataclasses import dataclass

from ..enums import CaseSection

S = CaseSection


@dataclass(frozen=True)
class Question:
    """One question: its section, the field it fills, its words and a hint; `columns` where it takes rows."""

    section: CaseSection
    name: str
    label: str
    hint: str = ""
    columns: tuple = ()


QUESTIONS = (
    Question(S.OVERVIEW, "title", "Title of the business case"),
    Question(S.OVERVIEW, "summary", "What is the business case for?", "A few sentences, in plain words."),
    Question(
        S.OVERVIEW,
        "serving_officers",
        "Do serving police officers or police staff take part, and how?",
        "Write “None” if nobody does.",
    ),
    Question(S.PROJECTS, "title", "Title of the project"),
    Question(
        S.PROJECTS,
        "description",
        "What will the project do?",
        "Say what will happen, for whom and how often.",
    ),
    Question(S.PROJECTS, "lot", "Which lot does the project bid for?"),
    Question(S.PROJECTS, "starts_on", "When does the project start?"),
    Question(S.PROJECTS, "ends_on", "When does the project end?"),
    Question(
        S.PROJECTS,
        "goes_into_schools",
        "Does the project go into schools?",
        "Nursery schools, primary and secondary schools, and colleges that pupils up to 18 attend.",
    ),
    Question(S.NEED, "need", "Why is the project needed?", "Say who is affected, where and how badly."),
    Question(S.NEED, "evidence", "What evidence of need is there?", "Figures, analysis, consultation or research."),
    Question(S.NEED, "evidence_strength", "How strong is the evidence?"),
    Question(S.NEED, "evidence_source", "Where does the evidence come from?", "For example, the strategic assessment."),
    Question(
        S.NEED,
        "documents",
        "Files that show the need (optional)",
        "PDF, Word, Excel, CSV, text or picture, up to 20 MB.",
    ),
    Question(
        S.OUTCOMES,
        "outcomes",
        "What will change, and how will you measure it?",
        "An outcome is a change for people or places. Results are reported against each one.",
        (
            ("outcome", "Outcome"),
            ("measure", "How it is measured"),
            ("unit", "Unit"),
            ("direction", "Better when"),
            ("baseline", "Now"),
            ("target", "Target"),
        ),
    ),
    Question(
        S.OUTPUTS,
        "outputs",
        "What will be delivered?",
        "An output is something you can count, such as sessions held or people trained.",
        (("output", "Output"), ("target", "How many"), ("unit", "Unit")),
    ),
    Question(S.OUTPUTS, "no_outputs_reason", "If nothing can be counted, why?"),
    Question(
        S.BUDGET,
        "budget_lines",
        "What will the money be spent on?",
        "One line for each kind of cost. Spending is reported line by line.",
        (("heading", "What for"), ("amount", "Amount")),
    ),
    Question(S.PRIORITIES, "priorities", "Which priorities does the project serve?", "Choose all that apply."),
    Question(S.PRIORITIES, "no_priority_reason", "If it serves none, why should it be funded?"),
    Question(S.AREAS, "areas", "Where will the project work?", "One area on each line: a district, ward or town."),
    Question(
        S.AREAS,
        "partners",
        "Who will deliver the project with you?",
        "Leave empty if nobody does.",
        (("name", "Organisation"), ("part", "What it does")),
    ),
    Question(
        S.SCHOOLS,
        "school_inputs",
        "Which schools, when, for whom and about what?",
        "One input is one topic in one school: an assembly, a play, a run of lessons. Name posts, not people.",
        (
            ("school", "School"),
            ("topic_name", "Topic"),
            ("year_groups", "Year groups"),
            ("starts_on", "From"),
            ("ends_on", "To"),
            ("sessions", "Sessions"),
            ("pupils", "Pupils"),
            ("lead_post", "Safeguarding agreed with"),
            ("lead_agreed_on", "Agreed on"),
        ),
    ),
    Question(
        S.SCHOOLS,
        "curriculum_link",
        "How does it fit into what the schools teach?",
        "For example, the part of relationships, sex and health education it supports.",
    ),
    Question(S.SCHOOLS, "delivered_by", "Who comes into the schools?", "The organisation and the posts, not names."),
    Question(S.SCHOOLS, "dbs_checked", "Does everybody who comes have an enhanced DBS check?"),
    Question(
        S.SCHOOLS,
        "dbs_words",
        "If somebody has none yet, who, and when will it be there?",
        "Posts, not names. Never send a certificate.",
    ),
    Question(S.SCHOOLS, "materials", "What materials are used?", "Say who made them and who has looked at them."),
    Question(S.SCHOOLS, "evaluation", "How will you find out whether it worked?"),
    Question(
        S.MATCH,
        "match_lines",
        "What do others bring to the project?",
        "Money, or help in kind at its value in pounds. Count only what is for this project.",
        (("who", "Who"), ("kind", "What"), ("amount", "Amount"), ("is_confirmed", "Confirmed in writing")),
    ),
    Question(
        S.PROFILE,
        "profile_lines",
        "How much of the money falls into each period?",
        "Together the periods make the budget of the project.",
        (("starts_on", "From"), ("ends_on", "To"), ("amount", "Amount")),
    ),
    Question(S.QUESTIONS, "question_sets", "Questions of this round"),
)
BY_SECTION = {section: tuple(q for q in QUESTIONS if q.section == section) for section in CaseSection}


def label_of(section, name):
    """The words of one question."""
    return next(question.label for question in BY_SECTION[section] if question.name == name)


def hint_of(section, name):
    """The help beside one question."""
    return next(question.hint for question in BY_SECTION[section] if question.name == name)
