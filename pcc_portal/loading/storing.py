"""How each section is written: plainly where a row is only data, through the actions where it is a case."""

from accounts.models import User
from grants.actions import awards, importing, rounds
from plans import actions as plan_actions
from plans import queries as plan_queries
from plans import rules as plan_rules
from plans.actions import bids
from records.actions import log, next_reference
from records.refusals import refuse_if
from services import actions as services_actions

from .rows import attributes_of, read_row, write_beside
from .sections.section import MONEY
from .sections.templates import OF_THE_VERSION, content_of


def create(loading, section, row, belongs_to):
    """Write one new row with what stands beside it, and its event."""
    attributes = attributes_of(section, row.content, loading.find)
    if section.says_example:
        attributes["is_example"] = loading.plan_file.is_example
    if section.key_column:
        attributes[section.key_column] = row.key
    write = WRITERS.get(section.name, create_plainly)
    subject = write(loading, section, row, {**attributes, **belongs_to})
    subject.refresh_from_db()
    differing = [name for name, value in read_row(section, subject).items() if value != row[name]]
    if differing:
        settle(section, subject, row, loading, differing)
    follow(loading, section, subject)
    return subject


def create_plainly(loading, section, row, attributes):
    subject = section.model.objects.create(**attributes)
    words = f"{section.noun.capitalize()} loaded from the plan file {loading.plan_file.key}"
    log(subject, "loaded", by=None, at=loading.at, summary=words)
    return subject


def create_round(loading, section, row, attributes):
    return importing.import_round(**attributes, at=loading.at)


def create_allocation(loading, section, row, attributes):
    return importing.import_allocation(**attributes, at=loading.at)


def create_award(loading, section, row, attributes):
    """A recorded award: it sends nothing and never pays."""
    return awards.import_award(
        joint_recipients=[loading.find("organisations", key) for key in row["joint_recipients"]],
        sources=[
            (loading.find("funding_sources", item["funding_source"]), MONEY.to_python(item["amount"], loading.find))
            for item in row["funding_sources"]
        ],
        **attributes,
        at=loading.at,
    )


def create_contract(loading, section, row, attributes):
    """A contract with nothing beside it yet; `settle` writes that, then its dates are followed."""
    return services_actions.import_contract(**attributes, at=loading.at)


def create_template(loading, section, row, attributes):
    return plan_actions.import_template(**attributes, content=content_of(row), at=loading.at)


def change_version(loading, row, subject):
    """A change of what a template asks for is a new version, put to use at once."""
    why = f"Changed by the plan file {loading.plan_file.key}."
    plan_actions.import_version(template=subject, content=content_of(row), why=why, at=loading.at)


def create_person(loading, section, row, attributes):
    """A person who cannot sign in until somebody gives them a password."""
    subject = User.objects.create_user(attributes.pop("email"), None, **attributes)
    log(subject, "loaded", by=None, at=loading.at, summary=f"Person loaded from {loading.plan_file.key}")
    return subject


def create_plan_change(loading, section, row, attributes):
    return create_plainly(loading, section, row, {**attributes, "at": loading.at})


def create_opportunity(loading, section, row, attributes):
    """An opportunity as the file has it; its reference is the portal's own."""
    reference = next_reference("OP", loading.at.year)
    return create_plainly(loading, section, row, {**attributes, "reference": reference})


WRITERS = {
    "plan_changes": create_plan_change,
    "opportunities": create_opportunity,
    "rounds": create_round,
    "allocations": create_allocation,
    "awards": create_award,
    "contracts": create_contract,
    "return_templates": create_template,
    "people": create_person,
}


def settle(section, subject, row, loading, names):
    """Bring the named fields to what the file says."""
    attributes = attributes_of(section, row.content, loading.find, names)
    for column, value in attributes.items():
        setattr(subject, column, value)
    if attributes:
        subject.save(update_fields=sorted(attributes))
    write_beside(section, subject, row.content, loading.find, loading.at, names)


def follow(loading, section, subject):
    """What a row that came with the file owes from now on."""
    if section.name == "contracts":
        follow_dates(loading, subject)
    if section.name == "opportunities":
        bids.owe_what_is_ahead(opportunity=subject, at=loading.at)


def follow_dates(loading, contract, anew=False):
    """What a contract owes, and its next decision, follow its dates."""
    services_actions.arm_extension_decision(contract=contract, at=loading.at)
    services_actions.owe_returns(contract=contract, anew=anew, at=loading.at)


def change(loading, section, row, subject, changes):
    """Follow a change of the file, with its event; what is in use or already opened is left to the screen."""
    refuse_if(why_not_change(section, subject), subject)
    rules_before = plan_queries.parts_of(subject) if section.name == "rule_sets" else {}
    settle(section, subject, row, loading, list(changes))
    if rules_before:  # the log tells rules as the screen does, so that they can be told as at any day
        whole = plan_queries.whole_rule_sets().get(pk=subject.pk)
        changes = plan_queries.changed_parts(rules_before, plan_queries.parts_of(whole))
    if section.name == "allocations" and subject.round.is_recorded and "amount" in changes:
        subject.opened_amount = subject.amount
        subject.save(update_fields=["opened_amount"])
    if section.name == "contracts":
        follow_dates(loading, subject, anew="rule_set" in changes)
    if section.name == "opportunities":
        follow(loading, section, subject)
    if section.name == "return_templates":
        refuse_if(plan_rules.why_not_for_purpose(subject, row["for_purpose"]), subject)
        if OF_THE_VERSION & set(changes):
            change_version(loading, row, subject)
    words = f"{section.noun.capitalize()} changed by the plan file {loading.plan_file.key}"
    log(subject, "changed", by=None, at=loading.at, summary=words, changes=changes)


def why_not_change(section, subject):
    """Some rows are fixed once others rest on them; the sentence says what to do instead."""
    if section.name == "terms" and subject.awards.exists():
        return "Awards were made under these terms, so they are fixed. Add them as a new version."
    if section.name == "rule_sets" and subject.frozen_at:
        return "A round was opened under these rules, so they are fixed. Give the changed rules a key of their own."
    if section.name in {"terms", "question_sets"} and (why := plan_rules.why_frozen(subject)):
        return why
    if section.name == "rounds":
        return "" if subject.is_recorded else rounds.rules.why_not_edit_round(subject, user=None, on=None)
    if section.name == "allocations" and not subject.round.is_recorded:
        return rounds.rules.why_not_set_allocation(subject.round, user=None, on=None)
    if section.name == "awards" and not subject.is_recorded:
        return "This award is live, so a file cannot change it. Vary it on screen."
    return ""
