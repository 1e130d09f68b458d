"""Pictures and files of posts: looked at by their content, served to who may read the post."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from forum.models import Member, Post, PostFile
from forum.rules import Trust
from forum.services import delete_post
from forum.services.drafts import save_draft
from forum.services.files import MOST_A_DAY, MOST_UNSENT, attach, remove_unsent
from tests.forum.talking import make_member, make_reply, make_topic, of, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(site):
    return make_member(display_name="Ana Torres")


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def picture(kind="JPEG", size=(80, 60), exif=True, name="photo.jpg") -> SimpleUploadedFile:
    image = Image.new("RGB", size, "teal")
    out = io.BytesIO()
    options = {}
    if exif:
        data = Image.Exif()
        data[0x0112] = 6  # to be turned
        data[0x010F] = "A camera of somebody"
        options["exif"] = data
    image.save(out, kind, **options)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "photo.jpg"), ("PNG", "photo.png"), ("WEBP", "photo.webp")]
)
def test_pictures_are_turned_upright_and_say_nothing_of_their_maker(author, kind, name):
    row = attach(author, picture(kind, name=name))
    assert (row.is_picture, row.width, row.height) == (True, 60, 80)
    data = row.file.read()
    assert b"camera" not in data
    with Image.open(io.BytesIO(data)) as kept:
        assert not kept.getexif()
        assert kept.format == kind


def test_a_large_picture_is_made_smaller(author):
    row = attach(author, picture(size=(3000, 1500), exif=False))
    assert (row.width, row.height) == (2000, 1000)


def test_a_picture_that_moves_goes_on_moving(author):
    out = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "green", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=50, loop=0)
    row = attach(author, SimpleUploadedFile("moves.gif", out.getvalue()))
    with Image.open(row.file) as kept:
        assert kept.n_frames == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.png", b"<html><script>alert(1)</script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("program.pdf", b"MZ\x90\x00"),
        ("empty.txt", b""),
        ("x.html", b"<b>x</b>"),
        ("noname", b"x"),
        ("cut.jpg", b"\xff\xd8\xff\xe0 cut off"),
    ],
)
def test_files_that_lie_are_refused(author, name, content):
    with pytest.raises(ValidationError):
        attach(author, SimpleUploadedFile(name, content))
    answer = of(author).post("/en/forum/files/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert answer.json()["said"].startswith(name)
    assert not PostFile.objects.exists()


def test_a_picture_too_large_to_be_worked_with_is_refused(author, monkeypatch):
    monkeypatch.setattr("forum.services.files.MOST_PIXELS", 1000)
    with pytest.raises(ValidationError, match="too large"):
        attach(author, picture())


def test_a_file_too_big_and_too_many_waiting(author, monkeypatch):
    monkeypatch.setattr("forum.services.files.LARGEST", 10)
    with pytest.raises(ValidationError, match="too big"):
        attach(author, SimpleUploadedFile("a.txt", b"x" * 11))
    for number in range(MOST_UNSENT):
        attach(author, SimpleUploadedFile(f"{number}.txt", b"x"))
    with pytest.raises(ValidationError, match="wait to be sent"):
        attach(author, SimpleUploadedFile("more.txt", b"x"))


def sent_with(author, topic, row: PostFile) -> Post:
    return make_reply(author, topic, f"See [it](/forum/files/{row.key}/x)")


def test_no_more_in_a_day_than_trust_allows(author, monkeypatch):
    monkeypatch.setitem(MOST_A_DAY, Trust.NEW, 20)
    new = make_member(Trust.NEW)

    def note():
        return SimpleUploadedFile("note.txt", b"Twelve bytes", "text/plain")

    row = attach(new, note())
    with pytest.raises(ValidationError, match="attached much today"):
        attach(new, note())
    assert attach(author, note()).size == 12
    PostFile.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(hours=25))
    assert attach(new, note()).size == 12


def test_a_file_is_for_those_who_may_read_its_post(author, client):
    topic = make_topic(author)
    row = attach(author, SimpleUploadedFile("Réport (1).txt", b"Some notes."))
    path = f"/forum/files/{row.key}/whatever.txt"
    assert client.get(path).status_code == 404
    assert of(make_member()).get(path).status_code == 404
    assert of(author).get(path).status_code == 200
    post = sent_with(author, topic, row)
    answer = client.get(path)
    assert b"".join(answer.streaming_content) == b"Some notes."
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    delete_post(author, post.pk)
    assert client.get(path).status_code == 404
    assert of(author).get(path).status_code == 404
    assert of(make_member(role="Facilitators")).get(path).status_code == 200


def test_the_file_of_a_post_that_waits_is_its_authors(author, client):
    new = make_member(Trust.NEW)
    topic = make_topic(author)
    row = attach(new, picture())
    said(new, topic, f"![A picture](/forum/files/{row.key}/p.jpg)")
    path = f"/forum/files/{row.key}/p.jpg"
    assert client.get(path).status_code == 404
    assert of(author).get(path).status_code == 404
    shown = of(new).get(path)
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert "attachment" not in shown.headers.get("Content-Disposition", "")


def test_files_of_others_do_not_become_ones_own(author):
    topic = make_topic(author)
    row = attach(make_member(), SimpleUploadedFile("theirs.txt", b"x"))
    sent_with(author, topic, row)
    row.refresh_from_db()
    assert row.post is None


def test_a_post_takes_ten_files(author):
    topic = make_topic(author)
    text = " ".join(f"[f](/forum/files/{uuid4()}/x.txt)" for _each in range(11))
    answer = of(author).post(
        f"/en/forum/t/{topic.pk}/reply/", {"text": text, "language": "en", "nonce": uuid4()}
    )
    assert answer.status_code == 422
    assert "at most 10 files" in answer.text


def test_what_was_never_sent_goes_after_a_day_unless_a_draft_names_it(author):
    old, drafted, fresh, sent = (
        attach(author, SimpleUploadedFile(f"{name}.txt", b"x"))
        for name in ("old", "drafted", "fresh", "sent")
    )
    sent_with(author, make_topic(author), sent)
    save_draft(author, "topic:1", {"text": f"[d](/forum/files/{drafted.key}/d.txt)"}, sequence=0, window="a")
    PostFile.objects.exclude(pk=fresh.pk).update(created_at=timezone.now() - timedelta(hours=25))
    remove_unsent()
    assert set(PostFile.objects.values_list("name", flat=True)) == {"drafted.txt", "fresh.txt", "sent.txt"}
    assert old.file.name


def test_who_may_not_write_attaches_nothing(author):
    Member.objects.filter(user=author).update(silenced_until=timezone.now() + timedelta(days=1))
    answer = of(author).post("/en/forum/files/", {"file": SimpleUploadedFile("a.txt", b"x")})
    assert answer.status_code == 403
    assert "not write" in answer.json()["said"]
    assert not PostFile.objects.exists()
