"""What is wrong, or may be, with a translation. Pure: texts in, findings out.

Errors keep a translation from being submitted; warnings can be dismissed, each by its `code` and `detail`.
"""

from .findings import ERROR, WARNING, Finding
from .table import CODES, check

__all__ = ["CODES", "ERROR", "WARNING", "Finding", "check"]
