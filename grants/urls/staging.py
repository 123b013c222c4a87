from django.urls import path

from ..views import assessments, stages

ROUND = "rounds/<str:reference>/"
STAGE = f"{ROUND}stages/<int:number>/"
WORK = "cases/<str:reference>/projects/<int:number>/stages/<int:stage>/"

urlpatterns = [
    path(f"{ROUND}ranking/", stages.stage_ranking, name="stage_ranking"),
    path(STAGE, stages.stage_show, name="stage_show"),
    path(f"{STAGE}settle/", stages.stage_settle, name="stage_settle"),
    path(f"{STAGE}votes/", stages.stage_vote, name="stage_vote"),
    path(f"{WORK}score/", assessments.assessment_edit, name="assessment_edit"),
    path(f"{WORK}score/<int:pk>/set-aside/", assessments.assessment_drop, name="assessment_drop"),
    path(f"{WORK}score/open-again/", assessments.assessment_reopen, name="assessment_reopen"),
    path(f"{WORK}moderate/", assessments.moderation_edit, name="moderation_edit"),
    path(f"{WORK}record/", assessments.stage_record, name="stage_record"),
]
