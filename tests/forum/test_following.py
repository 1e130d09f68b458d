"""Choosing levels, the beacon, and what is new: through the addresses, with and without a script."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.core.languages import open_language_codes
from cms.core.page_cache.stamp import bump_stamp
from forum.models import CategoryLevel, Member, Reading, Topic
from forum.queries.categories import all_categories
from forum.rules import Access, Level, TopicState
from forum.services import note_read
from forum.standing import co_facilitators
from tests.forum.following import make_reader
from tests.forum.talking import make_category, make_member, make_reply, make_topic

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def category(site):
    return make_category(slug="workshop-7", name="After Workshop 7")


@pytest.fixture
def author(site):
    return make_member(name="ana", display_name="Ana")


@pytest.fixture
def topic(category, author):
    return make_topic(author, category, "What lasts?")


@pytest.fixture
def reader(site):
    return make_reader("rea")


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


@pytest.fixture
def closed_topic(site):
    group = Group.objects.create(name="Preparing")
    inside = make_member(name="inside")
    inside.groups.add(group)
    return make_topic(inside, make_category(Access.GROUP, group=group))


def address(name: str, topic: Topic) -> str:
    return f"/en/forum/t/{topic.pk}/{name}/"


def level(user, topic):
    reading = Reading.objects.filter(user=user, topic=topic).first()
    return reading and (reading.level, reading.reason)


class TestLevels:
    def test_choosing_without_a_script(self, signed_in, reader, topic):
        page = signed_in.get(address("follow", topic)).content.decode()
        assert "What lasts?" in page
        answer = signed_in.post(address("follow", topic), {"level": "3"})
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/en/forum/t/{topic.pk}-what-lasts/"
        assert level(reader, topic) == (Level.WATCHING, "chosen")
        assert '<option value="3" selected>' in signed_in.get(address("follow", topic)).content.decode()

    def test_a_script_is_told_in_few_words(self, signed_in, reader, topic):
        answer = signed_in.post(address("follow", topic), {"level": "0"}, headers=FETCH)
        assert answer.status_code == 200
        assert " ".join(answer.content.decode().split()) == "Saved. As you chose."
        assert level(reader, topic) == (Level.MUTED, "chosen")

    def test_back_to_what_holds_for_the_category(self, signed_in, reader, topic, category):
        CategoryLevel.objects.create(user=reader, category=category, level=Level.TRACKING)
        signed_in.post(address("follow", topic), {"level": "3"})
        signed_in.post(address("follow", topic), {"level": "category"})
        assert level(reader, topic) == (None, "")
        page = signed_in.get(address("follow", topic)).content.decode()
        assert '<option value="category" selected>As its category: Tracking' in page
        assert "As you chose for its category." in page

    def test_how_far_one_has_read_stays(self, signed_in, reader, topic):
        note_read(reader, topic.pk, 1)
        signed_in.post(address("follow", topic), {"level": "2"})
        assert Reading.objects.get(user=reader).last_read == 1

    def test_who_wrote_sees_why_they_follow_and_can_leave(self, client, author, topic):
        client.force_login(author)
        assert "Because you opened this topic." in client.get(address("follow", topic)).content.decode()
        client.post(address("follow", topic), {"level": "1"})
        make_reply(author, topic)
        assert level(author, topic) == (Level.NORMAL, "chosen")

    def test_of_a_category(self, signed_in, reader, category):
        own = "/en/forum/workshop-7/follow/"
        assert "After Workshop 7" in signed_in.get(own).content.decode()
        assert signed_in.post(own, {"level": "3"}).headers["Location"] == "/en/forum/workshop-7/"
        assert CategoryLevel.objects.get().level == Level.WATCHING
        signed_in.post(own, {"level": "1"})
        assert not CategoryLevel.objects.exists()

    @pytest.mark.parametrize("value", ["", "4", "-1", "x", "1.0", "³"])
    def test_what_is_no_level_changes_nothing(self, signed_in, reader, topic, value):
        assert signed_in.post(address("follow", topic), {"level": value}).status_code == 400
        assert (
            signed_in.post("/en/forum/workshop-7/follow/", {"level": value or "category"}).status_code == 400
        )
        assert not Reading.objects.filter(user=reader).exists()
        assert not CategoryLevel.objects.exists()

    def test_looking_changes_nothing(self, signed_in, topic):
        before = Reading.objects.count()
        for path in (address("follow", topic), "/en/forum/workshop-7/follow/", "/en/forum/me/"):
            assert signed_in.get(path).status_code == 200
        assert Reading.objects.count() == before

    def test_whoever_is_not_logged_in_is_asked_to(self, client, topic):
        for path in (address("follow", topic), "/en/forum/workshop-7/follow/"):
            assert "/accounts/login/" in client.get(path).headers["Location"]
            assert client.post(path, {"level": "3"}).status_code == 302
        assert Reading.objects.count() == 1  # its author's

    def test_what_one_may_not_read_is_not_there(self, signed_in, closed_topic):
        slug = closed_topic.category.slug
        for path in (
            address("follow", closed_topic),
            f"/en/forum/{slug}/follow/",
            f"/en/forum/t/{10**30}/follow/",
        ):
            assert signed_in.get(path).status_code == 404
            assert signed_in.post(path, {"level": "3"}).status_code == 404

    def test_it_needs_the_token_of_the_form(self, reader, topic):
        client = Client(enforce_csrf_checks=True)
        client.force_login(reader)
        for path in (address("follow", topic), address("read", topic), "/en/forum/read/"):
            assert client.post(path, {"level": "3", "number": "1"}).status_code == 403


class TestTheBeacon:
    def test_notes_how_far_one_has_read(self, signed_in, reader, topic, author):
        make_reply(author, topic)
        answer = signed_in.post(address("read", topic), {"number": "2", "quiet": "1"})
        assert (answer.status_code, answer.content) == (204, b"")
        assert Reading.objects.get(user=reader).last_read == 2
        signed_in.post(address("read", topic), {"number": "1", "quiet": "1"})
        assert Reading.objects.get(user=reader).last_read == 2

    def test_without_a_script_a_button_does_it(self, signed_in, topic):
        page = signed_in.get(f"/en/forum/t/{topic.pk}-what-lasts/").content.decode()
        assert f'action="{address("read", topic)}"' in page
        answer = signed_in.post(address("read", topic), {"number": "1"})
        assert answer.headers["Location"] == f"/en/forum/t/{topic.pk}-what-lasts/#post-1"

    @pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40, "1.5"])
    def test_nonsense_is_refused(self, signed_in, reader, topic, number):
        assert signed_in.post(address("read", topic), {"number": number, "quiet": "1"}).status_code == 400
        assert not Reading.objects.filter(user=reader).exists()

    def test_only_by_post_by_who_is_known_and_where_they_read(self, signed_in, topic, closed_topic):
        assert signed_in.get(address("read", topic)).status_code == 405
        assert signed_in.post(address("read", closed_topic), {"number": "1"}).status_code == 404
        signed_in.logout()
        assert signed_in.post(address("read", topic), {"number": "1", "quiet": "1"}).status_code == 403
        assert signed_in.post(address("read", topic), {"number": "1"}).status_code == 302

    def test_it_costs_one_upsert_however_long_the_topic(self, signed_in, reader, topic):
        costs = []
        for length in (20, 50_000):
            Topic.objects.filter(pk=topic.pk).update(highest_number=length)
            warm()
            with CaptureQueriesContext(connection) as asked:
                signed_in.post(address("read", topic), {"number": str(length), "quiet": "1"})
            writes = [each["sql"] for each in asked if each["sql"].startswith(("INSERT", "UPDATE"))]
            assert [sql.split()[2] for sql in writes] == ["forum_reading"]
            costs.append(len(asked))
        assert costs[0] == costs[1] <= 6

    def test_marking_all_read(self, signed_in, reader, topic, author):
        note_read(reader, topic.pk, 1)
        make_reply(author, topic)
        page = signed_in.get("/en/forum/?list=unread")
        until = page.context["shown_at"]
        assert "Mark all as read" in page.content.decode()
        make_reply(author, later := make_topic(author, topic.category))
        assert later.pk
        assert signed_in.post("/en/forum/read/", {"until": until}).headers["Location"] == "/en/forum/"
        assert Reading.objects.get(user=reader, topic=topic).last_read == 2

    @pytest.mark.parametrize("until", ["", "x", "2026-99-99T00:00:00Z", "2026-01-01T00:00:00"])
    def test_marking_all_read_needs_a_moment(self, signed_in, until):
        assert signed_in.post("/en/forum/read/", {"until": until}).status_code == 400


def warm() -> None:
    """What processes keep until something changes."""
    all_categories(), co_facilitators(), open_language_codes()


class TestNewPosts:
    def ask(self, client, topic, after, **headers):
        return client.get(address("new-posts", topic), {"after": after}, headers=headers)

    def test_there_are_none(self, signed_in, client, topic):
        assert self.ask(signed_in, topic, 1).status_code == 204

    @pytest.mark.parametrize("known", [True, False])
    def test_how_many_and_where_they_begin(self, client, reader, topic, author, known):
        if known:
            client.force_login(reader)
        posts = [make_reply(author, topic) for _each in range(2)]
        answer = self.ask(client, topic, 1)
        assert answer.status_code == 200
        assert "2 new posts" in answer.content.decode()
        assert f'href="/forum/p/{posts[0].pk}/"' in answer.content.decode()
        expected = "private, no-store" if known else "public"
        assert answer.headers["Cache-Control"].startswith(expected)

    def test_where_nothing_has_changed_the_database_is_not_asked(
        self, signed_in, topic, author, django_assert_num_queries
    ):
        tag = self.ask(signed_in, topic, 1).headers["ETag"]
        with django_assert_num_queries(0):
            assert self.ask(signed_in, topic, 1, **{"If-None-Match": tag}).status_code == 304
        make_reply(author, topic)
        bump_stamp()  # as the commit would
        answer = self.ask(signed_in, topic, 1, **{"If-None-Match": tag})
        assert answer.status_code == 200
        assert answer.headers["ETag"] != tag

    @pytest.mark.parametrize("length", [20, 50_000])
    def test_four_queries_at_most(self, signed_in, reader, length, django_assert_max_num_queries):
        members = make_topic(make_member(), make_category(Access.MEMBERS))
        Topic.objects.filter(pk=members.pk).update(highest_number=length)
        warm()
        with django_assert_max_num_queries(4):
            assert self.ask(signed_in, members, 0).status_code == 200

    def test_not_where_one_may_not_read(self, signed_in, closed_topic, topic):
        for after in ("0", "1", "x", ""):
            assert self.ask(signed_in, closed_topic, after).status_code == 404
        Topic.objects.filter(pk=topic.pk).update(state=TopicState.HIDDEN)
        assert self.ask(signed_in, topic, 0).status_code == 404
        assert signed_in.get(f"/en/forum/t/{10**30}/new-posts/").status_code == 404
        assert signed_in.post(address("new-posts", topic)).status_code == 405


class TestPages:
    def test_the_topic_shows_what_one_follows(self, client, author, topic):
        client.force_login(author)
        page = client.get(f"/en/forum/t/{topic.pk}-what-lasts/").content.decode()
        assert '<option value="3" selected>Watching' in page
        assert "Because you opened this topic." in page
        assert 'role="status" data-forum-news=' in page

    def test_who_is_not_known_finds_the_way_to_follow(self, client, topic):
        page = client.get(f"/en/forum/t/{topic.pk}-what-lasts/").content.decode()
        assert f'href="{address("follow", topic)}"' in page
        assert "csrf" not in page

    def test_unread_in_the_lists(self, signed_in, reader, topic, author):
        Reading.objects.create(user=reader, topic=topic, level=Level.TRACKING, last_read=1)
        make_reply(author, topic)
        for path in ("/en/forum/", "/en/forum/?list=unread", "/en/forum/?list=following"):
            page = signed_in.get(path).content.decode()
            assert "1 new post" in page
            assert f"/en/forum/t/{topic.pk}-what-lasts/#post-2" in page

    def test_a_muted_topic_stands_in_no_list(self, signed_in, reader, topic):
        Reading.objects.create(user=reader, topic=topic, level=Level.MUTED)
        for path in ("/en/forum/", "/en/forum/workshop-7/", "/en/forum/?list=unanswered"):
            assert "What lasts?" not in signed_in.get(path).content.decode()
        assert "What lasts?" in signed_in.get("/en/forum/me/").content.decode()
        assert signed_in.get(f"/en/forum/t/{topic.pk}-what-lasts/").status_code == 200

    def test_a_muted_category_is_shown_where_it_is_asked_for(self, signed_in, reader, category, topic):
        CategoryLevel.objects.create(user=reader, category=category, level=Level.MUTED)
        assert "What lasts?" not in signed_in.get("/en/forum/").content.decode()
        assert "What lasts?" in signed_in.get("/en/forum/workshop-7/").content.decode()


def test_settings_are_kept(signed_in, reader):
    assert signed_in.post(reverse("forum:my_forum"), {"only_languages_read": "on"}).status_code == 302
    kept = Member.objects.get(user=reader)
    assert (kept.follows_what_they_write, kept.only_languages_read) == (False, True)
    page = signed_in.get(reverse("forum:my_forum"))
    assert page.context["form"].initial == {"follows_what_they_write": False, "only_languages_read": True}
