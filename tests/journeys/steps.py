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


def write_project(writer, *, title, budget, outcome="Fewer assaults at night", target="100", year=2020, days=()):
    """Every section of one project, from the task list and back to it."""
    starts_on, ends_on = days or (date(year, 4, 1), date(year + 1, 3, 31))
    writer.follow("Add a project").fill("Title of the project", title).press("Add the project")
    writer.fill("What will the project do?", "Patrols by trained volunteers in the town centre.")
    writer.fill_date("When does the project start?", starts_on)
    writer.fill_date("When does the project end?", ends_on).press("Save and go to need and evidence")
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
    lead.follow("Check your answers")
    return lead


def send(lead, word="The organisation agrees"):
    """Tick the declaration and send the business case."""
    lead.follow("Check your answers")
    lead.choose("What this business case says is true as far as I know, and the organisation agrees to send it")
    lead.press("Send the business case").sees("BC-")


def declare_no_interest(officer, case):
    officer.visit(f"{case}evaluation/").follow("Declare your interests")
    officer.choose("No, I have no interest").press("Declare")


def evaluate(officer, case, number, *, outcome="Approved in full", amount="", advice="Fund it: the need is shown."):
    """Findings and a recommendation on one project."""
    officer.visit(f"{case}projects/{number}/evaluate/")
    officer.fill("Need and evidence", "Shown by recorded crime.").fill("Outcomes", "Measured, with a baseline.")
    officer.fill("Value for money", "Costs are in line with last year.").press("Save evaluation")
    officer.visit(f"{case}projects/{number}/recommend/")
    officer.choose(outcome, within="What do you recommend?")
    if amount:
        officer.fill("Sum recommended", amount)
    officer.fill("Advice to the decider", advice).press("Save recommendation")


def comment_on_money(chief_finance_officer, case, number):
    chief_finance_officer.visit(f"{case}projects/{number}/finance-comment/")
    chief_finance_officer.fill("Comment on the money", "Affordable within the budget.").press("Save comment")


def decide(commissioner, case, number, outcome, *, amount="", conditions="", question="", reason="It meets the need."):
    """Decide one project: fill in, check, make."""
    commissioner.visit(f"{case}projects/{number}/decide/").choose(outcome, within="What do you decide?")
    if amount:
        commissioner.fill("Sum", amount)
    if conditions:
        commissioner.fill("Conditions", conditions)
    if question:
        commissioner.fill("Question to the applicant", question)
    if outcome.startswith("Approved"):
        commissioner.fill("Purpose of the spend", "Fewer assaults in town centres at night.")
    commissioner.fill("Reason for the decision", reason).press("Check this decision").press("Make this decision")


def accept(signatory, award):
    """The payee's authorised signatory reads and accepts the terms."""
    signatory.visit(award).follow("Read and accept the terms").sees("Spend only as approved.")
    signatory.fill("Your position", "Head of Community Safety")
    signatory.choose("I am authorised to accept these terms for the organisation that is paid")
    signatory.press("Accept the terms").sees("Live")


def answer_template(lead, people):
    """The two sections of figures that the usual return for grants asks for, page by page."""
    lead.fill("People reached", people)
    lead.fill_each("People reached, by age group: ", [people, "0", "0", "0", "0", "0"])
    lead.fill("Sessions held", "12").press("Save and continue")
    lead.fill("How did this help to reduce violence?", "Fewer fights at closing time.").press("Save and continue")


def explain(lead, reason="It was agreed with the officer."):
    """The check page: why each figure that stands out is right."""
    lead.fill_each("Why is this right?", reason).press("Save the reason").sees(reason)


def write_return(
    lead, address, *, spent, outcome="105", delivered="25", people="24", unspent="", evidence="", explained=False
):
    """Every section of a return; `spent` is a list with a sum for each budget line."""
    lead.visit(f"{address}write/spend/").fill_each("Spent: ", spent)
    if evidence:
        lead.fill_each("Evidence: ", evidence)
    lead.press("Save and continue").fill_each("Result: ", outcome)
    lead.press("Save and continue").fill_each("Delivered: ", delivered)
    lead.press("Save and continue")
    answer_template(lead, people)
    lead.choose_each("On track").fill_each("What happened in ", "Patrols ran every weekend.")
    lead.press("Save and continue")
    lead.fill("What happened over the whole period?", "The period went to plan.")
    lead.press("Save and continue")
    if unspent:
        lead.fill("Why is money left unspent, and what should happen with it?", unspent)
    lead.press("Save and continue")
    lead.visit(f"{address}check/")
    if explained:
        explain(lead)


def certify(certifier, address):
    certifier.visit(address).follow("Read and certify")
    certifier.choose("I have checked these figures against the accounts.").press("Sign as")


def release_and_pay(finance, award, number, *, day):
    """Finance releases one instalment and records the payment."""
    finance.visit(award)
    finance.press("Release").sees("Released")
    finance.follow("Record the payment").fill_date("Day of payment", day)
    finance.fill("Payment reference", f"BACS {number}").press("Record the payment").sees("Paid")


def ask(officer, section, question):
    """One named question about a section of a return."""
    officer.fill_each("Section", section).fill_each("Question", question).press("Send the questions")


def review(officer, address):
    """A satisfactory verdict with a reply."""
    officer.visit(f"{address}review/").choose("Satisfactory")
    officer.fill("Reply to the recipient", "Thank you. We shared the method with others.").press("Record the verdict")
