"""What the office knows, on decision pages of lower floors, which cannot ask for it themselves (ADR 14)."""

from django import template
from django.utils import timezone

from ..queries import assurance

register = template.Library()


@register.inclusion_tag("pcc_portal/parts/known.html", takes_context=True)
def known_about(context, *organisations, award=None, contract=None, projects=(), project=None, rule_set=None):
    """The panel of what is known of organisations, an award, a contract or projects; empty for all but the office."""
    rows = list(projects or ()) or ([project] if project else [])
    known = assurance.known_of(
        context["request"].user,
        on=timezone.localdate(),
        organisations=organisations,
        award=award or None,
        contract=contract or None,
        projects=rows,
        rule_set=rule_set or None,
    )
    return {"known": known}
