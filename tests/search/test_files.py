"""What stands in attached files is found with the page that shows them; a file that cannot be read is reported."""

import io
import json
import zipfile
from uuid import uuid4

import docx
import odfdo
import pptx
import pypdf
import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection

from cms.core.page_cache.stamp import bump_stamp
from cms.media.models import Attachment
from initiatives.models import DocumentAttachment, LearningJourney
from initiatives.models.learning_journey import FollowUp
from search.models import Entry, FileText
from search.services import files
from search.services.files import read_file
from tests.factories.documents import make_document, make_user
from tests.search.searching import catch_up

pytestmark = pytest.mark.django_db


def saved(thing) -> bytes:
    out = io.BytesIO()
    thing.save(out)
    return out.getvalue()


def docx_of(text: str) -> bytes:
    made = docx.Document()
    made.add_table(1, 1).cell(0, 0).text = text
    return saved(made)


def pptx_of(text: str) -> bytes:
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.notes_slide.notes_text_frame.text = text
    return saved(made)


def odt_of(text: str) -> bytes:
    made = odfdo.Document("text")
    made.body.append(odfdo.Paragraph(text))
    return saved(made)


def pdf_of(text: str) -> bytes:
    """The smallest PDF that says it: five objects, one page."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        made
        + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(made),
        )
    )


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf_of("secret"))))
    writer.encrypt("a password")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def blank_pdf() -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def attach(name: str, content: bytes) -> tuple:
    file = upload(name, content)
    return make_document(attachments=[DocumentAttachment(file=file)]), file


def upload(name: str, content: bytes) -> Attachment:
    file = Attachment(title=name)
    file.file.save(name, ContentFile(content), save=False)
    file._set_file_hash()
    file.file_size = len(content)
    file.save()
    return file


def taken_in(page, file):
    catch_up()
    read_file(file.pk)
    catch_up()
    return Entry.objects.get(ref=f"page:{page.pk}")


@pytest.mark.parametrize(
    ("name", "make"), [("a.docx", docx_of), ("a.PPTX", pptx_of), ("a.odt", odt_of), ("a.pdf", pdf_of)]
)
def test_the_words_of_a_file_are_found_with_its_page(client, searched_by, site, name, make):
    page, file = attach(name, make("Complementary currencies"))
    assert "Complementary currencies" in taken_in(page, file).files
    found = client.get("/en/search/?q=complementary+currency&section=library").content.decode()
    assert page.title in found
    assert "<mark>Complementary</mark>" in found


def link_to(file: Attachment) -> str:
    return f'<p>See <a id="{file.pk}" linktype="document">the report</a>.</p>'


def in_the_text(file: Attachment) -> dict:
    return {"body": json.dumps([{"type": "text", "value": link_to(file), "id": str(uuid4())}])}


def in_a_field(file: Attachment) -> dict:
    return {"results": link_to(file)}


def in_a_row(file: Attachment) -> dict:
    return {"cls": LearningJourney, "follow_ups": [FollowUp(date="2020-01-01", text=link_to(file))]}


@pytest.mark.parametrize("where", [in_the_text, in_a_field, in_a_row])
def test_the_words_of_a_file_that_a_text_links_to_are_found_with_the_page(client, site, where):
    file = upload("a.pdf", pdf_of("Complementary currencies"))
    page = make_document(**where(file))
    assert "Complementary currencies" in taken_in(page, file).files
    assert page.title in client.get("/en/search/?q=complementary&section=library").content.decode()


def test_what_stands_in_a_file_is_not_found_once_no_text_links_to_it(site):
    file = upload("a.pdf", pdf_of("Complementary currencies"))
    page = make_document(**in_a_field(file))
    assert taken_in(page, file).files
    page.results = "<p>None.</p>"
    page.save_revision().publish()
    assert taken_in(page, file).files == ""


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("damaged.pdf", b"%PDF-1.4 and no more", "damaged"),
        ("damaged.docx", b"PK\x03\x04 not a zip", "damaged"),
        ("locked.pdf", locked_pdf(), "locked"),
        ("blank.pdf", blank_pdf(), "empty"),
    ],
)
def test_what_cannot_be_read_is_reported_and_the_page_is_found_all_the_same(
    client, site, name, content, reason
):
    page, file = attach(name, content)
    assert taken_in(page, file).files == ""
    assert FileText.objects.get().reason == reason
    client.force_login(make_user("Administrators"))
    listed = client.get("/admin/search/files/").content.decode()
    assert name in listed
    again = client.post("/admin/search/files/", follow=True).content.decode()
    assert "1 file is being read again." in again
    assert not FileText.objects.filter(state="failed").exists()
    client.force_login(make_user("Editors"))
    assert client.get("/admin/search/files/").status_code == 403


def test_a_file_that_takes_too_long_or_is_too_large_is_given_up(site, monkeypatch):
    page, file = attach("a.pdf", pdf_of("words"))
    monkeypatch.setattr(files, "SECONDS", 0.001)
    taken_in(page, file)
    assert FileText.objects.get().reason == "slow"
    FileText.objects.all().delete()
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    taken_in(page, file)
    assert FileText.objects.get().reason == "large"


def test_a_file_that_unpacks_to_a_gigabyte_ends_with_its_process(site):
    bomb = saved(docx.Document())
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(bomb)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for each in old.infolist():
            if each.filename != "word/document.xml":
                new.writestr(each, old.read(each))
        with new.open("word/document.xml", "w", force_zip64=True) as part:
            for _megabyte in range(1100):
                part.write(b" " * (1 << 20))
    page, file = attach("bomb.docx", out.getvalue())
    taken_in(page, file)
    assert FileText.objects.get().reason in ("damaged", "slow")


def test_a_file_is_read_again_only_when_it_changes(site, monkeypatch):
    page, file = attach("a.pdf", pdf_of("before"))
    taken_in(page, file)
    asked = []
    monkeypatch.setattr(files, "run", lambda kind, path: asked.append(path) or ("after", ""))
    taken_in(page, file)
    assert not asked
    file.file.save("b.pdf", ContentFile(pdf_of("after")), save=False)
    file._set_file_hash()
    file.save()
    assert taken_in(page, file).files == "after"
    assert len(asked) == 1


def finds(client, words: str) -> bool:
    bump_stamp()
    body = client.get(f"/en/search/?q={words}&section=library").content.decode()
    return 'class="results hits"' in body


def test_files_that_not_everybody_may_open_are_not_searched(client, searched_by, site):
    page, file = attach("a.pdf", pdf_of("secret"))
    assert taken_in(page, file).files == "secret"
    assert finds(client, "secret")
    closed = Collection.get_first_root_node().add_child(name="Closed")
    restriction = closed.view_restrictions.create(restriction_type="login")
    file.collection = closed
    file.save()
    assert not Entry.objects.exclude(files="").exists()
    assert not finds(client, "secret")
    assert taken_in(page, file).files == ""
    assert not finds(client, "secret")
    restriction.delete()
    assert taken_in(page, file).files == "secret"
    assert finds(client, "secret")
    closed.view_restrictions.create(restriction_type="login")
    assert not Entry.objects.exclude(files="").exists()
    assert not finds(client, "secret")


def test_a_file_that_is_deleted_is_found_no_more(site):
    page, file = attach("a.pdf", pdf_of("secret"))
    taken_in(page, file)
    file.delete()
    assert not Entry.objects.exclude(files="").exists()
    catch_up()
    assert Entry.objects.get().files == ""


def test_what_stood_in_a_file_that_was_replaced_is_gone_at_once(client, searched_by, site):
    page, file = attach("a.pdf", pdf_of("secret"))
    other = make_document(title="Without files")
    assert taken_in(page, file).files == "secret"
    file.file.save("b.pdf", ContentFile(pdf_of("public")), save=False)
    file._set_file_hash()
    file.save()
    assert set(Entry.objects.values_list("object", flat=True)) == {other.pk}
    assert not finds(client, "secret")
    catch_up()
    assert Entry.objects.get(object=page.pk).files == ""
    assert taken_in(page, file).files == "public"
    assert finds(client, "public")
    assert not finds(client, "secret")


def test_a_collection_of_files_that_is_moved_under_a_restriction_takes_its_files_along(site):
    page, file = attach("a.pdf", pdf_of("secret"))
    root = Collection.get_first_root_node()
    closed = root.add_child(name="Closed")
    file.collection = root.add_child(name="Moving")
    file.save()
    closed.view_restrictions.create(restriction_type="login")
    assert taken_in(page, file).files == "secret"
    file.collection.move(closed, "sorted-child")
    assert not Entry.objects.exclude(files="").exists()
    assert taken_in(page, file).files == ""
    Collection.objects.get(name="Moving").move(root, "sorted-child")
    assert taken_in(page, file).files == "secret"
