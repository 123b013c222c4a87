"""What every page shows around itself: the office's names and colours as data, the menu."""

from functools import cached_property

from django.conf import settings
from django.urls import reverse

from accounts import access
from accounts import queries as people
from accounts.roles import Permission
from plans.models import CommissioningBody

PRODUCT = "Commissioning portal"
OFFICE_MENU = [
    ("home", "Home", None),
    ("dashboard", "Dashboard", Permission.DASHBOARD_READ),
    ("grants:round_list", "Rounds", Permission.CASE_READ),
    ("grants:business_case_list", "Business cases", Permission.CASE_READ),
    ("grants:decision_list", "Decisions", Permission.DECISION_READ),
    ("grants:award_list", "Awards", Permission.AWARD_READ),
    ("grants:payment_list", "Payments", Permission.AWARD_READ),
    ("monitoring:return_list", "Returns", Permission.RETURN_READ),
    ("services:contract_list", "Contracts", Permission.CONTRACT_READ),
    ("assurance", "Assurance", Permission.AUDIT_READ),
    ("money_show", "Money", Permission.DASHBOARD_READ),
    ("plan_show", "Plan", Permission.PLAN_READ),
]
PARTNER_MENU = [
    ("home", "Home", None),
    ("grants:round_list", "Funding rounds", Permission.CASE_READ),
    ("grants:business_case_list", "Business cases", Permission.CASE_READ),
    ("grants:award_list", "Awards", Permission.AWARD_READ),
    ("monitoring:return_list", "Returns", Permission.RETURN_READ),
    ("services:contract_list", "Contracts", Permission.CONTRACT_READ),
    ("assurance", "Assurance", Permission.STANDARD_READ),
    ("plan_show", "Plan", Permission.AWARD_READ),
    ("accounts:people_list", "People", Permission.PEOPLE_INVITE),
]
OFFICE_FOOTER = [
    ("accounts:organisation_list", "Organisations", Permission.ORGANISATION_READ),
    ("accounts:people_list", "People", Permission.PEOPLE_INVITE),
    ("services:oversight_list", "Oversight register", Permission.OVERSIGHT_READ),
    ("plans:opportunity_list", "Opportunities", Permission.PLAN_READ),
    ("monitoring:template_list", "Return templates", Permission.PLAN_READ),
    ("reminder_list", "Reminders and mail", Permission.NOTICE_LOG_READ),
]
PUBLIC_FOOTER = [
    ("monitoring:outcome_list", "What was achieved"),
    ("monitoring:complain", "Make a complaint"),
    ("accessibility_statement", "Accessibility"),
]


class PortalFrame:
    """The office's names and colours as data, and the menu of the person at the screen."""

    product_name = PRODUCT

    def __init__(self, request):
        self.request = request

    @cached_property
    def body(self):
        return CommissioningBody.objects.order_by("starts_on", "pk").last()

    @cached_property
    def office_name(self):
        return self.body.name if self.body else PRODUCT

    @cached_property
    def commissioner_title(self):
        return self.body.commissioner_title if self.body else "Commissioner"

    @cached_property
    def commissioner(self):
        """The short title, as in "waits for the PCC"; data, since the post itself may change."""
        return self.body.commissioner_short_title if self.body else "Commissioner"

    @cached_property
    def brand_colour(self):
        return self.body.brand_colour if self.body else "#1d2b53"

    @cached_property
    def accent_colour(self):
        return self.body.accent_colour if self.body else "#00703c"

    @cached_property
    def contact_email(self):
        return self.body.contact_email if self.body else ""

    @property
    def second_factor_off(self):
        return not settings.SECOND_FACTOR_REQUIRED

    @property
    def is_demo(self):
        return settings.DEMONSTRATION

    @cached_property
    def organisation(self):
        """The person's organisation, or how many they belong to."""
        names = list(dict.fromkeys(m.organisation.name for m in self._memberships))
        return names[0] if len(names) == 1 else (f"{len(names)} organisations" if names else "")

    @cached_property
    def bad_address(self):
        """The address of the person at the screen, as one that cannot be reached; asked for only where it is one."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated or any(not row.unreached for row in self._memberships):
            return None
        return people.bad_address(user)

    @cached_property
    def nav(self):
        if not self._memberships:
            return []
        return self._links(OFFICE_MENU if access.is_office(self.request.user) else PARTNER_MENU)

    @cached_property
    def footer_links(self):
        links = []
        if self._memberships and access.is_office(self.request.user):
            links = self._links(OFFICE_FOOTER)
        if self.is_demo and self._memberships:
            links += self._links([("mail_list", "Demonstration mail", None)])
        links.append({"label": "Tell us about a problem", "url": reverse("monitoring:complain")})
        links += [{"label": label, "url": reverse(name)} for name, label in PUBLIC_FOOTER]
        return links

    @cached_property
    def _memberships(self):
        user = getattr(self.request, "user", None)
        return access.memberships_of(user) if user is not None else []

    def _links(self, menu):
        user, path = self.request.user, self.request.path
        links = []
        for name, label, permission in menu:
            if permission and not access.may(user, permission):
                continue
            url = reverse(name)
            current = path == url if url == "/" else path.startswith(url)
            links.append({"label": label, "url": url, "current": current})
        return links
