"""A difference made readable: `shown` for the template `wiki/diff.html`, `in_words` for a mail."""

from .plain import in_words
from .shown import shown

__all__ = ["in_words", "shown"]
