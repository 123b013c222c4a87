from django.urls import path

from ..views import claims, direct

PROPOSAL = "direct-awards/<str:reference>/"
AWARD = "awards/<str:reference>/"

urlpatterns = [
    path("direct-awards/", direct.direct_award_list, name="direct_award_list"),
    path("direct-awards/new/", direct.direct_award_new, name="direct_award_new"),
    path(PROPOSAL, direct.direct_award_show, name="direct_award_show"),
    path(f"{PROPOSAL}change/", direct.direct_award_edit, name="direct_award_edit"),
    path(f"{PROPOSAL}advice/", direct.direct_award_advise, name="direct_award_advise"),
    path(f"{PROPOSAL}comment/", direct.direct_award_comment, name="direct_award_comment"),
    path(f"{PROPOSAL}send/", direct.direct_award_send, name="direct_award_send"),
    path(f"{PROPOSAL}take-back/", direct.direct_award_take_back, name="direct_award_take_back"),
    path(f"{PROPOSAL}withdraw/", direct.direct_award_withdraw, name="direct_award_withdraw"),
    path(f"{PROPOSAL}decide/", direct.direct_award_decide, name="direct_award_decide"),
    path(f"{AWARD}instalments/<int:number>/claim/", claims.claim_new, name="claim_new"),
    path(f"{AWARD}instalments/<int:number>/claims-end/", claims.claims_end, name="claims_end"),
    path(f"{AWARD}claims/<str:claim>/", claims.claim_show, name="claim_show"),
    path(f"{AWARD}claims/<str:claim>/answer/", claims.claim_answer, name="claim_answer"),
]
