"""A page that waits for a decision says so to its author and to those who decide; to nobody else."""

import pytest

from cms.wiki.services import approve, request_changes
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import submit, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site):
    return make_document(title="The bakery")


@pytest.fixture
def author(site):
    return make_user("Authors", display_name="Ana")


@pytest.fixture
def editor(site):
    return make_user("Editors", display_name="Ed")


def fragment(client, person, page, lang="en") -> str:
    client.force_login(person)
    return client.get(f"/{lang}/me/fragment/?page={page.pk}").text


def test_the_author_is_led_to_their_own_text_and_editors_to_the_decision(client, page, author, editor):
    submission = submit(author, page, title="The new bakery")
    own, theirs = fragment(client, author, page), fragment(client, editor, page)
    assert "Your revision waits" in own
    assert f"/en/wiki/submissions/{submission.pk}/" in own
    assert "A revision by Ana waits" in theirs
    assert f"/admin/wiki/submissions/{submission.pk}/" in theirs
    assert "The new bakery" not in own + theirs


@pytest.mark.parametrize(
    "role", [None, "Authors", "Translators (en)", "Language reviewers (es)", "Facilitators"]
)
def test_nobody_else_is_told(client, page, author, editor, role):
    submit(author, page, title="The new bakery")
    html = fragment(client, make_user(role), page)
    assert "revision" not in html
    assert "Ana" not in html


def test_reviewers_are_told_of_their_language(client, page, author):
    reviewer = make_user("Language reviewers (es)")
    spanish = make_document(lang="es", title="La panadería", translation_of=page)
    submit(author, spanish, title="La nueva panadería")
    submit(author, page, title="The new bakery")
    assert "A revision by Ana waits" in fragment(client, reviewer, spanish)
    assert "revision" not in fragment(client, reviewer, page)


def test_drafts_are_told_to_their_author_only(client, page, author, editor):
    write(author, page, title="Half a thought")
    assert "You have a draft for this page" in fragment(client, author, page)
    assert "draft" not in fragment(client, editor, page)


def test_what_is_asked_of_the_author_is_said(client, page, author, editor):
    request_changes(editor, submit(author, page, title="The new bakery").pk, "more")
    assert "Changes are asked for" in fragment(client, author, page)
    assert "revision" not in fragment(client, editor, page)


def test_nothing_is_said_once_it_is_decided(client, page, author, editor):
    approve(editor, submit(author, page, title="The new bakery").pk)
    for person in (author, editor):
        assert "data-for-page" not in fragment(client, person, page)


@pytest.mark.parametrize("number", ["", "0", "-1", "abc", "9" * 40, "1", "999999999"])
def test_other_numbers_are_no_page(client, page, editor, number):
    client.force_login(editor)
    answer = client.get(f"/en/me/fragment/?page={number}")
    assert answer.status_code == 200
    assert "data-for-page" not in answer.text


def test_the_public_page_is_the_same_for_all_and_says_which_it_is(client, page, author, editor):
    client.get(page.url)
    before = client.get(page.url).text
    submit(author, page, title="The new bakery")
    client.force_login(editor)
    after = client.get(page.url).text
    assert before == after
    assert f'data-page="{page.pk}"' in after


def test_costs_little(client, page, author, editor, django_assert_max_num_queries):
    for _number in range(4):
        submit(make_user("Authors"), page, licence="cc-by-4.0")
    submit(author, page, title="The new bakery")
    fragment(client, editor, page)
    with django_assert_max_num_queries(6):
        client.get(f"/en/me/fragment/?page={page.pk}")
