"""Whom we tell what about contracts; extension decisions have a file of their own."""

from .contracts import plan_asked, returns_owed

__all__ = ["plan_asked", "returns_owed"]
