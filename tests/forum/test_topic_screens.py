"""The screens of facilitators for one topic, and the log of what they did, without JavaScript."""

import pytest
from django.test import Client

from forum.deciding import Decision
from forum.models import LogEntry, Sanction, Topic
from forum.services.curating import close_topic, hide_topic, rename_topic
from forum.services.sanctioning import sanction
from forum.services.splitting import split_topic
from tests.forum.moderating import (
    decided,
    held_post,
    item_of,
    make_co_facilitator,
    make_facilitator,
    reported,
)
from tests.forum.talking import make_category, make_member, make_reply, make_topic, of

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(category):
    made = make_topic(make_member(), category, "Bread")
    for number in range(4):
        make_reply(make_member(), made, f"Reply {number}")
    return made


def test_every_form_of_the_topic_works(topic, category, facilitator):
    client, address = of(facilitator), f"/en/forum/t/{topic.pk}/moderate/"
    elsewhere = make_category()
    for data in (
        {"action": "pin"}, {"action": "close", "reason": "All said"}, {"action": "hide"}, {"action": "show"},
        {"action": "title", "title": "Bread and ovens", "language": "fr"},
        {"action": "move", "category": elsewhere.pk},
    ):  # fmt: skip
        assert client.post(address, data).url == address, data
    topic.refresh_from_db()
    assert (topic.pinned, topic.closed, topic.title, topic.language, topic.category) == (
        True, True, "Bread and ovens", "fr", elsewhere,
    )  # fmt: skip


def test_posts_are_chosen_by_checkbox_and_by_range(topic, facilitator):
    client, address = of(facilitator), f"/en/forum/t/{topic.pk}/moderate/"
    page = client.get(address)
    assert [post.number for post in page.context["posts"]] == [1, 2, 3, 4, 5]
    data = {"action": "split", "chosen": ["2"], "numbers": "4-5", "title": "Ovens", "language": "en"}
    data["category"] = topic.category_id
    answer = client.post(address, data)
    made = Topic.objects.get(title="Ovens")
    assert answer.url == f"/en/forum/t/{made.pk}/moderate/"
    assert made.posts.count() == 3
    back = {"action": "split", "chosen": ["1"], "target": f"http://testserver/en/forum/t/{topic.pk}-bread/"}
    assert client.post(answer.url, back).url == address


@pytest.mark.parametrize(
    "data",
    [
        {"title": "Ovens"}, {"chosen": ["2"]}, {"chosen": ["x"], "title": "Ovens"}, {"numbers": "9-4", "title": "O"},
        {"numbers": "1-5", "title": "Ovens"}, {"chosen": ["2"], "target": "here"}, {"chosen": ["2"], "target": "999"},
        {"numbers": "77", "title": "Ovens"},
    ],
)  # fmt: skip
def test_what_cannot_be_split_says_why_and_keeps_what_was_typed(topic, facilitator, data):
    answer = of(facilitator).post(f"/en/forum/t/{topic.pk}/moderate/", {"action": "split", **data})
    assert answer.status_code == 422
    assert "data-error-summary" in answer.text
    assert Topic.objects.count() == 1
    for field in ("title", "numbers", "target"):
        assert (answer.context["forms"]["split"][field].value() or "") == data.get(field, "")


def test_merged_it_leads_to_the_other(topic, category, facilitator):
    other = make_topic(make_member(), category, "Ovens")
    answer = of(facilitator).post(
        f"/en/forum/t/{topic.pk}/moderate/", {"action": "merge", "target": other.pk}
    )
    assert answer.url == f"/en/forum/t/{other.pk}/moderate/"
    assert of(facilitator).get(f"/en/forum/t/{topic.pk}/moderate/").status_code == 404
    assert Client().get(f"/en/forum/t/{topic.pk}/log/").url.startswith(f"/en/forum/t/{other.pk}-")


def test_members_do_not_moderate(topic):
    for nobody in (make_member(), topic.author, make_co_facilitator(make_category())):
        for ask in (of(nobody).get, of(nobody).post):
            assert ask(f"/en/forum/t/{topic.pk}/moderate/", {"action": "pin"}).status_code == 403
    hide_topic(make_facilitator(), topic.pk)
    assert of(topic.author).get(f"/en/forum/t/{topic.pk}/moderate/").status_code == 404


# --- The log


def test_the_log_of_a_topic_names_no_reporter_and_holds_no_text(topic, facilitator, client):
    post = topic.posts.get(number=2)
    reporter = make_member(display_name="Rita")
    decided(facilitator, reported(post, reporter, text="A secret word"), Decision.REMOVE, "Rude to Nadia")
    rename_topic(facilitator, topic.pk, "Ovens", "Clearer")
    close_topic(facilitator, topic.pk, True, "All said")
    made = split_topic(facilitator, topic.pk, ((4, 5),), "Apart")
    page = client.get(f"/en/forum/t/{topic.pk}/log/")
    assert page.headers["Cache-Control"].startswith("public")
    for words in (
        "Flora",
        "took post 2 away",
        "changed the title",
        "closed the topic",
        "All said",
        "4–5",
        "Apart",
    ):
        assert words in page.text, words
    for words in ("Rita", "A secret word", "Rude to Nadia", "Bread", post.author.shown_name):
        assert words not in page.text, words
    hide_topic(facilitator, made.pk)
    assert "Apart" not in client.get(f"/en/forum/t/{topic.pk}/log/").text
    assert client.get(f"/en/forum/t/{made.pk}/log/").status_code == 404


def test_facilitators_read_all_of_it(topic, facilitator):
    post = topic.posts.get(number=2)
    decided(facilitator, reported(post), Decision.REMOVE, "Rude to Nadia")
    member = make_reply(make_member(display_name="Nadia"), topic).author
    sanction(facilitator, member.pk, Sanction.SILENCE, 1, "Threats.")
    client = of(facilitator)
    page = client.get("/en/forum/review/log/").text
    for words in ("Rude to Nadia", "silenced a member for 1 day", "Threats.", "Bread"):
        assert words in page, words
    assert "Rude to Nadia" not in client.get(f"/en/forum/review/log/?member={member.pk}").text
    assert of(make_co_facilitator(topic.category)).get("/en/forum/review/log/").status_code == 403


def test_the_log_of_a_post_that_never_got_a_number(category, facilitator):
    decided(facilitator, item_of(held_post(category)), Decision.REFUSE)
    page = of(facilitator).get("/en/forum/review/log/").text
    assert "did not publish a post (" in page
    assert "did not publish post" not in page


def test_the_log_goes_on(topic, facilitator, client):
    for number in range(60):
        close_topic(facilitator, topic.pk, number % 2 == 0)
    page = client.get(f"/en/forum/t/{topic.pk}/log/")
    assert len(page.context["lines"]) == 50
    assert len(client.get(f"/en/forum/t/{topic.pk}/log/{page.context['following']}").context["lines"]) == 10
    assert LogEntry.objects.filter(topic=topic).count() == 60
