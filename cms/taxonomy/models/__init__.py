"""The network's shared entries. Territory knows nothing of the others; people, organisations stand on it."""

from .organisation import Organisation
from .person import Person, PersonOrganisation
from .territory import Territory
from .theme import Theme

__all__ = ["Organisation", "Person", "PersonOrganisation", "Territory", "Theme"]
