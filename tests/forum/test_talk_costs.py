"""What the forum's pages ask the database: within the budget, the same in a long topic as in a short one, and no writing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.models import CoFacilitator, Draft, Mark, Post, PostTranslation, Reading, Topic
from forum.rules import Level
from forum.services import follow_category
from tests.factories.documents import make_document
from tests.forum.talking import make_category, make_member, make_reply, make_topic

pytestmark = pytest.mark.django_db
LIST, TOPIC = {"anonymous": 4, "member": 8}, {"anonymous": 6, "member": 10}
LONG = 50_000


@pytest.fixture
def talk(site):
    """A topic about a document, with translations, marks, a draft, and a reader who has not read it to the end."""
    author, other = make_member(display_name="Ana"), make_member(languages_read=["fr"])
    category = make_category()
    CoFacilitator.objects.create(category=category, user=author, language="en")
    topic = make_topic(author, category, "A long talk", page=make_document())
    for each in range(19):
        post = make_reply(author, topic, f"Number **{each}** of many, with [a link](https://example.org).")
        PostTranslation.objects.create(
            post=post,
            language="fr",
            post_version=1,
            source="x",
            html="<p>x</p>",
            translator=other,
            written_at=timezone.now(),
        )
        Mark.objects.create(post=post, user=other, kind="agree")
    Reading.objects.create(user=other, topic=topic, last_read=7)
    Draft.objects.create(user=other, key=f"topic:{topic.pk}", data={"text": "…"}, saved_at=timezone.now())
    follow_category(other, category.pk, Level.TRACKING)
    return topic, other


def lengthen(topic: Topic, size: int) -> None:
    """As many posts as that, through the database's own door: making them one by one would take minutes."""
    first = topic.posts.get(number=2)
    now = timezone.now()
    Post.objects.bulk_create(
        [
            Post(
                topic=topic,
                number=number,
                author_id=first.author_id,
                language="en",
                source="x",
                html=first.html,
                message_id=f"<{uuid4().hex}@example.org>",
                nonce=uuid4(),
                digest="",
                created_at=now + timedelta(seconds=number),
                published_at=now + timedelta(seconds=number),
            )
            for number in range(21, size + 1)
        ],
        batch_size=500,
    )
    last = topic.posts.order_by("-number").first()
    Topic.objects.filter(pk=topic.pk).update(posts_count=size, highest_number=size, last_post=last)


def asked(client: Client, path: str) -> list[str]:
    """The statements of a second rendering: what processes keep is there, the page is not."""
    for fresh in ("1", "2"):
        with CaptureQueriesContext(connection) as found:
            answer = client.get(f"{path}{'&' if '?' in path else '?'}fresh={fresh}")
        assert answer.status_code == 200, path
    return [each["sql"] for each in found]


def clients(user) -> dict[str, Client]:
    member = Client()
    member.force_login(user)
    return {"anonymous": Client(), "member": member}


def pages(topic: Topic) -> dict[str, dict[str, int]]:
    own = f"/en/forum/t/{topic.pk}-a-long-talk/"
    last = -(-topic.highest_number // 20)
    return {
        "/en/forum/": LIST,
        "/en/forum/?list=unanswered&language=en": LIST,
        f"/en/forum/{topic.category.slug}/": LIST,
        own: TOPIC,
        **({f"{own}?page={last}": TOPIC, f"{own}?page={last // 2}": TOPIC} if last > 1 else {}),
    }


def test_every_page_keeps_its_budget_whatever_the_length_of_a_topic_and_writes_nothing(talk):
    topic, reader = talk
    found: dict[tuple[str, str], list[int]] = {}
    for size in (20, LONG):
        if size > 20:
            lengthen(topic, size)
        topic.refresh_from_db()
        for who, client in clients(reader).items():
            for path, budget in pages(topic).items():
                statements = asked(client, path)
                assert len(statements) <= budget[who], f"{who} {path}:\n" + "\n".join(statements)
                assert all(each.lstrip("(").startswith("SELECT") for each in statements), statements
                found.setdefault((who, path.partition("?")[0]), []).append(len(statements))
    assert all(len(set(numbers)) == 1 for numbers in found.values()), found


@pytest.mark.parametrize("name", ["unread", "following"])
def test_lists_of_ones_own_keep_the_budget(talk, name):
    _topic, reader = talk
    statements = asked(clients(reader)["member"], f"/en/forum/?list={name}")
    assert len(statements) <= LIST["member"], "\n".join(statements)


def test_a_list_costs_the_same_with_one_topic_and_with_forty(talk):
    topic, reader = talk
    client = clients(reader)["member"]
    few = asked(client, "/en/forum/")
    for _each in range(40):
        make_topic(topic.author, topic.category)
    assert len(asked(client, "/en/forum/")) == len(few)
