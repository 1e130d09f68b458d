"""Mails of the forum: both parts, headers, the reader's language, and the translation of who does not read the original."""

import pytest
from django.utils import timezone

from cms.accounts.models import User
from forum.models import CategoryLevel, PostTranslation, Topic
from forum.rules import Level
from forum.services import edit_post
from tests.forum.following import make_reader, mention, quote
from tests.forum.talking import make_member, make_reply, make_topic
from tests.wiki.mail_tools import by_reader

pytestmark = pytest.mark.django_db


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
