"""The pack on paper: frozen with the hash of its content on every page."""

from django.conf import settings
from django.template.loader import render_to_string

from plans.models import CommissioningBody
from plans.queries import letterhead
from records.calendar import london_day
from records.enums import PaperKind
from records.papers import make_paper

from ..models import EvidencePack
from .evidence import evidence_of
from .pack import charts_of, digest_of

TEMPLATE = "letters/evidence_pack.html"


def freeze_pack(case, by, at):
    """Freeze the evidence of a case as it stands at the moment: its paper, and its content beside it."""
    on = london_day(at)
    content = evidence_of(case, on).plain
    digest = digest_of(content)
    paper = make_paper(
        kind=PaperKind.EVIDENCE_PACK,
        subject=case,
        title=_title(case),
        template=TEMPLATE,
        context=_context(case, content, on, digest),
        by=by,
        at=at,
        is_example=case.contract.is_example,
    )
    EvidencePack.objects.create(paper=paper, as_at=on, content=content, digest=digest)
    return paper


def draft_html(case, on):
    """The pack as it would be frozen on the day, marked as a draft; nothing is kept."""
    content = evidence_of(case, on).plain
    head = {"title": _title(case), "font_base": f"{settings.STATIC_URL}fonts"}
    return render_to_string(TEMPLATE, {**_context(case, content, on, ""), **head})


def presented(content):
    """The plain sections as pages show them: each cell with its column, each KPI's table with its chart."""
    return [{**section, "tables": _tables(section)} for section in content["sections"]]


def _tables(section):
    drawn = charts_of(section) + [None] * len(section["tables"])
    return [
        {
            **table,
            "chart": chart and {"id": f"chart-{section['key']}-{number}", "drawn": chart},
            "rows": [list(zip(table["columns"], row["cells"], strict=True)) for row in table["rows"]],
        }
        for number, (table, chart) in enumerate(zip(section["tables"], drawn, strict=False), start=1)
    ]


def _title(case):
    return f"Evidence pack: {case.contract.name}"


def _context(case, content, on, digest):
    contract = case.contract
    body = contract.stream.plan.body if contract.stream else CommissioningBody.objects.order_by("pk").first()
    return {
        **letterhead(body, reference=case.reference, on=on, is_example=contract.is_example),
        "pack": content,
        "sections": presented(content),
        "digest": digest,
        "as_at": on,
        "on_paper": True,
    }
