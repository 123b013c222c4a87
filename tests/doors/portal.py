"""Doors of the front hall: home, dashboard, health, the gallery of parts."""

from accounts.actions import contact

from . import door


def calendar_token(world):
    """The key to the private calendar of a lead; it opens to whoever has it, signed in or not."""
    person = world.cast.maidstone_lead
    return contact.make_calendar_feed(person=person, by=person, at=world.now)[1]


WORLD = {"calendar_token": calendar_token}

DOORS = [
    door("home", "", "page: *"),
    door("dashboard", "", "page: office; 403: *"),
    door("dashboard_rows", lambda world: {"figure": "committed"}, "page: office; 403: *"),
    door("assurance", "", "page: *"),
    door("accessibility_statement", "", "page: everybody"),
    door("healthz", "", "page: everybody"),
    door("readyz", "", "page: everybody"),
    door("calendar_feed", lambda world: {"token": world.calendar_token}, "page: everybody"),
    door("calendar_feed", lambda world: {"token": "unknown"}, "404: everybody", note="unknown"),
    door("brand_css", "", "page: everybody"),
    door("parts_gallery", "", "404: everybody", note="shown in the demonstration and to developers only"),
    door("held_draft_forget", "", "moved: *", method="POST", data={"path": "/"}),
]
