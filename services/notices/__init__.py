"""Whom we tell what about contracts; extension decisions have a file of their own."""

from .contracts import returns_owed

__all__ = ["returns_owed"]
