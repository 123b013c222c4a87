"""The Excel workbook of a return, out and in (X5): docs/reference/workbook.md."""

from .read import Reading, read_workbook
from .write import workbook_of

__all__ = ["Reading", "read_workbook", "workbook_of"]
