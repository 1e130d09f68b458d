"""The link in each mail: GET asks and changes nothing, POST ends the mails at once, whoever sends it."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from cms.notifications.models import Preference
from cms.notifications.services import set_preference, unsubscribing
from tests.notifications.test_mails import NEXT_DIGEST
from tests.notifications.toys import ALERT, NEWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(tell, mails_at):
    """link(mail): the path of its List-Unsubscribe."""

    def link(mail) -> str:
        address = mail.message()["List-Unsubscribe"].strip("<>")
        assert address in mail.body
        assert address.startswith("http://testserver/")
        return address.removeprefix("http://testserver")

    return link


@pytest.fixture
def stranger():
    """A mail program: no cookie, no token, and no exception for tests."""
    return Client(enforce_csrf_checks=True)


def one_click(client, path):
    return client.post(path, {"List-Unsubscribe": "One-Click"})


def frequency(user, kind):
    kept = Preference.objects.filter(user=user, kind=kind).first()
    return kept and kept.frequency


def test_one_click_ends_mails_of_the_kind_without_logging_in(ana, tell, mails_at, link, stranger):
    tell(ana, "e1")
    path = link(*mails_at())
    answer = one_click(stranger, path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert (frequency(ana, NEWS), frequency(ana, ALERT)) == ("never", None)
    tell(ana, "e2")
    assert mails_at(days=9) == []
    assert one_click(stranger, path).status_code == 200


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(ana, tell, mails_at, link, stranger, method):
    tell(ana, "e1")
    answer = getattr(stranger, method)(link(*mails_at()))
    assert answer.status_code == 200
    assert frequency(ana, NEWS) is None
    assert not answer.cookies
    tell(ana, "e2")
    assert len(mails_at()) == 1


def test_the_page_asks_with_a_button_and_names_nobody(ana, tell, mails_at, link, stranger):
    tell(ana)
    page = stranger.get(link(*mails_at())).content.decode()
    assert '<form method="post"><button' in page
    assert "News of a thing" in page
    assert "Ana" not in page
    assert "ana@" not in page
    assert "noindex" in page


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_in_the_language_of_the_mail(ana, tell, mails_at, link, stranger, language):
    ana.interface_language = language
    ana.save()
    tell(ana)
    answer = stranger.get(link(*mails_at()), headers={"accept-language": "en"})
    assert f'<html lang="{language}"' in answer.content.decode()
    assert answer.headers["Content-Language"] == language


def test_a_digest_ends_all_kinds_that_are_in_it(ana, tell, mails_at, link, stranger):
    set_preference(ana, NEWS, frequency="daily")
    tell(ana)
    tell(ana, kind=ALERT)
    one_click(stranger, link(*mails_at(NEXT_DIGEST)))
    assert (frequency(ana, NEWS), frequency(ana, ALERT)) == ("never", "never")


class TestWhatCanBeLeft:
    @pytest.fixture
    def path(self, ana, tell, mails_at, link):
        set_preference(ana, ALERT, frequency="at_once")
        tell(ana, kind=ALERT)
        return link(*mails_at())

    def test_one_click_leaves_the_thing_and_keeps_the_rest(self, ana, path, stranger, world):
        answer = one_click(stranger, path)
        assert "the thing page-1" in answer.content.decode()
        assert world.left == [(ana.pk, "page-1")]
        assert frequency(ana, ALERT) == "at_once"

    def test_looking_leaves_nothing(self, path, stranger, world):
        assert stranger.get(path).content.decode().count('method="post"') == 2
        assert world.left == []

    def test_the_other_button_ends_all_mails_of_the_kind(self, ana, path, stranger, world):
        stranger.post(path, {"all": "1"})
        assert (world.left, frequency(ana, ALERT)) == ([], "never")


class TestBadLinks:
    @pytest.mark.parametrize("token", ["x", "a:b:c", "é", "W10:1abc:def", "x" * 5000])
    def test_one_that_nobody_signed_is_not_found(self, site, world, stranger, token):
        for answer in (stranger.get(path_of(token)), one_click(stranger, path_of(token))):
            assert answer.status_code == 404
            assert "This link is not complete" in answer.content.decode()

    def test_one_signed_for_something_else_is_not_found(self, ana, stranger):
        token = signing.dumps([ana.pk, [NEWS], ""], salt="something else")
        assert one_click(stranger, path_of(token)).status_code == 404
        assert frequency(ana, NEWS) is None

    def test_a_changed_one_is_not_found(self, ana, tell, mails_at, link, stranger):
        tell(ana)
        path = link(*mails_at())
        assert one_click(stranger, path.replace("unsubscribe/", "unsubscribe/A")).status_code == 404
        assert frequency(ana, NEWS) is None

    def test_an_old_one_is_gone(self, ana, tell, mails_at, link, stranger, monkeypatch):
        tell(ana)
        path = link(*mails_at())
        monkeypatch.setattr(unsubscribing, "GOOD_FOR", timedelta(seconds=-1))
        answer = one_click(stranger, path)
        assert answer.status_code == 410
        assert "This link is too old" in answer.content.decode()
        assert frequency(ana, NEWS) is None

    def test_one_of_a_deleted_account_is_gone(self, ana, tell, mails_at, link, stranger):
        tell(ana)
        path = link(*mails_at())
        ana.delete()
        assert one_click(stranger, path).status_code == 410

    def test_other_methods_are_refused(self, ana, tell, mails_at, link, stranger):
        tell(ana)
        assert stranger.put(link(*mails_at())).status_code == 405


def path_of(token: str) -> str:
    return f"/notifications/unsubscribe/{token}/"
