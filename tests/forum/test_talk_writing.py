"""Writing, without JavaScript: what is wrong is said in the visitor's language, and nothing that was typed is lost."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from forum.detecting import detected_language
from forum.models import Draft, Member, Post, PostFile, ReviewItem, Sanction, Topic
from forum.rules import LONGEST_POST, TopicState, Trust
from tests.forum.talking import make_category, make_member, make_reply, make_topic

pytestmark = pytest.mark.django_db
WORDS = "Words that nobody should have to type twice, whatever happens on the way."


@pytest.fixture
def author(site):
    return make_member(display_name="Ana Torres")


@pytest.fixture
def topic(author):
    return make_topic(author, title="A question")


def of(user, **options) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


def address(topic: Topic) -> str:
    return f"/en/forum/t/{topic.pk}/reply/"


def fields(text=WORDS, **more) -> dict:
    return {"text": text, "language": "en", "nonce": str(uuid4()), **more}


def test_a_reply_leads_to_where_it_stands(author, topic):
    answer = of(author).post(address(topic), fields())
    assert answer.url == f"/en/forum/t/{topic.pk}-a-question/#post-2"


def test_a_form_sent_twice_is_one_post(author, topic):
    sent = fields()
    first, second = (of(author).post(address(topic), sent) for _each in range(2))
    assert first.url == second.url
    assert topic.posts.count() == 2


def test_an_answer_remembers_what_it_answers(author, topic):
    first = topic.posts.get()
    of(author).post(address(topic), fields(reply_to=first.pk))
    assert topic.posts.get(number=2).reply_to == first
    assert "in answer to #1" in Client().get(f"/en/forum/t/{topic.pk}-a-question/").text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": ""}, "Write something first."),
        ({"text": "  \n\n "}, "Write something first."),
        ({"text": "x" * (LONGEST_POST + 1)}, "too long for a post: 40001 characters of 40000"),
        ({"language": "xx"}, "Select a valid choice"),
        ({"nonce": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said_and_the_text_kept(author, topic, sent, said):
    answer = of(author).post(address(topic), {**fields(), **sent})
    assert answer.status_code == 422
    assert said in answer.text
    assert sent.get("text", WORDS).strip() in answer.text
    assert topic.posts.count() == 1


def test_line_ends_of_browsers_do_not_make_a_post_too_long(author, topic):
    text = "\n".join(["x" * 99] * 400)
    assert of(author).post(address(topic), fields(text.replace("\n", "\r\n"))).status_code == 302
    assert topic.posts.get(number=2).source == text


def test_it_is_said_in_the_visitors_language(author, topic):
    assert "forum/t" in of(author).post(f"/fr/forum/t/{topic.pk}/reply/", fields("")).text
    assert of(author).post(f"/fr/forum/t/{topic.pk}/reply/", fields("")).headers["Content-Language"] == "fr"


def test_a_title_that_is_missing_or_too_long(author):
    category = make_category()
    for title, said in [
        ("", "Give your topic a title."),
        ("x" * 161, "at most 160 characters; this one has 161"),
    ]:
        answer = of(author).post(f"/en/forum/{category.slug}/new/", fields(title=title))
        assert answer.status_code == 422
        assert said in answer.text
        assert WORDS in answer.text
    assert not Topic.objects.filter(category=category).exists()


def test_a_topic_that_was_closed_meanwhile(author, topic):
    Topic.objects.update(closed=True)
    answer = of(author).post(address(topic), fields())
    assert answer.status_code == 422
    assert "This topic is closed" in answer.text
    assert WORDS in answer.text


def test_a_topic_that_was_merged_away_meanwhile_takes_the_reply_where_it_went(author, topic):
    other = make_topic(author, title="The other")
    Topic.objects.filter(pk=topic.pk).update(state=TopicState.MERGED, merged_into=other)
    assert of(author).post(address(topic), fields()).url == f"/en/forum/t/{other.pk}-the-other/#post-2"


def test_a_topic_that_is_gone_gives_the_text_back(author, topic):
    Topic.objects.update(state=TopicState.HIDDEN)
    answer = of(author).post(address(topic), fields())
    assert answer.status_code == 404
    assert WORDS in answer.text
    # The same where there never was one: nobody learns which.
    assert of(author).post("/en/forum/t/99999/reply/", fields()).status_code == 404


def test_a_post_that_is_answered_and_was_deleted_meanwhile(author, topic):
    post = make_reply(author, topic)
    Post.objects.filter(pk=post.pk).update(state="deleted")
    assert of(author).post(address(topic), fields(reply_to=post.pk)).status_code == 302
    assert of(author).post(address(topic), fields("Another", reply_to=10**9)).status_code == 302


@pytest.mark.parametrize(("kind", "field"), [("silence", "silenced_until"), ("suspend", "suspended_until")])
def test_who_may_not_write_is_told_until_when_and_why(author, topic, kind, field):
    until = timezone.now().replace(month=1, day=2, year=2030)
    Member.objects.filter(user=author).update(**{field: until})
    Sanction.objects.create(user=author, kind=kind, reason="Three insults in a day.", until=until)
    answer = of(author).post(address(topic), fields())
    assert answer.status_code == 422
    for said in (WORDS, "2 January 2030", "Three insults in a day."):
        assert said in answer.text
    page = of(author).get(f"/en/forum/t/{topic.pk}-a-question/").text
    assert "Three insults in a day." in page
    assert "data-composer" not in page


def test_who_writes_too_fast_is_told_when_to_go_on(topic):
    new = make_member(Trust.NEW)
    for number in range(3):
        of(new).post(address(topic), fields(f"{WORDS} {number}"))
    answer = of(new).post(address(topic), fields())
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 600
    assert re.search(r"again in \d+ minutes", answer.text)
    assert WORDS in answer.text


def test_the_field_that_people_do_not_see(author, topic):
    of(author).post(address(topic), fields(homepage="https://spam.example"))
    assert ReviewItem.objects.get().why[0] == "trap"


def test_a_forged_request_is_refused_and_the_text_given_back(author, topic):
    client = of(author, enforce_csrf_checks=True)
    answer = client.post(address(topic), fields(), headers={"Origin": "http://testserver"})
    assert answer.status_code == 403
    assert WORDS in answer.text
    assert topic.posts.count() == 1
    # What another site sends is not shown.
    assert WORDS not in client.post(address(topic), fields(), headers={"Origin": "https://evil.example"}).text


def test_who_was_logged_out_finds_the_text_after_logging_in(author, topic):
    client = Client()
    answer = client.post(address(topic), fields())
    assert "/accounts/login/" in answer.url
    assert WORDS not in answer.url
    client.login(username=author.username, password="a long enough password")
    page = client.get(address(topic)).text
    assert WORDS in page
    assert "You had been logged out" in page
    client.post(address(topic), fields())
    assert "You had been logged out" not in client.get(address(topic)).text


def test_a_new_topic_of_who_was_logged_out(author):
    category, client = make_category(), Client()
    client.post(f"/en/forum/{category.slug}/new/", fields(title="My title"))
    client.force_login(author)
    page = client.get(f"/en/forum/{category.slug}/new/").text
    assert WORDS in page
    assert "My title" in page


def test_the_preview_is_what_the_post_will_be(author, topic):
    text = "Some *words* and https://example.org/a_b_c\n\n| a | b |\n| - | - |\n| 1 | 2 |"
    answer = of(author).post(address(topic), fields(text, do="preview"))
    assert topic.posts.count() == 1
    preview = answer.text.partition('<section class="preview"')[2].partition("</section>")[0]
    of(author).post(address(topic), fields(text))
    assert topic.posts.get(number=2).html in preview
    script = of(author).post("/en/forum/preview/", {"text": text, "language": "es"})
    assert topic.posts.get(number=2).html in script.text
    assert 'lang="es"' in script.text


def test_a_name_is_in_the_preview_what_it_will_be_in_the_post(author, topic):
    text = f"Hello @{topic.author.display_name}."
    preview = of(author).post(address(topic), fields(text, do="preview")).text
    sent = {"text": text, "language": "en", "topic": str(topic.pk)}
    scripts = [
        of(author).post("/en/forum/preview/", {**sent, "key": f"{kind}:{topic.pk}"}).text
        for kind in ("topic", "new")
    ]
    of(author).post(address(topic), fields(text))
    html = topic.posts.get(number=2).html
    assert 'class="mention"' in html
    assert html in preview
    assert [html in script for script in scripts] == [True, False]


def test_a_language_is_proposed_and_never_decided(author, topic):
    spanish = "Quisiera saber quién paga a la persona que sostiene la mesa durante todos estos años."
    answer = of(author).post(address(topic), fields(spanish, do="preview"))
    assert "seems to be written in español" in answer.text
    of(author).post(address(topic), fields(spanish))
    assert topic.posts.get(number=2).language == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nous avons commencé à cinq, et puis les voisins sont venus.", "fr"),
        ("We began with five people, and then the neighbours came along.", "en"),
        ("Ok", ""),
        ("https://example.org/un/chemin/avec/des/mots/francais", ""),
        ("> Nous avons commencé à cinq, et puis les voisins sont venus.", ""),
        ("Wir haben mit fünf Leuten angefangen, dann kamen die Nachbarn.", ""),  # not an open language
        ("\x00\ud800" + "x" * 50, ""),
    ],
)
def test_which_language_a_text_seems_to_be_in(text, code):
    assert detected_language(text, ["en", "fr", "es"]) == code


def test_files_are_attached_with_the_form(author, topic):
    file = SimpleUploadedFile("notes.txt", b"Some notes.", "text/plain")
    answer = of(author).post(address(topic), fields(do="attach", files=file))
    attached = PostFile.objects.get()
    assert f"[notes.txt](/forum/files/{attached.key}/notes.txt)" in answer.text
    assert WORDS in answer.text
    assert topic.posts.count() == 1
    wrong = SimpleUploadedFile("virus.exe", b"MZ...", "text/plain")
    answer = of(author).post(address(topic), fields(files=wrong))
    assert answer.status_code == 422
    assert "virus.exe: Files of this kind are not taken." in answer.text
    assert WORDS in answer.text


def test_drafts_are_kept_and_thrown_away_by_button(author, topic):
    client = of(author)
    client.post(address(topic), fields(do="keep"))
    assert Draft.objects.get().data["text"] == WORDS
    page = client.get(f"/en/forum/t/{topic.pk}-a-question/").text
    assert WORDS in page
    assert "Your draft is kept" in page
    client.post(address(topic), fields(do="discard"))
    assert not Draft.objects.exists()
    client.post(address(topic), fields(do="keep"))
    client.post(address(topic), fields())
    assert not Draft.objects.exists()
