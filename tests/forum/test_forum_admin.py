"""What administrators set up: categories, co-facilitators, words to hold."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from forum.models import Category, CoFacilitator, Topic, WatchedWord
from forum.rules import Access, TopicState, Trust
from forum.services import open_topic
from forum.services.curating import move_topic
from forum.services.merging_topics import merge_topic
from tests.factories.documents import make_user
from tests.forum.moderating import decided, item_of, make_facilitator
from tests.forum.talking import make_category, make_member, make_topic, message

pytestmark = pytest.mark.django_db
NAMES = Category.snippet_viewset.get_url_name


@pytest.fixture
def admin(site):
    client = Client()
    client.force_login(make_user("Administrators"))
    return client


def filled(texts=(), people=(), **fields) -> dict:
    data = {
        "slug": "local-finance", "position": "1", "access": "public", "group": "", "opening": "members",
        "holding": "new", "edit_minutes": "60", "texts": inline_formset(list(texts)),
        "co_facilitators": inline_formset(list(people)), **fields,
    }  # fmt: skip
    return nested_form_data(data)


ENGLISH = {"language": "en", "name": "Local finance", "description": "Money near home."}
FRENCH = {"language": "fr", "name": "Finance locale", "description": ""}


def test_a_category_is_made_with_names_and_people(admin):
    one, two = make_member(), make_member()
    people = [{"user": one.username, "language": "fr"}, {"user": two.email.upper(), "language": ""}]
    answer = admin.post(reverse(NAMES("add")), filled([ENGLISH, FRENCH], people))
    assert answer.status_code == 302, answer.context["form"].errors
    made = Category.objects.get()
    assert (made.words("en").name, made.words("fr").name) == ("Local finance", "Finance locale")
    assert set(made.co_facilitators.values_list("user", "language")) == {(one.pk, "fr"), (two.pk, "")}
    page = admin.get(reverse(NAMES("edit"), args=[made.pk]))
    assert one.username in page.text
    assert "Local finance" in admin.get(reverse(NAMES("list"))).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"slug": "review"}, "an address of the forum itself"),
        ({"slug": "Élan"}, "slug"),
        ({"access": "group"}, "Name the group"),
        ({"texts": ()}, "at least 1"),
        ({"texts": (ENGLISH, ENGLISH)}, "duplicate"),
        ({"people": ({"user": "nobody-here", "language": ""},)}, "no account of that name"),
    ],
)
def test_what_cannot_be_is_said(admin, data, said):
    texts = data.pop("texts", (ENGLISH,))
    answer = admin.post(reverse(NAMES("add")), filled(texts, data.pop("people", ()), **data))
    assert answer.status_code == 200
    assert said in answer.text
    assert not Category.objects.exists()


def test_a_category_with_topics_is_not_deleted_and_says_why(admin):
    category = make_category()
    make_topic(make_member(), category, "Savings groups")
    address = reverse(NAMES("delete"), args=[category.pk])
    for ask in (admin.get, admin.post):
        answer = ask(address, follow=True)
        assert "Savings groups" in answer.text
        assert "cannot be deleted" in answer.text
    assert Category.objects.filter(pk=category.pk).exists()


def test_once_its_topics_are_elsewhere_it_is(admin):
    facilitator, category, elsewhere = make_facilitator(), make_category(), make_category()
    merged, target = make_topic(make_member(), category), make_topic(make_member(), elsewhere)
    refused = open_topic(make_member(Trust.NEW), category.pk, "Buy", message()).post
    decided(facilitator, item_of(refused), "refuse")
    merge_topic(facilitator, merged.pk, target.pk)
    address = reverse(NAMES("delete"), args=[category.pk])
    assert "“Buy”" in admin.post(address, follow=True).text
    move_topic(facilitator, refused.topic_id, elsewhere.pk)
    assert Topic.objects.get(pk=refused.topic_id).state == TopicState.REJECTED
    admin.post(address)
    assert not Category.objects.filter(pk=category.pk).exists()
    assert Client().get(f"/en/forum/t/{merged.pk}/").url.startswith(f"/en/forum/t/{target.pk}-")
    elsewhere.refresh_from_db()
    assert (elsewhere.topics_count, elsewhere.posts_count) == (1, 2)


def test_shut_to_some_its_titles_are_gone_from_the_texts_of_others(admin):
    category, other = make_category(slug="local-finance"), make_category()
    post = make_topic(make_member(), category, "Savings groups").posts.get()
    link = f"See http://testserver/forum/p/{post.pk}/ please."
    pointing = make_topic(make_member(), other, source=link).posts.get()
    assert "Savings groups" in pointing.html
    group = Group.objects.get(name="Facilitators")
    texts = inline_formset([{"id": category.texts.get().pk, **ENGLISH}], initial=1)
    answer = admin.post(
        reverse(NAMES("edit"), args=[category.pk]),
        nested_form_data({**_plain(), "access": Access.GROUP, "group": group.pk, "texts": texts}),
    )
    assert answer.status_code == 302
    pointing.refresh_from_db()
    assert "Savings groups" not in pointing.html


def _plain() -> dict:
    return {
        "slug": "local-finance", "position": "1", "opening": "members", "holding": "new", "edit_minutes": "",
        "co_facilitators": inline_formset([]),
    }  # fmt: skip


def test_words_to_hold(admin):
    names = WatchedWord.snippet_viewset.get_url_name
    admin.post(reverse(names("add")), {"word": "cheap watches", "note": "Since May"})
    assert WatchedWord.objects.get().note == "Since May"
    assert "cheap watches" in admin.get(reverse(names("list"))).text


@pytest.mark.parametrize("role", [None, "Authors", "Editors", "Facilitators"], ids=str)
def test_nobody_else(site, role):
    category = make_category()
    client = Client()
    client.force_login(make_user(role))
    words = WatchedWord.snippet_viewset.get_url_name
    for address, data in (
        (reverse(NAMES("add")), filled([ENGLISH])),
        (reverse(NAMES("edit"), args=[category.pk]), filled([ENGLISH])),
        (reverse(NAMES("delete"), args=[category.pk]), {}),
        (reverse(words("add")), {"word": "x"}),
    ):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address, data).status_code in (302, 403)
    assert Category.objects.get() == category
    assert category.slug != "local-finance"
    assert not WatchedWord.objects.exists()
    assert not CoFacilitator.objects.exists()
