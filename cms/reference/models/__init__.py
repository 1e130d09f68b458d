"""The multilingual glossary and the bibliography."""

from .bibliography import BibliographyEntry, BibliographyNote
from .glossary import GlossaryTerm

__all__ = ["BibliographyEntry", "BibliographyNote", "GlossaryTerm"]
