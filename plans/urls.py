from django.urls import path

from . import views

app_name = "plans"
urlpatterns = [
    path("plan/rule-sets/<slug:key>/", views.rule_set_show, name="rule_set_show"),
    path("plan/learning/<int:pk>/", views.learning_edit, name="learning_edit"),
    path("plan/priorities/<slug:key>/", views.priority_edit, name="priority_edit"),
    path("plan/streams/<slug:key>/change/", views.stream_edit, name="stream_edit"),
    path("plan/sources/<slug:key>/", views.funding_source_edit, name="funding_source_edit"),
    path("plan/events/<slug:key>/", views.movable_event_edit, name="movable_event_edit"),
    path("plan/sensitive-periods/new/", views.sensitive_period_new, name="sensitive_period_new"),
    path("plan/sensitive-periods/<slug:key>/", views.sensitive_period_edit, name="sensitive_period_edit"),
    path("plan/delegations/new/", views.delegation_new, name="delegation_new"),
    path("plan/delegations/<str:reference>/", views.delegation_edit, name="delegation_edit"),
]
