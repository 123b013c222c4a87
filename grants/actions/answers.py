"""Every write of an answer to a question of a set, for a business case or for a project of it (X1)."""

from django.db import transaction

from plans.enums import QuestionKind
from records import documents
from records.models import Document

from ..models import Answer
from ..queries import case_content
from ..rules import answers as rules
from .business_cases import claim, log_save


@transaction.atomic
def write_answers(*, case, asked, values, by, at, project=None, uploads=None, version=None, removed=(), quietly=False):
    """Save what was answered to one set; answers to questions that are not asked are dropped.

    `values` is {key: plain value}; `uploads` {key: file} is kept with the case or project; `removed` names
    questions whose file is taken off.
    """
    claim(case, version, by=by, at=at)
    known = _known(case, project, asked)
    given = {**values, **_files(case, project, asked, known, uploads or {}, removed, by=by, at=at)}
    kept = rules.kept(asked.questions, given)
    ids = {question["key"]: question["id"] for question in asked.questions}
    Answer.objects.filter(case=case, project=project, question__in=ids.values()).delete()
    Answer.objects.bulk_create(
        [Answer(case=case, project=project, question_id=ids[key], value=value) for key, value in kept.items()]
    )
    where = f"project {project.number}, {asked.label}" if project else asked.label
    log_save(case, where, by=by, at=at, quietly=quietly)
    return kept


def _known(case, project, asked):
    """The answers as stored, by key."""
    keys = {question["id"]: question["key"] for question in asked.questions}
    rows = Answer.objects.filter(case=case, project=project, question__in=keys).values_list("question", "value")
    return {keys[question]: value for question, value in rows}


def _files(case, project, asked, known, uploads, removed, *, by, at):
    """The files that answer questions: what was sent now, else what stands; a file taken off stays in the history."""
    subject, found = project or case, {}
    for question in asked.questions:
        key = question["key"]
        if question["kind"] != QuestionKind.FILE:
            continue
        if uploads.get(key):
            section = f"{case_content.ANSWERED}{question['id']}"
            row = documents.store(upload=uploads[key], subject=subject, section=section, by=by, at=at)
            found[key] = {"id": row.pk, "name": row.name, "size": row.size}
        elif key in known and key not in removed:
            found[key] = known[key]
        replaced = known.get(key)
        if replaced and found.get(key) != replaced:
            documents.remove(document=Document.objects.get(pk=replaced["id"]), by=by, at=at)
    return found
