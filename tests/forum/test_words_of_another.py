"""What facilitators do to the words of another: with a reason, in the log, and told to whose words they are."""

import pytest

from forum.deciding import Decision, led_to, may_have_led_to
from forum.models import LogEntry, Post, PostTranslation, ReviewItem
from forum.rules import PostState, ReviewState
from forum.services import delete_translation, edit_post, translate_post
from forum.services.reviewing import Verdict, answer_decision, decide
from forum.services.translating import Offered
from forum.standing import forget_standing
from tests.forum.following import told
from tests.forum.moderating import decided, held_post, item_of, make_facilitator, reported
from tests.forum.talking import make_member, make_reply, make_topic, of
from tests.wiki.mail_tools import mails_after

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(site):
    return make_member(name="ana", display_name="Ana", interface_language="en")


@pytest.fixture
def post(author, category) -> Post:
    return make_reply(author, make_topic(make_member(), category, "Bread"), "As it was.")


def do(post: Post, what: str) -> str:
    return f"/en/forum/p/{post.pk}/{what}/"


def log_page(post: Post, reader=None) -> str:
    return of(reader).get(f"/en/forum/t/{post.topic_id}/log/").text


class TestChangingAText:
    fields = {"text": "As it is.", "seen": 1, "language": "en"}

    def test_it_asks_why_keeps_what_was_typed_and_is_done_with_a_reason(self, facilitator, post):
        browser = of(facilitator)
        assert 'name="reason"' in browser.get(do(post, "edit")).text
        for reason in ({}, {"reason": "  "}):
            answer = browser.post(do(post, "edit"), {**self.fields, **reason})
            assert answer.status_code == 422
            assert "Say why" in answer.text
            assert "As it is." in answer.text
        assert browser.post(do(post, "edit"), {**self.fields, "reason": "A name."}).status_code == 302
        post.refresh_from_db()
        assert (post.source, post.edited_by) == ("As it is.", facilitator)
        entry = LogEntry.objects.get()
        assert (entry.action, entry.actor, entry.member, entry.reason, entry.public) == (
            *("edit-post", facilitator, post.author, "A name.", True),
        )

    def test_who_wrote_it_is_asked_nothing(self, author, post):
        browser = of(author)
        assert 'name="reason"' not in browser.get(do(post, "edit")).text
        assert browser.post(do(post, "edit"), self.fields).status_code == 302
        assert not LogEntry.objects.exists()
        assert told(author) == []

    def test_the_reason_is_kept_with_the_draft(self, facilitator, post):
        browser = of(facilitator)
        browser.post(do(post, "edit"), {**self.fields, "reason": "A name.", "do": "keep"})
        assert browser.get(do(post, "edit")).context["composer"].form["reason"].value() == "A name."

    def test_readers_find_in_the_log_that_it_was_changed_and_not_why(self, facilitator, post):
        edit_post(facilitator, post.pk, "As it is.", "en", seen=1, reason="It named somebody.")
        page = log_page(post)
        assert "changed the text of post 2" in page
        assert "Flora" in page
        assert "It named somebody." not in page

    def test_its_author_is_told_kindly_with_the_reason(self, facilitator, author, post, mailoutbox):
        edit_post(facilitator, post.pk, "As it is.", "en", seen=1, reason="It named somebody.")
        assert told(author) == [("decisions", "changed")]
        [mail] = [mail for mail in mails_after(mailoutbox) if mail.to == [author.email]]
        assert mail.subject == "[Ancrage] Changed: your post in “Bread”"
        assert "A facilitator has changed what you wrote." in mail.body
        assert "It named somebody." in mail.body

    def test_its_author_can_answer_once_and_other_eyes_decide(self, facilitator, author, post):
        edit_post(facilitator, post.pk, "As it is.", "en", seen=1, reason="It named somebody.")
        item, browser = item_of(post), of(author)
        address = f"/en/forum/me/decision/{item.pk}/"
        assert "Do you see it differently?" in browser.get(address).text
        assert browser.post(address, {"text": "I named nobody."}).status_code == 302
        item.refresh_from_db()
        assert (item.state, item.answer) == (ReviewState.WAITING, "I named nobody.")
        assert "Do you see it differently?" not in browser.get(address).text
        again = Verdict(Decision.EDIT, item.version, source="As it was.", language="en")
        decide(make_facilitator(), item.pk, again)
        post.refresh_from_db()
        assert post.source == "As it was."

    def test_there_is_nothing_to_answer_while_it_waits_or_once_it_is_gone(self, facilitator, author, post):
        edit_post(facilitator, post.pk, "As it is.", "en", seen=1, reason="It named somebody.")
        address = f"/en/forum/me/decision/{item_of(post).pk}/"
        reported(post)
        assert "Do you see it differently?" not in of(author).get(address).text
        assert of(author).post(address, {"text": "I named nobody."}).status_code == 422

    def test_what_was_reported_still_waits_for_a_decision(self, facilitator, post):
        item = reported(post)
        edit_post(facilitator, post.pk, "As it is.", "en", seen=1, reason="Milder.")
        item.refresh_from_db()
        assert (item.state, item.version) == (ReviewState.WAITING, 2)
        assert ReviewItem.objects.exclude(pk=item.pk).get().state == ReviewState.CHANGED

    def test_of_a_post_that_waits_nothing_is_said_in_public(self, facilitator, category):
        post = held_post(category)
        edit_post(facilitator, post.pk, "As it is.", "en", seen=1, reason="Milder.")
        assert "changed the text" not in log_page(post)
        assert ("decisions", "changed") in told(post.author)
        forget_standing(facilitator)
        assert "Milder." in of(facilitator).get("/en/forum/review/log/").text

    def test_saved_without_a_change_nobody_is_told(self, facilitator, author, post):
        edit_post(facilitator, post.pk, post.source, "en", seen=1, reason="Nothing.")
        assert told(author) == []
        assert not LogEntry.objects.exists()


class TestWhatBecomesOfADecision:
    @pytest.mark.parametrize(
        ("decision", "state", "became"),
        [
            (Decision.EDIT, PostState.PUBLISHED, ReviewState.CHANGED),
            (Decision.EDIT, PostState.HELD, ReviewState.APPROVED),
            (Decision.APPROVE, PostState.HELD, ReviewState.APPROVED),
            (Decision.APPROVE, PostState.REJECTED, ReviewState.APPROVED),
            (Decision.APPROVE, PostState.DELETED, ReviewState.RESTORED),
            (Decision.REMOVE, PostState.PUBLISHED, ReviewState.REMOVED),
            (Decision.REFUSE, PostState.HELD, ReviewState.REFUSED),
            (Decision.SET_ASIDE, PostState.PUBLISHED, ReviewState.SET_ASIDE),
            (Decision.SANCTION, "", ReviewState.SANCTIONED),
        ],
    )
    def test_it_says_what_was_done(self, decision, state, became):
        assert led_to(decision, state) == became
        assert may_have_led_to(decision, became)
        assert not may_have_led_to(decision, ReviewState.WAITING)

    def test_a_reported_text_that_is_changed_is_told_as_changed(self, facilitator, author, post):
        decided(facilitator, reported(post), Decision.EDIT, source="As it is.", language="en")
        assert item_of(post).state == ReviewState.CHANGED
        assert told(author) == [("decisions", "changed")]


class TestTakingATranslationAway:
    @pytest.fixture
    def translator(self, site):
        return make_member(name="theo", display_name="Théo", interface_language="fr")

    @pytest.fixture
    def translation(self, post, translator) -> PostTranslation:
        return translate_post(translator, post.pk, Offered("Comme c’était.", "fr", 1)).translation

    def form(self, post: Post) -> str:
        return f"{do(post, 'translate')}fr/"

    def test_it_asks_why(self, facilitator, post, translation):
        browser = of(facilitator)
        assert 'name="reason"' in browser.get(self.form(post)).text
        answer = browser.post(self.form(post), {"do": "delete", "reason": " "})
        assert answer.status_code == 422
        assert "Say why" in answer.text
        translation.refresh_from_db()
        assert translation.state == PostState.PUBLISHED
        browser.post(self.form(post), {"do": "delete", "reason": "Quite wrong."})
        translation.refresh_from_db()
        assert translation.state == PostState.DELETED
        entry = LogEntry.objects.get()
        assert (entry.action, entry.member, entry.reason) == (
            *("delete-translation", translation.translator, "Quite wrong."),
        )

    def test_who_made_it_says_nothing(self, translator, post, translation):
        browser = of(translator)
        assert 'name="reason"' not in browser.get(self.form(post)).text
        assert browser.post(self.form(post), {"do": "delete"}).status_code == 302
        assert not LogEntry.objects.exists()
        assert told(translator) == []

    def test_whose_it_was_is_told_in_their_language_and_can_answer(
        self, facilitator, translator, post, translation, mailoutbox
    ):
        delete_translation(facilitator, translation.pk, "Quite wrong.")
        assert told(translator) == [("decisions", "removed")]
        [mail] = [mail for mail in mails_after(mailoutbox) if mail.to == [translator.email]]
        assert "Au sujet de votre traduction" in mail.subject
        assert "Quite wrong." in mail.body
        item = ReviewItem.objects.get(translation=translation)
        page = of(translator).get(f"/fr/forum/me/decision/{item.pk}/").text
        assert "Comme c’était." in page
        assert "Quite wrong." in page
        assert answer_decision(translator, item.pk, "It is not.").state == ReviewState.WAITING

    def test_brought_back_after_an_answer_it_is_told_and_logged_again(
        self, facilitator, translator, post, translation
    ):
        delete_translation(facilitator, translation.pk, "Quite wrong.")
        item = ReviewItem.objects.get(translation=translation)
        answer_decision(translator, item.pk, "It is not.")
        item.refresh_from_db()
        decide(make_facilitator(), item.pk, Verdict(Decision.APPROVE, item.version, "Right after all."))
        translation.refresh_from_db()
        item.refresh_from_db()
        assert (translation.state, item.state) == (PostState.PUBLISHED, ReviewState.RESTORED)
        assert told(translator) == [("decisions", "removed"), ("decisions", "restored")]
        page = log_page(post)
        assert "took a translation of post 2 away" in page
        assert "brought a translation of post 2 back" in page
        assert "Quite wrong." not in page
        assert "Right after all." not in page
