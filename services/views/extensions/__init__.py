"""Pages of extension decisions: the list and one case; each act; what the provider answers."""

from .acts import (
    extension_ask,
    extension_close,
    extension_comment,
    extension_decide,
    extension_notice,
    extension_open,
    extension_ready,
    extension_return,
    extension_second,
)
from .answers import extension_accept, extension_answer
from .cases import extension_list, extension_show

__all__ = [
    "extension_accept",
    "extension_answer",
    "extension_ask",
    "extension_close",
    "extension_comment",
    "extension_decide",
    "extension_list",
    "extension_notice",
    "extension_open",
    "extension_ready",
    "extension_return",
    "extension_second",
    "extension_show",
]
