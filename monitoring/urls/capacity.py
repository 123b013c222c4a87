from django.urls import path

from ..views import capacity, capacity_acts

OFFER = "support/<str:reference>/"
SESSION = f"{OFFER}sessions/<int:number>/"
urlpatterns = [
    path("support/", capacity.support_list, name="support_list"),
    path("support/new/", capacity_acts.support_new, name="support_new"),
    path("support/suggestions/", capacity.support_suggestion_list, name="support_suggestion_list"),
    path("support/suggestions/<int:pk>/set-aside/", capacity_acts.support_set_aside, name="support_set_aside"),
    path("support/before-and-after/", capacity.support_effect, name="support_effect"),
    path("support/funding/", capacity.support_funding_list, name="support_funding_list"),
    path("support/funding/new/", capacity_acts.support_funding_new, name="support_funding_new"),
    path("support/funding/<int:pk>/", capacity_acts.support_funding_edit, name="support_funding_edit"),
    path("support/sign-ups/<int:pk>/leave/", capacity_acts.support_leave, name="support_leave"),
    path("support/sign-ups/<int:pk>/feedback/", capacity_acts.support_feedback, name="support_feedback"),
    path(OFFER, capacity.support_show, name="support_show"),
    path(f"{OFFER}change/", capacity_acts.support_edit, name="support_edit"),
    path(f"{OFFER}open/", capacity_acts.support_open, name="support_open"),
    path(f"{OFFER}close/", capacity_acts.support_close, name="support_close"),
    path(f"{OFFER}files/new/", capacity_acts.support_file_new, name="support_file_new"),
    path(f"{OFFER}files/<int:pk>/remove/", capacity_acts.support_file_remove, name="support_file_remove"),
    path(f"{OFFER}suggested-by/<str:kind>/new/", capacity_acts.support_trigger_new, name="support_trigger_new"),
    path(f"{OFFER}suggested-by/<int:pk>/remove/", capacity_acts.support_trigger_remove, name="support_trigger_remove"),
    path(f"{OFFER}sessions/new/", capacity_acts.support_session_new, name="support_session_new"),
    path(SESSION, capacity.support_session_show, name="support_session_show"),
    path(f"{SESSION}session.ics", capacity.support_session_calendar, name="support_session_calendar"),
    path(f"{SESSION}change/", capacity_acts.support_session_edit, name="support_session_edit"),
    path(f"{SESSION}cancel/", capacity_acts.support_session_cancel, name="support_session_cancel"),
    path(f"{SESSION}join/", capacity_acts.support_join, name="support_join"),
    path(f"{SESSION}who-came/", capacity_acts.support_attendance, name="support_attendance"),
]
