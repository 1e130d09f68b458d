"""Public pages of people, organisations, territories and themes."""

from .details import organisation, person, territory, theme
from .lists import organisation_list, person_list, territory_list, theme_list

__all__ = [
    "organisation",
    "organisation_list",
    "person",
    "person_list",
    "territory",
    "territory_list",
    "theme",
    "theme_list",
]
