"""What is published is found, what is withdrawn is gone at once, whatever road it takes."""

import pytest
from wagtail.models import Page

from cms.reference.models import GlossaryTerm
from forum.models import Post, PostTranslation, Topic
from forum.rules import PostState, TopicState
from forum.services.translating import Offered, translate_post
from search.models import Entry, Waiting
from search.queries.glossary import glossary
from tests.factories.documents import make_document
from tests.factories.entries import make_term
from tests.forum.talking import make_category, make_member, make_reply, make_topic
from tests.search.searching import catch_up, findable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("searched_by")]


def refs() -> set[str]:
    """What can be found; a key that no entry has is there as it is."""
    names = dict(Entry.objects.values_list("pk", "ref"))
    return {names.get(key, str(key)) for key in findable()}


@pytest.fixture
def document(site):
    page = make_document(title="Solidarity finance")
    catch_up()
    return page


def test_a_published_page_is_taken_in_and_nothing_waits_then(document):
    assert refs() == {f"page:{document.pk}"}
    assert not Waiting.objects.exists()


def test_a_page_is_gone_with_the_statement_that_withdraws_it(document):
    Page.objects.filter(pk=document.pk).update(live=False)
    assert refs() == set()


def test_a_page_is_gone_when_it_is_deleted_with_those_above_it(document):
    document.get_parent().specific.delete()
    assert refs() == set()


def test_a_restriction_hides_what_is_under_it_until_it_is_lifted(document, site):
    restriction = site["en"].view_restrictions.create(restriction_type="login")
    assert refs() == set()
    catch_up()
    assert refs() == set()
    restriction.delete()
    catch_up()
    assert refs() == {f"page:{document.pk}"}


def test_a_page_moved_under_a_restriction_is_gone(document, site):
    site["fr"].view_restrictions.create(restriction_type="login")
    document.move(site["fr"], pos="last-child")
    assert refs() == set()
    catch_up()
    assert refs() == set()


def test_a_draft_is_no_entry(site):
    make_document(publish=False)
    catch_up()
    assert refs() == set()


def test_a_term_comes_and_goes(site):
    term = make_term("Solidarity economy")
    catch_up()
    assert refs() == {f"term:{term.pk}"}
    term.unpublish()
    assert refs() == set()


@pytest.fixture
def topic(site):
    topic = make_topic(make_member(), make_category(), title="Savings", source="What of savings?")
    make_reply(make_member(), topic, source="They stay here.")
    catch_up()
    return topic


def posts_found() -> int:
    found = findable()
    assert found <= set(Entry.objects.values_list("pk", flat=True))
    return Entry.objects.filter(section="forum", pk__in=found).count()


def test_posts_are_found_once_they_are_posted(topic):
    assert posts_found() == 2


@pytest.mark.parametrize("state", [PostState.HELD, PostState.DELETED])
def test_a_post_is_gone_with_the_statement_that_withdraws_it(topic, state):
    Post.objects.filter(topic=topic, number=2).update(state=state)
    assert posts_found() == 1
    Post.objects.filter(topic=topic, number=2).update(state=PostState.PUBLISHED)
    catch_up()
    assert posts_found() == 2


def test_a_hidden_topic_takes_its_posts_along_and_brings_them_back(topic):
    Topic.objects.filter(pk=topic.pk).update(state=TopicState.HIDDEN)
    assert posts_found() == 0
    catch_up()
    assert posts_found() == 0
    Topic.objects.filter(pk=topic.pk).update(state=TopicState.OPEN)
    catch_up()
    assert posts_found() == 2


def test_a_topic_moved_to_another_category_is_read_by_its_readers_at_once(topic):
    closed = make_category("members")
    Topic.objects.filter(pk=topic.pk).update(category=closed)
    assert set(Entry.objects.values_list("access", flat=True)) == {f"forum.{closed.pk}"}


def test_a_post_moved_to_another_topic_is_gone_until_it_is_taken_in_there(topic):
    other = make_topic(make_member(), make_category("members"))
    catch_up()
    Post.objects.filter(topic=topic, number=2).update(topic=other, number=2)
    assert not Entry.objects.filter(work=f"topic:{topic.pk}", kind="post").exists()
    catch_up()
    assert Entry.objects.get(kind="post").access == f"forum.{other.category_id}"


@pytest.fixture
def edited(topic):
    """A post of it, and a translation."""
    post = Post.objects.get(topic=topic, number=2)
    row = translate_post(make_member(), post.pk, Offered("Elles restent ici.", "fr", 1)).translation
    catch_up()
    assert posts_found() == 3
    return row


def test_what_a_post_said_before_it_was_edited_is_gone_with_the_statement_that_edits_it(topic, edited):
    Post.objects.filter(pk=edited.post_id).update(html="<p>Else.</p>")
    assert not Entry.objects.filter(body__contains="They stay here").exists()
    PostTranslation.objects.filter(pk=edited.pk).update(html="<p>Autre.</p>")
    assert not Entry.objects.filter(body__contains="Elles restent ici").exists()
    catch_up()
    assert posts_found() == 3


def test_what_a_topic_was_called_is_gone_with_the_statement_that_renames_it(topic):
    Topic.objects.filter(pk=topic.pk).update(title="Else")
    assert not Entry.objects.filter(title="Savings").exists()
    catch_up()
    assert Entry.objects.filter(title="Else").exists()


def test_a_term_that_is_hidden_is_no_other_name_any_more(site):
    term = make_term("Solidarity economy")
    make_term("economie solidaire", lang="fr", translation_of=term)
    assert glossary().terms
    GlossaryTerm.objects.filter(translation_key=term.translation_key).update(live=False)
    assert not glossary().terms
