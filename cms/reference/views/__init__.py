"""Public pages of the glossary and the bibliography."""

from .bibliography import bibliography, work
from .glossary import glossary, term

__all__ = ["bibliography", "glossary", "term", "work"]
