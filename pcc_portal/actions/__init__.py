"""Writes of the front hall itself, and those that need the money of the whole house."""

from .front import KEPT_FOR, advise_on_extension, drop_draft, hold_draft

__all__ = ["KEPT_FOR", "advise_on_extension", "drop_draft", "hold_draft"]
