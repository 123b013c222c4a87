from django.urls import path

from ..views.audits import findings, following, programmes, risk, visits, writing

VISIT = "audits/visits/<str:reference>/"
FINDING = f"{VISIT}findings/<int:number>/"
ACTION = f"{FINDING}actions/<int:action>/"
urlpatterns = [
    path("audits/", programmes.audit_list, name="audit_list"),
    path("audits/new/", programmes.programme_new, name="programme_new"),
    path("audits/risk/", risk.risk_list, name="risk_list"),
    path("audits/risk/risk.csv", risk.risk_list_csv, name="risk_list_csv"),
    path("audits/risk/<str:reference>/", risk.risk_show, name="risk_show"),
    path("audits/points/", risk.mark_list, name="mark_list"),
    path("audits/points/new/", risk.mark_new, name="mark_new"),
    path("audits/points/<int:pk>/", risk.mark_edit, name="mark_edit"),
    path("audits/points/<int:pk>/remove/", risk.mark_remove, name="mark_remove"),
    path("audits/actions/", following.action_list, name="action_list"),
    path("audits/actions/actions.csv", following.action_list_csv, name="action_list_csv"),
    path("audits/visits/", visits.visit_list, name="visit_list"),
    path("audits/visits/visits.csv", visits.visit_list_csv, name="visit_list_csv"),
    path("audits/plan/<str:reference>/", visits.visit_plan, name="visit_plan"),
    path(VISIT, visits.visit_show, name="visit_show"),
    path(f"{VISIT}move/", visits.visit_move, name="visit_move"),
    path(f"{VISIT}hand-over/", visits.visit_hand_over, name="visit_hand_over"),
    path(f"{VISIT}cancel/", visits.visit_cancel, name="visit_cancel"),
    path(f"{VISIT}begin/", visits.visit_begin, name="visit_begin"),
    path(f"{VISIT}conditions/", writing.visit_checks, name="visit_checks"),
    path(f"{VISIT}conditions/autosave/", writing.visit_autosave, name="visit_autosave"),
    path(f"{VISIT}conditions/files/<int:pk>/remove/", writing.visit_file_remove, name="visit_file_remove"),
    path(f"{VISIT}report/", findings.visit_report, name="visit_report"),
    path(f"{VISIT}reply/", findings.visit_reply, name="visit_reply"),
    path(f"{VISIT}final/", findings.visit_finalise, name="visit_finalise"),
    path(f"{VISIT}findings/new/", findings.finding_new, name="finding_new"),
    path(FINDING, findings.finding_edit, name="finding_edit"),
    path(f"{FINDING}remove/", findings.finding_remove, name="finding_remove"),
    path(f"{FINDING}actions/new/", findings.action_new, name="action_new"),
    path(ACTION, findings.action_edit, name="action_edit"),
    path(f"{ACTION}remove/", findings.action_remove, name="action_remove"),
    path(f"{ACTION}done/", following.action_done, name="action_done"),
    path(f"{ACTION}check/", following.action_check, name="action_check"),
    path(f"{ACTION}close/", following.action_close, name="action_close"),
    path("audits/<str:reference>/", programmes.programme_show, name="programme_show"),
    path("audits/<str:reference>/sample.csv", programmes.programme_csv, name="programme_csv"),
    path("audits/<str:reference>/change/", programmes.programme_edit, name="programme_edit"),
    path("audits/<str:reference>/draw/", programmes.programme_draw, name="programme_draw"),
    path("audits/<str:reference>/add/", programmes.programme_add, name="programme_add"),
    path("audits/<str:reference>/close/", programmes.programme_close, name="programme_close"),
]
