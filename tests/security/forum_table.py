"""Every address of the forum, and what it may be asked with: for tests that visit them all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from uuid import UUID

from django.urls import reverse

from tests.security.forum_secrets import Forum


@dataclass
class Line:
    """How an address is asked for: with each of `ids`, each of `queries`, by GET; and by POST with each of `posts`."""

    ids: str = ""  # topics, posts, categories, people, items, files or pages
    queries: tuple[str, ...] = ("",)
    posts: tuple[dict, ...] = ()
    more: dict = field(default_factory=dict)  # other arguments of the address


TEXT = {
    "text": "Words of my own, and a link: http://testserver/forum/p/{post}/",
    "language": "en",
    "nonce": "0" * 32,
}
LISTS = tuple(f"?list={name}" for name in ("latest", "unread", "unanswered", "following", "hidden")) + (
    "?language=en",
)
TABLE: dict[str, Line] = {
    "index": Line(queries=("", *LISTS)),
    "category": Line("categories", ("", *LISTS)),
    "where": Line(queries=("", "?about={page}")),
    "new": Line("categories", ("", "?about={page}")),
    "about": Line("pages"),
    "topic_by_number": Line("topics"),
    "topic": Line("topics", ("", "?page=2"), more={"slug": "what"}),
    "reply": Line("topics", ("", "?quote={post}", "?to={post}"), (TEXT,)),
    "at_date": Line("topics", ("?day=2020-01-01", "?day=2999-01-01")),
    "log": Line("topics"),
    "moderate_topic": Line(
        "topics", posts=({"action": "close", "reason": "x"}, {"action": "merge", "target": "{topic}"})
    ),
    "follow": Line("topics", posts=({"level": "1"},)),
    "read": Line("topics", posts=({"number": "1"}, {"number": "1", "quiet": "1"})),
    "new_posts": Line("topics", ("?after=0",)),
    "topic_feed": Line("topics", ("", "?language=en")),
    "edit": Line("posts", posts=({**TEXT, "seen": "1"},)),
    "delete": Line("posts", posts=({"reason": "x"},)),
    "restore": Line("posts", posts=({},)),
    "post_history": Line("posts"),
    "mark": Line("posts", posts=({"give": "thanks"}, {"give": "bookmark"}, {"take": "bookmark"})),
    "quote": Line("posts"),
    "translate_where": Line("posts"),
    "translate": Line("posts", posts=({**TEXT, "post_version": "1"},), more={"code": "fr"}),
    "report": Line("posts", posts=({"reason": "other", "text": "x"},)),
    "forum_post": Line("posts"),
    "drafts": Line(queries=("?key=topic:{topic}", "?key=edit:{post}", "?key=translate:{post}:fr")),
    "preview": Line(posts=(TEXT,)),
    "member_names": Line(queries=("?q=N", "?q=W&topic={topic}", "?q=zebra")),
    "upload": Line(posts=({},)),
    "member": Line("people"),
    "forum_member": Line("people"),
    "report_member": Line("people", posts=({"reason": "other", "text": "x"},)),
    "moderate_member": Line("people", posts=({"action": "note", "text": "x"},)),
    "review": Line(queries=("", "?state=all", "?kind=held")),
    "review_log": Line(),
    "review_item": Line("items", posts=({"decision": "approve", "seen": "1"},)),
    "decision": Line("items", posts=({"answer": "x"},)),
    "read_all": Line(posts=({"until": "2026-01-01T00:00:00Z"},)),
    "my_forum": Line(),
    "my_data": Line(posts=({},)),
    "my_copy": Line(),
    "feed": Line(queries=("", "?language=en")),
    "category_feed": Line("categories", ("", "?language=en")),
    "follow_category": Line("categories", posts=({"level": "1"},)),
    "forum_file": Line("files"),
}


def asked(forum: Forum, *, posting: bool) -> Iterator[tuple[str, dict | None]]:
    """Every address of the table with everything it may be asked with."""
    for name, line in TABLE.items():
        for thing, (query, data) in product(things_of(line, forum), requests_of(line, forum)):
            if (data is not None) == posting:
                yield address_of(name, line, thing) + query, data


def requests_of(line: Line, forum: Forum) -> Iterator[tuple[str, dict | None]]:
    targets = [
        {"topic": topic.pk, "post": post.pk, "page": forum.document.pk}
        for topic, post in zip(
            [*forum.topics.values(), *[forum.topics["public"]] * len(forum.posts)],
            forum.posts.values(),
            strict=False,
        )
    ]
    for query in line.queries:
        yield from ((filled, None) for filled in dict.fromkeys(query.format(**each) for each in targets))
    for data in line.posts:
        made = [{name: value.format(**each) for name, value in data.items()} for each in targets]
        yield from (("", each) for at, each in enumerate(made) if each not in made[:at])


def things_of(line: Line, forum: Forum) -> Iterable:
    return {
        "": [None],
        "topics": forum.topics.values(),
        "posts": forum.posts.values(),
        "categories": forum.categories.values(),
        "people": [forum.writer, *forum.people.values()],
        "items": forum.items,
        "files": forum.files.values(),
        "pages": [forum.document],
    }[line.ids]


ARGUMENT = {
    "topics": "topic_id",
    "posts": "post_id",
    "people": "user_id",
    "items": "item_id",
    "pages": "page_id",
}


def address_of(name: str, line: Line, thing) -> str:
    arguments = dict(line.more)
    if line.ids == "categories":
        arguments["slug"] = thing.slug
    elif line.ids == "files":
        nobody_s = isinstance(thing, int)
        file = (UUID(int=thing), "none.pdf") if nobody_s else (thing.key, thing.name)
        return reverse(name, kwargs=dict(zip(("key", "name"), file, strict=True)))
    elif line.ids:
        arguments[ARGUMENT[line.ids]] = id_of(thing)
    return reverse(name if name.startswith("forum_") else f"forum:{name}", kwargs=arguments)


def id_of(thing) -> int:
    return thing if isinstance(thing, int) else thing.pk
