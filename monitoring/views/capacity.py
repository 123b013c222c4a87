"""Pages of support: the list, one offer, one session, suggestions, what followed, money won elsewhere (B1)."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import access
from accounts.models import Organisation
from accounts.roles import Permission
from records import documents, ical, lists
from records import queries as record

from ..enums import HelpGiven, OfferKind, OfferStatus, SignUpStatus, TriggerKind
from ..filters.capacity import FundingFilter, OfferFilter, SuggestionFilter
from ..models import CapacityOffer, CapacitySession, SignUp
from ..queries import capacity as reads
from ..queries import capacity_effect as effects
from ..rules import capacity as rules

READS = access.require(Permission.SUPPORT_READ)
SORTS = {"reference": "reference", "title": "title", "kind": "kind", "next": "next_at", "status": "status"}
HEADER = [
    "Reference", "Kind", "Title", "For whom", "Status", "Next session", "Organisations it is suggested to",
    "Example data",
]  # fmt: skip
SUGGESTED_SORTS = {"organisation": "organisation__name", "offer": "offer__title", "when": "suggested_at"}
SUGGESTED_HEADER = ["Organisation", "Offer", "Why", "Cause", "Suggested on", "Set aside on", "Reason"]
FUNDING_SORTS = {
    "organisation": "organisation__name", "funder": "funder", "amount": "amount", "won": "won_on",
}  # fmt: skip
FUNDING_HEADER = [
    "Organisation", "Funder", "What it is for", "Sum (£)", "Won on", "Support it came with", "How the office helped",
    "Note",
]  # fmt: skip
MEASURED = ["return", *[label for label, _name in effects.MEASURES]]
EFFECT_HEADER = [
    "Offer", "Organisation", "First came on", "People",
    *[f"Before: {label}" for label in MEASURED], *[f"After: {label}" for label in MEASURED],
]  # fmt: skip


def crumbs(offer=None):
    """The way back to the hub, to the list, and from an inner page to the offer."""
    found = [{"label": "Home", "url": reverse("home")}, {"label": "Assurance", "url": reverse("assurance")}]
    if offer is None:
        return found
    found.append({"label": "Support", "url": reverse("monitoring:support_list")})
    return [*found, {"label": offer.reference, "url": offer.get_absolute_url()}] if offer else found


def fetch_offer(request, reference):
    """The offer, if this person may see it."""
    return get_object_or_404(CapacityOffer.objects.visible_to(request.user), reference=reference)


def fetch_session(request, reference, number):
    """A session of an offer that this person may see."""
    offer = fetch_offer(request, reference)
    session = get_object_or_404(reads.with_places(CapacitySession.objects.all()), offer=offer, number=number)
    session.offer = offer
    return session


def manages(user):
    return access.may(user, Permission.SUPPORT_MANAGE)


@require_safe
@READS
def support_list(request):
    """What is offered, and above it what is suggested to the person's organisations; as CSV with `?format=csv`."""
    at = timezone.now()
    found = OfferFilter(request.GET or None, queryset=reads.offers_for(request.user, at))
    rows = lists.sort(request, found.qs, SORTS, default="-reference")
    if request.GET.get("format") == "csv":
        return lists.csv_response("support", HEADER, [_offer_line(row) for row in rows])
    page = lists.paginate(request, rows)
    office = access.is_office(request.user)
    context = {
        "filter": found,
        "page_obj": page,
        "in_office": office,
        "manages": manages(request.user),
        "suggestions": [] if office else _suggestions_for(request.user),
        "breadcrumbs": crumbs(),
    }
    return render(request, "monitoring/support_list.html", context)


def _offer_line(row):
    return [
        row.reference, row.get_kind_display(), row.title, row.for_whom, row.get_status_display(),
        timezone.localtime(row.next_at).isoformat(" ", "minutes") if row.next_at else "", row.suggested, row.is_example,
    ]  # fmt: skip


def _suggestions_for(user):
    """What is suggested to the person's organisations, each offer once with all its reasons."""
    mine = Organisation.objects.of_user(user)
    rows = reads.standing_suggestions().filter(organisation__in=mine, taken=False).order_by("-suggested_at", "pk")
    joins = {body.pk for body in reads.may_join_for(user)}
    grouped: dict = {}
    for row in rows:
        row.may_set_aside = row.organisation_id in joins
        key = row.offer_id, row.organisation_id
        grouped.setdefault(key, {"offer": row.offer, "organisation": row.organisation, "rows": []})["rows"].append(row)
    return list(grouped.values())


@require_safe
@READS
def support_show(request, reference):
    """One offer: what it is, its sessions and files, what suggests it, and what people thought of it."""
    offer = fetch_offer(request, reference)
    at, office = timezone.now(), access.is_office(request.user)
    sessions = list(reads.sessions_of(offer))
    signed = _mine_in(sessions, request.user)
    for session in sessions:
        session.is_past = session.starts_at <= at
        session.mine = signed.get(session.pk, [])
        session.left = None if session.places is None else max(session.places - session.booked, 0)
    mine = [] if office else [group for group in _suggestions_for(request.user) if group["offer"] == offer]
    context = {
        "offer": offer,
        "coming": [row for row in sessions if not row.is_past and not row.cancelled_at],
        "past": [row for row in reversed(sessions) if row.is_past or row.cancelled_at],
        "documents": _files(offer, request.user),
        "suggestions": mine,
        "triggers": list(offer.triggers.select_related("criterion", "standard").order_by("pk")) if office else [],
        "trigger_kinds": TriggerKind.choices,
        "feedback": reads.feedback_on(offer) if office else None,
        "in_office": office,
        "manages": manages(request.user),
        "moves": _offer_moves(offer, request.user, at),
        "events": record.history(offer)[:40] if office else None,
        "breadcrumbs": crumbs(False)[:3],
    }
    return render(request, "monitoring/support_show.html", context)


def _mine_in(sessions, user):
    """{session: the sign-ups of the person's organisations}, for those outside the office."""
    if access.is_office(user):
        return {}
    rows = SignUp.objects.visible_to(user).filter(session__in=sessions).exclude(status=SignUpStatus.CANCELLED)
    found: dict = {}
    for row in rows.select_related("person").order_by("signed_up_at", "pk"):
        found.setdefault(row.session_id, []).append(row)
    return found


def _files(offer, user):
    keeps = manages(user)
    return [
        {
            "name": row.name,
            "kind": row.kind,
            "url": reverse("document_download", kwargs={"pk": row.pk}),
            "size": row.size,
            "uploaded_at": row.uploaded_at,
            "remove_url": reverse("monitoring:support_file_remove", args=[offer.reference, row.pk]) if keeps else "",
        }
        for row in documents.about(offer)
    ]


def _move(label, name, args, *, why_not="", style="secondary", method="get"):
    return {
        "label": label,
        "url": reverse(f"monitoring:{name}", args=args),
        "why_not": why_not,
        "style": style,
        "method": method,
    }


def _offer_moves(offer, user, at):
    if not manages(user):
        return []
    args = [offer.reference]
    files = documents.about(offer).count() if offer.kind == OfferKind.TEMPLATE else None
    found = []
    if offer.status != OfferStatus.OPEN:
        why = rules.why_not_open(offer, user=user, at=at, files=files)
        label = "Open it" if offer.status == OfferStatus.DRAFT else "Open it again"
        found.append(_move(label, "support_open", args, why_not=why, style="", method="post"))
    if offer.kind != OfferKind.TEMPLATE and offer.status != OfferStatus.CLOSED:
        style = "" if offer.status == OfferStatus.OPEN else "secondary"
        found.append(_move("Add a session", "support_session_new", args, style=style))
    found.append(_move("Add a file", "support_file_new", args))
    found.append(_move("Change the words", "support_edit", args))
    if offer.status == OfferStatus.OPEN:
        why = rules.why_not_close(offer, user=user, at=at)
        found.append(_move("Close it", "support_close", args, why_not=why, style="warning"))
    return found


@require_safe
@READS
def support_session_show(request, reference, number):
    """One session: when and where, who is signed up as far as the person may see it, and what they can do."""
    session = fetch_session(request, reference, number)
    at, office = timezone.now(), access.is_office(request.user)
    rows = list(reads.sign_ups_of(session, request.user))
    for place, row in enumerate([row for row in rows if row.status == SignUpStatus.WAITING], start=1):
        row.place = place
    for row in rows:
        row.session = session
        row.may_leave = not rules.why_not_leave(row, user=request.user, at=at)
        row.may_say = not rules.why_not_give_feedback(row, user=request.user)
    context = {
        "session": session,
        "offer": session.offer,
        "sign_ups": rows,
        "left": None if session.places is None else max(session.places - session.booked, 0),
        "is_past": session.starts_at <= at,
        "in_office": office,
        "mine": any(row.person_id == request.user.pk and row.status == SignUpStatus.BOOKED for row in rows),
        "moves": _session_moves(session, request.user, at),
        "events": record.history(session, *_all_sign_ups(session))[:40] if office else None,
        "breadcrumbs": crumbs(session.offer),
    }
    return render(request, "monitoring/support_session_show.html", context)


def _all_sign_ups(session):
    """Also those taken back, for the history."""
    return list(SignUp.objects.filter(session=session))


def _session_moves(session, user, at):
    args = [session.offer.reference, session.number]
    found = []
    if access.may(user, Permission.SUPPORT_JOIN):
        why = rules.why_not_join(session, user=user, at=at)
        found.append(_move("Sign up", "support_join", args, why_not=why, style=""))
    if not manages(user) or session.cancelled_at:
        return found
    if session.starts_at <= at:
        return [*found, _move("Record who came", "support_attendance", args, style="")]
    return [
        *found,
        _move("Change time, place or places", "support_session_edit", args),
        _move("Cancel the session", "support_session_cancel", args, style="warning"),
    ]


@require_safe
@READS
def support_session_calendar(request, reference, number):
    """The session for a calendar."""
    session = fetch_session(request, reference, number)
    content = ical.appointment(reads.appointment_of(session), link=session.get_absolute_url(), at=timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{session.reference.replace("/", "-")}.ics"'
    return response


@require_safe
@READS
def support_suggestion_list(request):
    """Every suggestion this person may see, with its cause; as CSV with `?format=csv`."""
    found = SuggestionFilter(request.GET or None, queryset=reads.suggestions_visible_to(request.user))
    rows = lists.sort(request, found.qs, SUGGESTED_SORTS, default="-when")
    if request.GET.get("format") == "csv":
        return lists.csv_response("suggestions-of-support", SUGGESTED_HEADER, [_suggestion_line(row) for row in rows])
    page = lists.paginate(request, rows)
    joins = {body.pk for body in reads.may_join_for(request.user)}
    for row in page:
        row.may_set_aside = not row.set_aside_at and (manages(request.user) or row.organisation_id in joins)
    context = {
        "filter": found,
        "page_obj": page,
        "in_office": access.is_office(request.user),
        "breadcrumbs": crumbs(False),
    }
    return render(request, "monitoring/support_suggestion_list.html", context)


def _day(moment):
    return timezone.localtime(moment).date().isoformat() if moment else ""


def _suggestion_line(row):
    return [
        row.organisation.name, f"{row.offer.reference} {row.offer.title}", row.get_kind_display(), row.reason,
        _day(row.suggested_at), _day(row.set_aside_at), row.set_aside_reason,
    ]  # fmt: skip


@require_safe
@access.require(Permission.SUPPORT_MANAGE, Permission.DASHBOARD_READ)
def support_effect(request):
    """The return before and after, for each organisation that came; as CSV with `?format=csv`."""
    offer = None
    if asked := request.GET.get("offer"):
        offer = CapacityOffer.objects.filter(reference=asked).first()
        if offer is None:
            raise Http404("There is no such offer.")
    rows = effects.effects(offer=offer)
    if request.GET.get("format") == "csv":
        return lists.csv_response("before-and-after", EFFECT_HEADER, [_effect_line(row) for row in rows])
    page = lists.paginate(request, rows)
    context = {
        "page_obj": page,
        "tables": [(row, effects.table(row)) for row in page],
        "offer": offer,
        "offers": CapacityOffer.objects.filter(sessions__sign_ups__attended=True).distinct().order_by("-reference"),
        "breadcrumbs": crumbs(False),
    }
    return render(request, "monitoring/support_effect.html", context)


def _effect_line(row):
    told = effects.table(row)
    return [
        f"{row.offer.reference} {row.offer.title}", row.organisation.name, _day(row.came_at), row.people,
        row.before.reference if row.before else "", *[before for _label, before, _after in told],
        row.after.reference if row.after else "", *[after for _label, _before, after in told],
    ]  # fmt: skip


@require_safe
@READS
def support_funding_list(request):
    """Money won elsewhere with the office's help, with its total; as CSV with `?format=csv`."""
    found = FundingFilter(request.GET or None, queryset=reads.funding_visible_to(request.user))
    rows = lists.sort(request, found.qs, FUNDING_SORTS, default="-won")
    if request.GET.get("format") == "csv":
        return lists.csv_response("won-elsewhere", FUNDING_HEADER, [_funding_line(row) for row in rows])
    page = lists.paginate(request, rows)
    mine = {body.pk for body in reads.may_join_for(request.user)}
    for row in page:
        row.may_correct = manages(request.user) or row.organisation_id in mine
        row.helped = [HelpGiven(word).label for word in row.how_it_helped]
    context = {
        "filter": found,
        "page_obj": page,
        "total": reads.won_elsewhere(found.qs),
        "may_record": manages(request.user) or bool(mine),
        "breadcrumbs": crumbs(False),
    }
    return render(request, "monitoring/support_funding_list.html", context)


def _funding_line(row):
    helped = ", ".join(HelpGiven(word).label for word in row.how_it_helped)
    return [
        row.organisation.name, row.funder, row.purpose, row.amount, row.won_on.isoformat(),
        row.offer.title if row.offer else "", helped, row.note,
    ]  # fmt: skip
