"""Whom the forum tells what."""


def tell_of_post(post_id: int) -> None:
    """Of a new post: those it mentions or answers, those who watch its topic or category."""


def tell_of_edit(post_id: int, version: int) -> None:
    """Those whom an edited post mentions, and did not mention before."""


def tell_of_review(item_id: int) -> None:
    """Those who decide over something that waits."""
