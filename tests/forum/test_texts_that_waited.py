"""What a post said while it waited is between its author and the facilitators, also once another text is published."""

from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from forum.deciding import Decision
from forum.models import PostVersion
from forum.services import edit_post
from forum.services.translating import Offered, translate_post
from tests.forum.moderating import decided, held_post, item_of, make_co_facilitator, make_facilitator
from tests.forum.talking import make_category, make_member, make_reply, make_topic

pytestmark = pytest.mark.django_db
NEVER_PUBLIC = "zebra"


@pytest.fixture
def category(site):
    return make_category()


@pytest.fixture
def changed(category):
    """A post whose first text nobody but its author and the facilitators ever saw."""
    post = held_post(category, f"About the {NEVER_PUBLIC}.")
    return decided(make_facilitator(), item_of(post), Decision.EDIT, source="Kindly said.", language="en")


def history(post, user=None) -> str:
    client = Client()
    if user is not None:
        client.force_login(user)
    answer = client.get(f"/en/forum/p/{post.pk}/history/")
    assert answer.status_code == 200
    return answer.text


def test_a_text_that_a_facilitator_changed_before_it_was_published(changed):
    for reader in (None, make_member(), make_co_facilitator(make_category())):
        assert "Kindly said." in history(changed, reader)
        assert NEVER_PUBLIC not in history(changed, reader)


def test_who_wrote_it_and_who_moderates_there_see_it(changed, category):
    for reader in (changed.author, make_facilitator(), make_co_facilitator(category)):
        assert NEVER_PUBLIC in history(changed, reader)


def test_a_text_that_its_author_changed_while_it_waited(category):
    post = held_post(category, f"About the {NEVER_PUBLIC}.")
    edit_post(post.author, post.pk, "Second thoughts.", "en", seen=1)
    decided(make_facilitator(), item_of(post))
    edit_post(make_facilitator(), post.pk, "Third thoughts.", "en", seen=2)
    told = history(post)
    assert "Second thoughts." in told
    assert "Third thoughts." in told
    assert NEVER_PUBLIC not in told


def test_a_published_post_that_had_to_wait_again(category):
    post = make_reply(make_member(), make_topic(make_member(), category), "A first text.")
    links = " ".join(f"https://example.org/{number}" for number in range(20))
    edit_post(post.author, post.pk, f"{NEVER_PUBLIC} {links}", "en", seen=1)
    edit_post(post.author, post.pk, "Without them.", "en", seen=2)
    decided(make_facilitator(), item_of(post))
    told = history(post)
    assert "A first text." in told
    assert "Without them." in told
    assert NEVER_PUBLIC not in told


def test_a_translation_said_to_be_of_it_shows_nothing_of_it(changed):
    translator = make_member()
    translate_post(translator, changed.pk, Offered("Une autre.", "fr", post_version=1))
    client = Client()
    client.force_login(translator)
    assert NEVER_PUBLIC not in client.get(f"/en/forum/p/{changed.pk}/translate/fr/").text


def test_texts_from_before_this_was_noted(changed, category):
    public = make_reply(make_member(), make_topic(make_member(), category), "A first text.")
    edit_post(public.author, public.pk, "A second text.", "en", seen=1)
    waiting = held_post(category, "A first text.")
    edit_post(waiting.author, waiting.pk, "A second text.", "en", seen=1)
    PostVersion.objects.update(waited=False)
    import_module("forum.migrations.0002_texts_that_waited").note_what_waited(apps, None)
    found = dict(PostVersion.objects.values_list("post_id", "waited"))
    assert found == {changed.pk: True, public.pk: False, waiting.pk: True}
