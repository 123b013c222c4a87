from django.urls import path

from ..views import overlaps

PAIR = "overlaps/<int:pk>/"

urlpatterns = [
    path("overlaps/", overlaps.overlap_list, name="overlap_list"),
    path(PAIR, overlaps.overlap_show, name="overlap_show"),
    path(f"{PAIR}confirm/", overlaps.overlap_confirm, name="overlap_confirm"),
    path(f"{PAIR}dismiss/", overlaps.overlap_dismiss, name="overlap_dismiss"),
]
