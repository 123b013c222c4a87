"""The commissioning plan as a document, as it stands or as it stood on any past day (P7, X6)."""

from .document import PlanDocument, document, service_streams
from .history import changes_in_log, known_from
from .pieces import Cell, Row, Table

__all__ = [
    "Cell",
    "PlanDocument",
    "Row",
    "Table",
    "changes_in_log",
    "document",
    "known_from",
    "service_streams",
]
