from django.urls import path

from ..views import business_cases, case_moves, case_sections, round_moves, rounds

urlpatterns = [
    path("rounds/", rounds.round_list, name="round_list"),
    path("rounds/new/", rounds.round_new, name="round_new"),
    path("rounds/<str:reference>/", rounds.round_show, name="round_show"),
    path("rounds/<str:reference>/preview/", rounds.round_preview, name="round_preview"),
    path("rounds/<str:reference>/questions/", rounds.round_questions, name="round_questions"),
    path("rounds/<str:reference>/edit/", rounds.round_edit, name="round_edit"),
    path("rounds/<str:reference>/open/", round_moves.round_open, name="round_open"),
    path("rounds/<str:reference>/close/", round_moves.round_close, name="round_close"),
    path("rounds/<str:reference>/finish/", round_moves.round_finish, name="round_finish"),
    path("rounds/<str:reference>/reopen/", round_moves.round_reopen, name="round_reopen"),
    path("rounds/<str:reference>/deadline/", round_moves.round_deadline, name="round_deadline"),
    path("rounds/<str:reference>/late/", round_moves.round_late, name="round_late"),
    path("rounds/<str:reference>/copy/", round_moves.round_copy, name="round_copy"),
    path("rounds/<str:reference>/allocations/add/", round_moves.round_allocation_add, name="round_allocation_add"),
    path("rounds/<str:reference>/allocations/<slug:key>/", round_moves.round_allocation, name="round_allocation"),
    path(
        "rounds/<str:reference>/allocations/<slug:key>/remove/",
        round_moves.round_allocation_remove,
        name="round_allocation_remove",
    ),
    path("rounds/<str:reference>/allocations/<slug:key>/cut/", round_moves.round_cut, name="round_cut"),
    path(
        "rounds/<str:reference>/allocations/<slug:key>/exception/", round_moves.round_exception, name="round_exception"
    ),
    path("rounds/<str:reference>/start/<slug:window>/", business_cases.business_case_start, name="business_case_start"),
    path("cases/", business_cases.business_case_list, name="business_case_list"),
    path("cases/<str:reference>/", business_cases.business_case_show, name="business_case_show"),
    path("cases/<str:reference>/overview/", case_sections.business_case_overview, name="business_case_overview"),
    path(
        "cases/<str:reference>/overview/autosave",
        case_sections.business_case_overview_autosave,
        name="business_case_overview_autosave",
    ),
    path("cases/<str:reference>/projects/new/", case_sections.project_new, name="project_new"),
    path("cases/<str:reference>/projects/<int:number>/remove/", case_sections.project_remove, name="project_remove"),
    path("cases/<str:reference>/projects/<int:number>/justify/", case_moves.project_justify, name="project_justify"),
    path(
        "cases/<str:reference>/projects/<int:number>/<slug:section>/",
        case_sections.project_section,
        name="project_section",
    ),
    path(
        "cases/<str:reference>/projects/<int:number>/<slug:section>/autosave",
        case_sections.project_section_autosave,
        name="project_section_autosave",
    ),
    path("cases/<str:reference>/questions/<slug:key>/", case_sections.case_questions, name="case_questions"),
    path(
        "cases/<str:reference>/questions/<slug:key>/autosave",
        case_sections.case_questions_autosave,
        name="case_questions_autosave",
    ),
    path(
        "cases/<str:reference>/projects/<int:number>/questions/<slug:key>/",
        case_sections.project_questions,
        name="project_questions",
    ),
    path(
        "cases/<str:reference>/projects/<int:number>/questions/<slug:key>/autosave",
        case_sections.project_questions_autosave,
        name="project_questions_autosave",
    ),
    path("cases/<str:reference>/check/", business_cases.business_case_check, name="business_case_check"),
    path("cases/<str:reference>/submit/", business_cases.business_case_submit, name="business_case_submit"),
    path("cases/<str:reference>/submitted/", business_cases.business_case_submitted, name="business_case_submitted"),
    path(
        "cases/<str:reference>/submissions/<int:number>/",
        business_cases.business_case_submission,
        name="business_case_submission",
    ),
    path(
        "cases/<str:reference>/changes/<int:number>/",
        business_cases.business_case_changes,
        name="business_case_changes",
    ),
    path("cases/<str:reference>/return/", case_moves.business_case_return, name="business_case_return"),
    path("cases/<str:reference>/withdraw/", case_moves.business_case_withdraw, name="business_case_withdraw"),
    path("cases/<str:reference>/reopen/", case_moves.business_case_reopen, name="business_case_reopen"),
]
