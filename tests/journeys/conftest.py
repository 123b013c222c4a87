from tests.no_pango import without_pango

__all__ = ["without_pango"]
