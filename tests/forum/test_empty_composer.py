"""The kept form at the foot of a topic gives nobody what is another's."""

import re

from tests.forum.talking import make_category, make_member, make_topic


def form_of(page: str) -> str:
    start = page.index('<form class="composer"')
    return page[start : page.index("</form>", start)]


def value(form: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', form)[1]


def test_each_form_has_its_own_nonce_token_and_topic(site, client):
    author = make_member()
    topics = [make_topic(author, make_category(), title) for title in ("One", "Two")]
    client.force_login(author)
    forms = [
        form_of(client.get(f"/en/forum/t/{topic.pk}/", follow=True).text) for topic in (*topics, topics[0])
    ]
    assert len({value(form, "nonce") for form in forms}) == 3
    assert len({value(form, "csrfmiddlewaretoken") for form in forms}) == 3
    for form, topic in zip(forms, (*topics, topics[0]), strict=True):
        assert f'action="/en/forum/t/{topic.pk}/reply/"' in form
        assert f'data-key="topic:{topic.pk}"' in form


def test_it_speaks_the_language_of_the_page_and_proposes_that_of_the_topic(site, client):
    author = make_member()
    topic = make_topic(author, make_category(), "One")
    client.force_login(author)
    french = form_of(client.get(f"/fr/forum/t/{topic.pk}/", follow=True).text)
    assert "Répondre" in french or "Envoyer" in french
    assert '<option value="en" selected>' in french


def test_what_was_begun_is_found_in_it(site, client):
    author = make_member()
    topic = make_topic(author, make_category(), "One")
    client.force_login(author)
    client.post(f"/en/forum/t/{topic.pk}/reply/", {"do": "keep", "text": "Half a sentence", "language": "en"})
    assert "Half a sentence" in form_of(client.get(f"/en/forum/t/{topic.pk}/", follow=True).text)
