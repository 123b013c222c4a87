from django.urls import path

from ..views import schools

INPUT = "schools/<str:urn>/inputs/<int:pk>/"

urlpatterns = [
    path("schools/calendar/", schools.school_calendar, name="school_calendar"),
    path("schools/<str:urn>/", schools.school_show, name="school_show"),
    path(f"{INPUT}deliver/", schools.school_input_deliver, name="school_input_deliver"),
    path(f"{INPUT}move/", schools.school_input_move, name="school_input_move"),
    path(f"{INPUT}cancel/", schools.school_input_cancel, name="school_input_cancel"),
    path(f"{INPUT}again/", schools.school_input_again, name="school_input_again"),
    path(
        "cases/<str:reference>/projects/<int:number>/clashes/<int:school_input>/<int:other>/",
        schools.clash_rule,
        name="clash_rule",
    ),
]
