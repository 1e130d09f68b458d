"""The moderators' queue: what waits, for whom, at the same cost whatever waits."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from cms.core.paging import Window
from cms.wiki.models import Submission, Suggestion
from cms.wiki.queries.moderation_queue import chosen, rows_of
from cms.wiki.queries.submissions import recent_waits
from cms.wiki.queries.suggestions import suggestions_for
from cms.wiki.queries.waiting import waiting_texts
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import submit

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/wiki/queue/"


@pytest.fixture
def editor(site):
    return make_user("Editors", display_name="Ed")


@pytest.fixture
def author(site):
    return make_user("Authors", display_name="Ana")


@pytest.fixture
def waiting(author):
    """An original in review, a second text for it, and a Spanish translation, the oldest last made."""
    page = make_document(title="The bakery")
    spanish = make_document(lang="es", title="La panadería", translation_of=page)
    make_user("Language reviewers (es)", name="rev")
    texts = {
        "original": submit(author, page, summary="a new oven", title="The new bakery"),
        "second": submit(make_user("Authors"), page, licence="cc-by-4.0"),
        "spanish": submit(author, spanish, title="La nueva panadería"),
    }
    Submission.objects.filter(pk=texts["spanish"].pk).update(submitted_at=timezone.now() - timedelta(days=6))
    return texts


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 403),
        ("Facilitators", 403),
        ("Authors", 403),
        ("Translators (es)", 403),
        ("Language reviewers (es)", 200),
        ("Editors", 200),
        ("Administrators", 200),
    ],
)
def test_who_sees_the_queue(client, site, waiting, role, status):
    client.force_login(make_user(role))
    answer = client.get(ADDRESS)
    assert answer.status_code == status
    menu = client.get("/admin/").content.decode()
    assert (ADDRESS in menu) == (status == 200)


def test_the_longest_waiting_is_first_with_what_is_needed_to_choose(client, waiting, editor):
    client.force_login(editor)
    answer = client.get(ADDRESS)
    rows = answer.context["rows"]
    assert [row.submission.pk for row in rows] == [
        waiting[key].pk for key in ("spanish", "original", "second")
    ]
    spanish, original, second = rows
    assert (spanish.overdue, original.overdue) == (True, False)
    assert (original.others, spanish.others) == (1, 0)
    assert (original.decidable, second.decidable, spanish.decidable) == (True, False, False)
    assert (original.decided_by, spanish.decided_by) == ("Ed", "rev")
    for words in ("The bakery", "by Ana", "a new oven", "addition", "overdue", "waits for its turn"):
        assert words in answer.text


def test_filters_leave_what_is_asked_for(client, waiting, editor):
    client.force_login(editor)

    def shown(query: str) -> list[int]:
        return [row.submission.pk for row in client.get(ADDRESS + query).context["rows"]]

    assert shown("?language=es") == [waiting["spanish"].pk]
    assert shown("?mine=1") == [waiting["original"].pk]
    assert shown("?mine=1&language=es") == []
    assert len(shown("?language=xx")) == 3


def test_a_reviewer_decides_on_their_language_and_reads_nothing_else(client, waiting):
    client.force_login(make_user("Language reviewers (es)"))
    rows = {row.submission.pk: row for row in client.get(ADDRESS).context["rows"]}
    assert rows[waiting["spanish"].pk].decidable
    assert not rows[waiting["original"].pk].readable
    assert client.get(f"/admin/wiki/submissions/{waiting['original'].pk}/").status_code == 404
    assert client.get(f"/admin/wiki/submissions/{waiting['spanish'].pk}/").status_code == 200


def test_the_menu_and_the_first_screen_count_what_is_mine(client, waiting, editor):
    client.force_login(editor)
    html = client.get("/admin/").content.decode()
    assert "Moderation (1)" in html
    assert "Waiting for your decision" in html
    assert "a new oven" in html
    client.force_login(make_user("Authors"))
    assert "Waiting for your decision" not in client.get("/admin/").content.decode()


def suggest(page, text: str, state: str = "new") -> Suggestion:
    return Suggestion.objects.create(
        page=page, text=text, name="Rita", language="en", form_token=uuid4(), state=state
    )


def test_suggestions_of_readers_stand_beside_it_for_those_who_decide_on_the_page(client, site, editor):
    reviewer = make_user("Language reviewers (es)")
    page = make_document(title="The bakery")
    spanish = make_document(lang="es", title="La panadería", translation_of=page)
    new, held = suggest(page, "<b>new</b> words"), suggest(page, "buy", "held")
    suggest(page, "answered words", "answered")
    translated = suggest(spanish, "una palabra")
    client.force_login(editor)
    answer = client.get(ADDRESS)
    assert "&lt;b&gt;new&lt;/b&gt; words" in answer.text
    assert f"/admin/wiki/suggestions/{new.pk}/" in answer.text
    assert "One is held back" in answer.text
    assert f"/admin/wiki/suggestions/{held.pk}/" in answer.text
    assert "answered words" not in answer.text
    assert "una palabra" not in answer.text
    client.force_login(reviewer)
    html = client.get(ADDRESS).text
    assert f"/admin/wiki/suggestions/{translated.pk}/" in html
    assert "new&lt;" not in html


def test_nobody_keeps_it(client, waiting, editor):
    client.force_login(editor)
    assert client.get(ADDRESS).headers["Cache-Control"] == "private, no-store"


def test_a_page_that_does_not_exist_leads_to_the_last(client, waiting, editor):
    client.force_login(editor)
    assert client.get(ADDRESS + "?page=9&mine=1").headers["Location"] == ADDRESS + "?mine=1"


def test_costs_the_same_however_many_wait(client, author, editor, django_assert_max_num_queries):
    ContentType.objects.clear_cache()
    for _number in range(8):
        submit(author, make_document(), title="New")
    submit(author, make_document(lang="es"), title="New")
    for _number in range(6):
        suggest(make_document(), "words")
    with django_assert_max_num_queries(10):
        waiting = waiting_texts()
        rows_of(waiting, chosen(waiting, editor), editor, Window(1, 50))
        recent_waits()
        suggestions_for(editor, waiting.groups)
    client.force_login(editor)
    client.get(ADDRESS)
    with django_assert_max_num_queries(18):  # with the session, the account and the rest of the screen
        client.get(ADDRESS)
