"""Addresses of the library of outcomes and of its public half."""

from django.urls import path

from ..views import outcomes, stories, story_contacts, story_writing

STEPS = {
    "change": "story_edit",
    "check": "story_check",
    "consent": "story_consent",
    "consent/ask": "story_consent_ask",
    "consent/withdraw": "story_consent_withdraw",
    "share": "story_share",
    "publish": "story_publish",
    "withdraw": "story_withdraw",
    "reopen": "story_reopen",
}
urlpatterns = [
    path("library/", stories.story_list, name="story_list"),
    path("library/library.csv", stories.story_list_csv, name="story_list_csv"),
    path("library/write/", story_writing.story_choose, name="story_choose"),
    path("library/write/<str:reference>/", story_writing.story_new, name="story_new"),
    path("library/report/<int:year>/", outcomes.outcomes_report, name="outcomes_report"),
    path("library/report/<int:year>.pdf", outcomes.outcomes_report_pdf, name="outcomes_report_pdf"),
    path("library/report/<int:year>.csv", outcomes.outcomes_report_csv, name="outcomes_report_csv"),
    path("library/contacts/<int:pk>/", story_contacts.story_contact_show, name="story_contact_show"),
    path("library/<str:reference>/", stories.story_show, name="story_show"),
    path("library/<str:reference>/contact/", story_contacts.story_contact, name="story_contact"),
    *[
        path(f"library/<str:reference>/{address}/", getattr(story_writing, name), name=name)
        for address, name in STEPS.items()
    ],
    path("outcomes/", outcomes.outcome_list, name="outcome_list"),
    path("outcomes/outcomes.csv", outcomes.outcome_list_csv, name="outcome_list_csv"),
    path("outcomes/<str:reference>/", outcomes.outcome_show, name="outcome_show"),
]
