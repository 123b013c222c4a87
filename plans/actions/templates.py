"""Return templates on screen: drafts are written, put to use, and from then on frozen (X5).

Each verb locks the version it is about, so that nobody puts to use what another is still changing.
Events belong to the version; a template's own belong to the template.
"""

from django.db import transaction
from django.utils.text import slugify

from records import workflow
from records.actions import log
from records.refusals import refuse_if

from .. import queries, rules
from ..enums import TEMPLATE_MOVES, IndicatorKind, Required, ReturnPart, TemplateStatus
from ..models import Indicator, ReturnTemplate, TemplateCheck, TemplateSection, TemplateVersion
from .plan import _change, told

KEY_LENGTH = 50
USUAL_PARTS = [part for part in ReturnPart if part != ReturnPart.INDICATORS]


def free_key(words, taken):
    """A key made of the words that none of `taken` is."""
    start = slugify(words)[:KEY_LENGTH].strip("-") or "row"
    taken = set(taken)
    return next(key for key in [start, *(f"{start}-{n}" for n in range(2, len(taken) + 3))] if key not in taken)


def locked(version):
    """The version with its template, held until the end of the transaction."""
    return TemplateVersion.objects.select_for_update(of=("self",)).select_related("template").get(pk=version.pk)


def whole(version):
    """The version with everything it asks for, read after it was locked."""
    return queries.whole_versions().get(pk=version.pk)


@transaction.atomic
def start_template(*, name, for_purpose, source, like, by, at):
    """Start a template with a draft of its first version: a copy of `like`, or the usual parts of a return."""
    name = name.strip()
    key = slugify(name)[:KEY_LENGTH].strip("-")
    refuse_if(rules.why_not_start_template(name, key, for_purpose, user=by))
    template = ReturnTemplate.objects.create(
        key=key or free_key(name, keys_of_templates()), name=name, for_purpose=list(for_purpose), source=source
    )
    log(template, "started", by=by, at=at, summary=f"Return template started: {name}")
    version = TemplateVersion.objects.create(template=template, number=1)
    if like is None:
        write_usual_parts(version)
    else:
        write_content(version, queries.content_of_version(whole(like)))
    words = f"Version 1 started as a copy of {like}" if like else "Version 1 started with the usual parts"
    log(version, "started", by=by, at=at, summary=words)
    return version


def keys_of_templates():
    return ReturnTemplate.objects.values_list("key", flat=True)


def write_usual_parts(version):
    """The parts that follow from every award."""
    for number, part in enumerate(USUAL_PARTS, start=1):
        TemplateSection.objects.create(
            version=version, number=number, key=part.value.lower(), part=part, title=part.label
        )


def write_content(version, content):
    """Fill an empty draft with what `queries.content_of_version` gives."""
    if content["guidance"]:
        TemplateVersion.objects.filter(pk=version.pk).update(guidance=content["guidance"])
    for number, given in enumerate(content["sections"], start=1):
        section = TemplateSection.objects.create(
            version=version, number=number, **{name: given[name] for name in queries.SECTION_FIELDS}
        )
        Indicator.objects.bulk_create(
            Indicator(section=section, number=place, **{name: row[name] for name in queries.INDICATOR_FIELDS})
            for place, row in enumerate(given["indicators"], start=1)
        )
    TemplateCheck.objects.bulk_create(
        TemplateCheck(version=version, number=number, **{name: row[name] for name in queries.CHECK_FIELDS})
        for number, row in enumerate(content["checks"], start=1)
    )


@transaction.atomic
def edit_template(*, template, name, for_purpose, source, by, at):
    """Change what a template is called and whose usual template it is; open returns keep what they have."""
    refuse_if(rules.why_not_edit_template(template, name, for_purpose, user=by), template)
    fields = {"name": name.strip(), "for_purpose": list(for_purpose), "source": source}
    return _change(template, fields, by=by, at=at)


@transaction.atomic
def start_new_version(*, template, by, at):
    """Copy the version in use into a draft."""
    template = ReturnTemplate.objects.select_for_update().get(pk=template.pk)
    refuse_if(rules.why_not_start_new_version(template, user=by), template)
    before = queries.whole_versions().get(template=template, status=TemplateStatus.IN_USE)
    version = TemplateVersion.objects.create(template=template, number=next_number(template))
    write_content(version, queries.content_of_version(before))
    summary = f"Version {version.number} started as a copy of version {before.number}"
    log(version, "started", by=by, at=at, summary=summary)
    return version


def next_number(template):
    return max(template.versions.values_list("number", flat=True), default=0) + 1


@transaction.atomic
def edit_version(*, version, guidance, why, by, at):
    """Change the guidance of a draft, and why it takes the place of the version in use."""
    version = locked(version)
    refuse_if(rules.why_not_change(version, user=by), version)
    return _change(version, {"guidance": guidance, "why": why}, by=by, at=at)


@transaction.atomic
def save_section(*, version, title, guidance, by, at, part=ReturnPart.INDICATORS, section=None):
    """Add a section at the end of a draft, or change one; a section keeps its part and its key."""
    version = whole(locked(version))
    refuse_if(rules.why_not_change(version, user=by), version)
    others = [other for other in version.sections.all() if section is None or other.pk != section.pk]
    wanted = TemplateSection(
        version=version,
        key=section.key if section else free_key(title, [other.key for other in others]),
        part=section.part if section else part,
        title=title.strip(),
        guidance=guidance,
    )
    refuse_if(rules.why_not_section_so(wanted, others), version)
    if section is not None:
        _tell_change(version, section, {"title": wanted.title, "guidance": wanted.guidance}, by=by, at=at)
        return section
    wanted.number = after_the_last(others)
    wanted.save()
    log(version, "section_added", by=by, at=at, summary=f"Section added: {wanted.title}")
    return wanted


def after_the_last(rows):
    return max((row.number for row in rows), default=0) + 1


def _tell_change(version, row, fields, *, by, at):
    """Change a row of the draft where it differs, with one event of the version; no difference writes nothing."""
    row = type(row).objects.get(pk=row.pk)
    changes = {
        name: [told(getattr(row, name)), told(value)] for name, value in fields.items() if getattr(row, name) != value
    }
    if changes:
        type(row).objects.filter(pk=row.pk).update(**{name: fields[name] for name in changes})
        log(version, "changed", by=by, at=at, summary=f"Changed: {row}"[:500], changes=changes)


@transaction.atomic
def remove_section(*, section, by, at):
    """Take a section and its questions out of a draft."""
    version = locked(section.version)
    section = whole(version).sections.get(pk=section.pk)
    refuse_if(rules.why_not_remove_section(section, user=by), version)
    section.indicators.all().delete()
    section.delete()
    log(version, "section_removed", by=by, at=at, summary=f"Section removed: {section.title}")
    return version


@transaction.atomic
def move_section(*, section, up, by, at):
    """Move a section of a draft one place up or down; at the end it stays."""
    version = locked(section.version)
    refuse_if(rules.why_not_change(version, user=by), version)
    _move(version, section, list(version.sections.all()), up=up, by=by, at=at)
    return version


def _move(version, row, rows, *, up, by, at):
    place = [other.pk for other in rows].index(row.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for number, moved in enumerate(rows, start=1):
        if moved.number != number:
            type(row).objects.filter(pk=moved.pk).update(number=number)
    log(version, "moved", by=by, at=at, summary=f"Moved {'up' if up else 'down'}: {row}"[:500])


@transaction.atomic
def save_indicator(*, section, by, at, indicator=None, **fields):
    """Add a question at the end of a section, or change one; a question keeps its kind and its key.

    The key ties its figures to those of returns before, so it is made once, from the first words.
    """
    version = whole(locked(section.version))
    refuse_if(rules.why_not_change(version, user=by), version)
    known = queries.indicators_of(version)
    others = [other for other in known if indicator is None or other.pk != indicator.pk]
    wanted = _wanted(section, indicator, fields, others)
    refuse_if(rules.why_not_indicator_so(wanted, others), version)
    if indicator is not None:
        written = {name: getattr(wanted, name) for name in queries.INDICATOR_FIELDS}
        _tell_change(version, indicator, written, by=by, at=at)
        return indicator
    wanted.number = after_the_last([other for other in others if other.section_id == section.pk])
    wanted.save()
    log(version, "question_added", by=by, at=at, summary=f"Question added: {wanted.label}")
    return wanted


def _wanted(section, indicator, fields, others):
    """The question as it shall be; what does not fit its kind is left out."""
    kept = {name: getattr(indicator, name) for name in queries.INDICATOR_FIELDS} if indicator else {}
    wanted = Indicator(section=section, **{**kept, **fields})
    if indicator is not None:
        wanted.kind, wanted.key = indicator.kind, indicator.key
    else:
        wanted.key = fields.get("key") or free_key(wanted.label, [other.key for other in others])
    wanted.label = wanted.label.strip()
    wanted.categories = [str(words).strip() for words in wanted.categories]
    if wanted.required != Required.WHEN:
        wanted.required_if = ""
    if wanted.kind in {IndicatorKind.TEXT, IndicatorKind.FILE, IndicatorKind.YES_NO}:
        wanted.warns_on_jump = False
    return wanted


@transaction.atomic
def remove_indicator(*, indicator, by, at):
    """Take a question out of a draft."""
    version = locked(indicator.section.version)
    indicator = Indicator.objects.select_related("section__version").get(pk=indicator.pk)
    refuse_if(rules.why_not_remove_indicator(indicator, user=by), version)
    indicator.delete()
    log(version, "question_removed", by=by, at=at, summary=f"Question removed: {indicator.label}")
    return version


@transaction.atomic
def move_indicator(*, indicator, up, by, at):
    """Move a question one place up or down within its section; at the end it stays."""
    version = locked(indicator.section.version)
    refuse_if(rules.why_not_change(version, user=by), version)
    _move(version, indicator, list(indicator.section.indicators.all()), up=up, by=by, at=at)
    return version


@transaction.atomic
def save_check(*, version, kind, left, right, only_warns, by, at, check=None):
    """Add a check to a draft, or change one."""
    version = whole(locked(version))
    refuse_if(rules.why_not_change(version, user=by), version)
    wanted = TemplateCheck(version=version, kind=kind, left=list(left), right=right, only_warns=only_warns)
    refuse_if(rules.why_not_check_so(wanted, queries.indicators_of(version)), version)
    if check is not None:
        written = {name: getattr(wanted, name) for name in queries.CHECK_FIELDS}
        _tell_change(version, check, written, by=by, at=at)
        return check
    wanted.number = after_the_last(version.checks.all())
    wanted.save()
    log(version, "check_added", by=by, at=at, summary=f"Check added: {wanted}"[:500])
    return wanted


@transaction.atomic
def remove_check(*, check, by, at):
    """Take a check out of a draft."""
    version = locked(check.version)
    refuse_if(rules.why_not_change(version, user=by), version)
    check.delete()
    log(version, "check_removed", by=by, at=at, summary=f"Check removed: {check}"[:500])
    return version


@transaction.atomic
def put_to_use(*, version, by, at):
    """Open new returns with this version from now on; the old one is replaced, open returns keep theirs."""
    ReturnTemplate.objects.select_for_update().get(pk=version.template_id)
    version = whole(locked(version))
    refuse_if(rules.why_not_put_to_use(version, user=by), version)
    return _into_use(version, by=by, at=at)


def _into_use(version, *, by, at):
    """The old version makes way first: the database allows one in use."""
    before = TemplateVersion.objects.filter(template=version.template_id, status=TemplateStatus.IN_USE).first()
    if before is not None:
        summary = f"Version {before.number} replaced by version {version.number}"
        workflow.move(
            before, TemplateStatus.REPLACED, moves=TEMPLATE_MOVES, verb="replaced", by=by, at=at, summary=summary
        )
    return workflow.move(
        version,
        TemplateStatus.IN_USE,
        moves=TEMPLATE_MOVES,
        verb="put_to_use",
        by=by,
        at=at,
        reason=version.why,
        summary=f"Version {version.number} put to use",
        put_to_use_at=at,
    )


@transaction.atomic
def discard_draft(*, version, by, at):
    """Throw a draft away; a template without another version goes with it."""
    version = locked(version)
    template = version.template
    refuse_if(rules.why_not_discard(version, user=by), version)
    number, alone = version.number, template.versions.count() == 1
    log(template, "draft_discarded", by=by, at=at, summary=f"Draft of version {number} of {template} discarded"[:500])
    Indicator.objects.filter(section__version=version).delete()
    version.sections.all().delete()
    version.checks.all().delete()
    version.delete()
    if alone:
        template.delete()
    return None if alone else template
