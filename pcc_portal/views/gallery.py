"""One page that shows every part of a page with made-up content: for those who write pages, and for the checks."""

import datetime
from decimal import Decimal

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row, Submit
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from records.formfields import GovCheckboxes, GovDateField, GovField, GovForm, GovRadios, MoneyField

TODAY = datetime.date(2021, 3, 18)
KINDS = (("small", "Small grant"), ("standard", "Standard grant"), ("multi", "Grant over several years"))
AREAS = (("north", "North"), ("east", "East"), ("south", "South"), ("west", "West"))


class SampleForm(GovForm):
    title = forms.CharField(
        label="Project title", max_length=120, help_text="As it should appear on the public register."
    )
    kind = forms.ChoiceField(
        label="What kind of grant is it?",
        choices=KINDS,
        widget=GovRadios(hints={"small": "Up to £5,000, decided within the month", "multi": "Reviewed each year"}),
    )
    areas = forms.MultipleChoiceField(
        label="Areas served", choices=AREAS, widget=GovCheckboxes, help_text="Select all that apply."
    )
    stream = forms.ChoiceField(
        label="Funding stream",
        choices=[("", "Choose one"), ("crime", "Crime reduction"), ("victims", "Support for victims")],
    )
    starts_on = GovDateField(label="Start date", help_text="For example, 1 4 2021")
    amount = MoneyField(label="Amount asked for", help_text="For the first year, without VAT you can reclaim.")
    people = forms.IntegerField(label="People you expect to help", required=False, min_value=1)
    need = forms.CharField(label="Why is it needed?", widget=forms.Textarea, max_length=1500)
    evidence = forms.FileField(label="Evidence of need", required=False, help_text="PDF, Word or Excel, up to 20 MB.")
    email = forms.EmailField(label="Contact e-mail address")
    secret = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    agrees = forms.BooleanField(label="The organisation’s board has agreed to this request")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"id": "sample-form", "data-warn-unsaved": "1"}
        self.helper.layout = Layout(
            Fieldset("About the project", GovField("title", width="two-thirds"), "kind", "areas", GovField("stream")),
            Fieldset("Dates and money", Row("starts_on", "amount"), GovField("people", width=5, suffix="people")),
            Fieldset(
                "The case for it", GovField("need", rows=6), "evidence", GovField("email", width=30), "secret", "agrees"
            ),
        )
        self.helper.add_input(Submit("save", "Save and continue"))
        self.helper.add_input(Submit("later", "Save and come back later", css_class="govuk-button--secondary"))


class LineForm(GovForm):
    item = forms.CharField(label="Item", max_length=80)
    cost = MoneyField(label="Cost")


LineFormSet = forms.formset_factory(LineForm, extra=2)


class SampleFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Words", method="unused")
    status = django_filters.ChoiceFilter(
        label="Status", method="unused", choices=[("live", "Live"), ("closed", "Closed")], empty_label="Any"
    )
    stream = django_filters.ChoiceFilter(
        label="Stream",
        method="unused",
        choices=[("crime", "Crime reduction"), ("victims", "Victims")],
        empty_label="Any",
    )

    def unused(self, queryset, name, value):
        return queryset


class Wish:
    """A stand-in for a stored file, a notice or an event: attributes only."""

    def __init__(self, **given):
        self.__dict__.update(given)


def day(days: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=days)


def moment(days: int, hour: int, minute: int) -> datetime.datetime:
    return datetime.datetime.combine(day(days), datetime.time(hour, minute), tzinfo=datetime.UTC)


ROWS = [
    ("AW-2021-014", "Safer Streets Forum (example)", "LIVE", Decimal("12500"), 12),
    ("AW-2021-013", "Harbour Youth Trust (example)", "SUSPENDED", Decimal("6250.50"), -3),
    ("AW-2021-011", "Northfield Community Partnership (example)", "OFFERED", None, 5),
    ("AW-2021-008", "Listening Ear Support (example)", "LIVE", Decimal("39661"), 0),
    ("AW-2021-002", "Countryside Watch (example)", "CLOSED", Decimal("3000"), 44),
]


STATUSES = [
    ("DRAFT", "Draft"), ("SUBMITTED", "Submitted"), ("UNDER_EVALUATION", "Under evaluation"),
    ("AWAITING_DECISION", "Awaiting decision"), ("QUERIED", "Queried"), ("LIVE", "Live"),
    ("AT_RISK", "At risk"), ("OVERDUE", "Overdue"), ("WITHDRAWN", "Withdrawn"),
]  # fmt: skip


def sample() -> dict:
    """Made-up content for every part."""
    return {
        "today": TODAY,
        "statuses": STATUSES,
        "rows": [
            {"reference": reference, "name": name, "status": status, "amount": amount, "due_on": day(left)}
            for reference, name, status, amount, left in ROWS
        ],
        "deadlines": [day(-3), day(0), day(5), day(40)],
        "moves": [
            {"label": "Send for decision", "url": "#moves", "method": "post"},
            {"label": "Edit the evaluation", "url": "#moves", "method": "get", "style": "secondary"},
            {"label": "Offer the award", "url": "#moves",
             "why_not": "The commissioner has not decided yet. The decision is expected by 26 March 2021."},
            {"label": "Withdraw", "url": "#moves", "style": "warning", "hint": "You will be asked for a reason."},
        ],
        "events": [
            Wish(at=moment(-1, 14, 5), by_label="A. Officer (example)", summary="Returned to the applicant",
                 reason="The budget does not add up: please check lines 3 and 4.",
                 changes={"status": ["Submitted", "Returned"], "due_on": ["12 March 2021", "26 March 2021"]}),
            Wish(at=moment(-4, 9, 30), by_label="L. Lead (example)", summary="Submitted"),
            Wish(at=moment(-20, 16, 0), summary="Reminder sent: seven days left"),
        ],
        "documents": [
            Wish(name="Evidence of need.pdf", url="#documents", size=482_113, uploaded_at=moment(-4, 9, 0),
                 uploaded_by="L. Lead (example)", kind="PDF", note="", remove_url="#documents"),
            Wish(name="Budget 2021 to 2022.xlsx", url="", size=18_422, uploaded_at=moment(0, 10, 0),
                 uploaded_by="L. Lead (example)", kind="Excel", note="Being checked for viruses", remove_url=""),
        ],
        "summary": [
            {"key": "Organisation", "value": "Safer Streets Forum (example)", "url": "#summary"},
            {"key": "Amount", "value": "£12,500", "url": "#summary", "hidden": "amount"},
            {"key": "Charity number", "value": ""},
        ],
        "notices": [
            Wish(heading="Mid-year return due in 14 days", person="L. Lead (example)", created_at=moment(-2, 6, 0),
                 withdrawn_at=None, message=Wish(status="SENT", get_status_display=lambda: "Sent",
                                                 sent_at=moment(-2, 6, 1), answer="250 accepted")),
            Wish(heading="Mid-year return due in 7 days", person="L. Lead (example)", created_at=moment(0, 6, 0),
                 withdrawn_at=None, message=None),
        ],
        "tasks": [
            {"label": "About the organisation", "url": "#tasks", "status_label": "Completed", "done": True},
            {"label": "The project", "url": "#tasks", "hint": "Six questions", "status": "IN_PROGRESS"},
            {"label": "Budget", "url": "#tasks", "status": "incomplete", "status_label": "Not started"},
            {"label": "Send it", "status_label": "Cannot start yet"},
        ],
        "segments": [
            {"label": "Community safety partnerships", "value": Decimal("262345"), "url": "#charts"},
            {"label": "Violence reduction", "value": Decimal("160000")},
            {"label": "Support for victims", "value": Decimal("98500.50")},
            {"label": "Not yet allocated", "value": Decimal("41200")},
        ],
        "before": {"amount": "£12,500", "ends_on": "31 March 2021", "purpose": "Youth work"},
        "after": {"amount": "£11,000", "ends_on": "30 September 2021", "purpose": "Youth work"},
    }  # fmt: skip


@login_not_required
@require_http_methods(["GET", "POST"])
def parts_gallery(request):
    """Only where the portal is a demonstration, is being worked on, or a signed-in member of staff asks."""
    if not (settings.DEBUG or settings.DEMONSTRATION or getattr(request.user, "is_staff", False)):
        raise Http404
    sent = request.method == "POST"
    form = SampleForm(request.POST, request.FILES) if sent else SampleForm(initial={"amount": Decimal("1250")})
    lines = (
        LineFormSet(request.POST, prefix="lines")
        if sent and "lines-TOTAL_FORMS" in request.POST
        else LineFormSet(prefix="lines")
    )
    pages = Paginator(range(200), 10)
    return render(
        request,
        "pcc_portal/gallery.html",
        {
            "form": form,
            "lines": lines,
            "filter": SampleFilter(request.GET or None, prefix="list", queryset=get_user_model().objects.none()),
            "page_obj": pages.get_page(request.GET.get("page", 5)),
            "breadcrumbs": [{"label": "Home", "url": "/"}, {"label": "Awards", "url": "#"}],
            **sample(),
        },
    )
