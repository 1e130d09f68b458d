"""One's own page of the forum, and what stands of it on the desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.core.languages import open_language_codes
from forum.models import CategoryLevel, Draft, Mark, Post, Reading, ReviewItem, Topic
from forum.queries.categories import all_categories
from forum.queries.desk import LISTED, forum_desk
from forum.queries.mine import LONGEST_LIST, SHOWN, draft_place
from forum.rules import Access, Level, PostState, TopicState, Trust
from forum.services import give_mark
from forum.standing import co_facilitators
from tests.forum.following import make_reader
from tests.forum.talking import make_category, make_member, make_reply, make_topic, said

pytestmark = pytest.mark.django_db
MINE, DESK = "/en/forum/me/", "/en/me/"


@pytest.fixture
def category(site):
    return make_category(slug="workshop-7", name="After Workshop 7")


@pytest.fixture
def author(site):
    return make_member(name="ana", display_name="Ana")


@pytest.fixture
def topic(category, author):
    return make_topic(author, category, "What lasts?", "Tell us of your bakery.")


@pytest.fixture
def reader(site):
    return make_reader("rea")


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def page(client, path: str = MINE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return " ".join(answer.content.decode().split())


class TestMyForum:
    def test_needs_a_log_in(self, client, site):
        assert "/accounts/login/" in client.get(MINE).headers["Location"]

    def test_shows_the_levels_one_holds(self, signed_in, reader, category, topic):
        Reading.objects.create(user=reader, topic=topic, level=Level.MUTED, reason="chosen")
        CategoryLevel.objects.create(user=reader, category=category, level=Level.TRACKING)
        shown = page(signed_in)
        assert "What lasts?" in shown
        assert "Muted" in shown
        assert '<span data-state="chosen">Tracking</span>' in shown
        assert f'href="/en/forum/t/{topic.pk}/follow/"' in shown

    def test_shows_bookmarks_as_long_as_one_may_read_them(self, signed_in, reader, topic):
        give_mark(reader, topic.posts.get().pk, "bookmark")
        assert "Tell us of your bakery." in page(signed_in)
        Post.objects.update(state=PostState.DELETED)
        assert "bakery" not in page(signed_in)
        Post.objects.update(state=PostState.PUBLISHED)
        Topic.objects.update(state=TopicState.HIDDEN)
        assert "bakery" not in page(signed_in)
        assert "What lasts?" not in page(signed_in)

    def test_bookmarks_of_others_are_not_shown(self, signed_in, author, topic):
        give_mark(author, topic.posts.get().pk, "bookmark")
        assert "bakery" not in page(signed_in)

    def test_drafts_lead_to_where_one_goes_on(self, signed_in, reader, category, topic):
        post = topic.posts.get()
        places = {
            f"topic:{topic.pk}": f"/en/forum/t/{topic.pk}/reply/",
            f"new:{category.pk}": "/en/forum/workshop-7/new/",
            f"edit:{post.pk}": f"/en/forum/p/{post.pk}/edit/",
            f"translate:{post.pk}:es": f"/en/forum/p/{post.pk}/translate/es/",
        }
        for key in [*places, "topic:999999", "edit:999999", "nonsense"]:
            data = {"title": "", "text": f"Words of {key}."}
            Draft.objects.create(user=reader, key=key, data=data, saved_at=timezone.now())
        shown = page(signed_in)
        for key, place in places.items():
            assert f'href="{place}"' in shown
            assert f"Words of {key}." in shown
        assert shown.count("its place is no longer there for you") == 3

    def test_a_long_draft_is_seen_to_be_cut_between_words(self, signed_in, reader, topic):
        data = {"title": "", "text": "word " * 200}
        Draft.objects.create(user=reader, key=f"topic:{topic.pk}", data=data, saved_at=timezone.now())
        assert "word word …</span>" in page(signed_in)

    def test_a_draft_in_a_topic_that_one_may_not_read_names_nothing(self, signed_in, reader, author):
        hidden = make_topic(author, make_category(), "Secret title")
        Topic.objects.filter(pk=hidden.pk).update(state=TopicState.HIDDEN)
        for key in (f"topic:{hidden.pk}", f"edit:{hidden.posts.get().pk}"):
            Draft.objects.create(user=reader, key=key, data={"text": "x"}, saved_at=timezone.now())
        assert "Secret title" not in page(signed_in)

    def test_what_waits_of_one_and_why_it_was_refused(self, client, topic):
        new = make_member(Trust.NEW)
        client.force_login(new)
        post = said(new, topic).post
        shown = page(client)
        assert "Waits for a facilitator" in shown
        assert f'href="/forum/p/{post.pk}/"' in shown
        Post.objects.filter(pk=post.pk).update(state=PostState.REJECTED)
        ReviewItem.objects.update(state="refused", reason="Please say who you are.")
        shown = page(client)
        assert "Not published" in shown
        assert "Please say who you are." in shown
        assert f'href="/en/forum/me/decision/{ReviewItem.objects.get().pk}/"' in shown

    def test_long_lists_have_pages(self, signed_in, reader, category):
        author = make_member(role="Facilitators")
        topics = [
            make_topic(author, category, f"Topic number {number}.") for number in range(LONGEST_LIST + 3)
        ]
        for topic in topics:
            Reading.objects.create(user=reader, topic=topic, level=Level.TRACKING)
            give_mark(reader, topic.posts.get().pk, "bookmark")
        overview = signed_in.get(MINE).context
        assert (len(overview["topics"]), len(overview["bookmarks"])) == (SHOWN, SHOWN)
        for show in ("topics", "bookmarks"):
            found = []
            path = f"{MINE}?show={show}"
            while path:
                answer = signed_in.get(path)
                found += [row["title"] for row in answer.context[show]]
                path = MINE + answer.context["more"] if answer.context["more"] else ""
            assert found == [topic.title for topic in reversed(topics)]

    @pytest.mark.parametrize("query", ["show=x", "show=topics&before=x", "show=bookmarks&before=-1", "show="])
    def test_nonsense_is_passed_over(self, signed_in, query):
        assert signed_in.get(f"{MINE}?{query}").status_code == 200

    def test_it_costs_the_same_for_little_and_for_much(self, signed_in, reader, category):
        author = make_member(role="Facilitators")
        costs = []
        for number in (1, 25):
            for _each in range(number):
                topic = make_topic(author, category)
                post = topic.posts.get()
                Reading.objects.create(user=reader, topic=topic, level=Level.TRACKING)
                Mark.objects.create(user=reader, post=post, kind="bookmark")
                for key in (f"topic:{topic.pk}", f"edit:{post.pk}"):
                    Draft.objects.create(user=reader, key=key, data={"text": "x"}, saved_at=timezone.now())
            all_categories(), co_facilitators(), open_language_codes()
            with CaptureQueriesContext(connection) as asked:
                page(signed_in)
            costs.append(len(asked))
        assert costs[0] == costs[1] <= 12


@pytest.mark.parametrize(
    ("key", "place"),
    [
        ("topic:12", ("topic", 12, "")),
        ("translate:5:pt-br", ("translate", 5, "pt-br")),
        ("nonsense", ("nonsense", 0, "")),
        ("topic:x", ("topic", 0, "")),
        ("", ("", 0, "")),
    ],
)
def test_the_place_of_a_draft(key, place):
    assert draft_place(key) == place


class TestDesk:
    def test_says_nothing_where_there_is_nothing(self, signed_in, topic):
        assert 'id="in-forum"' not in page(signed_in, DESK)

    def test_shows_what_is_new_in_what_one_follows(self, signed_in, reader, category, topic, author):
        Reading.objects.create(user=reader, topic=topic, level=Level.TRACKING, last_read=1)
        for _each in range(2):
            make_reply(author, topic)
        opened = make_topic(author, category, "Only opened")
        Reading.objects.create(user=reader, topic=opened, last_read=1)
        make_reply(author, opened)
        shown = page(signed_in, DESK)
        assert f'href="/en/forum/t/{topic.pk}-what-lasts/#post-2"' in shown
        assert "2 new posts" in shown
        assert "Only opened" not in shown

    def test_shows_no_more_than_a_few(self, signed_in, reader, category):
        author = make_member(role="Facilitators")
        CategoryLevel.objects.create(user=reader, category=category, level=Level.WATCHING)
        for _each in range(LISTED + 2):
            make_topic(author, category)
        desk = forum_desk(reader)
        assert (len(desk.unread), desk.more_unread) == (LISTED, True)
        assert "/en/forum/?list=unread" in page(signed_in, DESK)

    def test_nothing_of_what_one_may_not_read_any_more(self, reader, author):
        inside = make_topic(author, make_category(Access.MEMBERS))
        Reading.objects.create(user=reader, topic=inside, level=Level.WATCHING)
        make_reply(author, inside)
        assert forum_desk(reader).unread
        Topic.objects.update(state=TopicState.HIDDEN)
        assert not forum_desk(reader)

    def test_shows_what_waits_of_one(self, client, topic):
        new = make_member(Trust.NEW)
        client.force_login(new)
        said(new, topic)
        assert "Waits for a facilitator" in page(client, DESK)

    @pytest.mark.parametrize(
        ("waiting", "words"), [(0, "Nothing waits"), (1, "1 thing waits"), (2, "2 things wait")]
    )
    def test_tells_who_decides_how_many_wait(self, client, topic, waiting, words):
        for _each in range(waiting):
            said(make_member(Trust.NEW), topic)
        client.force_login(make_member(role="Facilitators"))
        shown = page(client, DESK)
        assert words in shown
        assert 'href="/en/forum/review/"' in shown

    def test_costs_three_queries_whatever_there_is(self, category):
        author, reader = make_member(role="Facilitators"), make_member(role="Facilitators")
        CategoryLevel.objects.create(user=reader, category=category, level=Level.WATCHING)
        costs = []
        for number in (1, 20):
            for _each in range(number):
                said(make_member(Trust.NEW), make_topic(author, category))
            co_facilitators()
            with CaptureQueriesContext(connection) as asked:
                forum_desk(reader)
            costs.append(len(asked))
        assert costs == [4, 3]  # the first time also who they are
