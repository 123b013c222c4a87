"""Doors of accounts and of django-allauth."""

from tests.doors import door

WORLD: dict = {}
DOORS = [
    door("account_login", "", "moved: *; page: visitor"),
    door("account_login", "", "moved: *; page: visitor", method="POST"),
    door("account_logout", "", "page: *; moved: visitor"),
    door("account_logout", "", "sign in: *", method="POST"),
]
