from django.apps import AppConfig


class PccPortalConfig(AppConfig):
    name = "pcc_portal"
    verbose_name = "Portal"
