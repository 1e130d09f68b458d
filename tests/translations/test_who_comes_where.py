"""Every address of translations, tried by everybody, by GET and by POST, with data that would do if it were allowed."""

from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import get_resolver
from wagtail.models import Locale, Page

from cms.core.page_cache.stamp import bump_stamp
from cms.translations import admin_urls
from cms.translations.models import (
    DismissedCheck,
    LanguageProgramme,
    LanguageRequest,
    MemoryEntry,
    SegmentComment,
    SegmentDraft,
    TranslatedText,
    TranslationTask,
    Work,
)
from cms.translations.queries.texts import survey_of
from cms.translations.services.claiming import claim
from cms.translations.services.drafting import save_segment
from cms.translations.services.submitting import submit_translation
from initiatives.models import Event
from tests.factories.documents import make_user
from tests.wiki.publishing import publish

from .translating import fresh, make_reviewer, make_translator, take_in, task_of, translate

pytestmark = pytest.mark.django_db
SECRET = "Vingt ateliers secrets"
VISITOR, MEMBER = "visitor", "member"
ROLES = [
    VISITOR,
    MEMBER,
    "Authors",
    "Editors",
    "Translators (es)",
    "Language reviewers (es)",
    "Translators (fr)",
    "Language reviewers (fr)",
    "Facilitators",
    "Administrators",
]
TRANSLATORS, REVIEWERS, DIRECTORS = {"Translators (fr)"}, {"Language reviewers (fr)"}, {"Administrators"}
PEOPLE = (
    TRANSLATORS | REVIEWERS | DIRECTORS | {"Editors"}
)  # who reads a translation into French while it is made
QUEUE = PEOPLE | {"Translators (es)", "Language reviewers (es)"}
NOBODY: set[str] = set()

# Name of the address → who may look at it.
LOOKS = {
    "queue": QUEUE,
    "edit": PEOPLE,
    "changes": PEOPLE,
    "preview": PEOPLE,
    "programmes": DIRECTORS,
    "programme": DIRECTORS,
    "claim": NOBODY,
    "release": NOBODY,
    "hand_over": REVIEWERS | DIRECTORS,
    "plan": REVIEWERS | DIRECTORS | {"Editors"},
    "submit": NOBODY,
    "take_back": NOBODY,
    "confirm": NOBODY,
    "decide": NOBODY,
    "segment": PEOPLE,
    "segment_history": PEOPLE,
    "po": PEOPLE,
    "xliff": PEOPLE,
    "import": NOBODY,
    "suggestions": NOBODY,  # for who writes: see `test_suggestions_of_words`
    "comments": PEOPLE,
    "dismiss": NOBODY,
    "medium": NOBODY,  # the page has none; for one that has: see the tests of replacing
}
# Name of the address → who changes something by sending to it: while somebody else holds it, while it is in review.
CHANGES = {
    "release": (REVIEWERS | DIRECTORS, REVIEWERS | DIRECTORS),
    "hand_over": (REVIEWERS | DIRECTORS, NOBODY),
    "plan": (REVIEWERS | DIRECTORS | {"Editors"}, REVIEWERS | DIRECTORS | {"Editors"}),
    "confirm": (REVIEWERS | DIRECTORS, REVIEWERS | DIRECTORS),
    "decide": (NOBODY, REVIEWERS | DIRECTORS),
    "segment": (NOBODY, REVIEWERS | DIRECTORS),
    "import": (NOBODY, REVIEWERS | DIRECTORS),
    "dismiss": (NOBODY, REVIEWERS | DIRECTORS),
    "comments": (PEOPLE, PEOPLE),
    "programme": (DIRECTORS, DIRECTORS),
}


@pytest.fixture(scope="module")
def world_of_module(event_of_module):
    event, translator, reviewer = event_of_module, make_translator(), make_reviewer()
    translate(translator, reviewer, task_of(event, "fr"))
    publish(event, title="Twenty workshops", conclusions="<p>We agreed on 7 things.</p>")
    take_in(event)
    task = task_of(event, "fr")
    claim(translator, task.pk)
    title, _conclusions = [each.segment.key for each in survey_of(task).standings if not each.text]
    save_segment(translator, task.pk, title, f"{SECRET}.", seen=0)
    make_user("Translators (fr)", "successor")
    bump_stamp()
    return task


@pytest.fixture
def world(world_of_module, site):
    """A published translation, two passages of whose source changed; one is written anew, with a warning of the checks.

    Made once for the module: what a test changes of it is undone after the test.
    """
    return fresh(world_of_module)


def in_review(task):
    """The rest written too, and handed in."""
    (key,) = [each.segment.key for each in survey_of(task).standings if not each.text]
    save_segment(task.assignee, task.pk, key, "Nous étions d’accord sur 7 choses.", seen=0)
    submit_translation(task.assignee, task.pk)
    bump_stamp()
    return fresh(task)


def address(name: str, task) -> str:
    words = name.replace("_", "-")
    tree = f"/admin/translations/{task.pk}/"
    segment = f"{tree}segments/{title_of(task)}/"
    return {
        "queue": "/admin/translations/",
        "edit": tree,
        "programmes": "/admin/translations/languages/",
        "programme": "/admin/translations/languages/fr/",
        "segment": segment,
        "segment_history": f"{segment}history/",
        "suggestions": f"{segment}suggestions/?machine=1",
        "comments": f"{segment}comments/",
        "dismiss": f"{segment}dismiss/",
        "medium": f"{tree}media/none/",
        "po": f"{tree}export.po",
        "xliff": f"{tree}export.xlf",
    }.get(name, f"{tree}{words}/")


def title_of(task) -> str:
    return next(each.key for each in task.work.source if each.path == "title")


def data(name: str, task) -> dict:
    from cms.accounts.models import User

    draft = SegmentDraft.objects.filter(task=task).order_by("-pk").first()
    sent = {
        "hand_over": {"to": User.objects.get(username="successor").pk},
        "plan": {"priority": "2"},
        "decide": {"decision": "send_back", "reason": "Pas encore."},
        "segment": {"text": "Forgé", "seen": "1"},
        "comments": {"text": "Ceci @successor"},
        "dismiss": {"code": "end_punctuation"},
        "programme": {"do": "close"},
        "submit": {"note": "Lisez."},
    }.get(name, {})
    if name == "import":
        catalogue = (
            f'msgid ""\nmsgstr ""\n\nmsgctxt "title {draft.key}"\nmsgid "Twenty workshops"\nmsgstr "Forgé"\n'
        )
        key = title_of(task)
        catalogue = catalogue.replace(draft.key, key)
        sent = {"file": SimpleUploadedFile("fr.po", catalogue.encode())}
    return sent


def everything() -> dict:
    """All rows that any of these addresses could change."""
    models = (TranslationTask, SegmentDraft, SegmentComment, DismissedCheck, MemoryEntry, TranslatedText)
    more = (LanguageProgramme, LanguageRequest, Work, Locale, Event)
    rows = {model.__name__: list(model._base_manager.order_by("pk").values()) for model in (*models, *more)}
    rows["pages"] = list(Page.objects.order_by("pk").values_list("pk", "title", "draft_title", "live"))
    return rows


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def arrive(client, role: str) -> None:
    client.logout()
    if role != VISITOR:
        client.force_login(make_user(None if role == MEMBER else role))


def test_the_table_names_every_address():
    names = {each.name.removeprefix("translations_") for each in admin_urls.urlpatterns if each.name}
    assert names == set(LOOKS)


def test_who_may_look(world, client):
    wrong = []
    for role in ROLES:
        arrive(client, role)
        before = everything()
        for name, people in LOOKS.items():
            answer = client.get(address(name, world))
            if role in people:
                right = answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"]
            else:
                refusals = (302, 403, 404, 405) if name == "medium" else (302, 403, 405)
                right = answer.status_code in refusals and SECRET not in answer.text
            if not right or everything() != before:
                wrong.append((role, name, answer.status_code))
    assert not wrong


@pytest.mark.parametrize("reviewed", [False, True], ids=["claimed by another", "in review"])
def test_who_may_change_something(world, client, reviewed):
    task, wrong = (in_review(world) if reviewed else world), []
    for role in ROLES:
        arrive(client, role)
        before = everything()
        for name in LOOKS:
            with undone():
                answer = client.post(address(name, task), data(name, task))
                changed = {key for key, rows in everything().items() if rows != before[key]}
            allowed = role in CHANGES.get(name, (NOBODY, NOBODY))[reviewed]
            leaked = role not in PEOPLE and SECRET in answer.text
            if bool(changed) != allowed or answer.status_code >= 500 or leaked:
                wrong.append((role, name, answer.status_code, changed, leaked))
    assert not wrong


def test_strange_ids_are_answered_like_any(world, client):
    spanish = task_of(Event.objects.get(pk=world.work.object_id), "es")
    strange = [(number, title_of(world)) for number in (0, spanish.pk, 10**18, 10**30)]
    strange += [(world.pk, key) for key in ("0" * 16, "%00", "..", "%F0%9F%98%80", "x" * 300)]
    arrive(client, "Translators (fr)")
    before = everything()
    for number, key in strange:
        for name in LOOKS:
            place = address(name, world).replace(f"/{world.pk}/", f"/{number}/").replace(title_of(world), key)
            assert client.get(place).status_code < 500, place
            with undone():
                assert client.post(place, data(name, world)).status_code < 500, place
                if number != world.pk or "/segments/" in place:
                    assert everything() == before, place


def test_the_library_s_own_addresses_all_lead_to_the_closed_door(world, client):
    """Whatever it registers: a newer one may bring more."""
    found = list(library_addresses(get_resolver().url_patterns))
    assert len(found) > 10
    client.force_login(make_user("Administrators", is_superuser=True))
    before = everything()
    for place in found:
        answer = client.get(place)
        assert (answer.status_code, answer.headers.get("Location")) == (302, "/admin/translations/"), place
        assert client.post(place).status_code in (302, 403), place
        assert everything() == before


def library_addresses(patterns, before: str = "/"):
    for each in patterns:
        route = str(each.pattern)
        if hasattr(each, "url_patterns"):
            if "(" not in route:
                yield from library_addresses(each.url_patterns, before + route.lstrip("^/"))
        elif each.callback.__module__.startswith("wagtail_localize") and "(" not in route:
            steps = [("1" if step.startswith("<") else step) for step in route.split("/")]
            yield before + "/".join(steps)


READERS_ADDRESSES = ["/fr/languages/", "/fr/wiki/{fr}/side-by-side/en/", "/fr/wiki/{en}/request-translation/"]


def test_readers_see_nothing_of_what_is_written(world, client):
    """Claimed, then in review: nowhere among the pages for readers, in no feed, map or search."""
    pages = {"en": world.work.object_id, "fr": Event.objects.get(locale__language_code="fr").pk}
    places = [each.format(**pages) for each in READERS_ADDRESSES]
    places += [Event.objects.get(locale__language_code="fr").url, "/fr/library/", "/fr/", "/fr/events/"]
    places += [f"/fr/wiki/{pages['fr']}/", f"/fr/wiki/{pages['fr']}/history/", "/fr/wiki/changes/"]
    places += [
        "/fr/wiki/changes.atom",
        "/sitemap.xml",
        "/fr/search/?q=secrets",
        "/fr/wiki/{fr}/cite/".format(**pages),
    ]
    for task in (world, in_review(world)):
        bump_stamp()
        for place in places:
            answer = client.get(place)
            assert answer.status_code == 200, place
            assert SECRET not in answer.text, (place, task.label)
