"""Bad files are refused for what is in them, with a message that says what to do."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cms.media.checks import CHECKS, check_attachment, check_picture
from cms.media.types import CONTENT_TYPES

from .files import DOCX, HTML, ODT, PDF, SVG, bomb, package, picture

PIXELS = 60_000_000


def refused(check, *args) -> str:
    with pytest.raises(ValidationError) as caught:
        check(*args)
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("drawing.png", SVG, "svg"),
        ("drawing.jpg", b"\xef\xbb\xbf  " + SVG, "svg"),
        ("drawing.svg", SVG, "svg"),
        ("drawing.gif", SVG.decode().encode("utf-16"), "markup"),
        ("page.png", HTML, "markup"),
        ("page.jpg", b"   <script>alert(1)</script>", "markup"),
        ("words.png", b"just words", "not_image"),
        ("nothing.png", b"", "empty"),
        ("file.png", PDF, "not_image"),
        ("program.gif", b"MZ" + bytes(500), "not_image"),
        ("painting.jpg", b"8BPS" + bytes(500), "not_image"),
        ("really-jpeg.png", picture("JPEG"), "format"),
        ("really-png.jpg", picture("PNG"), "format"),
        ("no-extension", picture("PNG"), "format"),
        ("tiff.png", picture("TIFF"), "not_image"),
        ("cut.png", picture("PNG", (200, 200))[:-5000], "damaged"),
        ("cut.jpg", picture("JPEG", (400, 400))[:-9000], "damaged"),
        ("cut.webp", picture("WEBP", (400, 400))[:-2000], "damaged"),
        ("cut.gif", picture("GIF", (200, 200))[:-5000], "damaged"),
        ("cut.avif", picture("AVIF", (400, 400))[:-2000], "damaged"),
        ("head-only.png", picture("PNG")[:20], "damaged"),
        ("bomb.png", bomb(), "pixels"),
        ("large.png", bomb(9_000, 9_000), "pixels"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else str(value),
)
def test_a_bad_picture_is_refused(name, content, code):
    assert refused(check_picture, BytesIO(content), name, PIXELS) == code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "GIF"])
def test_a_good_picture_is_taken_and_left_at_its_start(kind):
    file = BytesIO(picture(kind))
    check_picture(file, f"photo.{kind.lower()}", PIXELS)
    assert file.tell() == 0


def test_every_frame_of_an_animation_counts():
    made = BytesIO()
    from PIL import Image

    frames = [Image.new("RGB", (100, 100), (shade, 0, 0)) for shade in range(0, 250, 25)]
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:])
    check_picture(made, "moving.gif", 100_000)
    assert refused(check_picture, made, "moving.gif", 99_999) == "pixels"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("page.pdf", HTML, "active"),
        ("page.txt", HTML, "active"),
        ("page.csv", b"\xff\xfe" + "<script>".encode("utf-16-le"), "active"),
        ("drawing.pdf", SVG, "active"),
        ("script.txt", b"#!/bin/sh\nrm -rf /", "active"),
        ("script.txt", b"<?php system($_GET[0]);", "active"),
        ("program.zip", b"MZ" + bytes(900), "active"),
        ("program.docx", b"\x7fELF" + bytes(900), "active"),
        ("words.pdf", b"just words", "content"),
        ("cut.pdf", PDF[:30], "broken"),
        ("words.docx", b"just words", "content"),
        ("sheet.docx", package("[Content_Types].xml", "xl/workbook.xml"), "content"),
        ("text.ods", ODT, "content"),
        ("zip.odt", package("content.xml"), "content"),
        ("macros.docx", package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macros"),
        (
            "macros.odt",
            package("Basic/script-lc.xml", mimetype="application/vnd.oasis.opendocument.text"),
            "macros",
        ),
        ("cut.docx", DOCX[:-30], "broken"),
        ("cut.zip", package("a")[:-10], "broken"),
        ("words.rtf", b"just words", "content"),
        ("binary.txt", bytes(range(256)), "content"),
        ("binary.csv", b"a,b\0\x01\x02", "content"),
        ("nothing.pdf", b"", "empty"),
        ("page.html", HTML, "name"),
        ("drawing.svg", SVG, "name"),
        ("program.exe", b"MZ", "name"),
        ("none", PDF, "name"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else str(value),
)
def test_a_bad_attachment_is_refused(name, content, code):
    assert refused(check_attachment, BytesIO(content), name) == code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.PDF", PDF),
        ("a.docx", DOCX),
        ("a.xlsx", package("[Content_Types].xml", "xl/workbook.xml")),
        ("a.pptx", package("[Content_Types].xml", "ppt/presentation.xml")),
        ("a.odt", ODT),
        ("a.key", package("Index/Document.iwa")),
        ("a.zip", package("a.txt")),
        ("a.rtf", rb"{\rtf1 words}"),
        ("a.txt", "Économie solidaire".encode("latin-1")),
        ("a.txt", "Économie solidaire".encode("utf-16")),
        ("a.csv", "nom,année\nCIGL,1998\n".encode()),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else str(value),
)
def test_a_good_attachment_is_taken(name, content):
    check_attachment(BytesIO(content), name)


def test_every_file_that_is_taken_has_a_check_and_a_type(settings):
    assert set(settings.WAGTAILDOCS_EXTENSIONS) == set(CHECKS) == set(CONTENT_TYPES)


@given(st.sampled_from([*CHECKS]), st.binary(max_size=200))
def test_no_content_makes_the_checks_fail_otherwise(extension, content):
    said = []
    for start in (b"", b"PK\x03\x04", b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"):
        for check, arguments in ((check_attachment, (f"a.{extension}",)), (check_picture, ("a.png", PIXELS))):
            try:
                check(BytesIO(start + content), *arguments)
            except ValidationError as error:
                said.append(error.messages[0])
    assert all(said)
