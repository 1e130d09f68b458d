"""The demo's forum: a debate that holds together, by people who were invented, and something of everything."""

import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command

from cms.accounts.models import User
from cms.demo.conversations import LINKED, QUOTED, ConversationLoader, message_id
from cms.demo.people import ACCOUNTS
from forum.models import Category, MovedPost, Post, PostTranslation, Report, ReviewItem, Topic
from forum.rules import Access, PostState, ReviewKind, ReviewState, TopicState
from forum.services import delete_post
from forum.services.curating import hide_topic
from forum.services.repairing import repair_forum
from forum.services.sanctioning import sanction

pytestmark = pytest.mark.demo
LANGUAGES = {"en", "fr", "es"}


def said(forum) -> Iterator[tuple[str, int, dict]]:
    for key, topic in forum["topics"].items():
        for number, post in enumerate(topic["posts"], 1):
            yield key, number, post


def texts(forum) -> Iterator[tuple[str, str, str]]:
    """(topic, language, text) of every post, edit and translation."""
    for key, _number, post in said(forum):
        language = post.get("language", forum["topics"][key]["language"])
        yield key, language, post["text"]
        yield from ((key, language, one["text"]) for one in post.get("edits") or [])
        yield from ((key, code, one["text"]) for code, one in (post.get("translations") or {}).items())


def words(text: str) -> str:
    return " ".join(text.split())


# --- The files


def test_nobody_speaks_in_the_name_of_a_real_person(content):
    invented = content.forum["members"]
    for _key, _number, post in said(content.forum):
        named = {post["by"], *(one["by"] for one in (post.get("translations") or {}).values())}
        assert named <= ACCOUNTS.keys() | invented.keys()
    real = {word for file in content.entries["people"].values() for word in file["name"].split()}
    assert not real & {one["name"] for one in invented.values()}


def test_what_is_quoted_was_said(content):
    """Word for word, in the post that it is said to come from, or in its edit."""
    quoted = 0
    for key, _language, text in texts(content.forum):
        for match in QUOTED.finditer(text):
            post = content.forum["topics"][match[1] or key]["posts"][int(match[2]) - 1]
            sources = [post["text"], *(one["text"] for one in post.get("edits") or [])]
            assert any(words(match[3]) in words(source) for source in sources), match[0]
            quoted += 1
    assert quoted >= 15


def test_links_lead_to_documents_and_to_posts_that_were_there_before(content):
    documents = {document.key for document in content.documents}
    for key, _language, text in texts(content.forum):
        for kind, target in LINKED.findall(text):
            if kind == "doc":
                assert target in documents, f"{key}: {target}"
            else:
                topic, _slash, number = target.partition("/")
                assert topic < key, f"{key}: {target}"
                assert int(number) <= len(content.forum["topics"][topic]["posts"])
    about = [topic["about"] for topic in content.forum["topics"].values() if topic.get("about")]
    assert set(about) <= documents
    assert len(about) >= 5


def test_no_line_of_french_breaks_before_its_punctuation(content):
    loose = re.compile(r"\w [:;!?»]|« ")
    found = [
        f"{key}: {text[:60]}"
        for key, language, text in texts(content.forum)
        if language == "fr" and loose.search(text)
    ]
    assert not found


def test_a_conversation_goes_forward_in_time(content):
    for key, topic in content.forum["topics"].items():
        moments = [post["at"] for post in topic["posts"]]
        assert moments == sorted(moments), key
        for post in topic["posts"]:
            later = [*(post.get("translations") or {}).values(), *(post.get("edits") or [])]
            assert all(one["at"] > post["at"] for one in later), key


# --- What is shown


def test_five_categories_are_named_in_three_languages(demo):
    categories = list(Category.objects.prefetch_related("texts"))
    assert len(categories) == 5
    assert {category.access for category in categories} == {Access.PUBLIC, Access.MEMBERS, Access.GROUP}
    assert [category.slug for category in categories if category.opening == "facilitators"] == [
        "announcements"
    ]
    for category in categories:
        assert {text.language for text in category.texts.all()} == LANGUAGES
        assert all(text.description for text in category.texts.all())


def test_people_talk_in_three_languages_and_translate_each_other(demo):
    posts = Post.objects.shown_to(None)
    assert posts.count() > 40
    assert set(posts.values_list("language", flat=True)) == LANGUAGES
    mixed = [topic for topic in Topic.objects.visible_to(None) if len(set(languages_of(topic))) == 3]
    assert len(mixed) >= 4
    translations = PostTranslation.objects.select_related("post")
    assert translations.count() > 25
    assert sum(each.post_version < each.post.version for each in translations) == 1


def languages_of(topic: Topic) -> list[str]:
    return list(topic.posts.values_list("language", flat=True))


def test_facilitators_find_a_first_post_an_advertisement_and_a_report(demo):
    waiting = ReviewItem.objects.filter(state=ReviewState.WAITING)
    assert sorted(waiting.values_list("kind", flat=True)) == sorted(
        [ReviewKind.HELD, ReviewKind.SPAM, ReviewKind.REPORTED_POST]
    )
    assert Report.objects.count() == 2
    assert Topic.objects.filter(state=TopicState.HELD).count() == 1
    assert not Topic.objects.visible_to(User.objects.get(username="member")).filter(state="held").exists()


def test_a_topic_was_split_and_its_old_numbers_lead_on(demo):
    moved = MovedPost.objects.select_related("post__topic")
    assert [each.number for each in moved.order_by("number")] == [7, 8, 9, 10]
    assert {each.post.topic.title for each in moved} == {"Qui paie le temps d’animer, et les langues\u00a0?"}


def test_there_is_something_of_everything(demo):
    assert Topic.objects.filter(closed=True).count() == 2
    assert Topic.objects.filter(pinned=True).count() == 1
    assert Topic.objects.exclude(page=None).count() >= 6
    assert Post.objects.filter(state=PostState.DELETED).count() == 1
    assert Post.objects.exclude(edited_at=None).count() == 1
    assert Post.objects.filter(html__contains='class="mention"').count() >= 10
    assert "<table>" in "".join(Post.objects.values_list("html", flat=True))
    assert not Post.objects.filter(html__contains="(doc:").exists()
    assert list(repair_forum(False, lambda text: None)) == []


def test_the_closed_group_is_open_to_member_and_facilitator_and_shut_to_author(demo):
    category = Category.objects.get(slug="synthesis")
    seen = {
        name: Category.objects.visible_to(User.objects.get(username=name)).filter(pk=category.pk).exists()
        for name in ("member", "facilitator", "author")
    }
    assert seen == {"member": True, "facilitator": True, "author": False}


def test_everything_happened_on_its_day(demo, content):
    for key, number, one in said(content.forum):
        post = Post.objects.get(message_id=message_id(key, number))
        assert f"{post.created_at:%Y-%m-%d %H:%M}" == one["at"]


# --- Again


def test_what_people_did_with_it_since_is_kept(demo):
    facilitator = User.objects.get(username="facilitator")
    topic = Topic.objects.get(title__startswith="¿Qué prueba")
    hide_topic(facilitator, topic.pk)
    post = Post.objects.get(message_id=message_id("08-territory-or-sector", 1))
    delete_post(facilitator, post.pk, "a try")
    Category.objects.filter(slug="debate").update(position=9)
    before = (Topic.objects.count(), Post.objects.count())
    call_command("load_demo", verbosity=0)
    topic.refresh_from_db()
    post.refresh_from_db()
    assert (topic.state, post.state) == (TopicState.HIDDEN, PostState.DELETED)
    assert (Topic.objects.count(), Post.objects.count()) == before
    assert Category.objects.get(slug="debate").position == 9


def lose(key: str) -> None:
    topic = Topic.objects.get(posts__message_id=message_id(key, 1))
    Topic.objects.filter(pk=topic.pk).update(last_post=None)
    topic.posts.all().delete()
    topic.delete()


def test_a_topic_that_is_missing_is_played_again(demo):
    lose("12-words")
    before = Topic.objects.count()
    call_command("load_demo", verbosity=0)
    assert Topic.objects.count() == before + 1


def test_a_topic_in_which_somebody_may_not_talk_any_more_is_left_out(demo, capsys):
    lose("05-three-words")
    kwame = User.objects.get(username="kwame")
    sanction(User.objects.get(username="facilitator"), kwame.pk, "suspend", 30, "A try.")
    before = Topic.objects.count()
    call_command("load_demo", verbosity=0)
    assert "05-three-words was left out" in capsys.readouterr().out
    assert Topic.objects.count() == before


def test_where_there_are_no_accounts_nobody_talks(demo, content, settings):
    lose("12-words")
    User.objects.filter(username="facilitator").update(username="somebody-else")
    before = Topic.objects.count()
    assert ConversationLoader(content.forum).load() == 0
    assert Topic.objects.count() == before
