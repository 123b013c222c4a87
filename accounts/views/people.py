"""People and their roles; everybody's own entry."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from records import lists
from records.refusals import Refused

from .. import access, queries, rules
from ..actions import memberships, people
from ..filters import PeopleFilter
from ..forms import ProfileForm, ReasonForm, RoleForm
from ..models import Membership
from ..roles import Permission

LOOKS_AFTER_PEOPLE = (Permission.PEOPLE_INVITE, Permission.OFFICE_PEOPLE)
SORTED_BY = {"name": "full_name", "email": "email", "seen": "last_login"}


@require_safe
@access.require(*LOOKS_AFTER_PEOPLE)
def people_list(request):
    """The people of one's own organisation; for the office, everybody."""
    shown = PeopleFilter(
        request.GET,
        queryset=queries.with_reach(queries.people_visible_to(request.user)).prefetch_related(
            queries.roles_shown(request.user)
        ),
        organisations=queries.managed_by(request.user),
        with_closed=access.is_office(request.user),
    )
    rows = lists.sort(request, shown.qs, SORTED_BY, default="name")
    if request.GET.get("format") == "csv":
        header = ["Name", "E-mail address", "Telephone", "Roles", "Last signed in", "Can be reached"]
        return lists.csv_response("people", header, (csv_row(person) for person in rows))
    page = lists.paginate(request, rows)
    return render(
        request,
        "accounts/people_list.html",
        {
            "filter": shown,
            "page_obj": page,
            "count": page.paginator.count,
            "waiting": queries.invitations_visible_to(request.user).waiting(timezone.now()).count(),
        },
    )


def csv_row(person):
    """One person as a line of the download."""
    roles = "; ".join(f"{role.get_role_display()}, {role.organisation.name}" for role in person.current_roles)
    return [person.full_name, person.email, person.telephone, roles, person.last_login, not person.unreached]


@require_safe
@access.require(*LOOKS_AFTER_PEOPLE)
def person_show(request, pk):
    """One person: how to reach them, what they may do, what happened."""
    user = request.user
    person = get_object_or_404(queries.people_visible_to(user).prefetch_related(queries.roles_shown(user)), pk=pk)
    bad = queries.bad_address(person)
    roles = [
        {"membership": role, "why_not": rules.why_not_end_membership(role, user=user)} for role in person.current_roles
    ]
    return render(
        request,
        "accounts/person_show.html",
        {
            "person": person,
            "roles": roles,
            "bad_address": bad,
            "undelivered": queries.undelivered(person) if bad else 0,
            "may_give": person != user and person.is_active,
            "is_self": person == user,
            "closed": not person.is_active and rules.is_closed(person.email),
            "why_not_forget": rules.why_not_forget_second_step(
                person, has_one=queries.has_second_step(person), user=user
            ),
            "why_not_close": rules.why_not_close_person(person, user=user),
            "events": queries.events_of_person(person)[:50],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*LOOKS_AFTER_PEOPLE)
def person_close(request, pk):
    """Close the account of somebody who has left."""
    person = get_object_or_404(queries.people_visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        people.close_person(person=person, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        messages.success(request, f"The account of {person} is closed.")
        return redirect("accounts:people_list")
    why_not = rules.why_not_close_person(person, user=request.user)
    return render(request, "accounts/person_close.html", {"person": person, "form": form, "why_not": why_not})


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*LOOKS_AFTER_PEOPLE)
def second_step_forget(request, pk):
    """Help somebody who has lost their telephone."""
    person = get_object_or_404(queries.people_visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        people.forget_second_step(person=person, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        messages.success(request, f"{person} now signs in with the password alone, and is asked for a new second step.")
        return redirect(person)
    has_one = queries.has_second_step(person)
    why_not = rules.why_not_forget_second_step(person, has_one=has_one, user=request.user)
    return render(request, "accounts/second_step_forget.html", {"person": person, "form": form, "why_not": why_not})


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*LOOKS_AFTER_PEOPLE)
def membership_start(request, pk):
    """Give somebody a further role."""
    person = get_object_or_404(queries.people_visible_to(request.user), pk=pk)
    form = RoleForm(
        request.POST if request.method == "POST" else None,
        organisations=queries.managed_by(request.user).order_by("name"),
        with_office=access.may(request.user, Permission.OFFICE_PEOPLE),
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = memberships.start_membership(person=person, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"{person} is now {given.get_role_display().lower()} of {given.organisation}.")
            return redirect(person)
    return render(request, "accounts/membership_start.html", {"person": person, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@access.require(*LOOKS_AFTER_PEOPLE)
def membership_end(request, pk):
    """End a role, with the reason."""
    rows = Membership.objects.filter(organisation__in=queries.managed_by(request.user))
    membership = get_object_or_404(rows.select_related("user", "organisation"), pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        memberships.end_membership(
            membership=membership, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        )
        messages.success(request, f"{membership.user} is no longer {membership.get_role_display().lower()}.")
        return redirect("accounts:people_list")
    why_not = rules.why_not_end_membership(membership, user=request.user)
    return render(request, "accounts/membership_end.html", {"membership": membership, "form": form, "why_not": why_not})


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    """One's own name and telephone, one's roles, and the way to password and second step."""
    person = request.user
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        initial={"full_name": person.full_name, "telephone": person.telephone},
    )
    if request.method == "POST" and form.is_valid():
        people.change_profile(person=person, by=person, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "Your details are saved.")
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form, "roles": access.memberships_of(person)})
