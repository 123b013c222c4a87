from django.urls import path

from .views import contracts, oversight

app_name = "services"
urlpatterns = [
    path("oversight/", oversight.oversight_list, name="oversight_list"),
    path("oversight/new/", oversight.oversight_new, name="oversight_new"),
    path("oversight/checks/", oversight.oversight_check_list, name="oversight_check_list"),
    path("oversight/checks/new/", oversight.oversight_check_new, name="oversight_check_new"),
    path("oversight/checks/<slug:key>/", oversight.oversight_check_edit, name="oversight_check_edit"),
    path("oversight/checks/<slug:key>/retire/", oversight.oversight_check_retire, name="oversight_check_retire"),
    path("oversight/<str:reference>/", oversight.oversight_show, name="oversight_show"),
    path("oversight/<str:reference>/edit/", oversight.oversight_edit, name="oversight_edit"),
    path("oversight/<str:reference>/live/", oversight.oversight_live, name="oversight_live"),
    path("oversight/<str:reference>/stop/", oversight.oversight_stop, name="oversight_stop"),
    path("contracts/", contracts.contract_list, name="contract_list"),
    path("contracts/<str:reference>/", contracts.contract_show, name="contract_show"),
    path("contracts/<str:reference>/rules/", contracts.contract_rules, name="contract_rules"),
    path("contracts/<str:reference>/options/<int:number>/", contracts.option_edit, name="option_edit"),
]
