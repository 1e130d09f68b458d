"""Translations of posts: by whom, held or not, improved, behind, and what the site's memory learns of them."""

import pytest

from cms.translations.models import MemoryEntry
from forum.errors import Refused
from forum.models import EarlierTranslation, Post, PostTranslation, ReviewItem
from forum.passages import paired, passages
from forum.rendering import render
from forum.rules import Access, PostState, Trust
from forum.services import edit_post, publish_translation, translate_post
from forum.services.remembering import remember
from forum.services.translating import Offered, TranslationChanged, refuse_translation
from tests.forum.talking import make_category, make_member, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(site) -> Post:
    author = make_member()
    topic = make_topic(author, make_category(), source="We **began** with five.\n\n- One\n- Two")
    return topic.posts.get()


def offered(source="Nous avons **commencé** à cinq.\n\n- Un\n- Deux", language="fr", **fields) -> Offered:
    return Offered(source, language, **{"post_version": 1, **fields})


def test_any_member_translates_and_another_improves(post):
    first, second = make_member(), make_member()
    made = translate_post(first, post.pk, offered())
    assert not made.held
    assert "<strong>commencé</strong>" in made.translation.html
    better = translate_post(second, post.pk, offered("Nous étions cinq.", based_on=1)).translation
    assert (better.pk, better.version, better.translator) == (made.translation.pk, 2, second)
    earlier = EarlierTranslation.objects.get()
    assert (earlier.version, earlier.translator) == (1, first)
    assert earlier.source.startswith("Nous avons")


def test_who_improves_an_older_text_is_told(post):
    translate_post(make_member(), post.pk, offered())
    with pytest.raises(TranslationChanged) as told:
        translate_post(make_member(), post.pk, offered("Autre chose."))
    assert told.value.translation.version == 1


def test_a_new_members_translation_waits_and_what_is_published_stays(post):
    translate_post(make_member(), post.pk, offered("Première."))
    new = make_member(Trust.NEW)
    waiting = translate_post(new, post.pk, offered("Deuxième.", based_on=1))
    assert waiting.held
    assert PostTranslation.objects.get(state=PostState.PUBLISHED).source == "Première."
    item = ReviewItem.objects.get()
    assert (item.translation, item.post, item.member, item.language) == (waiting.translation, None, new, "fr")
    published = publish_translation(waiting.translation.pk)
    assert PostTranslation.objects.get() == published
    assert (published.source, published.version, published.translator) == ("Deuxième.", 2, new)
    item.refresh_from_db()
    assert item.translation == published


def test_a_refused_one_can_be_offered_again(post):
    new = make_member(Trust.NEW)
    row = translate_post(new, post.pk, offered()).translation
    refuse_translation(row.pk)
    again = translate_post(new, post.pk, offered("Mieux.")).translation
    assert (again.pk, again.state, again.source) == (row.pk, PostState.HELD, "Mieux.")


def test_a_translation_is_behind_once_the_post_has_changed(post):
    row = translate_post(make_member(), post.pk, offered()).translation
    edit_post(post.author, post.pk, "Something else.", "en", seen=1)
    post.refresh_from_db()
    assert post.version > row.post_version
    # Made from a text that no longer stands: behind from the start.
    assert (
        translate_post(make_member(), post.pk, offered("Otro texto.", "es")).translation.post_version
        < post.version
    )


def test_what_cannot_be_read_cannot_be_translated(post):
    facilitator = make_member(role="Facilitators")
    closed = make_category(Access.GROUP, group=facilitator.groups.get())
    secret = make_topic(facilitator, closed).posts.get()
    with pytest.raises(Post.DoesNotExist):
        translate_post(make_member(), secret.pk, offered())
    with pytest.raises(Refused):
        translate_post(make_member(), post.pk, offered(language="en"))


def test_passages_are_paired_where_both_texts_are_built_alike():
    english = render("A *b* [c](https://example.org)\n\n> quoted\n\n1. one\n2. two").html
    assert [(each.kind, each.html) for each in passages(english)] == [
        ("p", "A <em>b</em> c"),
        ("p", "quoted"),
        ("li", "one"),
        ("li", "two"),
    ]
    french = render("A *b* c\n\n> cité\n\n1. un\n2. deux").html
    assert paired(english, french)[1:] == [("quoted", "cité"), ("one", "un"), ("two", "deux")]
    assert paired(english, render("Tout en un.").html) == []


def test_the_memory_learns_of_public_posts_only(post):
    row = translate_post(make_member(), post.pk, offered()).translation
    assert remember(row.pk) == 3
    assert MemoryEntry.objects.filter(source="One", target="Un", target_language="fr").count() == 1
    members = make_category(Access.MEMBERS)
    inner = make_topic(make_member(), members).posts.get()
    row = translate_post(make_member(), inner.pk, offered("Du texte.")).translation
    assert remember(row.pk) == 0
