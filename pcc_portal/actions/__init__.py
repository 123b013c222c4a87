"""Writes of the front hall itself, and those that need the money of the whole house."""

from .front import advise_on_extension, drop_draft, hold_draft

__all__ = ["advise_on_extension", "drop_draft", "hold_draft"]
