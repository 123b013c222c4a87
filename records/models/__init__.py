from .decisions import Decision
from .documents import Document, Paper
from .events import Event, ReferenceCounter
from .notices import BadAddress, Message, Notice, NoticeAppointment, NoticeDate
from .obligations import LadderClimb, LadderStep, Obligation

__all__ = [
    "BadAddress",
    "Decision",
    "Document",
    "Event",
    "LadderClimb",
    "LadderStep",
    "Message",
    "Notice",
    "NoticeAppointment",
    "NoticeDate",
    "Obligation",
    "Paper",
    "ReferenceCounter",
]
