"""The two return templates the portal comes with: one for grants, one for services to victims (X5).

Rows, so that an office can change them on screen: a change makes a new version. A template the office
has already stays as it is, and keeps its streams. Every figure is a count of people or of pounds, never
anything about one person.
"""

from django.db import IntegrityError, migrations, transaction
from django.utils import timezone

ALWAYS, AT_THE_END, WHEN, NEVER = "ALWAYS", "AT_THE_END", "WHEN", "NEVER"
NOT_ABOVE, SUM_IS = "SUM_NOT_ABOVE", "SUM_IS"
BLOCKS, WARNS = False, True
LEAST, MOST = 1, 10


def part(key, name, title, guidance=""):
    """A section that follows from the award."""
    return {"key": key, "part": name, "title": title, "guidance": guidance}, []


def figures(key, title, guidance, *indicators):
    """A section of figures of the template's own."""
    return {"key": key, "part": "INDICATORS", "title": title, "guidance": guidance}, list(indicators)


def asks(kind, key, label, help, required=NEVER, **more):
    """One indicator; WHEN names the answer that makes it needed in `required_if`."""
    return {"kind": kind, "key": key, "label": label, "help": help, "required": required, **more}


MONEY_FIRST = [
    part("spend", "SPEND", "Spend"),
    part("outcomes", "OUTCOMES", "Outcomes"),
    part("outputs", "OUTPUTS", "Outputs"),
]
WORDS_LAST = [
    part("projects", "PROJECTS", "How each project stands"),
    part("overall", "OVERALL", "The period as a whole"),
    part("underspend", "UNDERSPEND", "Unspent money"),
    part("files", "FILES", "Files"),
]

NUMBERS_ONLY = (
    "Give numbers only. Never write anything by which a person could be known: no names, initials, dates of birth, "
    "addresses or crime numbers. Leave a figure empty while you do not know it, and enter 0 where there was nobody. "
    "Every figure is for the period of this return."
)

GRANTS = {
    "key": "grants-return",
    "name": "Grants return",
    "for_purpose": ["CRIME_REDUCTION", "VIOLENCE_REDUCTION", "OTHER"],
    "source": "Comes with the portal. After what commissioners report on the grants they make: people reached by age "
    "group, activity, volunteers, satisfaction, money won besides.",
    "guidance": NUMBERS_ONLY,
    "sections": [
        *MONEY_FIRST,
        figures(
            "people",
            "People and activity",
            "Count only what this grant helped to pay for.",
            asks(
                "COUNT",
                "people-reached",
                "People reached",
                "Everybody who took part or was helped. Count each person once, however often they came.",
                ALWAYS,
                unit="people",
            ),
            asks(
                "COUNTS",
                "by-age",
                "People reached, by age group",
                "The same people again, by their age when they first came in the period.",
                WHEN,
                required_if="people-reached",
                categories=["Under 10", "10 to 17", "18 to 24", "25 to 64", "65 and over", "Age not known"],
                unit="people",
            ),
            asks(
                "COUNT",
                "sessions",
                "Sessions held",
                "Sessions, workshops, events or patrols that took place.",
                AT_THE_END,
                unit="sessions",
            ),
            asks(
                "COUNT",
                "volunteers",
                "Volunteers",
                "People who gave their time without pay. Leave empty if you work without volunteers.",
                unit="people",
            ),
            asks(
                "COUNT",
                "asked-satisfied",
                "People asked whether they were satisfied",
                "Leave empty if you did not ask.",
                unit="people",
            ),
            asks(
                "COUNT",
                "satisfied",
                "People who said they were satisfied",
                "Of those you asked.",
                WHEN,
                required_if="asked-satisfied",
                unit="people",
            ),
        ),
        figures(
            "difference",
            "What the grant made possible",
            "Write for readers who do not know your work. Leave out anything by which a person could be known.",
            asks(
                "TEXT",
                "violence-reduction",
                "How did this help to reduce violence?",
                "Two or three sentences. If it was not meant to, say so.",
                AT_THE_END,
                longest=1500,
            ),
            asks(
                "MONEY",
                "other-funding",
                "Other funding won for this work",
                "Money from elsewhere that came in this period because of this grant. Leave empty if there was none.",
            ),
            asks(
                "TEXT",
                "story",
                "A short story fit to publish",
                "One example of what changed, in up to 200 words. Write it only if those it is about agree, and "
                "change whatever could make them known.",
                longest=1500,
            ),
        ),
        *WORDS_LAST,
    ],
    "checks": [
        (SUM_IS, ["by-age"], "people-reached", WARNS),
        (NOT_ABOVE, ["satisfied"], "asked-satisfied", BLOCKS),
        (NOT_ABOVE, ["asked-satisfied"], "people-reached", WARNS),
    ],
}

VICTIMS = {
    "key": "victims-return",
    "name": "Victims return",
    "for_purpose": ["VICTIMS"],
    "source": "Comes with the portal. After the measures commissioners print in their annual reports on support for "
    "victims, and the Victim services commissioning guidance, Ministry of Justice "
    "(https://www.gov.uk/government/publications/victim-services-commissioning-guidance/"
    "victim-services-commissioning-guidance).",
    "guidance": NUMBERS_ONLY,
    "sections": [
        *MONEY_FIRST,
        figures(
            "people",
            "People referred and supported",
            "Count each person once in the period, however often you saw them.",
            asks(
                "COUNT",
                "referrals",
                "People referred to you",
                "Everybody who was put in touch with you in the period: by the police, by another service, or by "
                "themselves.",
                ALWAYS,
                unit="people",
            ),
            asks(
                "COUNT",
                "supported",
                "People you supported",
                "Everybody who received your help in the period, also those who were with you before it began.",
                ALWAYS,
                unit="people",
            ),
            asks("COUNT", "adults", "Adults supported", "Aged 18 or over.", ALWAYS, unit="people"),
            asks("COUNT", "children", "Children supported", "Aged under 18.", ALWAYS, unit="people"),
            asks(
                "COUNTS",
                "by-crime",
                "People supported, by type of crime",
                "Put each person under the crime they mainly came to you for.",
                WHEN,
                required_if="supported",
                categories=[
                    "Domestic abuse",
                    "Sexual violence or abuse",
                    "Sexual abuse or exploitation of a child",
                    "Stalking or harassment",
                    "Hate crime",
                    "Other violence",
                    "Burglary, robbery or theft",
                    "Fraud or cyber crime",
                    "Modern slavery or trafficking",
                    "Bereaved by homicide",
                    "Road death or serious injury",
                    "Anti-social behaviour",
                    "Another crime",
                    "Crime not known",
                ],
                unit="people",
            ),
        ),
        figures(
            "reporting",
            "Reporting to the police",
            "Of the people you supported. Nobody has to tell you whether they reported, so leave out those you do not "
            "know about.",
            asks(
                "COUNT",
                "already-reported",
                "People who had reported to the police before they came to you",
                "",
                WHEN,
                required_if="supported",
                unit="people",
            ),
            asks(
                "COUNT",
                "able-to-report",
                "People who felt able to report after your support",
                "People who had not reported before. Count them also if they then chose not to.",
                WHEN,
                required_if="supported",
                unit="people",
            ),
            asks(
                "COUNTS",
                "why-not-reported",
                "Reasons people gave for not reporting",
                "A person may give several reasons. Leave empty if you do not ask.",
                categories=[
                    "Thought they would not be believed",
                    "Afraid of the person who did it",
                    "Afraid of what others would think",
                    "Did not want to go to court",
                    "A bad experience of the police before",
                    "Did not think it serious enough",
                    "Wanted to move on",
                    "Another reason",
                    "Did not want to say",
                ],
                unit="people",
                warns_on_jump=False,
            ),
        ),
        figures(
            "experience",
            "What people told you",
            "From your own surveys and talks. Small numbers are welcome: they are never published.",
            asks(
                "COUNT",
                "asked-satisfied",
                "People asked whether they were satisfied with your support",
                "",
                WHEN,
                required_if="supported",
                unit="people",
            ),
            asks(
                "COUNT",
                "satisfied",
                "People who said they were satisfied",
                "Of those you asked.",
                WHEN,
                required_if="asked-satisfied",
                unit="people",
            ),
            asks(
                "COUNT",
                "asked-coping",
                "People asked whether they cope better with daily life",
                "",
                WHEN,
                required_if="supported",
                unit="people",
            ),
            asks(
                "COUNT",
                "better-coping",
                "People who said they cope better",
                "Of those you asked.",
                WHEN,
                required_if="asked-coping",
                unit="people",
            ),
            asks(
                "SCORE",
                "distance-travelled",
                "Distance travelled",
                "If you ask people to score how they feel when they start and again when they leave: how many you "
                "asked, and their average scores from 1 (very badly) to 10 (very well). Leave empty if you use no "
                "such survey.",
                lowest=LEAST,
                highest=MOST,
                warns_on_jump=False,
            ),
        ),
        figures(
            "waiting",
            "Waiting for support",
            "As things stood on the last day of the period.",
            asks(
                "COUNTS",
                "waiting",
                "People waiting, by group",
                "People who asked for support and have not had their first appointment.",
                ALWAYS,
                categories=["Women", "Men", "Children and young people under 18", "Families and other people affected"],
                unit="people",
                fewer_is_better=True,
            ),
            asks(
                "COUNT",
                "longest-wait",
                "Longest wait",
                "Whole weeks that the person who has waited longest had been waiting.",
                WHEN,
                required_if="waiting",
                unit="weeks",
                fewer_is_better=True,
            ),
        ),
        *WORDS_LAST,
    ],
    "checks": [
        (SUM_IS, ["adults", "children"], "supported", WARNS),
        (SUM_IS, ["by-crime"], "supported", WARNS),
        (NOT_ABOVE, ["already-reported", "able-to-report"], "supported", BLOCKS),
        (NOT_ABOVE, ["satisfied"], "asked-satisfied", BLOCKS),
        (NOT_ABOVE, ["asked-satisfied"], "supported", WARNS),
        (NOT_ABOVE, ["better-coping"], "asked-coping", BLOCKS),
        (NOT_ABOVE, ["asked-coping"], "supported", WARNS),
        (NOT_ABOVE, ["distance-travelled"], "supported", WARNS),
    ],
}
BUILT_IN = [GRANTS, VICTIMS]
WHY = "The first version, as the portal comes."


def write_built_in(apps, schema_editor):
    """Write each template the office does not have; a purpose it has a template for stays with that one."""
    templates = apps.get_model("plans", "ReturnTemplate")
    for given in BUILT_IN:
        if templates.objects.filter(key=given["key"]).exists():
            continue
        taken = {purpose for row in templates.objects.all() for purpose in row.for_purpose}
        template = templates.objects.create(
            key=given["key"],
            name=given["name"],
            for_purpose=[purpose for purpose in given["for_purpose"] if purpose not in taken],
            source=given["source"],
        )
        write_version(apps, template, given)


def write_version(apps, template, given):
    """The first version, written as a draft and then put to use: the database takes it no other way."""
    versions = apps.get_model("plans", "TemplateVersion")
    version = versions.objects.create(template=template, number=1, guidance=given["guidance"], why=WHY)
    for number, (section, indicators) in enumerate(given["sections"], start=1):
        row = apps.get_model("plans", "TemplateSection").objects.create(version=version, number=number, **section)
        for place, indicator in enumerate(indicators, start=1):
            apps.get_model("plans", "Indicator").objects.create(section=row, number=place, **indicator)
    for number, (kind, left, right, only_warns) in enumerate(given["checks"], start=1):
        apps.get_model("plans", "TemplateCheck").objects.create(
            version=version, number=number, kind=kind, left=left, right=right, only_warns=only_warns
        )
    versions.objects.filter(pk=version.pk).update(status="IN_USE", put_to_use_at=timezone.now())


TRIGGERS = [
    ("plans_templateversion", "plans_guard_template_version"),
    ("plans_templatesection", "plans_guard_template_row"),
    ("plans_templatecheck", "plans_guard_template_row"),
    ("plans_indicator", "plans_guard_indicator"),
]


def switch_triggers(cursor, how):
    """Only the owner of the tables may; what was deferred is checked first, or the tables cannot be altered."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, trigger in TRIGGERS:
        cursor.execute(f"ALTER TABLE {table} {how} TRIGGER {trigger}")


def remove_built_in(apps, schema_editor):
    """Take away what nobody has changed or used; a template with a return, a rule or a second version stays."""
    with schema_editor.connection.cursor() as cursor:
        switch_triggers(cursor, "DISABLE")
        for given in BUILT_IN:
            template = apps.get_model("plans", "ReturnTemplate").objects.filter(key=given["key"]).first()
            if template is not None:
                remove_one(apps, template, cursor)
        switch_triggers(cursor, "ENABLE")


def remove_one(apps, template, cursor):
    versions = apps.get_model("plans", "TemplateVersion").objects.filter(template=template)
    if versions.count() > 1:
        return
    try:
        with transaction.atomic(using=cursor.db.alias):
            sections = apps.get_model("plans", "TemplateSection").objects.filter(version__in=versions)
            apps.get_model("plans", "Indicator").objects.filter(section__in=sections).delete()
            sections.delete()
            apps.get_model("plans", "TemplateCheck").objects.filter(version__in=versions).delete()
            versions.delete()
            apps.get_model("plans", "ReturnTemplate").objects.filter(pk=template.pk).delete()
    except IntegrityError:  # a return or a rule points to it
        return


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_frozen_template_versions")]

    operations = [migrations.RunPython(write_built_in, reverse_code=remove_built_in)]
