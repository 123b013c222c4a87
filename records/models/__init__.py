from .decisions import Decision
from .documents import Document, Paper
from .events import Event, ReferenceCounter
from .notices import BadAddress, Message, Notice
from .obligations import LadderStep, Obligation

__all__ = [
    "BadAddress",
    "Decision",
    "Document",
    "Event",
    "LadderStep",
    "Message",
    "Notice",
    "Obligation",
    "Paper",
    "ReferenceCounter",
]
