"""Addresses and forms that nobody's browser sends: answered with a status, never with a failure."""

import pytest
from django.urls import reverse

from cms.wiki.models import PublishedRevision, Suggestion, Watch
from cms.wiki.services import Conflict, submit_for_review
from tests.factories.documents import make_document, make_user
from tests.wiki.editor_form import edit_address, loaded
from tests.wiki.moderation_tools import submit, write
from tests.wiki.publishing import publish

pytestmark = pytest.mark.django_db

NUMBERS = [0, 2**31, 2**63, 10**30]
OF_PAGE = [
    "", "edit/", "watch/", "unwatch/", "links/", "history/", "compare/1/2/", "cite/", "revisions/1/", "revert/1/",
    "suggest/", "suggest/received/",
]  # fmt: skip
NOT_NUMBERS = ["", "x", "-1", "²", "１２", "9" * 5000, "\x00"]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_is_nothing_is_not_found(site, client, number):
    page = make_document()
    version = PublishedRevision.objects.get(page=page).pk
    client.force_login(make_user("Editors"))
    addresses = [f"/en/wiki/{number}/{each}" for each in OF_PAGE] + [
        f"/en/wiki/{page.pk}/compare/{number}/{version}/",
        f"/en/wiki/{page.pk}/revisions/{number}/cite.bib",
        f"/en/wiki/{page.pk}/revert/{number}/",
        f"/en/wiki/authors/{number}/",
        f"/en/wiki/submissions/{number}/",
        f"/admin/wiki/submissions/{number}/",
        f"/admin/wiki/submissions/{number}/submit/",
        f"/admin/wiki/suggestions/{number}/",
        f"/admin/wiki/pages/{number}/protection/",
        f"/admin/pages/{page.pk}/revisions/{number}/revert/",
        f"/admin/pages/{number}/history/",
        f"/admin/pages/{number}/view_draft/",
    ]
    answers = {address: client.get(address).status_code for address in addresses}
    assert set(answers.values()) == {404}, answers


def test_another_page_s_draft_is_not_to_be_brought_back(site, client):
    page, other = make_document(), make_document()
    client.force_login(make_user("Editors"))
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, other.latest_revision_id])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("value", NOT_NUMBERS)
def test_a_damaged_form_of_two_texts_that_meet_decides_nothing(site, client, value):
    make_user("Editors")
    author, page = make_user("Authors"), make_document(title="A")
    mine = write(author, page, title="B")
    publish(page, title="C")
    with pytest.raises(Conflict):
        submit_for_review(author, mine.pk, mine.version, "x", "typo")
    client.force_login(author)
    answer = client.post(
        reverse("wiki_conflict", args=[mine.pk]), {"version": value, "choose-title": "theirs"}
    )
    assert answer.status_code == 302
    mine.refresh_from_db()
    assert mine.content["title"] == "B"


@pytest.mark.parametrize("value", NOT_NUMBERS)
def test_a_damaged_autosave_writes_over_nothing(site, client, value):
    author, page = make_user("Authors"), make_document(title="A", publish=False)
    page.save_revision(user=author)
    client.force_login(author)
    data = loaded(client, page) | {"title": "Forged", "overwrite_revision_id": value}
    answer = client.post(edit_address(page), data, headers={"accept": "application/json"})
    assert answer.status_code < 500


@pytest.mark.parametrize("value", NOT_NUMBERS)
@pytest.mark.parametrize("button", ["watch", "stop"])
def test_what_cannot_be_watched_changes_nothing(site, client, button, value):
    """PostgreSQL refuses a NUL wherever it is asked for one."""
    client.force_login(make_user())
    for kind in ("page", "type", "collection", "language"):
        answer = client.post("/en/wiki/watchlist/", {button: f"{kind}:{value}"}, follow=True)
        assert "Nothing was changed" in answer.content.decode()
    assert not Watch.objects.exists()


TURNED = "abc \u202edcba\u202c \u2066x\u2069"


def test_no_summary_or_name_turns_the_words_beside_it(site, client):
    make_user("Editors")
    page = make_document()
    text = submit(make_user("Authors"), page, summary=TURNED, title="B")
    form = {"form_token": "6a0a5bb4-7b8f-4bd4-9d8a-000000000001", "text": "a correction", "name": TURNED}
    client.post(f"/en/wiki/{page.pk}/suggest/", form)
    assert text.summary == Suggestion.objects.get().name == "abc dcba x"
