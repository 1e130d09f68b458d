"""Mails: bundled, at the frequency chosen, in the reader's language, without what they know or may not see."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPDataError

import pytest
from allauth.account.models import EmailAddress
from hypothesis import given
from hypothesis import strategies as st

from cms.core.languages import open_language_codes
from cms.core.models import OutgoingMail
from cms.notifications.mails import SHOWN_LINES, SHOWN_THINGS, compose
from cms.notifications.models import Delivery, Notification
from cms.notifications.rules import digest_slot, mail_due
from cms.notifications.services import forget_old, gather_mails, mark_read, set_preference
from tests.core.mail_servers import ScriptedServer
from tests.notifications.conftest import NOON
from tests.notifications.toys import ALERT, NEWS

SOON = NOON + timedelta(minutes=3)
NEXT_DIGEST = datetime(2027, 3, 11, 5, 0, tzinfo=UTC)
NEXT_MONDAY = datetime(2027, 3, 15, 5, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def html(mail) -> str:
    return mail.alternatives[0][0]


class TestAtOnce:
    def test_waits_for_what_else_happens_and_goes_once(self, ana, tell, mails_at):
        tell(ana, "e1")
        tell(ana, "e2", at=NOON + timedelta(minutes=1))
        assert mails_at(NOON + timedelta(minutes=1)) == []
        [mail] = mails_at()
        assert mail.subject == "[Ancrage] en: page-1, 2 events"
        assert mail.to == ["ana@example.org"]
        assert mail.body.index("did e1") < mail.body.index("did e2")
        assert mails_at(days=1) == []
        assert not Notification.objects.filter(mailed_at=None).exists()

    def test_what_is_about_something_else_is_a_mail_of_its_own(self, ana, bo, tell, mails_at):
        tell([ana, bo], "e1")
        tell(ana, "e1", about="page-2")
        assert sorted((mail.to[0], mail.subject[-8:]) for mail in mails_at()) == [
            ("ana@example.org", "1 events"),
            ("ana@example.org", "1 events"),
            ("bo@example.org", "1 events"),
        ]

    def test_a_late_tick_sends_all_of_it(self, ana, tell, mails_at):
        tell(ana, "e1")
        tell(ana, "e2", at=NOON + timedelta(hours=5))
        assert len(mails_at(days=3)) == 1


class TestDigests:
    def test_daily_goes_at_its_hour_with_all_kinds_and_things(self, ana, tell, mails_at):
        set_preference(ana, NEWS, frequency="daily")
        tell(ana, "e1")
        tell(ana, "e2")
        tell(ana, "e1", about="page-2")
        tell(ana, "e1", kind=ALERT)
        assert mails_at(NEXT_DIGEST - timedelta(minutes=1)) == []
        [mail] = mails_at(NEXT_DIGEST)
        assert mail.subject == "[Ancrage] Your day, 11 March 2027: 4 notifications"
        assert mail.body.count("did e") == 4
        assert mails_at(NEXT_DIGEST, hours=1) == []

    def test_weekly_goes_on_mondays(self, ana, tell, mails_at):
        set_preference(ana, NEWS, frequency="weekly")
        tell(ana)
        assert mails_at(NEXT_MONDAY - timedelta(minutes=1)) == []
        assert len(mails_at(NEXT_MONDAY)) == 1

    def test_is_skipped_when_all_was_read(self, ana, tell, mails_at):
        tell(ana, kind=ALERT)
        mark_read(ana, about="page-1")
        assert mails_at(NEXT_DIGEST) == []
        assert not Delivery.objects.exists()

    def test_leaves_out_what_was_read_even_between_gathering_and_sending(self, ana, tell, mails_at):
        tell(ana, "e1", kind=ALERT)
        tell(ana, "e2", kind=ALERT, about="page-2")
        gather_mails(NEXT_DIGEST)
        mark_read(ana, about="page-1")
        [mail] = mails_at(NEXT_DIGEST)
        assert "did e2" in mail.body
        assert "did e1" not in mail.body

    def test_there_is_one_in_each_period(self, ana, tell, mails_at):
        tell(ana, "e1", kind=ALERT)
        assert len(mails_at(NEXT_DIGEST)) == 1
        tell(ana, "late in its transaction", kind=ALERT)
        assert mails_at(NEXT_DIGEST, hours=1) == []
        assert len(mails_at(NEXT_DIGEST, days=1)) == 1

    def test_a_very_long_one_says_how_much_more_there_is(self, ana, tell, mails_at):
        for number in range(SHOWN_LINES + 5):
            tell(ana, f"e{number}", kind=ALERT)
        for number in range(SHOWN_THINGS + 4):
            tell(ana, about=f"other-{number}", kind=ALERT)
        [mail] = mails_at(NEXT_DIGEST)
        assert "and 5 more" in mail.body
        assert "5 more things happened" in mail.body
        assert "5 more things happened" in html(mail)


class TestWhoGetsNone:
    def test_who_is_not_active_any_more(self, ana, tell, mails_at):
        tell(ana)
        gather_mails(SOON)
        ana.is_active = False
        ana.save()
        assert mails_at() == []
        assert OutgoingMail.objects.get().state == "dropped"

    def test_who_has_not_confirmed_an_address(self, ana, tell, mails_at):
        EmailAddress.objects.update(verified=False)
        tell(ana)
        assert mails_at() == []

    def test_who_may_not_see_it_any_more(self, ana, tell, mails_at, world):
        tell(ana, "secret", data={"quote": "hidden words"})
        gather_mails(SOON)
        world.hidden.add("page-1")
        assert mails_at() == []
        assert Notification.objects.get().mailed_at is None

    def test_only_what_is_hidden_is_left_out(self, ana, tell, mails_at, world):
        tell(ana, "open", kind=ALERT)
        tell(ana, "secret", kind=ALERT, about="page-2")
        gather_mails(NEXT_DIGEST)
        world.hidden.add("page-2")
        [mail] = mails_at(NEXT_DIGEST)
        assert "did open" in mail.body
        assert "page-2" not in mail.body + html(mail) + mail.subject

    def test_who_is_gone(self, ana, tell, mails_at):
        tell(ana)
        gather_mails(SOON)
        ana.delete()
        assert mails_at() == []


def test_one_that_was_refused_is_tried_again_with_what_is_still_unread_and_goes_once(
    ana, tell, mails_at, settings
):
    settings.EMAIL_BACKEND = "tests.core.mail_servers.ScriptedServer"
    ScriptedServer.forget()
    ScriptedServer.sending[:] = [SMTPDataError(451, b"later")]
    tell(ana, "e1", kind=ALERT)
    tell(ana, "e2", kind=ALERT, about="page-2")
    mails_at(NEXT_DIGEST)
    assert not Notification.objects.exclude(mailed_at=None).exists()
    mark_read(ana, about="page-1")
    for _ in range(3):
        OutgoingMail.objects.update(due_at=datetime.now(UTC))
        mails_at(NEXT_DIGEST, hours=1)
    [mail] = ScriptedServer.taken
    assert "did e2" in mail.body
    assert "did e1" not in mail.body


class TestWords:
    @pytest.mark.parametrize("language", ["en", "fr", "es"])
    def test_in_the_language_of_the_reader(self, ana, tell, mails_at, language):
        ana.interface_language = language
        ana.save()
        tell(ana)
        [mail] = mails_at()
        assert mail.subject == f"[Ancrage] {language}: page-1, 1 events"
        assert f"http://testserver/{language}/me/notifications/" in mail.body
        assert f'<html lang="{language}"' in html(mail)
        # A colon stands as the language has it: in French after a space that does not break.
        before_colon = {"fr": "\N{NO-BREAK SPACE}"}.get(language, "")
        labelled = [line for line in mail.body.splitlines() if ": http" in line]
        assert len(labelled) == 3
        assert all(line.partition(": http")[0].endswith(before_colon) for line in labelled)

    def test_a_language_that_is_not_open_has_mails_but_no_pages(self, ana, tell, mails_at):
        ana.interface_language = "pt"
        ana.save()
        tell(ana)
        [mail] = mails_at()
        assert "pt: page-1" in mail.subject
        assert "http://testserver/en/me/notifications/" in mail.body

    def test_markup_is_text(self, ana, tell, mails_at):
        tell(ana, data={"quote": "<script>x</script> & more"}, actor_name="<b>Eve</b>")
        [mail] = mails_at()
        assert "<script>x</script> & more" in mail.body
        assert "<b>Eve</b>" in mail.body
        assert "&lt;script&gt;x&lt;/script&gt; &amp; more" in html(mail)
        assert "<script" not in html(mail)
        assert "<b>" not in html(mail)

    def test_all_addresses_are_whole(self, ana, tell, mails_at):
        tell(ana)
        [mail] = mails_at()
        assert "http://testserver/en/page-1/e1/" in mail.body
        assert 'href="/' not in html(mail)


class TestHeaders:
    def test_of_a_mail_about_one_thing(self, ana, tell, mails_at):
        tell(ana)
        [mail] = mails_at()
        head = mail.message()
        delivery = Delivery.objects.get()
        assert head["Message-ID"] == f"<notifications.{delivery.pk}@testserver>"
        assert head["List-Id"] == "Ancrage <test-news.testserver>"
        assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert head["List-Unsubscribe"].startswith("<http://testserver/notifications/unsubscribe/")
        assert head["Auto-Submitted"] == "auto-generated"
        assert (head["References"], head["In-Reply-To"]) == (None, None)

    def test_in_the_thread_the_kind_names(self, ana, tell, mails_at, world):
        world.references = ("<first@testserver>", "<second@testserver>")
        world.message_id = "<third@testserver>"
        tell(ana)
        [mail] = mails_at()
        head = mail.message()
        assert head["Message-ID"] == "<third@testserver>"
        assert head["In-Reply-To"] == "<second@testserver>"
        assert head["References"] == "<first@testserver> <second@testserver>"

    def test_a_mail_of_several_events_has_a_name_of_its_own(self, ana, tell, mails_at, world):
        world.message_id = "<third@testserver>"
        tell(ana, "e1")
        tell(ana, "e2")
        [mail] = mails_at()
        assert mail.message()["Message-ID"].startswith("<notifications.")

    def test_of_a_digest(self, ana, tell, mails_at, world):
        world.references, world.message_id = ("<first@testserver>",), "<third@testserver>"
        tell(ana, kind=ALERT)
        [mail] = mails_at(NEXT_DIGEST)
        head = mail.message()
        assert head["List-Id"] == "Ancrage <daily-digest.testserver>"
        assert head["References"] is None
        assert head["Message-ID"].startswith("<notifications.")


class TestCost:
    def test_a_digest_costs_the_same_for_few_and_for_many(self, ana, bo, tell, django_assert_num_queries):
        for number in range(40):
            tell(ana, f"e{number}", kind=ALERT, about=f"page-{number % 8}")
        tell(bo, "e1", kind=ALERT)
        gather_mails(NEXT_DIGEST)
        few, many = (OutgoingMail.objects.get(data={"delivery": d.pk}) for d in deliveries_of(bo, ana))
        open_language_codes()  # asked once after each change of the site, then kept
        for mail in (few, many):
            with django_assert_num_queries(4):  # delivery, address, notifications, the kind's own
                assert compose(mail.data)

    def test_gathering_costs_the_same_for_few_events_and_for_many(self, ana, tell, django_assert_num_queries):
        for number in range(3):
            tell(ana, f"e{number}", kind=ALERT)
        with django_assert_num_queries(8):
            gather_mails(NEXT_DIGEST)
        for number in range(30):
            tell(ana, f"f{number}", kind=ALERT, about=f"page-{number % 8}", at=NEXT_DIGEST)
        with django_assert_num_queries(8):
            gather_mails(NEXT_DIGEST + timedelta(days=1))


def deliveries_of(*users) -> list[Delivery]:
    return [Delivery.objects.get(recipient=user) for user in users]


def test_old_ones_are_forgotten_read_ones_sooner(ana, tell):
    for event, age in (("new", 1), ("read", 1), ("old and read", 100), ("old", 100), ("very old", 400)):
        tell(ana, event, at=datetime.now(UTC) - timedelta(days=age))
    mark_read(ana, ids=Notification.objects.filter(event__contains="read").values_list("pk", flat=True))
    forget_old()
    assert set(Notification.objects.values_list("event", flat=True)) == {"new", "read", "old"}


moments = st.datetimes(datetime(2026, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))
hours = st.integers(0, 23)


class TestRules:
    @given(moments, hours, st.sampled_from(["daily", "weekly"]))
    def test_a_digest_is_due_at_its_hour_within_its_period(self, now, hour, frequency):
        due = mail_due(frequency, now, delay=timedelta(minutes=2), hour=hour)
        assert timedelta(0) < due - now <= timedelta(days=7 if frequency == "weekly" else 1)
        assert (due.hour, due.minute, due.second) == (hour, 0, 0)
        assert frequency == "daily" or due.weekday() == 0

    @given(moments, hours, st.sampled_from(["daily", "weekly"]), st.integers(0, 24 * 60 - 1))
    def test_a_period_begins_when_its_digest_is_due(self, now, hour, frequency, late):
        due = mail_due(frequency, now, delay=timedelta(0), hour=hour)
        slot = digest_slot(frequency, due, hour)
        assert digest_slot(frequency, due + timedelta(minutes=late), hour) == slot
        assert digest_slot(frequency, due - timedelta(seconds=1), hour) != slot
