"""Who finds what: every kind of person over every kind of text, in results, counts, facets, excerpts and suggestions."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from cms.accounts.models import User
from cms.accounts.roles import language_group
from forum.models import Member
from forum.rules import Access, Holding, Trust
from forum.services import delete_post, edit_post, open_topic
from forum.services.curating import close_topic, hide_topic
from home.models import HomePage
from tests.factories.documents import make_document, make_user
from tests.forum.moderating import make_co_facilitator, make_facilitator
from tests.forum.talking import make_category, make_member, make_reply, make_topic, message
from tests.search.searching import catch_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("searched_by")]
# Each word stands in one text, and each text is about a beast.
EVERYBODY = {"aardvark", "hoopoe", "numbat"}
MEMBERS = EVERYBODY | {"ibex"}
KEEPERS = MEMBERS | {"jerboa"}
FINDS = {
    "nobody": EVERYBODY,
    "suspended": EVERYBODY,
    "account closed meanwhile": EVERYBODY,
    "silenced": MEMBERS,
    "new": MEMBERS,
    "member": MEMBERS,
    "author of what waits": MEMBERS,
    "editor": MEMBERS,
    "translator": MEMBERS,
    "co-facilitator elsewhere": MEMBERS,
    "of the group": KEEPERS,
    "co-facilitator there": KEEPERS,
    "facilitator": KEEPERS,
    "administrator": KEEPERS,
}
HIDDEN = {
    "beluga": "a draft",
    "caracal": "a draft of a public page",
    "dingo": "a page for those who are logged in",
    "egret": "a page for groups",
    "fossa": "a page in a language that is not open",
    "gibbon": "a page that has expired",
    "kakapo": "a held topic",
    "lemur": "a deleted post",
    "marmot": "a hidden topic",
    "potoo": "what a post said before it was edited",
}
CATEGORY_NAMES = {"ibex": "Room of members", "jerboa": "Room of keepers"}


def pages(site) -> None:
    known = {
        word: make_document(title=f"The {word}", summary=f"The {word} is a beast.")
        for word in ("aardvark", "dingo", "egret", "gibbon")
    }
    make_document(title="The beluga", summary="The beluga is a beast.", publish=False)
    known["aardvark"].summary = "The caracal is a beast."
    known["aardvark"].save_revision()
    make_document(title="Le fossa", summary="Le fossa : a beast.", lang="fr")
    HomePage.objects.get(pk=site["fr"].pk).unpublish()
    known["dingo"].view_restrictions.create(restriction_type="login")
    kept = known["egret"].view_restrictions.create(restriction_type="groups")
    kept.groups.set(Group.objects.all())
    catch_up()
    # Nothing has taken it down yet, and no job has looked at it.
    past = timezone.now() - timedelta(minutes=1)
    Page.objects.filter(pk=known["gibbon"].pk).update(expire_at=past)


def talks(group: Group) -> dict[str, object]:
    """Two categories by name, and the author of what waits."""
    author, facilitator = make_member(), make_facilitator()
    public = make_category(name="Room of all", edit_minutes=None)
    inner = make_category(Access.MEMBERS, name=CATEGORY_NAMES["ibex"])
    closed = make_category(Access.GROUP, group=group, name=CATEGORY_NAMES["jerboa"])
    make_topic(author, public, "Of the hoopoe", "The hoopoe is a beast.")
    numbat = make_topic(author, public, "Of the numbat", "The numbat is a beast.")
    close_topic(facilitator, numbat.pk, closed=True)
    make_topic(author, inner, "Of the ibex", "The ibex is a beast.")
    make_topic(facilitator, closed, "Of the jerboa", "The jerboa is a beast.")
    marmot = make_topic(author, public, "Of the marmot", "The marmot is a beast.")
    hide_topic(facilitator, marmot.pk)
    other = make_topic(author, public, "Of others", "What else is there?")
    delete_post(facilitator, make_reply(author, other, "The lemur is a beast.").pk, "Rude")
    edited = make_reply(author, other, "The potoo is a beast.")
    edit_post(author, edited.pk, "Something else.", "en", seen=edited.version)
    waiting = make_category(holding=Holding.EVERYBODY, name="Room of those who wait")
    newcomer = make_member(Trust.NEW)
    open_topic(newcomer, waiting.pk, "Of the kakapo", message("The kakapo is a beast."))
    return {"public": public, "closed": closed, "author": newcomer}


@pytest.fixture(scope="module")
def people_once(site_of_module) -> dict[str, User | None]:
    group = Group.objects.create(name="Keepers")
    rooms = talks(group)
    pages(site_of_module)
    found = {
        "nobody": None,
        "suspended": make_member(),
        "silenced": make_member(),
        "account closed meanwhile": make_member(),
        "new": make_user(),
        "member": make_member(),
        "author of what waits": rooms["author"],
        "editor": make_member(role="Editors"),
        "translator": make_member(role=language_group("Translators", "fr")),
        "co-facilitator elsewhere": make_co_facilitator(rooms["public"]),
        "of the group": make_member(),
        "co-facilitator there": make_co_facilitator(rooms["closed"]),
        "facilitator": make_facilitator(),
        "administrator": make_member(role="Administrators"),
    }
    found["of the group"].groups.add(group)
    until = timezone.now() + timedelta(days=1)
    for name in ("silenced", "suspended"):
        Member.objects.filter(user=found[name]).update(**{f"{name}_until": until})
    catch_up()
    assert set(found) == set(FINDS)
    return found


@pytest.fixture
def people(people_once, db) -> dict[str, User | None]:
    """Who asks, once all texts stand and were taken in."""
    return people_once


def browser(person, *, closed: bool = False) -> Client:
    """Whoever it is, logged in; `closed`: and their account is closed since."""
    client = Client()
    if person is not None:
        client.force_login(person)
    if closed:
        User.objects.filter(pk=person.pk).update(is_active=False)
    return client


def main_of(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def words_in(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) & (KEEPERS | HIDDEN.keys())


def counts(found: BeautifulSoup, selector: str) -> list[int]:
    return [int(each.get_text()) for each in found.select(f"{selector} .count")]


@pytest.mark.parametrize("role", FINDS)
def test_everybody_finds_what_they_may_see_and_nothing_tells_of_the_rest(people, role):
    client, expected = browser(people[role], closed="closed" in role), FINDS[role]
    overview = main_of(client, "/en/search/?q=beast")
    assert words_in(overview.get_text()) == expected
    library, talk = (
        main_of(client, f"/en/search/?q=beast&section={section}") for section in ("library", "forum")
    )
    assert words_in(library.get_text()) == {"aardvark"}
    assert words_in(talk.get_text()) == expected - {"aardvark"}
    assert counts(overview, ".sections") == [len(expected), 1, len(expected) - 1]
    assert sum(counts(talk, "[data-facet=year]")) in (0, len(expected) - 1)
    rooms = counts(talk, "[data-facet=category]")
    assert sum(rooms) == (0 if expected == EVERYBODY else len(expected) - 1)
    for word, name in CATEGORY_NAMES.items():
        assert (name in talk.get_text()) == (word in expected)


@pytest.mark.parametrize(
    "role", ["nobody", "suspended", "author of what waits", "of the group", "translator", "administrator"]
)
def test_what_one_may_not_see_is_found_by_none_of_its_words(people, role):
    client = browser(people[role])
    for word in sorted((KEEPERS | HIDDEN.keys()) - FINDS[role]):
        found = main_of(client, f"/en/search/?q={word}")
        assert not found.select(".sections, .hits, .did-you-mean"), word
        misspelt = main_of(client, f"/en/search/?q={word[:-1]}")
        assert word not in misspelt.get_text(), word


def test_nobody_is_suggested_what_only_some_may_see(people):
    for person in people.values():
        client = browser(person)
        told = {
            word
            for word in KEEPERS | HIDDEN.keys()
            if word in client.get(f"/en/search/suggestions/?q={word[:4]}").content.decode()
        }
        assert told == {"aardvark"}
