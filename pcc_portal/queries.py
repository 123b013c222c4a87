"""Reads that see the whole house: the frame of every page, home pages, dashboards."""

from functools import cached_property

from django.conf import settings

from plans.models import CommissioningBody

PRODUCT = "Commissioning portal"


class PortalFrame:
    """The office's names and colours as data, and the navigation of the person at the screen."""

    product_name = PRODUCT

    def __init__(self, request):
        self.request = request

    @cached_property
    def body(self):
        return CommissioningBody.objects.order_by("starts_on", "pk").last()

    @property
    def office_name(self):
        return self.body.name if self.body else PRODUCT

    @property
    def commissioner_title(self):
        return self.body.commissioner_title if self.body else "Commissioner"

    @property
    def brand_colour(self):
        return self.body.brand_colour if self.body else "#1d2b53"

    @property
    def accent_colour(self):
        return self.body.accent_colour if self.body else "#00703c"

    @property
    def second_factor_off(self):
        return not settings.SECOND_FACTOR_REQUIRED

    @property
    def is_demo(self):
        return settings.DEMONSTRATION

    @cached_property
    def nav(self):
        return []
