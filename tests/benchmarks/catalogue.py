"""What `make bench` measures. One row a line; whoever adds a page adds its rows here."""

from dataclasses import dataclass, replace

DOCUMENTS, QUEUE, FORUM = "documents", "queue", "forum"  # what a database is filled with
# In two databases of each kind: documents, the same with all of them queued for translation, posts of a forum.
SIZES = {DOCUMENTS: (30, 5000), QUEUE: (30, 5000), FORUM: (10_000, 1_000_000)}
COUNTED = {DOCUMENTS: "documents", QUEUE: "documents", FORUM: "posts"}


@dataclass(frozen=True)
class Row:
    """`path` may name, in braces, addresses that `datasets.addresses` looks up in the database measured.

    `target` is the CPU time of a request as a multiple of the bare Django view's; `growth` the most that the cost in the
    larger database may be as a multiple of the cost in the smaller; `beside` another row, of whose cost it may be 1.5.
    `of_small`: the target is for the smaller database alone.
    `cached` tells what is measured: a kept page, or its rendering with the page cache passed by. `visitor`: who asks, of
    those `session.py` knows; "" for nobody. `posting`: a form is sent, to a copy of the database.
    """

    name: str
    path: str
    data: str = DOCUMENTS
    cached: bool = False
    target: float | None = None
    of_small: bool = False
    growth: float | None = None
    beside: str = ""
    visitor: str = ""
    posting: bool = False

    @property
    def sizes(self) -> tuple[int, ...]:
        return SIZES[self.data]


SIGNED_IN = 1.5  # at most so many times the cost of the same page for nobody


def of_forum(name: str, path: str, **more) -> Row:
    wanted = {} if more.get("cached") else {"growth": 1.3}
    return Row(name, path, FORUM, **{"target": 18, **wanted, **more})


def signed_in(row: Row) -> Row:
    """The same page for a member who has read most of the forum."""
    return replace(row, name=f"{row.name}, signed in", target=None, beside=row.name, visitor="member")


TOPICS = of_forum("topics of a category", "{category}")
FIRST_PAGE = of_forum("long topic, first page", "{topic}")
LAST_PAGE = of_forum("long topic, last page", "{topic}?page={last_page}")

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
    Row(
        "queue of translations",
        "/admin/translations/?language=all",
        QUEUE,
        target=40,
        growth=1.5,
        visitor="translator",
    ),
    Row("search with facets", "/en/search/?q=co-operative+valley&section=library", target=30, of_small=True),
    Row("search, all sections", "/en/search/?q=solidarity", target=30, of_small=True),
    Row("suggestions", "/en/search/suggestions/?q=sol", target=15),
    Row("home", "/en/", target=25, growth=1.5),
    of_forum("long topic, cached", "{topic}", cached=True, target=1.0),
    TOPICS,
    signed_in(TOPICS),
    FIRST_PAGE,
    signed_in(FIRST_PAGE),
    LAST_PAGE,
    signed_in(LAST_PAGE),
    of_forum("posting in a long topic", "{reply}", visitor="writer", posting=True, target=None),
)
