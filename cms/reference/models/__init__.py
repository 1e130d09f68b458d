"""The multilingual glossary and the bibliography."""

from .bibliography import BibliographyEntry
from .glossary import GlossaryTerm

__all__ = ["BibliographyEntry", "GlossaryTerm"]
