"""Doors of the front hall: home, dashboard, health, the gallery of parts."""

from . import door

DOORS = [
    door("home", "", "page: *"),
    door("dashboard", "", "page: office; 403: *"),
    door("dashboard_rows", lambda world: {"figure": "committed"}, "page: office; 403: *"),
    door("accessibility_statement", "", "page: everybody"),
    door("healthz", "", "page: everybody"),
    door("readyz", "", "page: everybody"),
    door("brand_css", "", "page: everybody"),
    door("parts_gallery", "", "404: everybody", note="shown in the demonstration and to developers only"),
    door("held_draft_forget", "", "moved: *", method="POST", data={"path": "/"}),
]
