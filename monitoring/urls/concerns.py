"""Addresses of complaints."""

from django.urls import path

from ..views import complain, concern_acts, concern_settings, concerns

urlpatterns = [
    path("complain/", complain.complain, name="complain"),
    path("complain/write/", complain.complain_write, name="complain_write"),
    path("complain/follow/<slug:token>/", complain.complain_follow, name="complain_follow"),
    path("complaints/", concerns.concern_list, name="concern_list"),
    path("complaints/complaints.csv", concerns.concern_list_csv, name="concern_list_csv"),
    path("complaints/figures/", concerns.concern_figures, name="concern_figures"),
    path("complaints/new/", concerns.concern_new, name="concern_new"),
    path("complaints/stages/", concern_settings.concern_levels, name="concern_levels"),
    path("complaints/stages/new/", concern_settings.concern_level_new, name="concern_level_new"),
    path("complaints/stages/<int:number>/", concern_settings.concern_level_edit, name="concern_level_edit"),
    path("complaints/restricted/", concern_settings.concern_contacts, name="concern_contacts"),
    path(
        "complaints/restricted/<slug:restriction>/", concern_settings.concern_contact_edit, name="concern_contact_edit"
    ),
    path("complaints/<str:reference>/", concerns.concern_show, name="concern_show"),
    path(
        "complaints/<str:reference>/learning/<int:number>/", concern_acts.concern_learning_done,
        name="concern_learning_done",
    ),
    path("complaints/<str:reference>/<slug:act>/", concern_acts.concern_act, name="concern_act"),
]  # fmt: skip
