"""The front hall of the portal. Importing it readies Celery, so that shared tasks find their broker."""

from pcc_portal.celery import app as celery_app

__all__ = ("celery_app",)
