"""Addresses of the forum's pages, for lists that hold many of them. `tests/forum/test_addresses.py` holds them to `urls.py`."""

from urllib.parse import quote

from django.utils.translation import get_language

from forum.rules import page_of_number


def start(language: str = "") -> str:
    """`/en/forum/`: of the active language, if none is given."""
    return f"/{language or get_language() or 'en'}/forum/"


def category_address(slug: str) -> str:
    return f"{start()}{slug}/"


def topic_address(topic_id: int, slug: str, number: int = 0, *, page: int = 0, language: str = "") -> str:
    """Where post `number` of a topic stands, or its page `page`; the first page, if neither is given."""
    page = page or (page_of_number(number) if number else 1)
    return (
        f"{start(language)}t/{topic_id}-{quote(slug)}/"
        + (f"?page={page}" if page > 1 else "")
        + (f"#post-{number}" if number else "")
    )


def post_address(post_id: int) -> str:
    """For ever, wherever the post goes."""
    return f"/forum/p/{post_id}/"


def review_address(item_id: int, language: str = "") -> str:
    """Of what a facilitator decides on."""
    return f"{start(language)}review/{item_id}/"


def decision_address(item_id: int, language: str = "") -> str:
    """Of what was decided, for whom it concerns: there they can answer."""
    return f"{start(language)}me/decision/{item_id}/"


def my_forum_address(language: str = "") -> str:
    return f"{start(language)}me/"


def my_data_address(language: str = "") -> str:
    return f"{start(language)}me/data/"


def member_address(user_id: int) -> str:
    return f"/forum/m/{user_id}/"


def forum_feed_address(language: str = "") -> str:
    return f"{start().rstrip('/')}.atom{_query(language)}"


def category_feed_address(slug: str, language: str = "") -> str:
    return f"{start()}{slug}.atom{_query(language)}"


def topic_feed_address(topic_id: int, language: str = "") -> str:
    return f"{start()}t/{topic_id}.atom{_query(language)}"


def _query(language: str) -> str:
    """Only posts written in it."""
    return f"?language={language}" if language else ""
