"""Many rows from few: one year walked by real actions, then multiplied inside the database."""

from contextlib import contextmanager
from types import SimpleNamespace

from django.db import connection, models

from accounts.actions import invitations
from accounts.models import Invitation, Membership, Organisation, User
from grants.models import (
    Allocation,
    Award,
    AwardLine,
    AwardSource,
    BudgetLine,
    BusinessCase,
    Instalment,
    InstalmentLine,
    PlannedOutcome,
    PlannedOutput,
    Project,
    Round,
    TermsAcceptance,
)
from monitoring.enums import ReturnStatus
from monitoring.models import (
    MonitoringReturn,
    OutcomeResult,
    OutputResult,
    ProjectReport,
    ReturnUpload,
    ReturnVersion,
    SpendLine,
)
from plans.models import FundingSource, LearningArea, Priority, Stream
from records.models import Decision, Event, Message, Notice, Obligation
from services.models import Contract, ExtensionOption

from . import awards, monitoring, records, services

CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"  # no table changes with checks pending
STEP = 1_000_000  # between the keys of a row and of its copies; no test writes as many rows
SPENT_BY_LINE = (  # what was frozen at submission names the award's lines by their keys
    "jsonb_set({column}, '{{spent_by_line}}', (SELECT jsonb_object_agg((key::bigint + n * "
    f"{STEP})::text, value) FROM jsonb_each({{column}} -> 'spent_by_line')))"
)
NAMES = {"name", "email", "key", "reference", "token_hash"}  # made unlike each other, so that lists look real
PROJECTS = (Project, BudgetLine, PlannedOutcome, PlannedOutput)
RESULTS = (ProjectReport, SpendLine, OutcomeResult, OutputResult)
MONEY = (AwardLine, Instalment, InstalmentLine)
YEAR = (
    Round, Allocation, BusinessCase, *PROJECTS, Decision, Award, AwardSource, TermsAcceptance, *MONEY,
    Obligation, MonitoringReturn, *RESULTS, ReturnVersion, Contract, ExtensionOption, Event, Message, Notice,
)  # fmt: skip


def year():
    """One round, case, decision, award, submitted return and contract, and what hangs on them."""
    records.ladders()
    world = awards.world()
    world.award = awards.released_award(world)
    world.case = BusinessCase.objects.get()
    world.monitoring_return = monitoring.monitoring_return(
        world.cast, world, status=ReturnStatus.SUBMITTED, award=world.award
    )
    world.contract = services.contract(world.cast, world)
    LearningArea.objects.create(plan=world.plan, order=1, area="Ask early")
    return world


def years(number):
    """So many years side by side, each with a provider, its lead and a colleague invited beside them."""
    world = year()
    provider, lead = world.provider, world.provider_lead
    invitations.invite_person(
        organisation=provider, email="new@provider.example.org", full_name="Ne Wcomer", role="LEAD",
        by=world.officer, at=awards.RELEASED_AT,
    )  # fmt: skip
    multiply(number, *YEAR)
    multiply(
        number,
        Organisation.objects.filter(pk=provider.pk),
        User.objects.filter(pk=lead.pk),
        Membership.objects.filter(user=lead),
        Invitation,
    )
    return world


def work(number):
    """Like `years`, with so many of everything that waits for somebody on a home page."""
    world = year()
    world.waiting = awards.awaiting_decision(world, ("2000",), window="TACTICAL", at=awards.TACTICAL_AT)
    world.made = awards.made_award(world, organisation=world.swale)
    multiply(number, *YEAR)
    return world


def projects(number):
    """A submitted case of so many projects."""
    world = awards.world()
    world.case = awards.submitted_case(world)
    multiply(number, *PROJECTS)
    return world


def lines(number):
    """An award of so many lines and instalments, its return as long."""
    world = year()
    multiply(number, *PROJECTS, Decision, *MONEY, *RESULTS)
    row = world.monitoring_return
    world.upload = uploaded(row, world.maidstone_lead)
    world.workbook = SimpleNamespace(get_absolute_url=lambda: f"{row.get_absolute_url()}workbook/")
    return world


def uploaded(row, by):
    """A workbook read for the return, with a figure for each of its spend lines."""
    lines = list(SpendLine.objects.filter(monitoring_return=row).values_list("pk", flat=True))
    entries = {f"spend/{pk}": {"spent": ["12", "Spend", "E5"]} for pk in lines}
    return ReturnUpload.objects.create(
        monitoring_return=row, status="READY", name="q4.xlsx", draft=row.version, entries=entries,
        by=by, at=monitoring.WRITTEN,
    )  # fmt: skip


def streams(number):
    """A plan of so many streams with their awards and contracts, sources of funds, priorities and areas of learning."""
    world = year()
    multiply(number, Stream, FundingSource, Priority, LearningArea, *YEAR)
    return world


def invited(number):
    """A round with so many partnerships invited, each with its case."""
    world = awards.world()
    awards.submitted_case(world)
    bodies = Organisation.objects.filter(pk__in=[world.maidstone.pk, world.council.pk])
    multiply(number, bodies, Allocation.objects.filter(organisation=world.maidstone), BusinessCase, *PROJECTS)
    return world


@contextmanager
def asleep(*kinds):
    """The triggers of these tables sleep: the database takes here what it would refuse of a person."""
    tables = [kind._meta.db_table for kind in kinds]
    with connection.cursor() as cursor:
        cursor.execute(CHECK_NOW)
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        yield cursor
        cursor.execute(CHECK_NOW)
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER; ANALYZE "{table}"')


def multiply(number, *sources):
    """Copy the rows of models or querysets until there are `number` of each; keys among them are kept in step."""
    if number < 2:
        return
    rows = [source if isinstance(source, models.QuerySet) else source.objects.all() for source in sources]
    group = {queryset.model: list(queryset.values_list("pk", flat=True)) for queryset in rows}
    with asleep(*group) as cursor:
        for model, keys in group.items():
            cursor.execute(insert(model, group), [number - 1, keys])


def insert(model, group):
    """The statement that copies rows of a model n times."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    alike = must_differ(model, group)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(value(field, group, alike) for field in fields)
    return (
        f'INSERT INTO "{model._meta.db_table}" ({columns}) SELECT {values} FROM "{model._meta.db_table}" t, '
        f"generate_series(1, %s) n WHERE t.id = ANY(%s)"
    )


def must_differ(model, group):
    """Fields a copy may not share with its original: names, and numbers unique where no key tells copies apart."""
    rules = [rule.fields for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    rules += [[field.name] for field in model._meta.fields if field.unique and not field.primary_key]
    found = {field.name for field in model._meta.fields if field.name in NAMES}
    for rule in rules:
        fields = [model._meta.get_field(name) for name in rule]
        if not any(field.related_model in group or field.name == "subject_id" for field in fields):
            found |= {field.name for field in fields if not field.is_relation}
    return found


def value(field, group, alike):
    """What a copy holds in one column."""
    column = f't."{field.column}"'
    if field.primary_key:
        return f"{column} + n * {STEP}"
    if field.related_model in group:
        return shifted(column, f"{column} = ANY({array(group[field.related_model])})")
    if field.name == "subject_id":
        subjects = [
            f"t.subject_type = '{model._meta.label}' AND {column} = ANY({array(keys)})" for model, keys in group.items()
        ]
        return shifted(column, " OR ".join(subjects))
    if (field.model, field.name) == (ReturnVersion, "content"):
        return SPENT_BY_LINE.format(column=column)
    if field.name in alike and isinstance(field, models.IntegerField):
        return f"{column} + n * 20"  # a small number stays one a thousand times over
    if field.name in alike and isinstance(field, models.CharField):
        return f"CASE WHEN {column} = '' THEN '' ELSE left(n || '-' || {column}, {field.max_length}) END"
    return column


def shifted(column, when):
    """The key of the copy where the row it points at is copied too."""
    return f"CASE WHEN {when} THEN {column} + n * {STEP} ELSE {column} END"


def array(keys):
    return f"ARRAY[{', '.join(map(str, keys))}]::bigint[]"
