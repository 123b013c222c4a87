from django.urls import path

from . import views

app_name = "services"
urlpatterns = [
    path("contracts/", views.contract_list, name="contract_list"),
    path("contracts/<str:reference>/", views.contract_show, name="contract_show"),
    path("contracts/<str:reference>/rules/", views.contract_rules, name="contract_rules"),
    path("contracts/<str:reference>/options/<int:number>/", views.option_edit, name="option_edit"),
]
