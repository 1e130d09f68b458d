"""What is published is found, what is withdrawn is gone at once, whatever road it takes."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction
from wagtail.models import Page

from cms.core.page_cache.stamp import bump_stamp
from cms.reference.models import GlossaryTerm
from forum.models import Post, PostTranslation, Topic
from forum.rules import PostState, TopicState
from forum.services.translating import Offered, translate_post
from search.models import Entry, Waiting
from search.queries.glossary import glossary
from search.services.checking import check_left
from search.services.comparing import Compared
from search.sources.pages import PageSource
from tests.factories.documents import make_document
from tests.factories.entries import make_term, make_theme
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


def test_pages_put_in_another_order_keep_their_entries_and_nothing_waits(document, site):
    """The paths of all that follow change, and of all that is under them."""
    restricted = make_document(title="Kept")
    restricted.view_restrictions.create(restriction_type="login")
    others = [make_document(title=f"Other {number}") for number in range(3)]
    catch_up()
    there = refs()
    assert len(there) == 4
    Page.objects.get(pk=others[-1].pk).move(Page.objects.get(pk=document.pk), pos="left")
    assert refs() == there
    waiting = set(Waiting.objects.filter(source="page").values_list("object", flat=True))
    assert not waiting & {document.pk, others[0].pk, others[1].pk}
    catch_up()
    assert refs() == there


def test_what_is_under_a_page_that_is_moved_under_a_restriction_is_gone_until_it_is_moved_back(
    document, site
):
    parent = document.get_parent()
    home = Page.objects.get(pk=site["en"].pk)
    closed = make_document(title="Kept")
    closed.view_restrictions.create(restriction_type="login")
    catch_up()
    with transaction.atomic():
        Page.objects.get(pk=document.pk).move(Page.objects.get(pk=closed.pk), pos="last-child")
        assert refs() == set()
    catch_up()
    assert refs() == set()
    Page.objects.get(pk=closed.pk).move(home, pos="first-child")
    catch_up()
    assert refs() == set()
    Page.objects.get(pk=document.pk).move(Page.objects.get(pk=parent.pk), pos="last-child")
    catch_up()
    assert refs() == {f"page:{document.pk}"}


def test_a_job_is_told_when_a_page_is_moved_or_restricted(document, site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        document.move(site["fr"], pos="last-child")
    assert not Waiting.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        restriction = site["fr"].view_restrictions.create(restriction_type="login")
    assert not Waiting.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert refs() == {f"page:{document.pk}"}


def test_a_page_in_a_language_that_is_closed_keeps_its_entry_and_is_found_when_it_opens(client, site):
    """Its home is taken down, and something is made anew meanwhile."""
    theme = make_theme("Banques", lang="fr")
    page = make_document(title="La finance solidaire", lang="fr", themes=[theme])
    catch_up()
    home = Page.objects.get(pk=site["fr"].pk)
    home.specific.unpublish()
    theme.save_revision().publish()
    later = make_document(title="La finance locale", lang="fr")
    catch_up()
    bump_stamp()
    assert "La finance" not in client.get("/en/search/?q=finance&section=library").content.decode()
    home.specific.save_revision().publish()
    catch_up()
    bump_stamp()
    found = client.get("/en/search/?q=finance&section=library").content.decode()
    for each in (page, later):
        assert f"/{each.slug}/" in found


def test_pages_that_were_left_out_while_their_language_was_closed_are_looked_at_once_more(document):
    other = make_document(title="Left out")
    Waiting.objects.all().delete()
    migration = import_module("search.migrations.0004_pages_without_entries")
    migration.look_at(apps, None)
    assert Waiting.objects.filter(source="page", object=other.pk).exists()
    assert not Waiting.objects.filter(object=document.pk).exists()


def test_a_restriction_that_other_processes_have_not_heard_of_is_seen(document, site, monkeypatch):
    """Its transaction is committed, what is kept until a change is not forgotten yet."""
    monkeypatch.setattr("cms.core.visibility.restrictions", lambda: ())
    document.view_restrictions.create(restriction_type="login")
    catch_up()
    assert refs() == set()


def test_what_is_repaired_is_looked_at_once_more(document, monkeypatch):
    """It was a draft when it was compared, and is published before its entry is taken away."""
    entry, answers = Entry.objects.get(), [[]]
    real = PageSource.made
    monkeypatch.setattr(PageSource, "made", lambda self, pks: answers.pop() if answers else real(self, pks))
    check_left({entry.pk: entry.ref}, Compared(), repair=True)
    assert refs() == {entry.ref}


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
