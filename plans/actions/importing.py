"""Return templates from a plan file: checked by the same rules as on screen, written without a person."""

from django.db import transaction

from records.actions import log
from records.refusals import refuse_if

from .. import rules
from ..enums import TemplateStatus
from ..models import ReturnTemplate, TemplateVersion
from .templates import _into_use, next_number, whole, write_content


@transaction.atomic
def import_template(*, key, name, for_purpose, source, content, at):
    """Write a template with its first version and put that to use."""
    refuse_if(rules.why_not_name(name) or rules.why_not_for_purpose(None, for_purpose))
    template = ReturnTemplate.objects.create(key=key, name=name, for_purpose=for_purpose, source=source)
    log(template, "loaded", by=None, at=at, summary=f"Return template loaded from a plan file: {name}")
    import_version(template=template, content=content, why="The first version, from a plan file.", at=at)
    return template


@transaction.atomic
def import_version(*, template, content, why, at):
    """Write a new version of a template and put it to use; a draft somebody is writing is never touched."""
    template = ReturnTemplate.objects.select_for_update().get(pk=template.pk)
    draft = template.versions.filter(status=TemplateStatus.DRAFT).first()
    refuse_if(
        f"Version {draft.number} of {template} is a draft on screen. Put it to use or discard it, then load again."
        if draft
        else "",
        template,
    )
    version = TemplateVersion.objects.create(template=template, number=next_number(template), why=why)
    write_content(version, content)
    version = whole(version)
    faults = rules.faults_of_version(version)
    refuse_if(faults[0] if faults else "", template)
    log(version, "started", by=None, at=at, summary=f"Version {version.number} written from a plan file")
    return _into_use(version, by=None, at=at)
