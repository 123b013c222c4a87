from django.urls import include, path

from .views import brand, calendar_feed, dashboard, gallery, health, held_drafts, home, mail, notices, papers, plan

urlpatterns = [
    path("", home.home, name="home"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/<slug:figure>/", dashboard.dashboard_rows, name="dashboard_rows"),
    path("accessibility/", home.accessibility_statement, name="accessibility_statement"),
    path("held-draft/forget/", held_drafts.held_draft_forget, name="held_draft_forget"),
    path("plan/", plan.plan_show, name="plan_show"),
    path("plan/streams/<slug:key>/", plan.stream_show, name="stream_show"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("brand.css", brand.brand_css, name="brand_css"),
    path("parts/", gallery.parts_gallery, name="parts_gallery"),
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/<int:pk>/", notices.notice_show, name="notice_show"),
    path("notices/<int:pk>/again/", notices.notice_try_again, name="notice_try_again"),
    path("mail/", mail.mail_list, name="mail_list"),
    path("mail/<str:file>/<int:number>/", mail.mail_show, name="mail_show"),
    path("calendar/<str:token>.ics", calendar_feed.calendar_feed, name="calendar_feed"),
    path("papers/<int:pk>/", papers.paper_show, name="paper_show"),
    path("papers/<int:pk>.pdf", papers.paper_pdf, name="paper_pdf"),
    path("documents/<int:pk>/", papers.document_download, name="document_download"),
    path("account/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("plans.urls")),
    path("", include("grants.urls")),
    path("", include("services.urls")),
    path("", include("monitoring.urls")),
]
