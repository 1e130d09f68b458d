"""What is held, refused, deleted, hidden or not for everybody shows nowhere: at no address of the forum, in no mail,
feed, count or search. A new address of the forum without a line in the table below makes this fail.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.core.models import OutgoingMail
from cms.core.page_cache.stamp import bump_stamp
from cms.notifications.mails import compose
from cms.notifications.services import gather_mails
from forum import link_urls, urls
from tests.security.forum_secrets import COMMON, WORDS, Forum, add_secrets, add_traces, public_forum

pytestmark = pytest.mark.django_db
NOWHERE = 10**6  # an id that nothing has

# Who may read which of the secrets; "reason" is what newcomers are told of their refused post.
MAY_READ = {
    "nobody": set(),
    "member": {"members", "report"},  # their own report
    "outsider": {"members"},
    "elsewhere": {"members", "note"},  # co-facilitators read notes about those who write
    "insider": {"members", "group"},
}
EVERYTHING = set(WORDS) - {"draft"}


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
    "my_data": Line(),
    "my_copy": Line(posts=({},)),
    "feed": Line(queries=("", "?language=en")),
    "category_feed": Line("categories", ("", "?language=en")),
    "follow_category": Line("categories", posts=({"level": "1"},)),
    "forum_file": Line("files"),
}
# Outside the forum.
OTHERS = (
    *(
        "/en/",
        "/en/me/",
        "/en/library/",
        "/sitemap.xml",
        "/en/me/notifications/",
        "/en/me/notifications/settings/",
    ),
    *(f"/en/search/?q={COMMON}", f"/en/search/?q={COMMON}&section=forum", f"/fr/search/?q={COMMON}"),
    *("/en/wiki/changes/", "/en/wiki/watchlist/"),
)


@pytest.fixture
def forum(site) -> Forum:
    made = public_forum()
    add_secrets(made)
    add_traces(made)
    call_command("update_index", verbosity=0)
    bump_stamp()
    return made


def test_every_address_of_the_forum_has_a_line():
    names = {pattern.name for pattern in (*urls.urlpatterns, *link_urls.urlpatterns)}
    assert names == set(TABLE)


def test_it_shows_nowhere(forum):
    """One test: making the forum takes longer than asking for all of it."""
    found = {}
    for who in MAY_READ:
        found |= shown(
            forum, who, [*asked(forum, posting=False), *((address, None) for address in others(forum))]
        )
    for who in ("nobody", "member", "elsewhere"):
        found |= told_apart(forum, who)
    for who in MAY_READ:
        found |= shown(forum, who, asked(forum, posting=True))
    assert not found
    no_mail_tells_it(forum)


def shown(forum: Forum, who: str, addresses: Iterable[tuple[str, dict | None]]) -> dict:
    """What an address shows to somebody who may not read it."""
    client = client_of(forum, who)
    forbidden = {WORDS[kind] for kind in WORDS.keys() - MAY_READ[who]}
    found = {}
    for address, data in addresses:
        answer = client.get(address) if data is None else client.post(address, data)
        assert answer.status_code < 500, address
        text = everything_in(answer)
        if seen := sorted(word for word in forbidden if word in text):
            found[who, address, data is not None] = seen
    return found


def told_apart(forum: Forum, who: str) -> dict:
    """What is not theirs answers as what was never there: by its status, by where it leads, by what it says.

    Nobody learns by counting ids what there is.
    """
    client = client_of(forum, who)
    hidden = {"held", "opening", "refused", "hidden", "group"} | ({"members"} if who == "nobody" else set())
    found = {}
    for name, line in TABLE.items():
        things = {"topics": forum.topics, "posts": forum.posts, "files": forum.files}.get(line.ids, {})
        for kind in sorted(hidden & things.keys()):
            real = things[kind]
            unreal = unreal_file(real) if line.ids == "files" else NOWHERE
            for query, data in requests_of(line, forum):
                answers = [
                    told_by(client, address_of(name, line, thing) + query, data, id_of(real))
                    for thing in (real, unreal)
                ]
                if answers[0] != answers[1]:
                    found[who, name, kind, query, data is not None] = answers
    return found


def no_mail_tells_it(forum: Forum) -> None:
    """All that is told at all is written now, as it would be sent."""
    people = {user.email: who for who, user in forum.people.items()}
    gather_mails(timezone.now() + timedelta(days=8))
    letters = [compose(mail.data) for mail in OutgoingMail.objects.filter(composer="notifications")]
    assert any(letters)
    for letter in filter(None, letters):
        who = people.get(letter.to, "")
        text = f"{letter.subject} {letter.text} {letter.html} {letter.headers}".lower()
        if who in MAY_READ:
            assert not [WORDS[kind] for kind in WORDS.keys() - MAY_READ[who] if WORDS[kind] in text], (
                letter.to
            )


def test_facilitators_see_all_of_it(forum):
    """The words are there to be found: else the test above would hold for nothing."""
    client = client_of(forum, "facilitator")
    seen = set()
    for address, _data in asked(forum, posting=False):
        answer = client.get(address)
        assert answer.status_code < 500, address
        text = everything_in(answer)
        seen |= {kind for kind, word in WORDS.items() if word in text}
    assert seen == EVERYTHING


def test_pages_that_everybody_reads_do_not_change_by_it(site):
    """Lists, counts, "last post by", feeds, the sitemap, the document's page: the same to the letter."""
    forum = public_forum()
    clients = {who: client_of(forum, who) for who in ("nobody", "outsider")}
    bump_stamp()
    addresses = public_addresses(forum)
    before = {
        (who, address): said_by(client, address) for who, client in clients.items() for address in addresses
    }
    add_secrets(forum)
    bump_stamp()
    after = {(who, address): said_by(clients[who], address) for who, address in before}
    # Members see that there is a category for them, and what was posted there.
    members = {key for key in before if key[0] == "outsider" and WORDS["members"] in after[key]}
    assert {key for key in before if before[key] != after[key]} <= members
    assert len(members) < len(addresses) / 2


# --- Asking


def client_of(forum: Forum, who: str) -> Client:
    client = Client()
    if who == "facilitator":
        client.force_login(forum.facilitator)
    elif who != "nobody":
        client.force_login(forum.people[who])
    return client


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
        return reverse(name, kwargs={"key": thing.key, "name": thing.name})
    elif line.ids:
        arguments[ARGUMENT[line.ids]] = id_of(thing)
    return reverse(name if name.startswith("forum_") else f"forum:{name}", kwargs=arguments)


def id_of(thing) -> int:
    return thing if isinstance(thing, int) else thing.pk


def unreal_file(row):
    return type(row)(key="0f9e3c5a-1111-4222-8333-444455556666", name=row.name, pk=NOWHERE)


def others(forum: Forum) -> tuple[str, ...]:
    return (*OTHERS, document_address(forum))


def document_address(forum: Forum) -> str:
    return f"/en/library/{forum.document.slug}/"


def everything_in(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{headers} {content.decode('utf-8', 'replace')}".lower()


def told_by(client: Client, address: str, data: dict | None, ident: int) -> tuple[int, str, str]:
    """Status, place it leads to, and text, without the id that was asked for and what differs each time."""
    answer = client.get(address) if data is None else client.post(address, data)
    place = answer.headers.get("Location", "")
    return answer.status_code, without_tokens(place, ident), without_tokens(said(answer), ident)


def said(answer) -> str:
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def said_by(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return without_tokens(said(answer))


def without_tokens(text: str, ident: int = NOWHERE) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    text = re.sub(
        r'name="nonce"[^>]*>|value="[0-9a-f-]{36}"|datetime="[^"]*"|\d{4}-\d\d-\d\dT[\d:.+Z-]+', "", text
    )
    return re.sub(rf"\b({ident}|{NOWHERE}|[0-9a-f-]{{36}})\b", "ID", text)


def public_addresses(forum: Forum) -> list[str]:
    topic = forum.topics["public"]
    return [
        *("/en/", "/en/library/", "/sitemap.xml", document_address(forum)),
        *(reverse("forum:index") + query for query in ("", "?list=unanswered", "?language=en")),
        *(reverse("forum:category", args=["open"]) + query for query in ("", "?list=unanswered")),
        reverse("forum:topic", args=[topic.pk, topic.slug]),
        reverse("forum:log", args=[topic.pk]),
        reverse("forum:member", args=[forum.writer.pk]),
        reverse("forum:post_history", args=[forum.posts["public"].pk]),
        *(reverse(f"forum:{name}") for name in ("feed",)),
        reverse("forum:topic_feed", args=[topic.pk]),
        reverse("forum:category_feed", args=["open"]),
    ]
