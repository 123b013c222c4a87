"""Read-only windows for support: admin goes round the actions, so nothing can be changed here."""

from django.contrib import admin

from .models import Allocation, AllocationMovement, BusinessCase, CaseSnapshot, ChangeRequest, LateAcceptance, Round


class ReadOnly(admin.ModelAdmin):
    """A window without handles."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Round)
class RoundWindow(ReadOnly):
    list_display = ("reference", "name", "status", "opens_on", "deadline_on")
    search_fields = ("reference", "name")


@admin.register(BusinessCase)
class BusinessCaseWindow(ReadOnly):
    list_display = ("reference", "title", "organisation", "window", "status")
    search_fields = ("reference", "title")


admin.site.register([Allocation, AllocationMovement, CaseSnapshot, ChangeRequest, LateAcceptance], ReadOnly)
