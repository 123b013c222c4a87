from django.urls import path

from ..views import awards, decisions, evaluations, instalments, variations

CASE = "cases/<str:reference>/"
PROJECT = f"{CASE}projects/<int:number>/"
AWARD = "awards/<str:reference>/"
INSTALMENT = f"{AWARD}instalments/<int:number>/"

urlpatterns = [
    path(f"{CASE}evaluation/", evaluations.evaluation_show, name="evaluation_show"),
    path(f"{CASE}evaluation/interests/", evaluations.evaluation_declare, name="evaluation_declare"),
    path(f"{CASE}evaluation/begin/", evaluations.evaluation_begin, name="evaluation_begin"),
    path(f"{CASE}evaluation/send/", evaluations.evaluation_send, name="evaluation_send"),
    path(f"{CASE}evaluation/take-back/", evaluations.evaluation_take_back, name="evaluation_take_back"),
    path(f"{PROJECT}evaluate/", evaluations.evaluation_edit, name="evaluation_edit"),
    path(f"{PROJECT}recommend/", evaluations.evaluation_recommend, name="evaluation_recommend"),
    path(f"{PROJECT}finance-comment/", evaluations.evaluation_comment, name="evaluation_comment"),
    path(f"{PROJECT}decide/", decisions.decision_make, name="decision_make"),
    path(f"{PROJECT}answer/", decisions.decision_answer, name="decision_answer"),
    path("decisions/", decisions.decision_list, name="decision_list"),
    path("decisions/<str:reference>/", decisions.decision_show, name="decision_show"),
    path("decisions/<str:reference>/publish/", decisions.decision_publish, name="decision_publish"),
    path("awards/", awards.award_list, name="award_list"),
    path(AWARD, awards.award_show, name="award_show"),
    path(f"{AWARD}offer/", awards.award_offer, name="award_offer"),
    path(f"{AWARD}accept/", awards.award_accept, name="award_accept"),
    path(f"{AWARD}decline/", awards.award_decline, name="award_decline"),
    path(f"{AWARD}lapse/", awards.award_lapse, name="award_lapse"),
    path(f"{AWARD}suspend/", awards.award_suspend, name="award_suspend"),
    path(f"{AWARD}resume/", awards.award_resume, name="award_resume"),
    path(f"{AWARD}end-early/", awards.award_end_early, name="award_end_early"),
    path(f"{AWARD}end/", variations.award_vary_end, name="award_vary_end"),
    path(f"{AWARD}close/", awards.award_close, name="award_close"),
    path(f"{AWARD}repayments/new/", instalments.repayment_request, name="repayment_request"),
    path(f"{AWARD}repayments/<int:number>/received/", instalments.repayment_record, name="repayment_record"),
    path(f"{INSTALMENT}release/", instalments.instalment_release, name="instalment_release"),
    path(f"{INSTALMENT}withhold/", instalments.instalment_withhold, name="instalment_withhold"),
    path(f"{INSTALMENT}resume/", instalments.instalment_resume, name="instalment_resume"),
    path(f"{INSTALMENT}confirm/", instalments.instalment_confirm, name="instalment_confirm"),
    path(f"{INSTALMENT}pay/", instalments.instalment_pay, name="instalment_pay"),
    path("payments/", instalments.payment_list, name="payment_list"),
]
