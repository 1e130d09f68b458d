"""`/{lang}/languages/`: how far each language is."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.core.page_cache.stamp import bump_stamp
from cms.translations.models import LanguageProgramme, TranslatedText, Work
from cms.translations.queries.programmes import language_states
from cms.translations.services.claiming import claim
from tests.factories.documents import make_document
from tests.factories.entries import make_organisation
from tests.wiki.publishing import publish

from .translating import fresh, take_in, task_of, translate

pytestmark = pytest.mark.django_db


def state(code, language="en"):
    bump_stamp()
    return next(each for each in language_states(language) if each.code == code)


def page(client, lang="en") -> str:
    bump_stamp()
    answer = client.get(f"/{lang}/languages/")
    assert answer.status_code == 200
    return answer.content.decode()


def programme(site, code="fr", **fields):
    return LanguageProgramme.objects.create(locale=site[code].locale, opened_at=timezone.now(), **fields)


def test_what_exists_is_behind_and_is_in_work_is_counted(event, translator, reviewer, site):
    Work.objects.exclude(title=event.title).delete()  # the home page
    other = make_document(title="Another", lang="fr")
    take_in(other)
    found = state("fr")
    assert (found.total, found.originals, found.translated, found.missing) == (2, 1, 0, 1)
    claim(translator, task_of(event, "fr").pk)
    assert state("fr").in_work == 1
    translate(translator, reviewer, task_of(event, "fr"))
    found = state("fr")
    assert (found.exists, found.behind, found.in_work, found.missing) == (2, 0, 0, 0)
    publish(event, note_significance="substance", title="Otherwise")
    take_in(event)
    found = state("fr")
    assert (found.exists, found.behind, found.fresh) == (2, 1, 1)


def test_what_was_paid_for_counts_from_the_day_the_programme_began(event, translator, reviewer, site):
    translate(translator, reviewer, task_of(event, "fr"))
    words = fresh(task_of(event, "fr")).work.words
    assert state("fr").paid_words == 0  # nobody pays
    standing = programme(site, begins_on=timezone.localdate())
    assert state("fr").paid_words == words
    TranslatedText.objects.update(published_at=timezone.now() - timedelta(days=3))
    assert state("fr").paid_words == 0
    standing.begins_on = timezone.localdate() - timedelta(days=3)
    standing.save()
    assert state("fr").paid_words == words


def test_it_is_told_who_pays_who_translates_and_how_to_help(event, translator, reviewer, site, client):
    funder = make_organisation("The Fund")
    make_organisation("Le Fonds", lang="fr", translation_of=funder)
    programme(
        site,
        funded_by=funder,
        begins_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        word_budget=20_000,
        note="Write to <us>.",
    )
    translate(translator, reviewer, task_of(event, "fr"))
    text = page(client)
    for said in ("The Fund", "20,000", "traductrice (1)", "Write to &lt;us&gt;.", "/accounts/signup/"):
        assert said in text, said
    assert "Le Fonds" in page(client, "fr")


def test_the_chart_and_the_table_say_the_same(event, translator, reviewer, site, client):
    Work.objects.exclude(title=event.title).delete()
    translate(translator, reviewer, task_of(event, "fr"))
    for number in range(2):
        take_in(make_document(title=f"More {number}"))
    text = page(client)
    french = re.search(r'<li class="language-card" id="fr">.*?</li>\n', text, re.DOTALL)[0]
    assert 'class="good" x="0" y="0" width="33"' in french
    row = re.search(r'<th scope="row">French</th>(.*?)</tr>', text)[1]
    assert re.findall(r'data-name="(.*?)">(.*?)</td>', row)[:4] == [
        ("Exists", "1 (33 %)"),
        ("Written in it", "0"),
        ("Translated", "1"),
        ("Behind", "0"),
    ]
    assert "style=" not in text


def test_a_closed_language_says_so(event, site, client):
    programme(site, closed_at=timezone.now(), note="Help!")
    text = page(client)
    assert "Closed to new translations since" in text
    assert "Help!" not in text


def test_names_in_right_to_left_languages_and_other_tongues_are_told(event, site, client):
    text = page(client, "fr")
    assert 'lang="es" dir="ltr"' in text
    assert "espagnol" in text.lower()


def test_it_can_be_found(event, site, client):
    text = page(client)
    assert "noindex" not in text
    assert 'hreflang="fr" href="' in text
    bump_stamp()
    assert "/en/languages/" in client.get("/sitemap.xml").content.decode()
    assert 'href="/en/languages/"' in client.get("/en/").content.decode()


def test_an_empty_collection_and_shared_entries_make_no_share(site, client):
    Work.objects.all().delete()
    make_organisation("The Fund")
    assert state("fr").total == 0
    assert page(client)


def test_it_costs_the_same_for_one_page_and_for_many(event, translator, reviewer, site, client):
    funder = make_organisation("The Fund")
    for code in ("en", "fr", "es"):
        programme(site, code, funded_by=funder)
    translate(translator, reviewer, task_of(event, "fr"))

    def cost(number):
        bump_stamp()
        Client().get(f"/en/languages/?fresh={number}")
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(f"/en/languages/?fresh=warm{number}").status_code == 200
        return len(asked)

    few = cost(1)
    for number in range(5):
        take_in(make_document(title=f"More {number}"))
    assert cost(2) == few <= 8
