from django.urls import path

from .views import plan, reporting

app_name = "plans"
urlpatterns = [
    path("plan/rule-sets/<slug:key>/", plan.rule_set_show, name="rule_set_show"),
    path("plan/rule-sets/<slug:key>/reporting/", reporting.reporting_show, name="reporting_show"),
    path("plan/rule-sets/<slug:key>/reporting/new/", reporting.reporting_new, name="reporting_new"),
    path("plan/rule-sets/<slug:key>/reporting/<slug:kind>/", reporting.reporting_edit, name="reporting_edit"),
    path("plan/rule-sets/<slug:key>/reporting/<slug:kind>/drop/", reporting.reporting_drop, name="reporting_drop"),
    path("plan/learning/<int:pk>/", plan.learning_edit, name="learning_edit"),
    path("plan/priorities/<slug:key>/", plan.priority_edit, name="priority_edit"),
    path("plan/streams/<slug:key>/change/", plan.stream_edit, name="stream_edit"),
    path("plan/sources/<slug:key>/", plan.funding_source_edit, name="funding_source_edit"),
    path("plan/events/<slug:key>/", plan.movable_event_edit, name="movable_event_edit"),
    path("plan/sensitive-periods/new/", plan.sensitive_period_new, name="sensitive_period_new"),
    path("plan/sensitive-periods/<slug:key>/", plan.sensitive_period_edit, name="sensitive_period_edit"),
    path("plan/delegations/new/", plan.delegation_new, name="delegation_new"),
    path("plan/delegations/<str:reference>/", plan.delegation_edit, name="delegation_edit"),
]
