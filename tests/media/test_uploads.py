"""Uploads through the editor, and what readers then get."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.functional import Promise
from PIL import Image

from cms.media import uploads
from cms.media.checks import MESSAGES
from cms.media.models import Attachment, Picture
from cms.media.renditions import reading_specs
from tests.factories.documents import make_user

from .files import DOCX, HTML, PDF, SVG, bomb, picture, picture_with_place


@pytest.fixture
def editor(client, site):
    user = make_user(is_superuser=True)
    client.force_login(user)
    return client


def send(client, where: str, name: str, content: bytes, language: str = "en"):
    return client.post(
        f"/admin/{where}/add/",
        {
            "title": "A file",
            "file": SimpleUploadedFile(name, content),
            "collection": "1",
            "licence": "cc-by-sa-4.0",
        },
        headers={"Accept-Language": language},
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.png", SVG, "drawing in SVG"),
        ("a.png", HTML, "web page, not an image"),
        ("a.jpg", picture("JPEG", (400, 400))[:-9000], "damaged or cut off"),
        ("a.png", bomb(), "million pixels"),
        ("a.png", picture("JPEG"), "Rename it"),
        ("a.jpg", picture("JPEG") + bytes(11_000_000), "too big"),
    ],
)
def test_the_image_form_says_what_is_wrong(editor, name, content, said):
    answer = send(editor, "images", name, content)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Picture.objects.exists()


def test_many_images_at_once_are_checked_too(editor):
    answer = editor.post(
        "/admin/images/multiple/add/",
        {"title": "A", "files[]": SimpleUploadedFile("a.png", SVG), "collection": "1"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert answer.json()["success"] is False
    assert "SVG" in answer.json()["error_message"]
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.pdf", HTML, "refused"), ("a.docx", PDF, "does not fit"), ("a.exe", b"MZ", "not allowed")],
)
def test_the_file_form_says_what_is_wrong(editor, name, content, said):
    answer = send(editor, "documents", name, content)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("where", ["images", "documents"])
def test_thirty_megabytes_are_refused_with_a_message(editor, where):
    content = PDF if where == "documents" else picture("JPEG")
    answer = send(editor, where, "a.pdf" if where == "documents" else "a.jpg", content + bytes(30_000_000))
    assert answer.status_code == 200
    said = answer.content.decode()
    assert "too big" in said
    assert "extension" not in said.replace("file-extension", "")


def test_what_exceeds_the_bound_is_kept_nowhere(editor, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_FILE", 200_000)
    kept = []
    from cms.media.forms import PictureField

    seen = PictureField.to_python
    monkeypatch.setattr(
        PictureField, "to_python", lambda self, data: (kept.append(data.size), seen(self, data))[1]
    )
    send(editor, "images", "a.jpg", picture("JPEG") + bytes(1_000_000))
    assert kept
    assert 200_000 < kept[0] < 400_000


def test_a_good_image_is_taken_with_its_credit(editor):
    answer = send(editor, "images", "a.jpg", picture("JPEG"))
    assert answer.status_code == 302
    assert Picture.objects.get().licence == "cc-by-sa-4.0"


def test_every_way_in_is_checked_not_only_the_form(site):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError) as caught:
        Picture(title="A", file=ContentFile(SVG, name="a.png")).full_clean()
    assert "file" in caught.value.message_dict
    with pytest.raises(ValidationError):
        Attachment(title="A", file=ContentFile(HTML, name="a.pdf")).full_clean()


def test_readers_get_sizes_made_after_the_upload(site, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        kept = Picture.objects.create(title="A", file=ContentFile(picture("JPEG", (900, 600)), name="a.jpg"))
    assert {row.filter_spec for row in kept.renditions.all()} == set(reading_specs())


def test_an_image_is_served_with_its_type_validators_and_nothing_that_runs(site, client):
    kept = Picture.objects.create(title="A", file=ContentFile(picture("JPEG", (900, 600)), name="a.jpg"))
    address = kept.get_rendition("width-480|format-webp").url
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "public" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert Image.open(BytesIO(b"".join(answer.streaming_content))).width == 480
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_originals_are_for_editors(site, client):
    kept = Picture.objects.create(title="A", file=ContentFile(picture("JPEG"), name="a.jpg"))
    assert client.get(kept.file.url).status_code == 404
    client.force_login(make_user(is_superuser=True))
    answer = client.get(kept.file.url)
    assert answer.status_code == 200
    assert "private" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "images/nothing.webp",
        "images/../original_images/a.jpg",
        "images/..%2f..%2fancrage.sqlite3",
        "images/a.html",
        "images/%00.png",
        "images/" + "a" * 5000 + ".png",
        "documents/a.pdf",
        "",
    ],
)
def test_nothing_else_is_served_from_the_folder_of_media(site, client, path):
    Attachment.objects.create(title="A", file=ContentFile(PDF, name="a.pdf"))
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "avif"])
def test_what_readers_get_does_not_say_where_a_picture_was_taken(site, kind):
    kept = Picture.objects.create(title="A", file=ContentFile(picture_with_place(), name="a.jpg"))
    made = kept.get_rendition(f"width-40|format-{kind}")
    data = made.file.open("rb").read()
    assert b"Secret camera" not in data
    shown = Image.open(BytesIO(data))
    assert not dict(shown.getexif())
    # It was held sideways, and is upright now.
    assert shown.height > shown.width


def test_an_attached_file_is_handed_out_to_be_saved_never_run(site, client):
    kept = Attachment.objects.create(title="A", file=ContentFile(DOCX, name="a.docx"))
    answer = client.get(kept.url)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "wordprocessingml" in answer.headers["Content-Type"]
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    plain = Attachment.objects.create(title="P", file=ContentFile(PDF, name="p.pdf"))
    assert client.get(plain.url).headers["Content-Disposition"].startswith("attachment")


def test_messages_wait_for_the_readers_language():
    assert all(isinstance(message, Promise) for message in MESSAGES.values())
