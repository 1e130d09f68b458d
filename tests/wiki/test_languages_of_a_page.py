"""Where the language switcher leads, and the way to the editor."""

import pytest

from tests.factories.documents import make_document, make_user

pytestmark = pytest.mark.django_db


def test_a_page_that_is_not_translated_says_so_and_offers_what_exists(site, client):
    page = make_document(title="Only in English")
    answer = client.get(f"/es/wiki/{page.pk}/")
    assert answer.status_code == 200
    assert page.url in answer.text
    assert "noindex" in answer.text


def test_the_switcher_leads_to_the_translation_or_to_what_exists(site, client):
    page = make_document(title="Original")
    french = make_document(title="Traduction", lang="fr", translation_of=page)
    text = client.get(page.url).text
    assert f'href="{french.url}"' in text
    assert f'href="/es/wiki/{page.pk}/"' in text
    assert f'hreflang="fr" href="http://testserver{french.url}"' in text
    assert 'rel="alternate" hreflang="es"' not in text


@pytest.mark.parametrize("publish", [False])
def test_a_draft_is_not_found_by_its_number(site, client, publish):
    page = make_document(publish=publish)
    assert client.get(f"/en/wiki/{page.pk}/").status_code == 404
    assert client.get(f"/en/wiki/{page.pk}/edit/").status_code == 404


@pytest.mark.parametrize("number", ["999999", "1", "0"])
def test_numbers_that_are_no_page_are_not_found(site, client, number):
    assert client.get(f"/en/wiki/{number}/").status_code == 404


def test_edit_leads_to_log_in_then_to_the_editor_or_says_why_not(site, client):
    page = make_document()
    address = f"/en/wiki/{page.pk}/edit/"
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    client.force_login(make_user())
    answer = client.get(address)
    assert answer.status_code == 403
    assert "ask an editor" in answer.text
    client.force_login(make_user("Authors"))
    assert client.get(address)["Location"] == f"/admin/pages/{page.pk}/edit/"
