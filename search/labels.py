"""What the values of facets are called, for readers of one language."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.accounts.models import User
from cms.core.language_choice import language_shown
from cms.core.languages import open_language_codes
from cms.taxonomy.queries import tree_rows
from forum.queries.categories import categories_for
from initiatives.queries.collections import listed_collections
from search.engines import FORUM, GLOSSARY, LIBRARY, PEOPLE
from search.sources.pages import kind_names

SECTION_NAMES = {
    LIBRARY: gettext_lazy("Library"),
    GLOSSARY: gettext_lazy("Glossary"),
    PEOPLE: gettext_lazy("People and organisations"),
    FORUM: gettext_lazy("Forum"),
}
FACET_NAMES = {
    "type": gettext_lazy("Type"),
    "theme": gettext_lazy("Theme"),
    "territory": gettext_lazy("Territory"),
    "language": gettext_lazy("Language"),
    "year": gettext_lazy("Year"),
    "collection": gettext_lazy("Collection"),
    "category": gettext_lazy("Category"),
    "author": gettext_lazy("Author"),
}


def kind_label(kind: str) -> str:
    names = {"term": _("Glossary term"), "person": _("Person"), "organisation": _("Organisation")}
    return names.get(kind) or kind_names().get(kind, "")


class Labels:
    def __init__(self, language: str, user) -> None:
        self.language, self.user = language, user
        self._authors: dict[str, str] = {}
        self._all: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}

    def known(self, section: str, facet: str, value: str) -> str:
        key = value if facet in ("theme", "territory", "collection", "category") else value.lower()
        if facet == "year":
            return key if key == "unknown" or (key.isascii() and key.isdecimal() and len(key) == 4) else ""
        if facet == "author":
            return key if key.isascii() and key.isdecimal() and len(key) < 19 else ""
        return key if key in self.all(section, facet) else ""

    def all(self, section: str, facet: str) -> dict[str, tuple[str, str]]:
        """Key → (name, its language where it is not the reader's), of facets with few values, in their order."""
        slot = (section, facet)
        if slot not in self._all:
            self._all[slot] = self._look_up(section, facet)
        return self._all[slot]

    def _look_up(self, section: str, facet: str) -> dict[str, tuple[str, str]]:
        if facet == "type":
            if section == PEOPLE:
                return {"person": (_("Person"), ""), "organisation": (_("Organisation"), "")}
            return {kind: (name, "") for kind, name in kind_names().items()}
        if facet == "language":
            codes = open_language_codes() if section != FORUM else list(settings.LANGUAGE_NAMES)
            return {code: (settings.LANGUAGE_NAMES[code], code) for code in codes}
        if facet == "collection":
            return {row.key: (row.title, row.lang) for row in listed_collections(self.language)}
        if facet == "category":
            known = ((row.slug, row.words(self.language)) for row in categories_for(self.user))
            return {
                slug: (words.name, "" if words.language == self.language else words.language)
                for slug, words in known
            }
        return self._tree(facet) if facet in ("theme", "territory") else {}

    def _tree(self, facet: str) -> dict[str, tuple[str, str]]:
        names: dict[object, dict[str, str]] = {}
        slugs: dict[object, str] = {}
        for row in tree_rows()[facet]:
            if row.live:
                slugs.setdefault(row.key, row.slug)
                names.setdefault(row.key, {})[row.language] = row.name
        found = {}
        for key, versions in names.items():
            code = language_shown(versions, self.language)
            found[slugs[key]] = (versions[code], "" if code == self.language else code)
        return found

    def load_authors(self, keys: list[str]) -> None:
        """Names of members whose posts were found: nobody else is named here. One query, where there are any."""
        wanted = [int(key) for key in keys if key != "0"]
        if wanted:
            self._authors = {
                str(user.pk): user.shown_name for user in User.objects.filter(pk__in=wanted, is_active=True)
            }

    def is_named(self, section: str, facet: str, key: str) -> bool:
        """Whether this reader may be told of the value. An entry can be filed under what was closed a moment ago."""
        return facet in ("year", "author") or key in self.all(section, facet)

    def name(self, section: str, facet: str, key: str) -> tuple[str, str]:
        """(name, its language where it is not the reader's)."""
        if facet == "year":
            return (_("not known") if key == "unknown" else key), ""
        if facet == "author":
            return self._authors.get(key) or _("a former member"), ""
        return self.all(section, facet).get(key, (key, ""))
