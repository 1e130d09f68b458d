"""What each public page may ask the database, and that it asks the same of a small library and of a larger one.

*Cold*: the first rendering in a process after something was published, with nothing kept. *Warm*: any later one,
with what processes keep until the next change (catalogue, frame, trees); the page itself is rendered each time.
"""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from cms.core.page_cache.changes import shown_has_changed
from cms.reference.models import GlossaryTerm
from cms.wiki.models import PublishedRevision
from home.models import PlainPage
from initiatives.models import (
    DOCUMENT_TYPES,
    Collection,
    Document,
    DocumentContributor,
    DocumentOrganisation,
    DocumentReference,
    DocumentTerritory,
)
from tests.benchmarks.addresses import addresses
from tests.factories.entries import make_term

SMALL, LARGER = 30, 300
VERSIONS = 3
# Pages that can be translated ask once how their translations stand: which are behind, who made this one.
LISTS = ("person", "organisation", "territory", "theme")
# (cold, warm), at most.
BUDGETS = {
    "home": (14, 3),
    "library": (14, 1),
    "library, two filters": (14, 1),
    "reading grid": (14, 3),
    "map": (14, 0),
    "document": (18, 12),
    "person": (14, 5),
    "organisation": (14, 6),
    "territory": (14, 6),
    "theme": (14, 4),
    "term": (14, 6),
    "work": (14, 3),
    "lists": (14, 2),
    "collections": (14, 4),
    "collection": (14, 7),
    "events": (14, 1),
    "newsletter": (14, 1),
    "plain page": (14, 5),
    "history": (10, 3),
    "version": (18, 15),
    "comparison": (10, 6),
    "recent changes": (8, 2),
    "author": (8, 4),
    "cite": (14, 8),
}


class _Silent:
    def write(self, text):
        pass


@pytest.fixture
def load(site):
    """Fills the library with the benchmark's documents, and gives every page its foot and a term."""
    home = site["en"]
    home.add_child(instance=PlainPage(title="About", slug="about", locale=home.locale))
    make_term("Solidarity economy")

    def load(documents: int) -> None:
        call_command(
            "load_benchmark_data", documents=documents, revisions=VERSIONS, verbosity=0, stdout=_Silent()
        )

    return load


def first(model):
    return model.objects.visible_to(None).filter(locale__language_code="en").order_by("pk").first()


# The entry that the oldest document names: its page lists works at any size of the library.
NAMED = {
    "taxonomy:person": (DocumentContributor, "person"),
    "taxonomy:organisation": (DocumentOrganisation, "organisation"),
    "taxonomy:territory": (DocumentTerritory, "territory"),
    "taxonomy:theme": (Document.themes.through, "theme"),
    "reference:work": (DocumentReference, "entry"),
}


def all_pages() -> list[tuple[str, str]]:
    """(what stands in the table above, address) of every kind of page."""
    with translation.override("en"):
        places = addresses()
        pages = [
            ("home", "/en/"),
            ("library", reverse("initiatives:library")),
            ("library, two filters", f"{reverse('initiatives:library')}?type=cs&theme={places['theme']}"),
            ("reading grid", f"{reverse('initiatives:grid')}?{places['six_cases']}"),
            ("map", reverse("initiatives:map")),
            ("events", reverse("initiatives:events")),
            ("newsletter", reverse("initiatives:newsletter")),
            ("lists", reverse("reference:glossary")),
            ("lists", reverse("reference:bibliography")),
            ("collections", "/en/collections/"),
            ("collection", f"/en/collections/{first(Collection).slug}/"),
            ("plain page", "/en/about/"),
            ("history", places["history"]),
            ("version", places["version"]),
            ("comparison", places["comparison"]),
            ("cite", f"{places['version']}cite/"),
            ("recent changes", reverse("wiki:changes")),
            ("recent changes", f"{reverse('wiki:changes')}?language=en&type=cs&significance=addition"),
            ("recent changes", reverse("wiki:feed")),
            (
                "author",
                reverse("wiki:author", args=[PublishedRevision.objects.exclude(author=None)[0].author_id]),
            ),
            ("term", reverse("reference:term", args=[first(GlossaryTerm).slug])),
        ]
        for address, (model, entry) in NAMED.items():
            named = getattr(model.objects.order_by("document", "pk").first(), entry)
            pages.append((address.partition(":")[2], reverse(address, args=[named.slug])))
        pages += [("lists", reverse(f"taxonomy:{name}_list")) for name in LISTS]
        for model in DOCUMENT_TYPES:
            page = first(model)
            if page is not None:
                pages.append(("document", reverse("initiatives:document", args=[page.slug])))
    return pages


def cost(path: str, fresh: str) -> int:
    """Queries of a rendering. `fresh` keeps the page cache from answering."""
    with CaptureQueriesContext(connection) as asked:
        answer = Client().get(f"{path}{'&' if '?' in path else '?'}fresh={fresh}")
    assert answer.status_code == 200, path
    return len(asked)


def costs() -> dict[str, tuple[int, int]]:
    """Address → (cold, warm)."""
    found = {}
    for name, path in all_pages():
        cost(path, "0")  # what is made once for ever: compiled queries, pictures in their sizes
        shown_has_changed()
        found[path] = (cost(path, "1"), cost(path, "2"))
        over = [spent > most for spent, most in zip(found[path], BUDGETS[name], strict=True)]
        assert not any(over), f"{path} asks {found[path]} times, of {BUDGETS[name]}"
    return found


def test_every_page_keeps_its_budget_cold_and_warm_whatever_the_size_of_the_library(load):
    load(SMALL)
    few = costs()
    assert few.keys() >= {"/en/", "/en/library/", "/en/about/"}
    load(LARGER)
    many = costs()
    assert {path: many[path] for path in few} == few


def test_restrictions_cost_nothing_more(load, site):
    load(SMALL)
    paths = ["/en/", "/en/library/"]

    def cold(path: str) -> int:
        shown_has_changed()
        return cost(path, "1")

    for path in paths:
        cost(path, "0")  # what is made once for ever, whichever test comes first
    before = [cold(path) for path in paths]
    hidden = Page.objects.get(pk=site["es"].pk)
    hidden.view_restrictions.create(restriction_type="login")
    assert [cold(path) for path in paths] == before
