"""What `make bench` measures. One row a line; whoever adds a page adds its rows here."""

from dataclasses import dataclass

SIZES = (30, 5000)  # documents in the two databases


@dataclass(frozen=True)
class Row:
    """`path` may name, in braces, addresses that `datasets.addresses` looks up in the database measured.

    `target` is the CPU time of a request as a multiple of the bare Django view's; `growth` the most that the
    cost at 5,000 documents may be as a multiple of the cost at 30. `cached` tells what is measured: a kept
    page, or its rendering with the page cache passed by. `translator`: asked for by somebody who is logged in and
    translates, in a database that has all documents in the queue, for six languages each.
    """

    name: str
    path: str
    cached: bool = False
    target: float | None = None
    growth: float | None = None
    translator: bool = False


ROWS = (
    Row("document, cached", "{document}", cached=True, target=1.0),
    Row("document", "{document}", target=15),
    Row("library, cached", "/en/library/", cached=True, target=1.0),
    Row("library with facets", "/en/library/", target=25, growth=1.5),
    Row("library, two filters", "/en/library/?type=cs&theme={theme}", target=25),
    # No growth asked: at 5,000 the page offers 150 more cases to choose from and is twice as long.
    Row("reading grid, six cases", "/en/library/grid/?{six_cases}", target=25),
    Row("history of a page", "{history}", target=18, growth=1.5),
    Row("comparison, kept", "{comparison}", target=18, growth=1.5),
    Row("recent changes", "/en/wiki/changes/", target=22, growth=1.5),
    Row("queue of translations", "/admin/translations/?language=all", target=40, growth=1.5, translator=True),
    Row("search with facets", "/en/search/?q=co-operative+valley&section=library", target=30),
    Row("search, all sections", "/en/search/?q=solidarity", target=30),
    Row("suggestions", "/en/search/suggestions/?q=sol", target=15),
    Row("home", "/en/", target=25, growth=1.5),
)
