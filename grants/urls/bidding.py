from django.urls import path

from ..views import bidding

ROUND = "rounds/<str:reference>/"

urlpatterns = [
    path(f"{ROUND}invitations/add/", bidding.round_invite, name="round_invite"),
    path(f"{ROUND}invitations/recipients/", bidding.round_invite_recipients, name="round_invite_recipients"),
    path(f"{ROUND}invitations/<slug:key>/remove/", bidding.round_invite_remove, name="round_invite_remove"),
    path(f"{ROUND}sources/", bidding.round_sources, name="round_sources"),
    path(f"{ROUND}formula/", bidding.round_formula, name="round_formula"),
    path(f"{ROUND}formula/work-out/", bidding.round_formula_work_out, name="round_formula_work_out"),
    path(f"{ROUND}exceptions/<str:case_reference>/", bidding.round_exception_answer, name="round_exception_answer"),
    path("cases/<str:reference>/exception/", bidding.business_case_exception, name="business_case_exception"),
]
