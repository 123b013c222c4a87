"""Steps of a journey, in the words of the pages; each takes a person at the portal (over HTTP or in a browser)."""

from datetime import date


def start_round(officer, *, name, stream, rules, starts_on, ends_on, opens_on, deadline_on, tactical=()):
    """An officer prepares a round."""
    officer.visit("/rounds/").follow("Start a round")
    officer.fill("Funding stream", stream).fill("Rule set", rules).fill("Source of funds", "Own budget")
    officer.fill("Name of the round", name)
    officer.fill_date("First day of the period", starts_on).fill_date("Last day of the period", ends_on)
    officer.fill_date("Day the main window opens", opens_on).fill_date("Deadline of the main window", deadline_on)
    if tactical:
        officer.fill_date("Day the tactical window opens", tactical[0])
        officer.fill_date("Last day of the tactical window", tactical[1])
    officer.press("Save").sees(name, "Being prepared")


def start_case(lead, *, round_name, title, window="main"):
    """A lead or contributor starts a business case of their organisation."""
    lead.visit("/rounds/").follow(round_name)
    if window == "main":
        lead.follow("Start the main business case")
    else:
        lead.follow("Start a tactical business case")
    lead.fill("Title of the business case", title).press("Save and continue").sees(title)


def write_overview(writer):
    writer.follow("About the business case")
    writer.fill("What is the business case for?", "Safer streets by day and night.")
    writer.fill("Do serving police officers or police staff take part, and how?", "None")
    writer.press("Save and return")


def write_project(writer, *, title, budget, outcome="Fewer assaults at night", target="100", year=2020):
    """Every section of one project, from the task list and back to it."""
    writer.follow("Add a project").fill("Title of the project", title).press("Add the project")
    writer.fill("What will the project do?", "Patrols by trained volunteers in the town centre.")
    writer.fill_date("When does the project start?", date(year, 4, 1))
    writer.fill_date("When does the project end?", date(year + 1, 3, 31)).press("Save and go to need and evidence")
    writer.fill("Why is the project needed?", "Reports of violence at night rose by a fifth.")
    writer.fill("What evidence of need is there?", "Recorded crime 2017 to 2019.")
    writer.choose("Good: local figures or analysis", within="How strong is the evidence?")
    writer.fill("Where does the evidence come from?", "Strategic assessment").press("Save and go to outcomes")
    writer.fill("Outcome: what will change", outcome, within="Outcome 1")
    writer.fill("How it is measured", "Recorded assaults from 8pm to 4am", within="Outcome 1")
    writer.fill("Unit (for example, people)", "assaults", within="Outcome 1")
    writer.fill("Better when the figure is", "Lower", within="Outcome 1")
    writer.fill("Now (leave empty if not known)", "120", within="Outcome 1")
    writer.fill("Target", target, within="Outcome 1").press("Save and go to outputs")
    writer.fill("Output", "Patrols", within="Output 1").fill("How many", "50", within="Output 1")
    writer.fill("Unit", "nights", within="Output 1").press("Save and go to budget")
    write_budget(writer, budget)
    writer.press("Save and go to priorities").choose("Reduce violence").press("Save and go to areas and partners")
    writer.fill("Where will the project work?", "Town centre")
    writer.fill("Organisation", "Street Pastors", within="Partner 1")
    writer.fill("What it does", "Volunteers on patrol", within="Partner 1").press("Save and return")
    writer.sees(title)


def write_budget(writer, budget):
    """Budget lines as (heading, amount); a third line needs another row."""
    for number, (heading, amount) in enumerate(budget, start=1):
        if number > 1:
            writer.press("Add another budget line")
        writer.fill("What for", heading, within=f"Budget line {number}")
        writer.fill("Amount", amount, within=f"Budget line {number}")


def submit_case(lead):
    """Check the answers, declare, send."""
    lead.follow("Check your answers and send")
    return lead
