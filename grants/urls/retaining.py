from django.urls import path

from ..views import retaining

PROPOSAL = "retain/<str:reference>/"

urlpatterns = [
    path("retain/", retaining.retain_list, name="retain_list"),
    path("retain/choose/", retaining.retain_choose, name="retain_choose"),
    path("retain/new/", retaining.retain_new, name="retain_new"),
    path(PROPOSAL, retaining.retain_show, name="retain_show"),
    path(f"{PROPOSAL}change/", retaining.retain_edit, name="retain_edit"),
    path(f"{PROPOSAL}recommend/", retaining.retain_recommend, name="retain_recommend"),
    path(f"{PROPOSAL}comment/", retaining.retain_comment, name="retain_comment"),
    path(f"{PROPOSAL}take-back/", retaining.retain_take_back, name="retain_take_back"),
    path(f"{PROPOSAL}withdraw/", retaining.retain_withdraw, name="retain_withdraw"),
    path(f"{PROPOSAL}decide/", retaining.retain_decide, name="retain_decide"),
    path(f"{PROPOSAL}award/", retaining.retain_award, name="retain_award"),
]
