"""Translations as readers see them, and the form in which they are made."""

import pytest
from django.test import Client

from forum.models import Post, PostTranslation
from forum.rules import PostState, Trust
from forum.services import edit_post, translate_post
from forum.services.remembering import remember
from forum.services.translating import Offered
from tests.forum.talking import make_category, make_member, make_reply, make_topic, of

pytestmark = pytest.mark.django_db
SPANISH, ENGLISH = "Primero hubo dinero propio.", "First there was money of our own."


@pytest.fixture
def post(site) -> Post:
    author = make_member(display_name="Ana")
    topic = make_topic(author, title="Topic", source=SPANISH, language="es")
    return topic.posts.get()


@pytest.fixture
def translated(post) -> PostTranslation:
    return translate_post(make_member(display_name="Tom"), post.pk, Offered(ENGLISH, "en", 1)).translation


def page(post: Post, client: Client, code: str = "en") -> str:
    return client.get(f"/{code}/forum/t/{post.topic_id}-topic/").text


def comes_first(text: str) -> str:
    places = {words: text.find(f"<p>{words}</p>") for words in (SPANISH, ENGLISH)}
    return min((words for words, at in places.items() if at >= 0), key=places.__getitem__)


def test_who_does_not_read_the_original_sees_the_translation(post, translated):
    text = page(post, Client())
    assert comes_first(text) == ENGLISH
    assert "Translated from español" in text
    assert "Tom" in text
    assert SPANISH in text  # one click away
    assert comes_first(page(post, Client(), "es")) == SPANISH
    assert ENGLISH in page(post, Client(), "es")


def test_who_is_logged_in_says_which_languages_they_read(post, translated):
    reads_spanish = make_member(languages_read=["es", "fr"])
    assert comes_first(page(post, of(reads_spanish))) == SPANISH
    reads_english = make_member(languages_read=["en"])
    assert comes_first(page(post, of(reads_english), "es")) == ENGLISH
    says_nothing = make_member()
    assert comes_first(page(post, of(says_nothing))) == ENGLISH


def test_a_translation_that_is_behind_says_so(post, translated):
    assert "the original has changed since" not in page(post, Client())
    edit_post(post.author, post.pk, SPANISH + " Poco.", "es", seen=1)
    assert "the original has changed since" in page(post, Client())


def test_one_that_waits_is_its_translators_alone(post):
    new = make_member(Trust.NEW)
    translate_post(new, post.pk, Offered(ENGLISH, "en", 1))
    assert ENGLISH not in page(post, Client())
    assert ENGLISH not in page(post, of(make_member()))
    assert ENGLISH in page(post, of(new))
    assert "waits" in page(post, of(new))


def form(post: Post, code="en") -> str:
    return f"/en/forum/p/{post.pk}/translate/{code}/"


def fields(text=ENGLISH, version=1, based_on=0) -> dict:
    return {"text": text, "post_version": version, "based_on": based_on}


def test_a_member_translates_and_another_improves(post):
    client = of(make_member())
    assert SPANISH in client.get(form(post)).text
    assert client.post(form(post), fields()).url == f"/forum/p/{post.pk}/"
    better = of(make_member())
    assert ENGLISH in better.get(form(post)).context["composer"].form["text"].value()
    better.post(form(post), fields("First, own money.", based_on=1))
    assert PostTranslation.objects.get().source == "First, own money."
    shown = better.get(form(post)).text
    assert "Earlier translations" in shown
    assert ENGLISH in shown


def test_who_improves_an_older_text_sees_both(post, translated):
    answer = of(make_member()).post(form(post), fields("Mine."))
    assert answer.status_code == 409
    assert ENGLISH in answer.text
    assert "Mine." in answer.text
    assert answer.context["composer"].form["based_on"].value() == "1"


def test_what_changed_in_the_original_is_shown(post, translated):
    edit_post(post.author, post.pk, SPANISH.replace("dinero", "trabajo"), "es", seen=1)
    shown = of(make_member()).get(form(post)).text
    assert "<del>" in shown
    assert "trabajo" in shown.partition("<ins>")[2]


def test_the_memory_offers_what_was_said_before(post, translated):
    remember(translated.pk)
    again = make_reply(post.author, post.topic, f"{SPANISH} Y después la mesa.", language="es")
    same = make_topic(post.author, make_category(), source=SPANISH, language="es").posts.get()
    assert ENGLISH in of(make_member()).get(form(same)).text
    assert of(make_member()).get(form(again)).status_code == 200


def test_the_checks_say_what_to_look_at(post):
    numbers = make_reply(post.author, post.topic, "Eran 27 familias.", language="es")
    answer = of(make_member()).post(form(numbers), {**fields("There were 72 families."), "do": "preview"})
    assert "Worth a look" in answer.text
    assert "27" in answer.text
    assert not PostTranslation.objects.exists()


def test_into_which_languages(post):
    client = of(make_member())
    choice = client.get(f"/en/forum/p/{post.pk}/translate/").text
    assert "français" in choice
    assert f"/p/{post.pk}/translate/es/" not in choice
    for wrong in ("es", "de", "xx", "x" * 40):
        assert client.get(form(post, wrong)).status_code == 404
    assert "/accounts/login/" in Client().get(form(post)).url


def test_its_translator_and_who_moderates_take_it_away(post, translated):
    assert of(make_member()).post(form(post), {"do": "delete"}).status_code == 403
    assert PostTranslation.objects.get().state == PostState.PUBLISHED
    of(translated.translator).post(form(post), {"do": "delete"})
    assert PostTranslation.objects.get().state == PostState.DELETED
    assert ENGLISH not in page(post, Client())


def test_an_empty_translation_is_none(post):
    answer = of(make_member()).post(form(post), fields(" "))
    assert answer.status_code == 422
    assert not PostTranslation.objects.exists()
