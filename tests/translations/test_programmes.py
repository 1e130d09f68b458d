"""Opening a language and closing it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Locale

from cms.core.page_cache.stamp import bump_stamp
from cms.translations.models import LanguageProgramme, TranslationTask, Work
from cms.translations.services.claiming import LanguageClosed, claim
from cms.translations.services.programmes import (
    AlreadyOpen,
    NotOpen,
    Terms,
    change_terms,
    close_language,
    open_language,
    reopen_language,
)
from home.models import HomePage
from tests.factories.documents import make_document, make_user
from tests.factories.entries import make_organisation

from .translating import fresh, public, take_in, task_of, translate, write_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(site):
    return make_user("Administrators", "chief")


def test_before_it_is_opened_its_addresses_are_not_found_and_then_they_are_there(
    event, administrator, client
):
    assert client.get("/ar/").status_code == 404
    funder, person = make_organisation("Fund"), make_user(name="rahma")
    terms = Terms(funder, date(2026, 1, 1), date(2027, 1, 1), 20_000, "Write to us.")
    open_language(administrator, "ar", terms, [person])
    bump_stamp()
    for path in ("/ar/", "/ar/library/", "/ar/collections/", "/ar/languages/"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert 'dir="rtl"' in answer.content.decode()
    assert {group.name for group in person.groups.all()} == {"Language reviewers (ar)"}
    translators = make_user("Translators (ar)", "mutarjim")
    assert translators.has_perm("wagtailadmin.access_admin")
    task = task_of(event, "ar")
    assert (task.label, task.work_state, task.words_to_do) == ("missing", "queued", task.work.words)
    assert task.segments == len(task.work.segments)
    assert task.need > 0
    page = translate(translators, person, task)
    assert client.get(page.url).status_code == 200
    programme = LanguageProgramme.objects.get(locale__language_code="ar")
    assert (programme.funded_by, programme.word_budget, programme.is_closed) == (funder, 20_000, False)


def test_authors_may_write_in_the_library_of_the_new_language(event, administrator):
    open_language(administrator, "pt", Terms())
    bump_stamp()
    home = HomePage.objects.get(locale__language_code="pt")
    author, reviewer = make_user("Authors"), make_user("Language reviewers (pt)")
    library = home.get_children().get(slug="library")
    assert library.permissions_for_user(author).can_add_subpage()
    assert home.permissions_for_user(reviewer).can_edit()


def test_the_home_page_that_comes_with_it_is_no_translation(site, administrator):
    take_in(site["en"])
    open_language(administrator, "pt", Terms())
    assert task_of(site["en"], "pt").label == "missing"
    assert task_of(site["en"], "pt").baseline is None


def test_what_exists_in_it_already_is_taken_over(event, administrator):
    """A language that was open once, and whose home page was taken down."""
    open_language(administrator, "pt", Terms())
    bump_stamp()
    make_document(type(event), lang="pt", title="PT", translation_of=event)
    TranslationTask.objects.filter(target_locale__language_code="pt").delete()
    HomePage.objects.get(locale__language_code="pt").unpublish()
    bump_stamp()
    open_language(administrator, "pt", Terms())
    bump_stamp()
    assert HomePage.objects.get(locale__language_code="pt").live
    assert task_of(event, "pt").baseline is not None


@pytest.mark.parametrize("role", ["Editors", "Translators (fr)", "Language reviewers (fr)", None])
def test_only_administrators(event, role, client):
    user = make_user(role)
    for verb in (
        lambda: open_language(user, "ar", Terms()),
        lambda: change_terms(user, "fr", Terms()),
        lambda: close_language(user, "fr"),
        lambda: reopen_language(user, "fr"),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    client.force_login(user)
    for path in ("/admin/translations/languages/", "/admin/translations/languages/ar/"):
        assert client.get(path).status_code in (302, 403)
    assert not Locale.objects.filter(language_code="ar").exists()


def test_refused_are_unknown_languages_turned_dates_and_open_ones(event, administrator):
    with pytest.raises(ValidationError):
        open_language(administrator, "xx", Terms())
    with pytest.raises(ValidationError):
        open_language(administrator, "ar", Terms(begins_on=date(2026, 2, 1), ends_on=date(2026, 1, 1)))
    with pytest.raises(AlreadyOpen):
        open_language(administrator, "fr", Terms(word_budget=1))
    assert not LanguageProgramme.objects.exists()
    with pytest.raises(NotOpen):
        close_language(administrator, "ar")


def test_a_closed_language_stays_readable_and_asks_for_nothing_new(
    event, administrator, translator, reviewer, client
):
    page = translate(translator, reviewer, task_of(event, "fr"))
    other = make_document(title="Another")
    take_in(other)
    close_language(administrator, "fr")
    bump_stamp()
    assert client.get(page.url).status_code == 200
    with pytest.raises(LanguageClosed):
        claim(translator, task_of(other, "fr").pk)
    client.force_login(translator)
    answer = client.post(f"/admin/translations/{task_of(other, 'fr').pk}/claim/", follow=True)
    assert "closed to new translations" in strip_tags(answer.content.decode())
    late = make_document(title="Late")
    take_in(late)
    assert not TranslationTask.objects.filter(work__title="Late", target_locale__language_code="fr").exists()
    with pytest.raises(NotOpen):
        close_language(administrator, "fr")

    reopen_language(administrator, "fr")
    assert task_of(late, "fr").label == "missing"
    assert claim(translator, task_of(other, "fr").pk).assignee == translator
    with pytest.raises(AlreadyOpen):
        reopen_language(administrator, "fr")


def test_what_is_under_way_when_it_is_closed_may_be_finished(event, administrator, translator, reviewer):
    task = task_of(event, "fr")
    write_all(translator, task)
    close_language(administrator, "fr")
    page = translate(translator, reviewer, fresh(task))
    assert public(page).live


def many_works(number: int) -> None:
    model = Work.objects.get(title="Workshop")
    Work.objects.bulk_create(
        Work(
            translation_key=f"00000000-0000-0000-0000-{place:012}",
            content_type=model.content_type,
            object_id=10_000 + place,
            source_locale=model.source_locale,
            title=f"Work {place}",
            kind=model.kind,
            segments=model.segments,
            words=model.words,
            published_at=timezone.now() - timedelta(days=1),
        )
        for place in range(number)
    )


def test_the_queue_for_all_works_costs_a_query_a_thousand(event, administrator):
    many_works(5)
    with CaptureQueriesContext(connection) as few:
        open_language(administrator, "pt", Terms())
    Work.objects.filter(title__startswith="Work ").delete()
    many_works(500)
    with CaptureQueriesContext(connection) as many:
        open_language(administrator, "ca", Terms())
    tasks = TranslationTask.objects.filter(target_locale__language_code="ca")
    assert tasks.count() == Work.objects.count() > 500
    # On SQLite a query takes so many values at most: the batches are smaller.
    assert len(many) <= len(few) + 20


# --- The screens -----------------------------------------------------------------------------------


def test_an_administrator_opens_it_on_the_screen(event, administrator, client):
    client.force_login(administrator)
    make_user(name="rahma")
    assert "not open" in client.get("/admin/translations/languages/").content.decode()
    path = "/admin/translations/languages/ar/"
    answer = client.post(path, {"do": "open", "reviewers": "nobody-here\nrahma", "word_budget": "12"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "nobody-here" in text
    assert 'value="12"' in text
    assert client.get("/ar/").status_code == 404
    funder = make_organisation("Fund")
    answer = client.post(
        path,
        {"do": "open", "reviewers": "rahma@example.org", "word_budget": "12", "funded_by": funder.pk},
        follow=True,
    )
    assert answer.status_code == 200
    bump_stamp()
    assert client.get("/ar/").status_code == 200
    answer = client.post(path, {"do": "open"}, follow=True)
    assert "somebody else" in answer.content.decode()
    assert LanguageProgramme.objects.get().word_budget == 12
    client.post(path, {"do": "close"})
    assert LanguageProgramme.objects.get().is_closed
    client.post(path, {"do": "reopen"})
    assert not LanguageProgramme.objects.get().is_closed
    client.post(path, {"do": "save", "note": "Write to us."})
    assert LanguageProgramme.objects.get().note == "Write to us."
    assert client.get("/admin/translations/languages/xx/").status_code == 404
