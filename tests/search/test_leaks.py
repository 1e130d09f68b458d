"""Nobody learns of what they may not see: not from results, counts, facets, excerpts, suggestions or corrections."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page

from cms.core.page_cache.stamp import bump_stamp
from forum.models import Post, Topic
from forum.rules import Access, PostState, TopicState
from home.models import HomePage
from search.models import Entry
from tests.factories.documents import make_document, make_user
from tests.factories.entries import make_person, make_term, make_theme
from tests.forum.talking import make_category, make_member, make_reply, make_topic
from tests.search.searching import catch_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("searched_by")]
SECRET = "quokka"  # a word that nothing public holds
ASKED = (
    "/en/search/?q=quokka",
    "/en/search/?q=quokkas&section=library",
    "/en/search/?q=quokka&section=forum",
    "/en/search/?q=quokka&section=glossary",
    "/en/search/?q=quokka&section=people",
    '/en/search/?q="the+quokka"',
    "/en/search/?q=quoka",  # what may be meant
    "/en/search/?q=animals+quokka",
    "/en/search/suggestions/?q=quo",
)


def told(client, *addresses: str) -> list[str]:
    """Addresses whose answers hold the word where it was not typed, or any result."""
    leaks = []
    for address in addresses or ASKED:
        body = client.get(address).content.decode()
        typed = "quoka" not in address and "suggestions" not in address
        found_some = 'class="sections"' in body and "animals" not in address
        named = not typed and "quokka" in body.split("<main", 1)[-1]
        if found_some or named:
            leaks.append(address)
    return leaks


@pytest.fixture
def seen(site, client):
    """Checks that the secret is found first, then hidden, and that nobody is told of it then; not even before the
    jobs have run.
    """
    make_document(title="Animals of the island")
    catch_up()

    def check(hide, visitor=None, *addresses):
        catch_up()
        bump_stamp()
        assert told(client), "it is found while it is public"
        hide()
        bump_stamp()
        who = visitor or client
        assert told(who, *addresses) == []
        catch_up()
        bump_stamp()
        assert told(who, *addresses) == []

    return check


def test_a_page_that_is_taken_down(seen):
    page = make_document(title="The quokka", summary="The quokka of the island.")
    seen(page.unpublish)


def test_a_page_under_a_restriction(seen, site):
    page = make_document(title="The quokka")
    seen(lambda: page.view_restrictions.create(restriction_type="login"))


def test_a_page_above_which_a_restriction_is_made(seen, site):
    make_document(title="The quokka")
    seen(lambda: site["en"].view_restrictions.create(restriction_type="login"))


def test_words_of_a_draft_and_of_an_earlier_version(seen):
    page = make_document(title="The quokka", summary="About a quokka.")

    def rewrite():
        page.title, page.summary = "Another", "About another."
        page.save_revision().publish()
        page.title = "The quokka again"
        page.save_revision()
        # What was published is taken in by the job: until then the page is found as it was.
        catch_up()

    seen(rewrite)


def test_a_page_that_is_over(seen, site):
    """Nothing has taken it down yet, and no job has looked at it."""
    page = make_document(title="The quokka")
    past = timezone.now() - timedelta(minutes=1)

    seen(lambda: Page.objects.filter(pk=page.pk).update(expire_at=past))


def test_a_term_and_a_person_that_are_over(seen):
    kept = [make_term("quokka"), make_person("Quokka")]
    past = timezone.now() - timedelta(minutes=1)

    def end():
        for each in kept:
            type(each).objects.filter(pk=each.pk).update(expire_at=past)

    seen(end)


def test_what_a_page_said_is_in_no_excerpt_once_it_is_rewritten(client, site):
    """It is found by its old words until the job has run; nothing is shown of them."""
    page = make_document(title="Islands", summary="About a quokka.")
    catch_up()
    bump_stamp()
    assert "About a <mark>quokka</mark>" in client.get("/en/search/?q=quokka").content.decode()
    page.summary = "About another."
    page.save_revision().publish()
    bump_stamp()
    body = client.get("/en/search/?q=quokka").content.decode()
    assert "About a" not in body
    assert "<mark>quokka</mark>" not in body
    catch_up()
    assert "Islands" not in client.get("/en/search/?q=quokka").content.decode()
    assert "About <mark>another</mark>." in client.get("/en/search/?q=another").content.decode()


def test_a_page_that_was_renamed_is_suggested_by_its_present_name(client, site):
    page = make_document(title="The quokka")
    catch_up()
    page.title = "Another"
    page.save_revision().publish()
    assert "quokka" not in client.get("/en/search/suggestions/?q=quo").content.decode()


def test_a_language_that_is_closed(seen, site):
    make_document(title="Le quokka", lang="fr", summary="Un quokka.")
    make_term("quokka", lang="fr")
    make_person("Quokka Dupont", lang="fr")
    seen(lambda: HomePage.objects.get(pk=site["fr"].pk).unpublish())


def test_terms_and_people_that_are_taken_down(seen):
    term, person = make_term("quokka"), make_person("Quokka Smith", mandate="Of the quokkas.")

    def hide():
        term.unpublish()
        person.unpublish()

    seen(hide)


def test_a_post_that_is_held_deleted_or_refused(seen, site):
    topic = make_topic(make_member(), make_category(), "Animals", "Which of them?")
    post = make_reply(make_member(), topic, "The quokka, I think.")
    for state in (PostState.HELD, PostState.DELETED, PostState.REJECTED):
        Post.objects.filter(pk=post.pk).update(state=PostState.PUBLISHED)
        seen(lambda state=state: Post.objects.filter(pk=post.pk).update(state=state))


def test_a_topic_that_is_hidden_held_or_merged(seen, site):
    topic = make_topic(make_member(), make_category(), "The quokka", "The quokka lives there.")
    for state in (TopicState.HIDDEN, TopicState.HELD, TopicState.REJECTED):
        Topic.objects.filter(pk=topic.pk).update(state=TopicState.OPEN)
        seen(lambda state=state: Topic.objects.filter(pk=topic.pk).update(state=state))


def test_an_earlier_text_of_a_post(seen, site):
    post = make_reply(make_member(), make_topic(make_member(), make_category()), "The quokka.")
    seen(lambda: (Post.objects.filter(pk=post.pk).update(html="<p>Else.</p>"), catch_up()))


def test_a_category_that_becomes_members_only(seen, site):
    category = make_category()
    make_topic(make_member(), category, "The quokka", "The quokka lives there.")

    def close():
        category.access = Access.MEMBERS
        category.save()

    seen(close)


@pytest.fixture
def closed_group(site):
    group = Group.objects.create(name="Keepers")
    category = make_category(Access.GROUP, group=group)
    keeper = make_member()
    keeper.groups.add(group)
    make_topic(keeper, category, "The quokka", "The quokka lives there.")
    catch_up()
    bump_stamp()
    return keeper


def test_a_closed_group_is_searched_by_its_members_and_nobody_else(client, closed_group):
    assert told(client) == []
    client.force_login(make_member())
    assert told(client) == []
    client.force_login(closed_group)
    assert "/en/search/?q=quokka&section=forum" in told(client)
    # What everybody is suggested, and corrected with, knows nothing of it all the same.
    assert "quokka" not in client.get("/en/search/suggestions/?q=quo").content.decode()


def test_the_keys_of_filters_tell_nothing(client, site):
    make_theme("Quokka", slug="quokka", publish=False)
    make_document(title="Animals")
    catch_up()
    bump_stamp()
    body = client.get("/en/search/?q=animals&section=library&theme=quokka").content.decode()
    assert "is not known and was left out" in body


def test_facets_and_totals_count_what_the_reader_may_see(client, closed_group, site):
    make_topic(make_member(), make_category(), "Animals", "Not the quokka, another.")
    catch_up()
    bump_stamp()

    def counted(user=None):
        if user:
            client.force_login(user)
        body = client.get("/en/search/?q=quokka&section=forum").content.decode()
        return body.count('class="card"'), "Forum: 1 result" in body, "Forum: 2 results" in body

    assert counted() == (1, True, False)
    assert counted(make_user()) == (1, True, False)
    assert counted(closed_group) == (2, False, True)


def test_a_lagging_index_shows_nothing_of_what_is_gone(client, site):
    """The objects are asked again, whatever an index says."""
    page = make_document(title="The quokka")
    topic = make_topic(make_member(), make_category(), "The quokka", "The quokka lives there.")
    catch_up()
    kept = list(Entry.objects.all())
    page.unpublish()
    Topic.objects.filter(pk=topic.pk).update(state=TopicState.HIDDEN)
    from search.backends.front import database

    Entry.objects.all().delete()
    database().add_bulk(Entry, Entry.objects.bulk_create(kept))
    bump_stamp()
    for section in ("library", "forum"):
        body = client.get(f"/en/search/?q=quokka&section={section}").content.decode()
        assert "card" not in body.split("<main")[1].split("</main>")[0]


def test_filters_name_no_closed_category_and_no_member_who_was_not_found(client, closed_group, site):
    make_topic(make_member(), make_category(), "Animals", "Some of them.")
    catch_up()
    bump_stamp()
    category = Topic.objects.get(title="The quokka").category
    category.texts.update(name="Room of the keepers")
    bump_stamp()
    for more in (f"category={category.slug}", f"author={closed_group.pk}"):
        body = client.get(f"/en/search/?q=animals&section=forum&{more}").content.decode()
        assert "Room of the keepers" not in body
        assert closed_group.shown_name not in body
