from django.urls import path

from .views import contracts

app_name = "services"
urlpatterns = [
    path("contracts/", contracts.contract_list, name="contract_list"),
    path("contracts/<str:reference>/", contracts.contract_show, name="contract_show"),
    path("contracts/<str:reference>/rules/", contracts.contract_rules, name="contract_rules"),
    path("contracts/<str:reference>/options/<int:number>/", contracts.option_edit, name="option_edit"),
]
