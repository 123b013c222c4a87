"""Every write of extension decisions (S2)."""

from .preparing import give_advice

__all__ = ["give_advice"]
