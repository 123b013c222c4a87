"""Obligations: owed, met, moved, held, reminded of. Every deadline of the portal is one row here (X4)."""

from .by_hand import send_now
from .climbing import climb_ladders
from .holding import hold, let_go
from .owing import close, move_due, owe

__all__ = ["climb_ladders", "close", "hold", "let_go", "move_due", "owe", "send_now"]
