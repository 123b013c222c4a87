from django.urls import path

from ..views import continuations

NEXT = "awards/<str:reference>/next/<str:number>/"

urlpatterns = [
    path("what-follows/", continuations.continuation_list, name="continuation_list"),
    path(NEXT, continuations.continuation_show, name="continuation_show"),
    path(f"{NEXT}write/", continuations.continuation_write, name="continuation_write"),
    path(f"{NEXT}send/", continuations.continuation_submit, name="continuation_submit"),
    path(f"{NEXT}ask/", continuations.continuation_ask, name="continuation_ask"),
    path(f"{NEXT}return/", continuations.continuation_return, name="continuation_return"),
    path(f"{NEXT}advise/", continuations.continuation_advise, name="continuation_advise"),
    path(f"{NEXT}take-back/", continuations.continuation_take_back, name="continuation_take_back"),
    path(f"{NEXT}finance-comment/", continuations.continuation_comment, name="continuation_comment"),
    path(f"{NEXT}exception/", continuations.continuation_except, name="continuation_except"),
    path(f"{NEXT}decide/", continuations.continuation_decide, name="continuation_decide"),
]
