"""What anybody can do without an account: complain, and follow what becomes of it (P2).

Nothing of it stays in a session; the browser is told to keep no copy, and the private address is passed to nobody.
"""

from functools import wraps

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from records.refusals import Refused

from ..actions import concerns as actions
from ..forms import complain as forms
from ..queries import concern_links as links
from ..queries import concerns as queries
from ..rules import concerns as rules
from . import concern_limits as limits

EDITING = ["GET", "HEAD", "POST"]
LEAVE = "https://www.bbc.co.uk/weather"


def in_private(view):
    """No copy in the browser, and no address passed on to other sites.

    Not `no-referrer`: with it browsers send a form's origin as “null”, and the form would be refused as forged.
    """

    @wraps(view)
    def kept(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["Cache-Control"] = "no-store, private"
        return response

    return login_not_required(kept)


@in_private
@require_safe
def complain(request):
    """Before the form: when to call 999, and where complaints go that are not for this office."""
    return render(request, "monitoring/concern_start.html", {"leave": LEAVE, "levels": queries.levels()})


@sensitive_variables("form")
@sensitive_post_parameters()
@in_private
@require_http_methods(EDITING)
def complain_write(request):
    """The form; what is sent opens the complainant's own page."""
    form = forms.ComplaintForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        if limits.over(get_adapter().get_client_ip(request), at):
            return render(request, "monitoring/concern_limit.html", {"leave": LEAVE}, status=429)
        try:
            concern = actions.receive_concern(**form.said(), at=at)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            return redirect(f"{reverse('monitoring:complain_follow', args=[links.token_of(concern)])}?sent=1")
    return render(request, "monitoring/concern_write.html", {"form": form, "leave": LEAVE})


@sensitive_post_parameters()
@in_private
@require_http_methods(EDITING)
def complain_follow(request, token):
    """Where a complaint stands, by the complainant's own address; they ask for the next stage, or end it."""
    concern = queries.followed(links.hash_of(token))
    if concern is None:
        raise Http404("There is nothing here that you can see.")
    form, refused = forms.AskNextForm(request.POST if request.POST.get("do") == "next" else None), ""
    if request.method == "POST":
        try:
            if _done(request.POST.get("do"), concern, form):
                return redirect(request.path)
        except Refused as refusal:
            refused = refusal.reason
    on = timezone.localdate()
    context = {
        "concern": concern,
        "stages": list(concern.stages.all()),
        "stage": queries.stage_of(concern),
        "next_level": queries.next_level(concern),
        "form": form,
        "refused": refused,
        "why_not_next": rules.why_not_ask_next(concern, on=on),
        "why_not_satisfied": rules.why_not_satisfied(concern, on=on),
        "why_not_withdraw": rules.why_not_withdraw(concern, on=on),
        "sent": "sent" in request.GET,
        "link": request.build_absolute_uri(request.path),
        "today": on,
        "leave": LEAVE,
    }
    return render(request, "monitoring/concern_follow.html", context)


def _done(do, concern, form):
    """Whether what the complainant asked for was done."""
    at = timezone.now()
    if do == "next" and form.is_valid():
        actions.ask_next_stage(concern=concern, reason=form.cleaned_data["reason"], at=at)
    elif do == "satisfied":
        actions.satisfied(concern=concern, at=at)
    elif do == "withdraw":
        actions.withdraw_concern(concern=concern, reason="The complainant withdrew it.", at=at)
    else:
        return False
    return True
