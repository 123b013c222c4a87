"""Pages of KPIs: all of a contract with their charts, one with its targets, and what an officer changes (S4)."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access
from accounts.roles import Permission
from records.refusals import refuse_if

from .. import queries
from ..actions import kpis as actions
from ..forms import kpis as forms
from ..models import Kpi
from ..queries import kpis as reads
from ..queries.charts import Chart, chart_of
from ..rules import kpis as rules
from .hub import frame

HERE = "services:kpi_list"
# What a rule is asked of each form; the first names the box that shows its sentence.
DEFINED = ("name", "starts_on")
EDITED = ("name", "kind", "direction", "starts_on", "reason")
TARGETED = ("starts_on", "target", "amber", "reason")
RETIRED = ("retired_on", "reason")


def fetch_contract(request, reference):
    """The contract, if this person may see it."""
    return get_object_or_404(queries.contracts_for(request.user), reference=reference)


@dataclass(frozen=True)
class Shown:
    """A KPI on a page: its history, its drawing, and the rows of its table, newest first."""

    history: reads.KpiHistory
    chart: Chart | None
    rows: list

    @property
    def id(self):
        """What its drawing is called on a page of several."""
        return f"chart-{self.history.kpi.number}"


def _shown(history):
    kpi = history.kpi
    rows = [
        {
            "point": point,
            "value": reads.shown(kpi, point.value),
            "target": "" if point.target is None else reads.shown(kpi, point.target),
        }
        for point in reversed(history.points)
    ]
    return Shown(history, chart_of(history), rows)


@require_safe
@access.require(Permission.CONTRACT_READ)
def kpi_list(request, reference):
    """Every KPI of a contract against its target over time, and its improvement plans."""
    contract = fetch_contract(request, reference)
    on = timezone.localdate()
    told = reads.history_of(contract)
    context = {
        **frame(contract, request.user, here=HERE),
        "shown": [_shown(history) for history in told if not _is_over(history.kpi, on)],
        "retired": [history.kpi for history in told if _is_over(history.kpi, on)],
        "plans": list(reads.plans_of(contract)),
        "law": reads.law_asks_for(contract),
        "by_law": reads.KPIS_BY_LAW,
        "in_office": access.is_office(request.user),
        "why_not_add": rules.why_not_define(contract, user=request.user, on=on),
    }
    return render(request, "services/kpi_list.html", context)


def _is_over(kpi, on):
    return kpi.retired_on is not None and kpi.retired_on < on


def _fetch_kpi(request, reference, number):
    contract = fetch_contract(request, reference)
    return get_object_or_404(Kpi.objects.select_related("contract", "service"), contract=contract, number=number)


@require_safe
@access.require(Permission.CONTRACT_READ)
def kpi_show(request, reference, number):
    """One KPI: what it measures, its targets, its figures with their corrections."""
    contract = fetch_contract(request, reference)
    get_object_or_404(Kpi, contract=contract, number=number)
    history = next(one for one in reads.history_of(contract) if one.kpi.number == number)
    kpi = history.kpi
    kpi.contract = contract
    on = timezone.localdate()
    targets = [
        {"row": row, "target": reads.shown(kpi, row.target), "amber": reads.amber_words(kpi, row)}
        for row in reversed(history.targets)
    ]
    context = {
        **frame(contract, request.user, here=HERE),
        "kpi": kpi,
        "one": _shown(history),
        "targets": targets,
        "corrected": [(row, reads.shown(kpi, row.value)) for row in reads.corrected(kpi)],
        "plans": [plan for plan in reads.plans_of(contract) if plan.kpi_id == kpi.pk],
        "changes": not rules.why_not_edit_kpi(kpi, user=request.user, on=on),
    }
    return render(request, "services/kpi_show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def kpi_new(request, reference):
    """Add a KPI with its first target."""
    contract = fetch_contract(request, reference)
    refuse_if(rules.why_not_define(contract, user=request.user, on=timezone.localdate()), contract)
    form = forms.KpiForm(request.POST or None, contract=contract, initial={"starts_on": contract.starts_on})
    if request.method == "POST" and form.is_valid() and _fits(form, rules.why_not_define, contract, request, DEFINED):
        kpi = actions.define_kpi(contract=contract, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"KPI {kpi.number} was added. Returns opened from now on ask for it.")
        return redirect("services:kpi_list", reference=reference)
    context = {
        **frame(contract, request.user, here=HERE),
        "form": form,
        "title": "Add a KPI",
        "lead": "Choose a few that say most about the service, and define each so that it can be counted one way only.",
    }
    return render(request, "services/kpi_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def kpi_edit(request, reference, number):
    """Better words for a KPI, with a reason."""
    kpi = _fetch_kpi(request, reference, number)
    refuse_if(rules.why_not_edit_kpi(kpi, user=request.user, on=timezone.localdate()), kpi.contract)
    start = {name: getattr(kpi, name) for name in actions.WORDS}
    form = forms.KpiForm(request.POST or None, contract=kpi.contract, kpi=kpi, initial=start)
    if request.method == "POST" and form.is_valid() and _fits(form, rules.why_not_edit_kpi, kpi, request, EDITED):
        actions.edit_kpi(kpi=kpi, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The KPI was changed.")
        return redirect("services:kpi_show", reference=reference, number=number)
    return _form_page(request, kpi, form, "Change the KPI", "")


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def kpi_target(request, reference, number):
    """A target from a day on; what was accepted before stays as it was."""
    kpi = _fetch_kpi(request, reference, number)
    refuse_if(rules.why_not_set_target(kpi, user=request.user, on=timezone.localdate()), kpi.contract)
    form = forms.TargetForm(request.POST or None, kpi=kpi)
    if request.method == "POST" and form.is_valid() and _fits(form, rules.why_not_set_target, kpi, request, TARGETED):
        actions.set_target(kpi=kpi, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The target was set.")
        return redirect("services:kpi_show", reference=reference, number=number)
    return _form_page(request, kpi, form, "Set a target", "Figures accepted already keep the target they were held to.")


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(Permission.CONTRACT_MANAGE)
def kpi_retire(request, reference, number):
    """The last day a KPI counts."""
    kpi = _fetch_kpi(request, reference, number)
    refuse_if(rules.why_not_retire(kpi, user=request.user, on=timezone.localdate()), kpi.contract)
    form = forms.RetireForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _fits(form, rules.why_not_retire, kpi, request, RETIRED):
        actions.retire_kpi(kpi=kpi, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The KPI was retired. Its figures stay.")
        return redirect("services:kpi_list", reference=reference)
    return _form_page(
        request, kpi, form, "Retire the KPI", "Its figures and targets stay. Later periods do not ask for it."
    )


def _fits(form, why_not, subject, request, names):
    """Whether the rule lets this through; else its sentence stands at the first box."""
    asked = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
    why = why_not(subject, user=request.user, on=timezone.localdate(), **asked)
    if why:
        form.add_error(names[0], why)
    return not why


def _form_page(request, kpi, form, title, lead):
    context = {
        **frame(kpi.contract, request.user, here=HERE),
        "kpi": kpi,
        "form": form,
        "title": title,
        "lead": lead,
    }
    return render(request, "services/kpi_form.html", context)
