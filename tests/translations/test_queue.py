"""The queue of translations: what there is to do, for whom, at the same cost however much there is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.core.page_cache.stamp import bump_stamp
from cms.translations.models import LanguageProgramme, TranslationTask, Work
from cms.translations.services.claiming import claim, plan, release
from cms.translations.services.submitting import send_back, submit_translation
from initiatives.models import Collection
from tests.factories.documents import make_document, make_user
from tests.wiki.publishing import publish

from .queue_filling import fill_queue
from .translating import fresh, public, take_in, task_of, translate, write_all

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/translations/"


@pytest.fixture
def shown(client):
    """Titles with their languages, as the queue lists them for who is logged in."""

    def ask(query: str = "") -> list[str]:
        answer = client.get(ADDRESS + query)
        assert answer.status_code == 200
        return [f"{row.task.title} {row.target.code}" for row in answer.context["rows"]]

    return ask


@pytest.fixture
def only_event(event):
    """The event alone: without the home pages and what it names."""
    Work.objects.exclude(translation_key=event.translation_key).delete()
    return event


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 403),
        ("Facilitators", 403),
        ("Authors", 403),
        ("Translators (es)", 200),
        ("Language reviewers (es)", 200),
        ("Editors", 200),
        ("Administrators", 200),
    ],
)
def test_who_sees_the_queue(client, only_event, role, status):
    client.force_login(make_user(role))
    answer = client.get(ADDRESS)
    assert answer.status_code == status
    assert (ADDRESS in client.get("/admin/").text) == (status == 200)


def test_everybody_begins_with_their_own_languages(client, only_event, shown):
    client.force_login(make_user("Translators (fr)"))
    assert shown() == ["Workshop fr"]
    assert set(shown("?language=all")) == {"Workshop fr", "Workshop es"}
    assert shown("?language=es") == ["Workshop es"]
    client.force_login(make_user("Editors"))
    assert set(shown()) == {"Workshop fr", "Workshop es"}


def test_a_row_says_how_it_stands_in_one_label(client, only_event, translator, reviewer):
    """From the first to the last, and again when the source goes on."""
    client.force_login(translator)

    def label() -> str:
        html = client.get(ADDRESS).text
        return html.split('<strong class="ancrage-tag">')[1].split("<")[0]

    task = task_of(only_event, "fr")
    assert label() == "missing"
    claim(translator, task.pk)
    assert label().startswith("claimed by traductrice until ")
    write_all(translator, task)
    assert label() == "in progress"
    submit_translation(translator, task.pk)
    assert label() == "in review"
    send_back(reviewer, task.pk, "Look at the second paragraph.")
    assert label() == "changes requested"
    translate(translator, reviewer, fresh(task), say=lambda text, code: f"fr {text}")
    assert label() == "published"
    publish(only_event, note_significance="addition", summary="Five new words for it.")
    take_in(only_event)
    assert label() == "outdated: 1 segment, 5 words changed"


def test_what_somebody_put_into_the_queue_is_queued(client, only_event, translator, reviewer, shown):
    """Planned by an editor, or given back with work in it; what is missing or behind waits there by itself."""
    editor, task = make_user("Editors"), task_of(only_event, "fr")
    client.force_login(translator)

    def label() -> str:
        return fresh(task).label

    assert label() == "missing"
    for priority, day in ((1, None), (0, timezone.localdate() + timedelta(days=9))):
        plan(editor, task.pk, priority, day)
        assert label() == "queued"
        plan(editor, task.pk, 0, None)
        assert label() == "missing"
    claim(translator, task.pk)
    release(translator, task.pk)
    assert label() == "missing"
    write_all(translator, task)
    assert label() == "in_progress"
    release(translator, task.pk)
    assert label() == "queued"
    row = client.get(f"{ADDRESS}?label=queued")
    assert [each.task.pk for each in row.context["rows"]] == [task.pk]
    assert '<strong class="ancrage-tag">queued</strong>' in row.text
    assert "<li>missing</li>" in row.text
    assert shown("?label=missing") == []
    assert shown("?unclaimed=1") == ["Workshop fr"]
    plan(editor, task.pk, 2, None)
    claim(translator, task.pk)
    assert label() == "in_progress"
    translate(translator, reviewer, fresh(task))
    assert (label(), fresh(task).priority) == ("published", 0)


def test_a_plan_for_what_is_behind_says_so_and_says_what_changed(client, only_event, translator, reviewer):
    task = task_of(only_event, "fr")
    translate(translator, reviewer, task)
    publish(only_event, note_significance="addition", summary="Five new words for it.")
    take_in(only_event)
    assert fresh(task).label == "outdated"
    plan(make_user("Editors"), task.pk, 1, None)
    client.force_login(translator)
    html = client.get(ADDRESS).text
    assert '<strong class="ancrage-tag">queued</strong>' in html
    assert "<li>outdated: 1 segment, 5 words changed</li>" in html


def test_a_plan_for_what_needs_nothing_queues_nothing(only_event, translator, reviewer):
    task = task_of(only_event, "fr")
    translate(translator, reviewer, task)
    plan(make_user("Editors"), task.pk, 1, None)
    assert fresh(task).label == "published"


def test_it_shows_the_words_the_date_the_priority_and_who_waits(client, only_event, translator):
    task = task_of(only_event, "fr")
    plan(make_user("Editors"), task.pk, 2, timezone.localdate() - timedelta(days=1))
    TranslationTask.objects.filter(pk=task.pk).update(requests=3)
    client.force_login(translator)
    html = client.get(ADDRESS).text
    for words in (
        f"{task.words_to_do} words to do",
        "urgent",
        "overdue",
        "wanted by",
        "3 readers ask for it",
    ):
        assert words in html


def test_what_is_needed_most_is_first(client, event, shown):
    second, third = make_document(title="Second"), make_document(title="Third")
    for page in (second, third):
        take_in(page)
    Work.objects.exclude(title__in=["Second", "Third", "Workshop"]).delete()
    client.force_login(make_user("Translators (fr)"))
    TranslationTask.objects.filter(work__title="Third").update(
        words_to_do=1, waiting_since=timezone.now() - timedelta(days=3)
    )
    plan(make_user("Editors"), task_of(second, "fr").pk, 1, None)
    assert shown()[0] == "Second fr"
    assert shown("?sort=words")[0] == "Third fr"
    assert shown("?sort=age")[0] == "Third fr"
    TranslationTask.objects.filter(work__title="Third").update(work_state="idle", need=0)
    for query in ("", "?sort=words", "?sort=age"):
        assert shown(query)[-1] == "Third fr"


def test_filters_leave_what_is_asked_for(client, event, translator, shown):
    case = make_document(title="The mill")
    listed = Collection(title="Gathered", slug="gathered", summary="Some.", locale=event.locale)
    event.get_parent().get_parent().add_child(instance=listed)
    listed.save_revision().publish()
    case.collections.add(listed)
    case.save_revision().publish()
    bump_stamp()
    for page in (public(case), listed):
        take_in(page)
    claim(translator, task_of(case, "fr").pk)
    client.force_login(translator)
    assert shown("?type=ev") == ["Workshop fr"]
    assert shown("?title=MILL") == ["The mill fr"]
    assert set(shown("?collection=gathered")) == {"The mill fr", "Gathered fr"}
    assert shown("?mine=1") == ["The mill fr"]
    assert "The mill fr" not in shown("?unclaimed=1")
    assert shown("?label=claimed") == ["The mill fr"]
    assert shown("?label=claimed&type=ev") == []
    assert "Remove one, or all of them" in client.get(f"{ADDRESS}?label=claimed&type=ev").text


@pytest.mark.parametrize(
    "query", ["?label=%00", "?type=nothing", "?language=xx", "?sort=1", "?page=0", "?page=99999"]
)
def test_an_odd_address_leads_to_something(client, only_event, translator, query):
    client.force_login(translator)
    answer = client.get(ADDRESS + query, follow=True)
    assert answer.status_code == 200
    assert len(answer.context["rows"]) == 1


def test_labels_are_counted_whichever_is_chosen(client, empty, translator):
    fill_queue(8, "fr", "es")
    client.force_login(translator)
    for query in ("", "?label=missing"):
        answer = client.get(ADDRESS + query)
        assert {str(link["name"]): link["number"] for link in answer.context["labels"]} == {
            "": 8,
            "missing": 2,
            "partial": 2,
            "outdated": 2,
            "published": 2,
        }
    assert answer.context["total"].tasks == 2


def test_what_is_not_public_is_in_nobody_s_queue(client, only_event, shown):
    client.force_login(make_user("Administrators"))
    assert len(shown()) == 2
    restriction = PageViewRestriction.objects.create(page=public(only_event), restriction_type="login")
    bump_stamp()
    assert shown() == []
    restriction.delete()
    bump_stamp()
    public(only_event).unpublish()
    assert shown() == []


def test_a_language_that_is_closed_shows_what_is_under_way_only(client, only_event, translator, shown):
    claim(translator, task_of(only_event, "fr").pk)
    for code in ("fr", "es"):
        LanguageProgramme.objects.create(
            locale=task_of(only_event, code).target_locale, closed_at=timezone.now()
        )
    client.force_login(make_user("Editors"))
    assert shown() == ["Workshop fr"]


@pytest.fixture
def empty(site):
    """The site without what stands in the queue from the start."""
    Work.objects.all().delete()


def queries_of(client, query: str = "") -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(ADDRESS + query).status_code == 200
    return [query["sql"] for query in caught.captured_queries]


# Whoever decides on texts has one more in the menu: how many wait for them.
@pytest.mark.parametrize(
    ("role", "most"), [("Translators (fr)", 8), ("Language reviewers (fr)", 9), ("Editors", 9)]
)
def test_it_costs_the_same_however_much_there_is(client, empty, role, most):
    user = make_user(role)
    client.force_login(user)
    fill_queue(20, "fr", "es")
    client.get(ADDRESS)
    few = queries_of(client)
    fill_queue(400, "fr", "es")
    claim(
        make_user("Translators (fr)"),
        TranslationTask.objects.filter(need=299, target_locale__language_code="fr").last().pk,
    )
    client.get(ADDRESS)
    many = queries_of(client)
    assert len(many) == len(few) == most
    # The others: the session, the account and its rights; Wagtail's menu asks for languages, and for the rights on
    # pages and on files.
    own = [sql for sql in many if "translations_" in sql]
    assert len(own) == 2
    assert not any('"translations_work"."segments"' in sql for sql in own)


@pytest.mark.parametrize(
    "query", ["?language=all", "?mine=1", "?type=if&label=missing", "?sort=age", "?title=Work"]
)
def test_filters_cost_no_more(client, empty, query):
    user = make_user("Translators (fr)")
    fill_queue(40, "fr", "es")
    client.force_login(user)
    client.get(ADDRESS + query)
    assert len(queries_of(client, query)) <= 8


def test_works_that_are_not_public_stay_out_however_many_they_are(
    client, empty, translator, shown, monkeypatch
):
    """Named one by one while they are few, and by what they have in common when they are many."""
    fill_queue(6, "fr")
    Work.objects.filter(title__in=["Work 1", "Work 2", "Work 4"]).update(public=False)
    client.force_login(translator)
    few = shown()
    assert sorted(few) == ["Work 0 fr", "Work 3 fr", "Work 5 fr"]
    monkeypatch.setattr("cms.translations.queries.queue.NAMED", 2)
    bump_stamp()
    assert shown() == few


def test_it_turns_its_pages(client, empty, translator, shown):
    fill_queue(70, "fr")
    client.force_login(translator)
    pages = [shown(f"?page={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [30, 30, 10]
    assert len(set(sum(pages, []))) == 70


def test_nobody_keeps_it(client, only_event, translator):
    client.force_login(translator)
    assert client.get(ADDRESS).headers["Cache-Control"] == "private, no-store"
