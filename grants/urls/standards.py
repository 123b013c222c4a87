from django.urls import path

from ..views import standards, terms_changes

CHANGE = "awards/<str:reference>/terms/<int:number>/"

urlpatterns = [
    path("standards/", standards.standard_list, name="standard_list"),
    path("standards/<slug:key>/", standards.standard_show, name="standard_show"),
    path("awards/terms/<slug:key>/", terms_changes.terms_put, name="terms_put"),
    path(CHANGE, terms_changes.terms_change_show, name="terms_change_show"),
    path(f"{CHANGE}answer/", terms_changes.terms_change_answer, name="terms_change_answer"),
    path(f"{CHANGE}take-back/", terms_changes.terms_change_withdraw, name="terms_change_withdraw"),
]
