"""Ways around what facilitators decide: each was open once."""

import io
import zipfile

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cms.accounts.leaving import see_to_what_they_wrote
from cms.notifications.models import Notification
from forum.deciding import Decision
from forum.errors import Refused, TooMany
from forum.holding import EDITS_ALLOWED, posts_allowed
from forum.models import Draft, LogEntry, Member, Post, PostTranslation, ReviewItem
from forum.rules import MOST_MENTIONS, POSTS_PER_PAGE, Access, Holding, PostState, Standing, TopicState, Trust
from forum.services import delete_post, edit_post, restore_post, translate_post
from forum.services.files import attach
from forum.services.reviewing import Verdict, decide
from forum.services.translating import Offered
from forum.standing import forget_standing
from tests.forum.following import make_reader, mention
from tests.forum.moderating import decided, item_of, make_co_facilitator, make_facilitator
from tests.forum.talking import make_category, make_member, make_reply, make_topic, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def category(site):
    return make_category()


@pytest.fixture
def topic(category):
    return make_topic(make_member(), category)


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


# --- What was approved was another text


@pytest.mark.parametrize(
    ("holding", "trust", "waits"),
    [
        (Holding.EVERYBODY, Trust.TRUSTED, True),
        (Holding.NEW, Trust.NEW, True),
        (Holding.NEW, Trust.MEMBER, False),
        (Holding.NOBODY, Trust.NEW, False),
    ],
)
def test_an_approved_post_is_not_changed_into_what_nobody_has_read(site, holding, trust, waits):
    facilitator = make_facilitator()
    topic = make_topic(facilitator, make_category(holding=holding))
    post = said(make_member(trust), topic, "Kindly said.").post
    if post.state == PostState.HELD:
        post = decided(facilitator, item_of(post))
    edited = edit_post(post.author, post.pk, "Not at all.", "en", seen=1)
    assert (edited.state == PostState.HELD) is waits
    assert ("Not at all." in Client().get(f"/en/forum/t/{topic.pk}-{topic.slug}/").text) is not waits
    if waits:
        assert decided(facilitator, item_of(post)).number == post.number


def test_a_facilitator_changes_a_post_and_it_stays(topic):
    post = make_reply(make_member(), topic)
    assert edit_post(make_facilitator(), post.pk, "Kindly said.", "en", seen=1).state == PostState.PUBLISHED


def test_one_post_is_not_changed_all_the_time(topic):
    post = make_reply(make_member(), topic)
    allowed, _seconds = EDITS_ALLOWED
    for number in range(allowed):
        edit_post(post.author, post.pk, f"Text {number}.", "en", seen=1 + number)
    with pytest.raises(TooMany):
        edit_post(post.author, post.pk, "And again.", "en", seen=1 + allowed)
    assert edit_post(make_facilitator(), post.pk, "Enough.", "en", seen=1 + allowed).source == "Enough."


def test_however_often_it_is_changed_a_post_speaks_to_few(topic):
    post = make_reply(make_member(), topic, "Hello.")
    for round_of in range(3):
        names = " ".join(mention(make_reader()) for _each in range(MOST_MENTIONS))
        for text in (names, f"Nobody at all, {round_of}."):
            post.refresh_from_db()
            edit_post(post.author, post.pk, text, "en", seen=post.version)
    assert Notification.objects.filter(kind="forum-mentions").count() == MOST_MENTIONS


def test_whose_post_waits_again_finds_it_where_what_waits_stands(category):
    """Not on the page of its number, where readers would miss it, nor on a page that is gone with it."""
    facilitator, new = make_facilitator(), make_member(Trust.NEW)
    topic = make_topic(facilitator, category)
    early = decided(facilitator, item_of(said(new, topic).post))
    for _each in range(POSTS_PER_PAGE):
        make_reply(facilitator, topic)
    opening = decided(facilitator, item_of(make_topic(new, category).posts.get()))
    for post in (early, opening):
        sent = {"text": "Second thoughts.", "language": "en", "seen": "1"}
        answer = of(new).post(f"/en/forum/p/{post.pk}/edit/", sent, follow=True)
        assert answer.status_code == 200
        assert f'id="waiting-{post.pk}"' in answer.text
        assert "Second thoughts." in answer.text
        assert Client().get(f"/forum/p/{post.pk}/").status_code == 404
    for reader in (Client(), of(make_member())):
        assert reader.get(f"/en/forum/t/{opening.topic_id}/", follow=True).status_code == 404


# --- Taken away, and back


def test_whose_post_was_taken_away_does_not_bring_it_back_whatever_their_office(category, topic):
    for author in (make_co_facilitator(category), make_facilitator()):
        post = make_reply(author, topic)
        delete_post(make_facilitator(), post.pk, "It names somebody.")
        with pytest.raises(Refused):
            restore_post(author, post.pk)
        assert f"p/{post.pk}/restore/" not in of(author).get(f"/en/forum/t/{topic.pk}-{topic.slug}/").text
        assert of(author).post(f"/en/forum/p/{post.pk}/restore/").status_code == 403
        assert Post.objects.get(pk=post.pk).state == PostState.DELETED


def test_of_who_left_nothing_is_brought_back(topic):
    """Their words went with them: what would come back is an empty post."""
    post = make_reply(make_member(), topic)
    delete_post(post.author, post.pk)
    see_to_what_they_wrote(post.author)
    with pytest.raises(Refused):
        restore_post(make_facilitator(), post.pk)


def test_whose_topic_is_gone_with_its_only_post_is_led_somewhere(category):
    author = make_member()
    topic = make_topic(author, category)
    waiting = said(make_member(Trust.NEW), make_topic(author, category)).post
    for post in (topic.posts.get(), waiting):
        answer = of(post.author).post(f"/en/forum/p/{post.pk}/delete/", follow=True)
        assert answer.status_code == 200


def test_who_is_silenced_takes_away_nothing_of_others(category, topic):
    silenced = make_co_facilitator(category)
    theirs, own = make_reply(make_member(), topic), make_reply(silenced, topic)
    translated = translate_post(make_member(), theirs.pk, Offered("Autrement dit.", "fr", 1)).translation
    Member.objects.filter(pk=silenced.pk).update(silenced_until=timezone.now() + timezone.timedelta(days=1))
    forget_standing(silenced)
    with pytest.raises(Refused):
        delete_post(silenced, theirs.pk, "Because.")
    assert delete_post(silenced, own.pk).state == PostState.DELETED
    answer = of(silenced).post(f"/en/forum/p/{theirs.pk}/translate/fr/", {"do": "delete"})
    assert answer.status_code == 403
    assert PostTranslation.objects.get(pk=translated.pk).state == PostState.PUBLISHED


# --- Files


def attached(user) -> tuple[str, str]:
    row = attach(user, SimpleUploadedFile("note.txt", b"A note.", "text/plain"))
    return f"/forum/files/{row.key}/note.txt", f"[note](/forum/files/{row.key}/note.txt)"


def test_a_file_that_was_taken_out_of_a_post_is_not_served_any_more(topic):
    author = make_member()
    address, text = attached(author)
    post = make_reply(author, topic, text)
    assert Client().get(address).status_code == 200
    edit_post(make_facilitator(), post.pk, "Without it.", "en", seen=1)
    assert Client().get(address).status_code == 404
    assert of(make_member()).get(address).status_code == 404
    assert of(author).get(address).status_code == 200
    assert of(make_facilitator()).get(address).status_code == 200


def test_the_file_of_a_translation_waits_with_it(topic):
    post, translator = make_reply(make_member(), topic), make_member(Trust.NEW)
    address, text = attached(translator)
    row = translate_post(translator, post.pk, Offered(text, "fr", 1)).translation
    assert row.state == PostState.HELD
    assert Client().get(address).status_code == 404
    assert of(translator).get(address).status_code == 200
    item = ReviewItem.objects.get(translation=row)
    decide(make_facilitator(), item.pk, Verdict(Decision.APPROVE, item.version))
    assert Client().get(address).status_code == 200


# --- Names of what one may not see


def test_a_draft_for_a_category_that_one_may_not_see_names_nothing(site):
    closed = make_category(
        Access.GROUP, group=Group.objects.create(name="Inner"), slug="zebra-slug", name="Zebra name"
    )
    member = make_member()
    client = of(member)
    data = {"key": f"new:{closed.pk}", "text": "x", "sequence": "0", "window": "a"}
    client.post("/en/forum/drafts/", data)
    assert Draft.objects.get(user=member).key == f"new:{closed.pk}"
    assert "zebra" not in client.get("/en/forum/me/").text.lower()


def test_the_title_of_a_topic_that_was_closed_off_is_in_no_copy_and_at_no_decision(category):
    """A facilitator renamed it there: the new title is for those who read there."""
    author = make_member()
    topic = make_topic(author, category)
    delete_post(make_facilitator(), topic.posts.get().pk, "It names somebody.")
    item = item_of(topic.posts.get())
    closed = make_category(Access.GROUP, group=Group.objects.create(name="Inner"))
    type(topic).objects.filter(pk=topic.pk).update(
        title="Zebra title", category=closed, state=TopicState.OPEN
    )
    client = of(author)
    assert "Zebra" not in client.get(f"/en/forum/me/decision/{item.pk}/").text
    client.post("/en/forum/me/data/")
    content = b"".join(client.get("/en/forum/me/data/copy/").streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as copy:
        assert "Zebra" not in " ".join(copy.read(name).decode() for name in copy.namelist())


# --- Translations


def test_who_improved_a_translation_does_not_take_away_what_others_wrote(topic):
    post, first, second = make_reply(make_member(), topic), make_member(), make_member()
    translate_post(first, post.pk, Offered("Autrement dit.", "fr", 1))
    row = translate_post(second, post.pk, Offered("Mieux dit.", "fr", 1, based_on=1)).translation
    form = f"/en/forum/p/{post.pk}/translate/fr/"
    for member in (first, second):
        assert 'value="delete"' not in of(member).get(form).text
        assert of(member).post(form, {"do": "delete"}).status_code == 403
    facilitator = make_facilitator()
    assert of(facilitator).post(form, {"do": "delete", "reason": "Wrong."}).status_code == 302
    row.refresh_from_db()
    assert row.state == PostState.DELETED
    assert LogEntry.objects.get(action="delete-translation").member == second
    assert "took a translation of post 2 away" in of(facilitator).get("/en/forum/review/log/").text


def test_a_decision_about_a_translation_does_not_show_what_another_made_of_it(topic):
    post, translator = make_reply(make_member(), topic), make_member(Trust.NEW)
    row = translate_post(translator, post.pk, Offered("Autrement dit.", "fr", 1)).translation
    item = ReviewItem.objects.get(translation=row)
    decide(make_facilitator(), item.pk, Verdict(Decision.APPROVE, item.version))
    address = f"/en/forum/me/decision/{item.pk}/"
    assert "Autrement dit." in of(translator).get(address).text
    translate_post(make_member(), post.pk, Offered("Zebra dit.", "fr", 1, based_on=1))
    delete_post(make_facilitator(), post.pk, "It names somebody.")
    assert "Zebra" not in of(translator).get(address).text


def test_a_translation_is_not_improved_all_the_time(topic):
    post, translator = make_reply(make_member(), topic), make_member()
    allowed, _seconds = posts_allowed(Standing(trust=Trust.MEMBER), timezone.now())
    for number in range(allowed):
        translate_post(translator, post.pk, Offered(f"Texte {number}.", "fr", 1, based_on=number))
    with pytest.raises(TooMany):
        translate_post(translator, post.pk, Offered("Encore.", "fr", 1, based_on=allowed))
