from django.urls import path

from .views import bids, opportunities, plan, reporting

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
    path("opportunities/", opportunities.opportunity_list, name="opportunity_list"),
    path("opportunities/new/", opportunities.opportunity_new, name="opportunity_new"),
    path("opportunities/<str:reference>/", opportunities.opportunity_show, name="opportunity_show"),
    path("opportunities/<str:reference>/change/", opportunities.opportunity_edit, name="opportunity_edit"),
    path("opportunities/<str:reference>/acts/<slug:act>/", opportunities.opportunity_act, name="opportunity_act"),
    path("opportunities/<str:reference>/partners/new/", bids.partner_new, name="partner_new"),
    path("opportunities/<str:reference>/partners/<int:pk>/", bids.partner_edit, name="partner_edit"),
    path("opportunities/<str:reference>/partners/<int:pk>/remove/", bids.partner_remove, name="partner_remove"),
    path("opportunities/<str:reference>/tasks/new/", bids.task_new, name="task_new"),
    path("opportunities/<str:reference>/tasks/<int:number>/", bids.task_edit, name="task_edit"),
    path("opportunities/<str:reference>/tasks/<int:number>/done/", bids.task_finish, name="task_finish"),
    path("opportunities/<str:reference>/files/new/", bids.file_new, name="file_new"),
    path("opportunities/<str:reference>/files/<int:pk>/remove/", bids.file_remove, name="file_remove"),
]
