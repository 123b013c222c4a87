"""The agreed end of an award, moved."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.roles import Permission
from records.refusals import refuse_if
from records.words import day_in_words

from ..actions import variations as actions
from ..forms.variations import AwardEndForm
from ..queries import awards as queries
from ..queries.schedules import returns_after
from ..rules import variations as rules
from .acting import act_page, attempt
from .awards import get_award


@access.require(Permission.AWARD_OFFER)
@require_http_methods(["GET", "POST"])
def award_vary_end(request, reference):
    """Extend or shorten an award; the returns that are owed follow."""
    award = get_award(request, reference)
    refuse_if(rules.why_not_vary_end(award, user=request.user, on=timezone.localdate()), award)
    form = AwardEndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "by": request.user, "at": timezone.now()}
        if (varied := attempt(form, actions.vary_award_end, award=award, **given)) is not None:
            messages.success(request, f"The award ends on {day_in_words(varied.ends_on)}. The recipient has been told.")
            return redirect(varied)
    return act_page(
        request,
        form,
        title="Move the end of the award",
        caption=str(award),
        back=award.get_absolute_url(),
        template="grants/award_vary_end.html",
        award=award,
        returns=queries.returns_owed(award),
        at_the_end=returns_after(award),
    )
