"""How a form and an action meet: a refusal becomes an error of the form, so that nothing typed is lost."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from records.refusals import Refused

from ..forms.acting import ReasonForm


def attempt(form, action, **arguments):
    """Call the action; None and an error on the form when it is refused."""
    try:
        return action(**arguments)
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return None


def act_page(request, form, *, title, back, caption="", lead="", template="grants/includes/act.html", **more):
    """The page of one act: a heading, the form, a way back."""
    context = {"form": form, "title": title, "back": back, "caption": caption, "lead": lead, **more}
    return render(request, template, context)


def reason_page(request, action, *, subject, title, done, caption="", lead="", button="", style="", **arguments):
    """The whole of an act that only needs a reason: ask, act, go back to the subject."""
    words = {"button": button or title, "style": style}
    form = ReasonForm(request.POST, **words) if request.method == "POST" else ReasonForm(**words)
    acts = request.method == "POST" and form.is_valid()
    if acts and attempt(form, action, reason=form.cleaned_data["reason"], **arguments) is not None:
        messages.success(request, done)
        return redirect(subject)
    return act_page(request, form, title=title, caption=caption, lead=lead, back=subject.get_absolute_url())


def move(label, name, args, why_not, *, method="get", style="", hint=""):
    """One button of the part "moves"."""
    url = reverse(f"grants:{name}", args=args)
    return {"label": label, "url": url, "why_not": why_not, "method": method, "style": style, "hint": hint}
