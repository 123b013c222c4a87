from django.urls import include, path

from .views import brand, gallery, health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("brand.css", brand.stylesheet, name="brand_css"),
    path("parts/", gallery.parts_gallery, name="parts_gallery"),
    path("account/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("", include("plans.urls")),
    path("", include("grants.urls")),
    path("", include("services.urls")),
    path("", include("monitoring.urls")),
]
