"""Mails of the forum: both parts, headers, the reader's language, and nothing that may not be seen when they go out."""

from datetime import timedelta
from smtplib import SMTPDataError

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.accounts.models import User
from cms.core.languages import open_language_codes
from cms.core.mailing.sending import send_due_mails
from cms.core.models import OutgoingMail
from cms.notifications.mails import compose
from cms.notifications.models import Delivery, Notification
from cms.notifications.services import gather_mails
from forum.models import CategoryLevel, Member, PostTranslation, Reading, ReviewItem, Topic
from forum.notices import tell_of_decision
from forum.queries.categories import all_categories
from forum.rules import Access, Level, ReviewState, TopicState, Trust
from forum.services import delete_post, edit_post, follow_topic, note_read
from forum.standing import co_facilitators
from tests.core.mail_servers import ScriptedServer
from tests.forum.following import daily, make_reader, mention, quote
from tests.forum.talking import make_category, make_member, make_reply, make_topic, said
from tests.wiki.mail_tools import by_reader, mails_after

pytestmark = pytest.mark.django_db


@pytest.fixture
def category(site):
    return make_category(slug="after-workshop-7", name="After Workshop 7")


@pytest.fixture
def writer(site):
    return make_member(name="wim", display_name="Wim", interface_language="en")


@pytest.fixture
def topic(category, writer):
    return make_topic(writer, category, "What makes a bakery last?", "Tell us.")


@pytest.fixture
def reader(topic):
    return make_reader(
        "rea", level=Level.WATCHING, topic=topic, interface_language="en", languages_read=["en"]
    )


@pytest.fixture
def mails(mailoutbox):
    return lambda **later: mails_after(mailoutbox, **later)


def html(mail) -> str:
    return mail.alternatives[0][0]


class TestWhatAMailSays:
    def test_it_names_the_post_and_has_all_of_its_text_in_both_parts(self, topic, writer, reader, mails):
        long = "A word. " * 500
        post = make_reply(
            writer, topic, f"The **flour** from [two farms](/en/library/farms/).\n\n- one\n- two\n\n{long}"
        )
        [mail] = mails()
        assert mail.subject == "[Ancrage] Re: What makes a bakery last?"
        assert "Wim writes:" in mail.body
        assert "The flour from two farms <http://testserver/en/library/farms/>." in mail.body
        assert "- one\n- two\n" in mail.body
        assert long.strip() in mail.body
        assert f"http://testserver/en/forum/t/{topic.pk}-{topic.slug}/#post-{post.number}" in mail.body
        assert "<strong>flour</strong>" in html(mail)
        assert '<a href="http://testserver/en/library/farms/">two farms</a>' in html(mail)
        assert long.strip() in html(mail)

    def test_in_the_language_of_the_interface(self, topic, writer, reader, mails):
        User.objects.filter(pk=reader.pk).update(interface_language="fr")
        make_reply(writer, topic)
        [mail] = mails()
        assert "Bonjour" in mail.body
        assert f"http://testserver/fr/forum/t/{topic.pk}-" in mail.body
        assert '<html lang="fr"' in html(mail)
        assert 'lang="en"' in html(mail)  # the post's own language

    def test_several_posts_go_together(self, topic, writer, reader, mails):
        for text in ("One thing.", "Another thing."):
            make_reply(writer, topic, text)
        [mail] = mails()
        assert mail.subject == "[Ancrage] 2 new posts: What makes a bakery last?"
        assert mail.body.index("One thing.") < mail.body.index("Another thing.")

    @pytest.mark.parametrize(
        ("text", "subject"),
        [
            ("{mention}", "Wim mentions you"),
            ("{quote}Indeed.", "Wim quotes you"),
            ("Yes.", "Wim answers you"),
        ],
    )
    def test_why_one_is_told_stands_in_the_subject(self, topic, writer, mails, text, subject):
        author = make_member(name="ana", display_name="Ana", interface_language="en")
        own = make_reply(author, topic)
        source = text.format(mention=mention(author), quote=quote(own))
        make_reply(writer, topic, source, reply_to=own.pk if text == "Yes." else None)
        [mail] = [mail for mail in mails() if mail.to == ["ana@example.org"]]
        assert mail.subject == f"[Ancrage] {subject}: What makes a bakery last?"

    def test_markup_is_text_and_nothing_is_loaded(self, topic, writer, reader, mails):
        Topic.objects.update(title="<script>t</script> & 100 %")
        User.objects.filter(pk=writer.pk).update(display_name="<b>W</b>")
        make_reply(
            writer, topic, "<script>x</script> ![a cat](https://example.org/cat.png) [x](javascript:alert(1))"
        )
        [mail] = mails()
        assert "<script>t</script> & 100 %" in mail.subject
        assert "<b>W</b> writes" in mail.body
        for forbidden in ("<script", "<img", 'javascript:alert(1)"', "<b>W", 'href="/', 'src="'):
            assert forbidden not in html(mail)
        assert 'href="https://example.org/cat.png"' in html(mail)


class TestTranslations:
    def translate(self, post, version=1, text="Gracias."):
        return PostTranslation.objects.create(
            post=post,
            language="es",
            post_version=version,
            source=text,
            html=f"<p>{text}</p>",
            translator=make_member(display_name="Mar"),
            written_at=timezone.now(),
        )

    def test_who_does_not_read_the_original_gets_the_translation(self, topic, writer, reader, mails):
        other = make_reader(
            "esp", level=Level.WATCHING, topic=topic, languages_read=["es"], interface_language="en"
        )
        self.translate(make_reply(writer, topic, "Thank you."))
        found = by_reader(mails())
        assert "Gracias." in found["esp"]
        assert "Written in: English. Translated by: Mar." in found["esp"]
        assert "changed since" not in found["esp"]
        assert "Thank you." not in found["esp"]
        assert "Thank you." in found["rea"]
        assert other.pk

    def test_that_the_post_has_changed_since_is_said(self, topic, writer, reader, mails):
        make_reader("esp", level=Level.WATCHING, topic=topic, languages_read=["es"], interface_language="en")
        post = make_reply(writer, topic, "Thank you.")
        self.translate(post)
        edit_post(writer, post.pk, "Thank you very much.", "en", seen=1)
        assert "The post has changed since." in by_reader(mails())["esp"]

    def test_one_that_waits_is_not_shown(self, topic, writer, mails):
        make_reader("esp", level=Level.WATCHING, topic=topic, languages_read=["es"], interface_language="en")
        translation = self.translate(make_reply(writer, topic, "Thank you."))
        PostTranslation.objects.filter(pk=translation.pk).update(state="held")
        assert "Thank you." in by_reader(mails())["esp"]


class TestHeaders:
    def test_of_an_answer(self, topic, writer, reader, mails):
        first, other = topic.posts.get(), make_reply(writer, topic)
        mails()
        answer = make_reply(writer, topic, reply_to=other.pk)
        [mail] = mails()
        head = mail.message()
        assert head["Message-ID"] == answer.message_id
        assert head["In-Reply-To"] == other.message_id
        assert head["References"] == f"{first.message_id} {other.message_id}"
        assert head["List-Id"] == "Ancrage <forum-after-workshop-7.testserver>"
        assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert head["Auto-Submitted"] == "auto-generated"

    def test_of_a_post_that_answers_none_and_of_the_first(self, category, topic, writer, reader, mails):
        CategoryLevel.objects.create(user=reader, category=category, level=Level.WATCHING)
        make_reply(writer, topic)
        opening = make_topic(writer, category)
        heads = [mail.message() for mail in mails()]
        [reply] = [head for head in heads if "Re: " in head["Subject"]]
        [new] = [head for head in heads if "New topic" in head["Subject"]]
        assert reply["In-Reply-To"] == reply["References"] == topic.posts.get(number=1).message_id
        assert new["Message-ID"] == opening.posts.get().message_id
        assert (new["References"], new["In-Reply-To"]) == (None, None)


def unsubscribe_address(mail) -> str:
    return mail.message()["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")


class TestUnsubscribing:
    def test_one_click_mutes_the_topic_without_a_cookie(self, topic, writer, reader, mails):
        make_reply(writer, topic)
        [mail] = mails()
        client = Client(enforce_csrf_checks=True)
        answer = client.post(unsubscribe_address(mail), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert Reading.objects.get(user=reader, topic=topic).level == Level.MUTED
        assert topic.title in answer.content.decode()
        make_reply(writer, topic, mention(reader))
        assert mails() == []
        assert client.post(unsubscribe_address(mail)).status_code == 200

    def test_get_changes_nothing(self, topic, writer, reader, mails):
        make_reply(writer, topic)
        [mail] = mails()
        for _each in range(2):
            assert Client().get(unsubscribe_address(mail)).status_code == 200
        assert Reading.objects.get(user=reader, topic=topic).level == Level.WATCHING
        make_reply(writer, topic)
        assert len(mails()) == 1

    def test_of_a_watched_category_only_the_topic_is_left(self, category, topic, writer, mails):
        CategoryLevel.objects.create(
            user=(user := make_reader("cat")), category=category, level=Level.WATCHING
        )
        make_reply(writer, topic)
        [mail] = mails()
        Client().post(unsubscribe_address(mail))
        assert Reading.objects.get(user=user).level == Level.MUTED
        make_topic(writer, category, "Another")
        [mail] = mails()
        assert "Another" in mail.subject

    def test_an_account_that_was_closed_can_still_follow_the_link(self, topic, writer, reader, mails):
        make_reply(writer, topic)
        [mail] = mails()
        User.objects.filter(pk=reader.pk).update(is_active=False)
        assert Client().post(unsubscribe_address(mail)).status_code == 200


class TestNeverWhatMayNotBeSeen:
    """Asked again when the mail is written: after it was told, and after the mails were gathered."""

    CHANGES = {
        "deleted": lambda post, reader, group: delete_post(post.author, post.pk),
        "held again": lambda post, reader, group: type(post).objects.update(state="held"),
        "hidden": lambda post, reader, group: Topic.objects.update(state=TopicState.HIDDEN),
        "left the group": lambda post, reader, group: reader.groups.remove(group),
        "muted": lambda post, reader, group: follow_topic(reader, post.topic_id, Level.MUTED),
        "muted category": lambda post, reader, group: CategoryLevel.objects.update(level=Level.MUTED),
        "languages": lambda post, reader, group: (
            Member.objects.update_or_create(user=reader, defaults={"only_languages_read": True}),
            User.objects.filter(pk=reader.pk).update(languages_read=["fr"]),
        ),
        "read": lambda post, reader, group: note_read(reader, post.topic_id, post.number),
        "suspended": lambda post, reader, group: Member.objects.update_or_create(
            user=reader, defaults={"suspended_until": timezone.now() + timedelta(days=1)}
        ),
    }

    @pytest.mark.parametrize("gathered", [False, True])
    @pytest.mark.parametrize("change", CHANGES)
    def test_what_became_unseen_meanwhile_is_not_sent(self, site, mailoutbox, change, gathered):
        group = Group.objects.create(name="Preparing")
        closed = make_category(Access.GROUP, group=group)
        writer = make_member()
        reader = make_reader(level=Level.WATCHING, category=closed, languages_read=["en"])
        for user in (writer, reader):
            user.groups.add(group)
        post = make_topic(writer, closed).posts.get()
        assert Notification.objects.filter(recipient=reader).count() == 1
        if gathered:
            gather_mails(timezone.now() + timedelta(minutes=30))
            assert OutgoingMail.objects.filter(state="waiting").count() == 1
        self.CHANGES[change](post, reader, group)
        gather_mails(timezone.now() + timedelta(minutes=30))
        send_due_mails.call()
        assert mailoutbox == []

    def test_only_what_can_be_seen_still_is_in_the_mail(self, topic, writer, reader, mails):
        gone = make_reply(writer, topic, "This goes away.")
        make_reply(writer, topic, "This stays.")
        delete_post(writer, gone.pk)
        [mail] = mails()
        assert "This stays." in mail.body
        assert "This goes away." not in mail.body + html(mail)

    def test_an_edited_post_is_mailed_as_it_is_now(self, topic, writer, reader, mails):
        post = make_reply(writer, topic, "The first text.")
        edit_post(writer, post.pk, "The second text.", "en", seen=1)
        [mail] = mails()
        assert "The second text." in mail.body
        assert "The first text." not in mail.body + html(mail)


class TestDigests:
    def test_a_digest_leaves_out_what_was_read_on_the_site(self, topic, writer, reader, mails):
        daily(reader)
        posts = [make_reply(writer, topic, f"Thing number {number}.") for number in range(3)]
        note_read(reader, topic.pk, posts[1].number)
        [mail] = mails(days=1)
        assert "Thing number 2." in mail.body
        assert "Thing number 1." not in mail.body

    def test_a_digest_with_nothing_left_is_not_sent(self, topic, writer, reader, mails):
        daily(reader)
        post = make_reply(writer, topic)
        note_read(reader, topic.pk, post.number)
        assert mails(days=1) == []
        assert not Delivery.objects.exists()

    def test_a_long_post_is_cut_in_a_digest(self, topic, writer, reader, mails):
        daily(reader)
        make_reply(writer, topic, "word " * 1000)
        [mail] = mails(days=1)
        assert "word …" in mail.body
        assert mail.body.count("word") < 200

    def test_it_costs_the_same_for_few_posts_and_for_many(self, category, writer, mails):
        facilitator = make_member(role="Facilitators")
        costs = []
        for topics in (2, 20):
            reader = make_reader(level=Level.WATCHING, category=category, languages_read=["fr"])
            daily(reader)
            for _each in range(topics):
                make_reply(facilitator, make_topic(facilitator, category))
            gather_mails(timezone.now() + timedelta(days=1))
            delivery = Delivery.objects.get(recipient=reader)
            open_language_codes(), all_categories(), co_facilitators()  # kept until something changes
            with CaptureQueriesContext(connection) as asked:
                letter = compose({"delivery": delivery.pk})
            assert letter.text.count(" writes:") == topics
            costs.append(len(asked))
        # delivery, address, notifications, who they are, posts, translations
        assert costs == [6, 6]


def test_a_mail_that_was_refused_is_tried_again_and_goes_once(topic, writer, reader, settings):
    settings.EMAIL_BACKEND = "tests.core.mail_servers.ScriptedServer"
    ScriptedServer.forget()
    ScriptedServer.sending[:] = [SMTPDataError(451, b"later")] * 2
    make_reply(writer, topic)
    gather_mails(timezone.now() + timedelta(minutes=30))
    for _each in range(4):
        OutgoingMail.objects.filter(state="waiting").update(due_at=timezone.now())
        send_due_mails.call()
    assert len(ScriptedServer.taken) == 1


class TestModeration:
    @pytest.fixture
    def facilitator(self, site):
        return make_member(name="fac", display_name="Fac", role="Facilitators", interface_language="en")

    def test_who_decides_is_told_that_something_waits_without_its_text(self, topic, facilitator, mails):
        new = make_member(Trust.NEW, name="new", display_name="Newcomer")
        said(new, topic, "A secret until it is approved.")
        found = by_reader(mails())
        assert set(found) == {"fac"}
        item = ReviewItem.objects.get()
        assert "A post by Newcomer waits to be published. Category: After Workshop 7." in found["fac"]
        assert f"http://testserver/en/forum/review/{item.pk}/" in found["fac"]
        assert "secret" not in found["fac"]

    def test_what_was_decided_meanwhile_is_not_mailed_and_counts_no_more(self, topic, facilitator, mails):
        new = make_member(Trust.NEW, name="new")
        said(new, topic)
        item = ReviewItem.objects.get()
        self.decide(item, ReviewState.REFUSED, facilitator, "Off topic.")
        assert set(by_reader(mails())) == {"new"}
        assert not Notification.objects.filter(recipient=facilitator, read_at=None).exists()

    def decide(self, item, state, by, reason=""):
        ReviewItem.objects.filter(pk=item.pk).update(
            state=state, decided_by=by, decided_at=timezone.now(), reason=reason, version=item.version + 1
        )
        tell_of_decision(item.pk)

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            (ReviewState.APPROVED, "is published"),
            (ReviewState.REFUSED, "did not publish it"),
            (ReviewState.REMOVED, "has taken away what you wrote"),
        ],
    )
    def test_the_author_learns_what_became_of_their_post_and_why(
        self, topic, facilitator, mails, state, words
    ):
        new = make_member(Trust.NEW, name="new", interface_language="en")
        post = said(new, topic).post
        if state == ReviewState.APPROVED:
            type(post).objects.filter(pk=post.pk).update(state="published", number=2)
        self.decide(ReviewItem.objects.get(), state, facilitator, "Because of this.")
        self.decide(ReviewItem.objects.get(), state, facilitator, "Because of this.")
        [mail] = mails()
        assert mail.to == ["new@example.org"]
        assert words in mail.body
        own = f"http://testserver/en/forum/me/decision/{ReviewItem.objects.get().pk}/"
        assert (own in mail.body) is (state != ReviewState.APPROVED)
        assert "Because of this." in mail.body

    def test_of_a_report_that_led_to_nothing_nobody_is_told(self, topic, writer, facilitator, mails):
        item = ReviewItem.objects.create(
            kind="post",
            category=topic.category,
            post=topic.posts.get(),
            member=writer,
            created_at=timezone.now(),
        )
        self.decide(item, ReviewState.SET_ASIDE, facilitator)
        assert mails() == []
