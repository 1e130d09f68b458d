"""What `tests.benchmarks.finding` runs with the bench's settings: publishes, posts, withdraws, and asks meanwhile."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from uuid import uuid4

import django

PAUSE = 0.01  # seconds from an answer to the next question
AWAITED = 60.0  # seconds: what is not found then never is
# A word that nothing else holds: letters alone, so that it is one.
LETTERS = str.maketrans("0123456789", "ghijklmnop")


@contextmanager
def worker() -> Iterator[None]:
    """The one that the project runs."""
    from cms.core.processes import all_children

    command = next(
        child.command for child in all_children(host="", port=0, workers=1) if child.name == "worker"
    )
    process = subprocess.Popen(command, stdout=sys.stderr)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def committed(act: Callable[[], object]) -> float:
    """When the transaction was committed that `act` is done in."""
    from django.db import transaction

    at: list[float] = []
    with transaction.atomic():
        transaction.on_commit(lambda: at.append(time.monotonic()))
        act()
    return at[0]


class Page:
    section = "library"

    def __init__(self, word: str) -> None:
        from tests.factories.documents import make_document

        self.page = make_document(title=f"About {word}", slug=f"about-{word}", publish=False)

    def show(self) -> None:
        self.page.save_revision().publish()

    def hide(self) -> None:
        # As somebody has it who opens it then: it is live.
        type(self.page).objects.get(pk=self.page.pk).unpublish()

    @property
    def ref(self) -> str:
        return f"page:{self.page.pk}"


class Post:
    section = "forum"

    def __init__(self, word: str) -> None:
        from cms.accounts.models import User
        from cms.demo.benchmark_forum import WRITER
        from forum.models import Topic

        self.word = word
        self.author = User.objects.get(username=WRITER)
        self.topic = Topic.objects.filter(category__access="public", state="open", closed=False).first()

    def show(self) -> None:
        from tests.forum.talking import make_reply

        self.post = make_reply(self.author, self.topic, f"What I know about {self.word}.")

    def hide(self) -> None:
        from forum.services.removing import delete_post

        delete_post(self.author, self.post.pk)

    @property
    def ref(self) -> str:
        return f"post:{self.post.pk}"


def is_found(thing: Page | Post, word: str) -> bool:
    """By anybody, in its section."""
    from search.asking import read
    from search.filters import Filters
    from search.queries.finding import find

    answer = find(read(word), Filters(word, thing.section), None, "en")
    return not answer.hits.degraded and any(
        found.entry.ref == thing.ref for found in answer.rows.get(thing.section, ())
    )


def until(wanted: bool, thing: Page | Post, word: str) -> tuple[float, float]:
    """When the first question was asked whose answer is the one wanted, and when it was answered."""
    end = time.monotonic() + AWAITED
    while (asked := time.monotonic()) < end:
        if is_found(thing, word) == wanted:
            return asked, time.monotonic()
        time.sleep(PAUSE)
    raise SystemExit(f"{thing.ref} is {'not found' if wanted else 'still found'} after {AWAITED:g} s")


def once(kind: type[Page] | type[Post]) -> tuple[float, float]:
    """(seconds to be found, seconds to be gone)"""
    word = uuid4().hex.translate(LETTERS)
    thing = kind(word)
    at = committed(thing.show)
    _asked, answered = until(True, thing, word)
    gone = committed(thing.hide)
    still = is_found(thing, word)
    return answered - at, until(False, thing, word)[0] - gone if still else 0.0


def main(times: int) -> None:
    chance = Random(0)
    took: dict[str, dict[str, list[float]]] = {}
    with worker():
        for what, kind in (("pages", Page), ("posts", Post)):
            once(kind)  # the worker may only be starting
            rows = []
            for _time in range(times):
                # The worker looks every second: not always at the same moment before.
                time.sleep(chance.random())
                rows.append(once(kind))
            found, gone = zip(*rows, strict=True)
            took[what] = {"found": found, "gone": gone}
    print(json.dumps(took))


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
