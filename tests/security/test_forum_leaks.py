"""What is held, refused, deleted, hidden or not for everybody shows nowhere: at no address of the forum, in no mail,
feed, count or search. A new address of the forum without a line in the table below makes this fail.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import timedelta

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
from tests.security.forum_table import TABLE, address_of, asked, id_of, requests_of

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
# What they wrote themselves of it: it stands in their copy, and nowhere else.
OWN_WORDS = {"member": {"deleted"}}  # a translation of a post that was deleted since
EVERYTHING = set(WORDS) - {"draft"}


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
        found |= copied(forum, who)
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


def copied(forum: Forum, who: str) -> dict:
    """What stands in somebody's copy of their data that they may not read. It was made by the last of the addresses."""
    client = client_of(forum, who)
    answer = client.get(reverse("forum:my_copy"))
    if who == "nobody":
        return {}
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        text = " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist()).lower()
    assert forum.people[who].username in text
    theirs = MAY_READ[who] | OWN_WORDS.get(who, set())
    found = sorted(word for kind, word in WORDS.items() if kind not in theirs and word in text)
    return {(who, "copy"): found} if found else {}


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
