"""What no page asks for, and people and programs send all the same: a clear answer, and never a 500."""

import pytest

from initiatives.models import CallForInterest
from tests.factories.documents import make_document
from tests.initiatives.test_calls import TYPED, make_call

pytestmark = pytest.mark.django_db

ADDRESSES = [
    # (what, method, address, status)
    ("a document nobody wrote", "get", "/en/library/nothing-here/", 404),
    ("a slug in another script", "get", "/en/library/économie-solidaire-ⴰ/", 404),
    ("a slug with a null byte", "get", "/en/library/a%00b/", 404),
    ("a very long slug", "get", f"/en/library/{'x' * 5000}/", 404),
    ("a slug that is a query", "get", "/en/library/' OR 1=1 --/", 404),
    ("a document under another language's slug", "get", "/fr/library/known/", 302),
    ("a language that is not open", "get", "/de/library/known/", 404),
    ("a language that does not exist", "get", "/xx/library/known/", 404),
    ("an address without its last slash", "get", "/en/library/known", 301),
    ("a step too far", "get", "/en/library/known/more/", 404),
    ("a filter where there is none", "get", "/en/library/known/?type=x&page=-1&utm_source=y", 200),
    ("a very long query", "get", f"/en/library/known/?q={'x' * 20000}", 200),
    ("a reply to what is not a call", "get", "/en/library/known/reply/", 404),
    ("an unknown collection", "get", "/en/collections/nothing-here/", 404),
    ("answers of a page that is no call", "get", "/admin/calls/999999/replies/", 302),
    ("deleting a form", "delete", "/en/library/open-call/reply/", 405),
]


@pytest.fixture
def known(site):
    make_document(title="Known", slug="known")
    return make_call(slug="open-call")


@pytest.mark.parametrize(
    ("method", "address", "status"), [row[1:] for row in ADDRESSES], ids=[r[0] for r in ADDRESSES]
)
def test_an_odd_address_gets_a_clear_answer(known, client, method, address, status):
    response = getattr(client, method)(address)
    assert response.status_code == status
    assert not response.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ACCEPT_LANGUAGE": "xx-" + "a" * 4000 + ";q=2,*;q=abc"},
        {"HTTP_COOKIE": "sessionid=%00%ff; csrftoken=x; broken"},
        {"HTTP_COOKIE": "django_language=../../etc; sessionid=" + "x" * 3000},
        {"HTTP_IF_NONE_MATCH": 'W/"nonsense'},
        {"HTTP_IF_MODIFIED_SINCE": "yesterday"},
        {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest", "HTTP_HX_REQUEST": "true"},
    ],
    ids=["languages", "broken cookie", "odd cookie", "validator", "date", "script"],
)
def test_odd_headers_change_nothing_of_a_document(known, client, headers):
    expected = client.get("/en/library/known/").content
    response = client.get("/en/library/known/", **headers)
    assert response.status_code == 200
    assert response.content == expected


FORMS = [
    # (what, changes of a good form, status)
    ("nothing at all", dict.fromkeys(TYPED, ""), 422),
    ("an address that is none", {"email": "a@b"}, 422),
    ("two addresses", {"email": "a@example.net, b@example.net"}, 422),
    ("a header in the address", {"email": "a@example.net\nBcc: b@example.net"}, 422),
    ("a choice that is not offered", {"interests": ["00000000-0000-0000-0000-000000000000"]}, 422),
    ("a choice that is not even one", {"collaborations": ["'; DROP TABLE"]}, 422),
    ("a name far too long", {"contact_name": "x" * 10_000}, 422),
    ("a null byte", {"message": "a\x00b"}, 422),
    ("a message too long", {"message": "x" * 4001}, 422),
    ("no token", {"form_token": ""}, 422),
    ("markup, which is only text", {"message": "<script>alert(1)</script>"}, 302),
    ("right-to-left text and emoji", {"organisation": "منظمة 🌱"}, 302),
    ("lines in the title of the mail", {"contact_name": "A\r\nBcc: b@example.net"}, 302),
]


@pytest.mark.parametrize(("changes", "status"), [row[1:] for row in FORMS], ids=[row[0] for row in FORMS])
def test_an_odd_answer_to_a_call_is_taken_as_text_or_refused_with_words(
    known, client, changes, status, django_capture_on_commit_callbacks
):
    data = {**TYPED, "form_token": "6f9619ff-8b86-d011-b42d-00cf4fc964ff", **changes}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/en/library/open-call/reply/", data)
    assert response.status_code == status
    html = response.content.decode()
    assert "<script>alert(1)" not in html
    if status == 422:
        assert "data-error-summary" in html
        assert "error" in html


def test_a_page_that_is_no_call_has_no_answers_for_those_who_may_read_others(known, admin_client):
    file = make_document()
    assert admin_client.get(f"/admin/calls/{file.pk}/replies/").status_code == 404
    assert CallForInterest.objects.count() == 1
