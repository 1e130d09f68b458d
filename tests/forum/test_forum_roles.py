"""Who may what in the forum: every address, asked by every role, with what it answers and whether it changed anything."""

import pytest
from django.db import transaction
from django.urls import resolve

from forum import link_urls, urls
from tests.forum.roles_world import ROLES, World, fingerprint, make_world

pytestmark = pytest.mark.django_db
# What a role is answered, in the order of `ROLES`:
#   y: the page, or led on · l: to log in first · n: it is not for them (403) · -: there is no such thing (404)
#   r: told in words why not, in the form (422)
# In capitals where it changed what others see, or what is kept of it.
ANSWERS = {"y": (200, 301, 302), "l": (302, 401), "n": (403,), "-": (404,), "r": (422,)}
WORDS = {"text": "Words of mine.", "language": "en", "nonce": "{nonce}", "homepage": ""}
# fmt: off
TABLE = [
    #                                                          nobody, new, member, silenced, suspended,
    #                                                          co-facilitator elsewhere, of another language, here,
    #                                                          facilitator, administrator, author
    ("index", "get", "/en/forum/", {}, "yyyyyyyyyyy"),
    ("unread", "get", "/en/forum/?list=unread", {}, "yyyyyyyyyyy"),
    ("hidden list", "get", "/en/forum/?list=hidden", {}, "yyyyyyyyyyy"),
    ("category", "get", "/en/forum/public/", {}, "yyyyyyyyyyy"),
    ("members' category", "get", "/en/forum/inner/", {}, "-yyy-yyyyyy"),
    ("closed category", "get", "/en/forum/closed/", {}, "--------yy-"),
    ("topic", "get", "/en/forum/t/{topic}-open/", {}, "yyyyyyyyyyy"),
    ("members' topic", "get", "/en/forum/t/{inner}-inner/", {}, "-yyy-yyyyyy"),
    ("closed topic", "get", "/en/forum/t/{secret}-secret/", {}, "--------yy-"),
    ("hidden topic", "get", "/en/forum/t/{hidden}-hidden/", {}, "-------yyy-"),
    ("waiting topic", "get", "/en/forum/t/{waiting}-waiting/", {}, "-------yyyy"),
    ("post", "get", "/forum/p/{post}/", {}, "yyyyyyyyyyy"),
    ("held post", "get", "/forum/p/{held}/", {}, "-------yyyy"),
    ("refused post", "get", "/forum/p/{refused}/", {}, "-------yyyy"),
    ("file of a held post", "get", "/forum/files/{key}/note.txt", {}, "-------yyyy"),
    ("member", "get", "/en/forum/member/{somebody}/", {}, "yyyyyyyyyyy"),
    ("member link", "get", "/forum/m/{somebody}/", {}, "yyyyyyyyyyy"),
    ("new", "get", "/en/forum/public/new/", {}, "lyynnyyyyyy"),
    ("new, sent", "post", "/en/forum/public/new/", {**WORDS, "title": "Mine"}, "lYYrrYYYYYY"),
    ("new in closed, sent", "post", "/en/forum/closed/new/", {**WORDS, "title": "Mine"}, "l-------YY-"),
    ("where", "get", "/en/forum/new/", {}, "yyyyyyyyyyy"),
    ("reply", "get", "/en/forum/t/{topic}/reply/", {}, "lyynnyyyyyy"),
    ("reply, sent", "post", "/en/forum/t/{topic}/reply/", WORDS, "lYYrrYYYYYY"),
    ("reply in closed, sent", "post", "/en/forum/t/{secret}/reply/", WORDS, "l-------YY-"),
    ("reply to hidden, sent", "post", "/en/forum/t/{hidden}/reply/", WORDS, "l------YYY-"),
    ("at date", "get", "/en/forum/t/{topic}/date/?day=2026-01-01", {}, "yyyyyyyyyyy"),
    ("edit", "get", "/en/forum/p/{post}/edit/", {}, "lnnnnnnyyyy"),
    ("edit, sent", "post", "/en/forum/p/{post}/edit/", {**WORDS, "seen": "2", "reason": "x"}, "lrrrrrrYYYY"),
    ("delete", "get", "/en/forum/p/{post}/delete/", {}, "lnnnnnnyyyy"),
    ("delete, sent", "post", "/en/forum/p/{post}/delete/", {"reason": "Because"}, "lnnnnnnYYYY"),
    ("restore, taken away", "post", "/en/forum/p/{removed}/restore/", {"reason": "x"}, "lnnnnnnYYYn"),
    ("restore, taken away, no reason", "post", "/en/forum/p/{removed}/restore/", {}, "lnnnnnnyyyn"),
    ("restore, taken back", "post", "/en/forum/p/{restorable}/restore/", {"reason": "x"}, "lnnnnnnnnnY"),
    ("history", "get", "/en/forum/p/{post}/history/", {}, "yyyyyyyyyyy"),
    ("history of held", "get", "/en/forum/p/{held}/history/", {}, "-------yyyy"),
    ("mark", "post", "/en/forum/p/{other}/mark/", {"give": "thanks"}, "lYYnnYYYYYY"),
    ("mark held", "post", "/en/forum/p/{held}/mark/", {"give": "thanks"}, "l--nn------"),
    ("bookmark", "post", "/en/forum/p/{other}/mark/", {"give": "bookmark"}, "lYYYYYYYYYY"),
    ("quote", "get", "/en/forum/p/{post}/quote/", {}, "lyyyyyyyyyy"),
    ("quote held", "get", "/en/forum/p/{held}/quote/", {}, "l------yyyy"),
    ("translate", "get", "/en/forum/p/{post}/translate/es/", {}, "lyynnyyyyyy"),
    ("translate, sent", "post", "/en/forum/p/{post}/translate/es/",
     {"text": "Palabras.", "post_version": "2", "based_on": "0", "homepage": ""}, "lYYrrYYYYYY"),
    ("translate where", "get", "/en/forum/p/{post}/translate/", {}, "lyyyyyyyyyy"),
    ("drafts", "get", "/en/forum/drafts/?key=topic:1", {}, "lyyyyyyyyyy"),
    ("preview", "post", "/en/forum/preview/", WORDS, "lyyyyyyyyyy"),
    ("member names", "get", "/en/forum/members/?q=us", {}, "lyyyyyyyyyy"),
    ("upload", "post", "/en/forum/files/", {"file": "note.txt"}, "lYYnnYYYYYY"),
    ("report", "get", "/en/forum/p/{post}/report/", {}, "lyyyyyyyyyy"),
    ("report, sent", "post", "/en/forum/p/{post}/report/", {"reason": "spam"}, "lYYYrYYYYYr"),
    ("report held, sent", "post", "/en/forum/p/{held}/report/", {"reason": "spam"}, "l----------"),
    ("report member", "get", "/en/forum/member/{author}/report/", {}, "lyyyyyyyyyy"),
    ("report member, sent", "post", "/en/forum/member/{author}/report/", {"reason": "spam"}, "lYYYrYYYYYr"),
    ("moderate member", "get", "/en/forum/member/{author}/moderate/", {}, "lnnnnyyyyyn"),
    ("note", "post", "/en/forum/member/{author}/moderate/",
     {"action": "note", "text": "Kind."}, "lnnnnYYYYYn"),
    ("silence", "post", "/en/forum/member/{author}/moderate/",
     {"action": "sanction", "sanction": "silence:1", "reason": "x"}, "lnnnnnnnYYn"),
    ("log", "get", "/en/forum/t/{topic}/log/", {}, "yyyyyyyyyyy"),
    ("log of hidden", "get", "/en/forum/t/{hidden}/log/", {}, "-------yyy-"),
    ("log of closed", "get", "/en/forum/t/{secret}/log/", {}, "--------yy-"),
    ("moderate topic", "get", "/en/forum/t/{topic}/moderate/", {}, "lnnnnnnyyyn"),
    ("pin", "post", "/en/forum/t/{topic}/moderate/", {"action": "pin"}, "lnnnnnnYYYn"),
    ("hide", "post", "/en/forum/t/{topic}/moderate/", {"action": "hide"}, "lnnnnnnYYYn"),
    ("show", "post", "/en/forum/t/{hidden}/moderate/", {"action": "show"}, "l------YYY-"),
    ("split", "post", "/en/forum/t/{topic}/moderate/",
     {"action": "split", "chosen": "2", "title": "Apart", "language": "en"}, "lnnnnnnYYYn"),
    ("rename waiting", "post", "/en/forum/t/{waiting}/moderate/",
     {"action": "title", "title": "Better", "language": "en"}, "l------YYYn"),
    ("review", "get", "/en/forum/review/", {}, "lnnnnyyyyyn"),
    ("full log", "get", "/en/forum/review/log/", {}, "lnnnnnnnyyn"),
    ("item", "get", "/en/forum/review/{item}/", {}, "l------yyyy"),
    ("item, approved", "post", "/en/forum/review/{item}/",
     {"decision": "approve", "seen": "{seen}"}, "l------YYY-"),
    ("item, silenced with it", "post", "/en/forum/review/{item}/",
     {"decision": "refuse", "seen": "{seen}", "reason": "x", "sanction": "silence:1"}, "l------YYY-"),
    ("decision", "get", "/en/forum/me/decision/{decision}/", {}, "l---------y"),
    ("decision, answered", "post", "/en/forum/me/decision/{decision}/", {"text": "Please."}, "l---------Y"),
    ("my data", "get", "/en/forum/me/data/", {}, "lyyyyyyyyyy"),
    ("my copy", "get", "/en/forum/me/data/copy/", {}, "lyyyyyyyyyy"),
    ("my forum", "get", "/en/forum/me/", {}, "lyyyyyyyyyy"),
    ("follow", "get", "/en/forum/t/{topic}/follow/", {}, "lyyyyyyyyyy"),
    ("follow closed", "post", "/en/forum/t/{secret}/follow/", {"level": "3"}, "--------yy-"),
    ("read closed", "post", "/en/forum/t/{secret}/read/", {"number": "1"}, "l-------yy-"),
    ("new posts", "get", "/en/forum/t/{topic}/new-posts/?after=1", {}, "yyyyyyyyyyy"),
    ("new posts of closed", "get", "/en/forum/t/{secret}/new-posts/?after=0", {}, "--------yy-"),
    ("read all", "post", "/en/forum/read/", {"until": "2026-01-01T00:00:00Z"}, "lyyyyyyyyyy"),
    ("feed", "get", "/en/forum.atom", {}, "yyyyyyyyyyy"),
    ("topic feed", "get", "/en/forum/t/{topic}.atom", {}, "yyyyyyyyyyy"),
    ("feed of members' topic", "get", "/en/forum/t/{inner}.atom", {}, "-----------"),
    ("feed of hidden", "get", "/en/forum/t/{hidden}.atom", {}, "-----------"),
    ("category feed", "get", "/en/forum/public.atom", {}, "yyyyyyyyyyy"),
    ("closed category feed", "get", "/en/forum/closed.atom", {}, "-----------"),
    ("follow category", "get", "/en/forum/public/follow/", {}, "lyyyyyyyyyy"),
    ("about", "get", "/en/forum/about/{page}/", {}, "yyyyyyyyyyy"),
]
# fmt: on


@pytest.fixture(scope="module")
def world_of_module(site_of_module) -> World:
    return make_world()


@pytest.fixture
def world(world_of_module, site) -> World:
    """Made once for all roles; what one of them does there is undone after it."""
    return world_of_module


def outcome(world: World, method: str, path: str, data: dict, before: list) -> tuple[str, bool]:
    """What was answered, and whether anything is not as it was `before`; nothing of it stays."""
    with transaction.atomic():
        answer = world.ask(method, path, data)
        changed = fingerprint() != before
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer.url.startswith("/accounts/login/"):
        return "l", changed
    letters = [one for one, statuses in ANSWERS.items() if answer.status_code in statuses]
    return letters[0] if letters else str(answer.status_code), changed


@pytest.mark.parametrize("role", ROLES)
def test_who_may_what(world, role):
    world.arrive(role)
    column, before = ROLES.index(role), fingerprint()
    found, wanted = {}, {}
    for name, method, path, data, row in TABLE:
        letter, changed = outcome(world, method, path, data, before)
        found[name] = letter.upper() if changed else letter
        wanted[name] = row[column]
    assert found == wanted
    assert fingerprint() == before, "something stayed"


def test_every_address_of_the_forum_stands_in_the_table(site):
    numbers = dict.fromkeys(("topic", "post", "other", "removed", "restorable", "hidden", "held", "waiting", "refused", "inner", "secret", "item", "decision", "author", "somebody", "page"), 1)  # fmt: skip
    numbers["key"] = "0e2ac1a4-3f6f-4b2c-9d4e-0f6a1b2c3d4e"
    asked = {
        resolve(path.format(**numbers).partition("?")[0]).url_name for _name, _method, path, *_rest in TABLE
    }
    known = {pattern.name for pattern in (*urls.urlpatterns, *link_urls.urlpatterns)}
    # A topic's number alone leads to its address.
    assert known - asked == {"topic_by_number"}


def test_the_table_is_as_wide_as_there_are_roles():
    assert {len(row) for *_rest, row in TABLE} == {len(ROLES)}
