from django.urls import path

from ..views import delivery, requests, sustainability

AWARD = "awards/<str:reference>/"
AFTER = f"{AWARD}sustainability/"
SCHEDULE = f"{AWARD}schedule/"
REQUEST = f"{AWARD}requests/<str:number>/"

urlpatterns = [
    path("requests/", requests.request_list, name="request_list"),
    path(f"{AWARD}requests/new/", requests.request_new, name="request_new"),
    path(REQUEST, requests.request_show, name="request_show"),
    path(f"{REQUEST}write/", requests.request_edit, name="request_edit"),
    path(f"{REQUEST}send/", requests.request_submit, name="request_submit"),
    path(f"{REQUEST}withdraw/", requests.request_withdraw, name="request_withdraw"),
    path(f"{REQUEST}ask/", requests.request_ask, name="request_ask"),
    path(f"{REQUEST}advise/", requests.request_advise, name="request_advise"),
    path(f"{REQUEST}give-back/", requests.request_send_back, name="request_send_back"),
    path(f"{REQUEST}decide/", requests.request_decide, name="request_decide"),
    path(SCHEDULE, delivery.schedule_show, name="schedule_show"),
    path(f"{SCHEDULE}edit/", delivery.schedule_edit, name="schedule_edit"),
    path(f"{SCHEDULE}days/new/", delivery.session_new, name="session_new"),
    path(f"{SCHEDULE}days/<int:number>/delivered/", delivery.session_deliver, name="session_deliver"),
    path(f"{SCHEDULE}days/<int:number>/move/", delivery.session_rearrange, name="session_rearrange"),
    path(f"{SCHEDULE}days/<int:number>/cancel/", delivery.session_cancel, name="session_cancel"),
    path(f"{SCHEDULE}days/<int:number>/take-back/", delivery.session_reopen, name="session_reopen"),
    path("sustainability/", sustainability.sustainability_list, name="sustainability_list"),
    path("sustainability/<slug:key>/informed/", sustainability.sustainability_inform, name="sustainability_inform"),
    path(AFTER, sustainability.sustainability_show, name="sustainability_show"),
    path(f"{AFTER}start/", sustainability.sustainability_start, name="sustainability_start"),
    path(f"{AFTER}write/", sustainability.sustainability_edit, name="sustainability_edit"),
    path(f"{AFTER}contacts/new/", sustainability.sustainability_contact, name="sustainability_contact"),
    path(f"{AFTER}actions/new/", sustainability.sustainability_action, name="sustainability_action"),
    path(f"{AFTER}actions/<int:number>/move/", sustainability.sustainability_move, name="sustainability_move"),
    path(f"{AFTER}actions/<int:number>/done/", sustainability.sustainability_done, name="sustainability_done"),
    path(f"{AFTER}close/", sustainability.sustainability_close, name="sustainability_close"),
    path(f"{AFTER}reopen/", sustainability.sustainability_reopen, name="sustainability_reopen"),
]
