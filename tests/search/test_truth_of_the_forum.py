"""What facilitators and members do in the forum changes what is found: at once where it withdraws something."""

import pytest

from forum.rules import Access
from forum.services import delete_post, restore_post
from forum.services.curating import close_topic, hide_topic, move_topic, pin_topic, show_topic
from forum.services.erasing import step
from forum.services.merging_topics import merge_topic
from forum.services.splitting import split_topic
from search.models import Entry
from search.sources.posts import access_to
from tests.forum.moderating import make_facilitator
from tests.forum.talking import make_category, make_member, make_reply, make_topic
from tests.search.searching import catch_up, findable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("searched_by")]


@pytest.fixture
def facilitator(site):
    return make_facilitator()


@pytest.fixture
def author(site):
    return make_member()


@pytest.fixture
def topic(author):
    topic = make_topic(make_member(), make_category(), "Ovens", "Of bread.")
    make_reply(author, topic, "Of the quokka.")
    catch_up()
    return topic


def works(word: str = "quokka") -> list[tuple[str, str]]:
    """(conversation, who reads it) of the posts that hold a word and can be found."""
    found = findable()
    assert found <= set(Entry.objects.values_list("pk", flat=True))
    rows = Entry.objects.filter(body__contains=word, pk__in=found)
    return list(rows.values_list("work", "access"))


def of(topic) -> tuple[str, str]:
    topic.refresh_from_db()
    return f"topic:{topic.pk}", access_to(topic.category_id)


def test_a_deleted_post_is_gone_at_once_and_comes_back_when_it_is_restored(topic, author):
    post = topic.posts.get(number=2)
    delete_post(author, post.pk)
    assert works() == []
    catch_up()
    assert works() == []
    restore_post(author, post.pk)
    catch_up()
    assert works() == [of(topic)]


def test_a_hidden_topic_is_gone_at_once_and_comes_back_when_it_is_shown(topic, facilitator):
    hide_topic(facilitator, topic.pk)
    assert works() == []
    catch_up()
    assert works() == []
    show_topic(facilitator, topic.pk)
    catch_up()
    assert works() == [of(topic)]


def test_a_topic_moved_to_a_closed_category_is_for_its_readers_alone_at_once(topic, facilitator, searched_by):
    inner = make_category(Access.MEMBERS)
    move_topic(facilitator, topic.pk, inner.pk)
    # In a server's answers it is left out for everybody until the server was told.
    there = [(f"topic:{topic.pk}", access_to(inner.pk))]
    assert works() == (there if searched_by == "database" else [])
    catch_up()
    assert works() == [of(topic)]


def test_a_closed_topic_comes_after_open_ones_unless_it_is_pinned(topic, facilitator):
    def archived() -> set[bool]:
        catch_up()
        return set(Entry.objects.filter(work=f"topic:{topic.pk}").values_list("archived", flat=True))

    close_topic(facilitator, topic.pk, True, "Said.")
    assert archived() == {True}
    pin_topic(facilitator, topic.pk, True)
    assert archived() == {False}
    pin_topic(facilitator, topic.pk, False)
    assert archived() == {True}


def test_a_merged_topic_is_found_in_the_other_alone(topic, facilitator):
    other = make_topic(make_member(), make_category(Access.MEMBERS), "Animals", "Which?")
    catch_up()
    merge_topic(facilitator, topic.pk, other.pk)
    assert of(topic) not in works()
    catch_up()
    assert works() == [of(other)]
    assert not Entry.objects.filter(work=f"topic:{topic.pk}").exists()


def test_a_split_post_is_found_in_its_new_topic_alone(topic, facilitator):
    inner = make_category(Access.MEMBERS)
    made = split_topic(facilitator, topic.pk, ((2, 2),), "Animals", category_id=inner.pk)
    assert of(topic) not in works()
    catch_up()
    assert works() == [of(made)]
    assert Entry.objects.get(body__contains="quokka").title == "Animals"


@pytest.mark.parametrize(("choice", "found"), [("keep", 1), ("blank", 0)])
def test_of_a_closed_account_nothing_is_found_but_what_stays(topic, author, choice, found):
    progress: dict | None = {}
    while progress is not None:
        progress = step(author, choice, progress)
    assert len(works()) == found
    catch_up()
    assert len(works()) == found
    marks = " ".join(Entry.objects.values_list("marks", flat=True))
    assert f"author={author.pk}" not in marks.split()
