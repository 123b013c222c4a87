"""The evidence of an extension decision: as the records stand, as it was frozen, and the advice given on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records import papers, pdf
from records.enums import PaperKind
from records.refusals import refuse_if
from services.enums import ExtensionStatus
from services.models import Contract
from services.queries import extensions
from services.rules import extensions as rules

from .. import actions, dossiers, forms
from ..models import EvidencePack


def _case(request, reference, number):
    contracts = Contract.objects.visible_to(request.user).select_related("provider", "stream__plan__body")
    contract = get_object_or_404(contracts.prefetch_related("options", "variations"), reference=reference)
    case = get_object_or_404(extensions.case_by(contract, number))
    case.contract = contract
    return case


def _frozen(case):
    """The pack that the advice rests on; None while advice is still to be given."""
    if case.status == ExtensionStatus.PREPARING or not case.pack_id:
        return None
    return EvidencePack.objects.filter(paper=case.pack_id).first()


@require_safe
@access.require(Permission.DECISION_READ)
def evidence_show(request, reference, number):
    """The evidence pack: live before advice; afterwards as frozen, with what changed since."""
    case, on = _case(request, reference, number), timezone.localdate()
    frozen = _frozen(case)
    today = dossiers.evidence_of(case, on).plain
    pack = frozen.content if frozen else today
    earlier = papers.about(case).filter(kind=PaperKind.EVIDENCE_PACK)
    context = {
        "case": case,
        "frozen": frozen,
        "pack": pack,
        "sections": dossiers.presented(pack),
        "changes": dossiers.changed_since(frozen.content, today) if frozen else [],
        "earlier": [paper for paper in earlier if not frozen or paper.pk != frozen.paper_id],
        "may_advise": not rules.why_not_give_advice(case, user=request.user, on=on),
        "today": on,
        "breadcrumbs": [
            {"label": "Contracts", "url": reverse("services:contract_list")},
            {"label": case.contract.reference, "url": case.contract.get_absolute_url()},
        ],
    }
    return render(request, "pcc_portal/evidence_show.html", context)


@require_safe
@access.require(Permission.DECISION_READ)
@cache_control(private=True, no_store=True)
def evidence_pdf(request, reference, number):
    """The pack as PDF: the frozen paper's once there is one, else a draft that is not kept."""
    case = _case(request, reference, number)
    if _frozen(case):
        return redirect(case.pack.pdf_url)
    content = pdf.render(dossiers.draft_html(case, timezone.localdate()))
    if content is None:
        packages = " and ".join(pdf.WHAT_TO_INSTALL)
        messages.error(request, f"No PDF can be made on this machine. Whoever runs the portal can install {packages}.")
        return redirect("evidence_show", reference, number)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.contract.reference}-evidence-draft.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def extension_advise(request, reference, number):
    """The officer's advice, written beside the evidence and frozen with it."""
    case, on = _case(request, reference, number), timezone.localdate()
    refuse_if(rules.why_not_give_advice(case, user=request.user, on=on), case)
    start = {"lapse_effect": case.lapse_effect, "advice": case.advice, "recommended": case.recommended}
    form = forms.AdviceForm(request.POST if request.method == "POST" else None, case=case, on=on, initial=start)
    if form.is_bound and form.is_valid():
        actions.advise_on_extension(case=case, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Your advice is given, and the evidence is frozen with it.")
        return redirect("evidence_show", reference, number)
    pack = dossiers.evidence_of(case, on).plain
    context = {
        "form": form,
        "case": case,
        "pack": pack,
        "sections": dossiers.presented(pack),
        "today": on,
        "breadcrumbs": [
            {"label": "Contracts", "url": reverse("services:contract_list")},
            {"label": case.contract.reference, "url": case.contract.get_absolute_url()},
        ],
    }
    return render(request, "pcc_portal/extension_advise.html", context)
