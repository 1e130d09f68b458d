"""Words that are addresses of the site itself: a page at the top of a language cannot have them as its slug."""

FIXED_ADDRESSES = frozenset(
    [
        "library",
        "collections",
        "glossary",
        "bibliography",
        "people",
        "organisations",
        "territories",
        "themes",
        "events",
        "newsletter",
        "languages",
        "forum",
        "search",
        "me",
        "wiki",
        "accounts",
        "admin",
        "media",
        "static",
        "sitemap.xml",
        "robots.txt",
        "healthz",
        "readyz",
    ]
)
# Below `/{lang}/library/`.
FIXED_LIBRARY_ADDRESSES = frozenset(["grid", "map", "results"])


def is_fixed_address(slug: str) -> bool:
    return slug in FIXED_ADDRESSES


def is_fixed_library_address(slug: str) -> bool:
    return slug in FIXED_LIBRARY_ADDRESSES


def tree_address(language: str, url_path: str) -> str:
    """The path of a page of the tree. `url_path` is as Wagtail keeps it: `/home page's slug/rest/`."""
    return f"/{language}/{url_path.lstrip('/').partition('/')[2]}"
