"""Another picture or file for one language: who may choose it, from what, and that nobody sees it before the approval."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, GroupCollectionPermission

from cms.core.page_cache.stamp import bump_stamp
from cms.media.models import Attachment, Picture
from cms.translations.queries.media import media_lines, replacements_of
from cms.translations.queries.texts import media_standings
from cms.translations.services.claiming import claim, release
from cms.translations.services.confirming import confirm_unchanged
from cms.translations.services.consistency import faults
from cms.translations.services.previewing import previewed
from cms.translations.services.submitting import NothingToSubmit, approve_translation, submit_translation
from initiatives.models import DocumentAttachment, InitiativeFile
from tests.factories.documents import make_document, make_user
from tests.media.files import PDF, picture
from tests.wiki.publishing import publish

from .translating import fresh, public, take_in, task_of, translate, write_all

pytestmark = pytest.mark.django_db
BLOCK = "33333333-0000-0000-0000-00000000000"


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def make_picture(title: str, collection: Collection | None = None) -> Picture:
    fields = {"collection": collection} if collection else {}
    return Picture.objects.create(title=title, file=ContentFile(picture(), name="a.png"), **fields)


def make_file(title: str, collection: Collection | None = None) -> Attachment:
    fields = {"collection": collection} if collection else {}
    return Attachment.objects.create(title=title, file=ContentFile(PDF, name="a.pdf"), **fields)


@pytest.fixture
def media(site):
    """Pictures and files of an English original, and others in French, by short names."""
    return {
        **{name: make_picture(name) for name in ("head", "drawing", "dessin", "affiche")},
        **{name: make_file(name) for name in ("programme", "list", "linked", "programme fr", "liste")},
    }


def blocks(media, image="drawing", file="list") -> list[dict]:
    return [
        {"type": "heading", "value": "Where it began", "id": f"{BLOCK}1"},
        {
            "type": "image",
            "value": {"image": media[image].pk, "alt": "A drawing with words", "caption": ""},
            "id": f"{BLOCK}2",
        },
        {"type": "file", "value": {"file": media[file].pk, "title": "Who came"}, "id": f"{BLOCK}3"},
        {
            "type": "text",
            "value": f'<p>See <a linktype="document" id="{media["linked"].pk}">the report</a>.</p>',
            "id": f"{BLOCK}4",
        },
    ]


def text(value: list[dict]):
    return InitiativeFile._meta.get_field("body").stream_block.to_python(value)


@pytest.fixture
def document(media):
    made = make_document(
        title="A mill",
        body=text(blocks(media)),
        lead_image=media["head"],
        lead_image_alt="The mill",
        attachments=[DocumentAttachment(file=media["programme"], title="Programme")],
    )
    take_in(made)
    return made


@pytest.fixture
def task(document):
    return task_of(document, "fr")


@pytest.fixture
def claimed(task, translator, client):
    claim(translator, task.pk)
    client.force_login(translator)
    return fresh(task)


PLACES = {
    "lead_image": "head",
    f"body.{BLOCK}2.image": "drawing",
    f"body.{BLOCK}3.file": "list",
}


def standing(task, name: str):
    """What stands where the original shows the picture or file of this name."""
    (found,) = [each for each in media_lines(fresh(task)) if each.source and each.source.title == name]
    return found.standing


def address(task, name: str) -> str:
    return f"/admin/translations/{task.pk}/media/{standing(task, name).place.key}/"


def choose(client, task, name: str, other, **more):
    """Choose through the screen what stands in for the original's `name`."""
    found = standing(task, name)
    kind = "picture" if isinstance(other, Picture) else "file"
    data = {"do": "choose", "seen": found.now, kind: other.pk, **more}
    return client.post(address(task, name), data)


def do(client, task, name: str, what: str, **more):
    return client.post(address(task, name), {"do": what, "seen": standing(task, name).now, **more})


def shown_in(page) -> dict[str, list]:
    """What a page shows: the picture at its head, pictures and files in its text, the list of files."""
    raw = {block["id"][-1]: block["value"] for block in page.body.raw_data}
    return {
        "head": page.lead_image_id,
        "image": raw["2"]["image"],
        "file": raw["3"]["file"],
        "linked": raw["4"],
        "listed": [(row.file_id, row.title) for row in page.attachments.all()],
    }


def french(document):
    return InitiativeFile.objects.get(translation_key=document.translation_key, locale__language_code="fr")


class TestWhatThereIs:
    def test_every_picture_and_file_of_the_original_has_its_place_and_is_named(self, task):
        assert [(line.name, line.source.title, line.place.words) for line in media_lines(task)] == [
            ("Text: Image", "drawing", "A drawing with words"),
            ("Text: File", "list", "Who came"),
            ("Picture at the head", "head", "The mill"),
            ("File that the text links to", "linked", ""),
            ("Attached file", "programme", "Programme"),
        ]

    def test_pages_that_a_text_names_are_no_files(self, site, media):
        other = make_document(title="Another")
        body = [
            {
                "type": "documents",
                "value": [{"type": "item", "value": other.pk, "id": f"{BLOCK}8"}],
                "id": f"{BLOCK}7",
            }
        ]
        page = make_document(title="Naming", body=text(body))
        take_in(page)
        assert media_lines(task_of(page, "fr")) == []

    def test_the_screen_says_that_the_translation_shows_the_same(self, claimed, client):
        html = client.get(f"/admin/translations/{claimed.pk}/").text
        assert "Pictures and files" in html
        assert html.count("The same as in the original.") == 5
        assert html.count("Put another one in its place") == 5

    def test_a_document_without_any_has_no_such_part(self, site, translator, client):
        page = make_document(title="Words only")
        take_in(page)
        client.force_login(translator)
        assert "Pictures and files" not in client.get(f"/admin/translations/{task_of(page, 'fr').pk}/").text

    def test_the_number_of_questions_does_not_grow_with_them(self, claimed, client, document, media):
        def cost() -> int:
            client.get(f"/admin/translations/{claimed.pk}/")
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/admin/translations/{claimed.pk}/")
            return len(asked)

        few = cost()
        more = [
            {
                "type": "image",
                "value": {"image": make_picture(f"p{n}").pk, "alt": "", "caption": ""},
                "id": f"44444444-0000-0000-0000-0000000000{n:02}",
            }
            for n in range(12)
        ]
        publish(document, body=text([*blocks(media), *more]))
        take_in(document)
        assert cost() == few


class TestChoosing:
    def test_what_is_chosen_is_seen_in_the_preview_and_nowhere_else(
        self, claimed, client, translator, reviewer, document, media
    ):
        write_all(translator, claimed)
        assert choose(client, claimed, "drawing", media["dessin"]).status_code == 302
        choose(client, claimed, "head", media["affiche"])
        choose(client, claimed, "list", media["liste"])
        choose(client, claimed, "programme", media["programme fr"])
        choose(client, claimed, "linked", media["liste"])
        expected = {
            "head": media["affiche"].pk,
            "image": media["dessin"].pk,
            "file": media["liste"].pk,
            "linked": f'<p>FR See <a id="{media["liste"].pk}" linktype="document">the report</a>.</p>',
            "listed": [(media["programme fr"].pk, "")],
        }
        assert shown_in(previewed(fresh(claimed))) == expected
        assert fresh(claimed).segments_drafted == fresh(claimed).segments + 5
        assert shown_in(public(document))["image"] == media["drawing"].pk
        assert not InitiativeFile.objects.filter(locale__language_code="fr").exists()
        submit_translation(translator, claimed.pk)
        assert french(document).lead_image_id != media["affiche"].pk
        assert not french(document).live
        approve_translation(reviewer, claimed.pk)
        assert shown_in(french(document)) == expected
        assert shown_in(public(document))["image"] == media["drawing"].pk
        assert fresh(claimed).replacements == {}
        assert replacements_of(fresh(claimed)) == {
            "lead_image": media["affiche"].pk,
            f"body.{BLOCK}2.image": media["dessin"].pk,
            f"body.{BLOCK}3.file": media["liste"].pk,
            f"linked.{media['linked'].pk}": media["liste"].pk,
            f"attachments.file.{media['programme'].pk}": media["programme fr"].pk,
        }
        assert list(faults()) == []

    def test_it_stays_when_the_translation_is_made_again(
        self, claimed, client, translator, reviewer, document, media
    ):
        choose(client, claimed, "drawing", media["dessin"])
        translate(translator, reviewer, claimed)
        publish(document, note_significance="addition", summary="Another summary.")
        take_in(document)
        translate(translator, reviewer, fresh(claimed))
        assert shown_in(french(document))["image"] == media["dessin"].pk

    def test_a_published_picture_alone_is_something_to_submit_and_back_again(
        self, claimed, client, translator, reviewer, document, media
    ):
        translate(translator, reviewer, claimed)
        claim(translator, claimed.pk)
        with pytest.raises(NothingToSubmit):
            submit_translation(translator, claimed.pk)
        choose(client, claimed, "drawing", media["dessin"])
        assert fresh(claimed).label == "in_progress"
        submit_translation(translator, claimed.pk)
        assert shown_in(french(document))["image"] == media["drawing"].pk
        approve_translation(reviewer, claimed.pk)
        assert shown_in(french(document))["image"] == media["dessin"].pk
        claim(translator, claimed.pk)
        do(client, claimed, "drawing", "original")
        assert shown_in(french(document))["image"] == media["dessin"].pk
        assert shown_in(previewed(fresh(claimed)))["image"] == media["drawing"].pk
        submit_translation(translator, claimed.pk)
        approve_translation(reviewer, claimed.pk)
        assert shown_in(french(document))["image"] == media["drawing"].pk
        assert replacements_of(fresh(claimed)) == {}

    def test_what_would_be_shown_anyway_is_no_choice(self, claimed, client, media):
        choose(client, claimed, "drawing", media["dessin"])
        assert fresh(claimed).label == "in_progress"
        do(client, claimed, "drawing", "original")
        assert fresh(claimed).replacements == {}
        assert fresh(claimed).label == "claimed"
        choose(client, claimed, "drawing", media["dessin"])
        choose(client, claimed, "drawing", media["drawing"])
        assert fresh(claimed).replacements == {}

    def test_it_waits_for_the_next_one_when_it_is_given_back(self, claimed, client, translator, media):
        choose(client, claimed, "drawing", media["dessin"])
        release(translator, claimed.pk)
        assert fresh(claimed).label == "queued"
        assert standing(claimed, "drawing").chosen == media["dessin"].pk

    def test_one_that_was_deleted_meanwhile_is_not_shown_and_that_is_said(
        self, claimed, client, translator, reviewer, document, media
    ):
        choose(client, claimed, "drawing", media["dessin"])
        media["dessin"].delete()
        assert "was deleted meanwhile" in client.get(f"/admin/translations/{claimed.pk}/").text
        translate(translator, reviewer, fresh(claimed))
        assert shown_in(french(document))["image"] == media["drawing"].pk
        assert list(faults()) == []


class TestTheScreenToChooseOn:
    def test_it_lists_what_one_may_choose_from_and_finds_by_title(self, claimed, client, media):
        html = client.get(address(claimed, "drawing")).text
        for name in ("head", "dessin", "affiche"):
            assert f'value="{media[name].pk}"' in html
        assert f'name="picture" value="{media["drawing"].pk}"' not in html  # it stands there already
        assert "programme" not in html
        found = client.get(address(claimed, "drawing") + "?q=AFFI").text
        assert f'value="{media["affiche"].pk}"' in found
        assert f'value="{media["dessin"].pk}"' not in found
        assert "Nothing is called so" in client.get(address(claimed, "drawing") + "?q=zzz").text
        files = client.get(address(claimed, "programme")).text
        assert f'name="file" value="{media["programme fr"].pk}"' in files

    def test_it_turns_its_pages(self, claimed, client):
        for number in range(30):
            make_file(f"File {number}")
        first = client.get(address(claimed, "programme"))
        assert len(first.context["found"]) == 24
        second = client.get(address(claimed, "programme") + "?page=2")
        assert len(second.context["found"]) == 10
        assert client.get(address(claimed, "programme") + "?page=99").status_code == 302

    def test_another_one_is_uploaded_in_place(self, claimed, client, translator):
        sent = {
            "upload-file": SimpleUploadedFile("dessin.png", picture()),
            "upload-title": "Le dessin",
            "upload-credit": "Ana",
            "upload-licence": "cc-by-sa-4.0",
        }
        assert do(client, claimed, "drawing", "upload", **sent).status_code == 302
        made = Picture.objects.get(title="Le dessin")
        assert made.uploaded_by_user == translator
        assert standing(claimed, "drawing").chosen == made.pk

    @pytest.mark.parametrize(
        ("place", "name", "content"),
        [
            ("drawing", "a.png", b"not a picture"),
            ("drawing", "a.pdf", PDF),
            ("programme", "a.pdf", b"<html>"),
            ("programme", "a.exe", b"MZ"),
        ],
    )
    def test_what_is_no_such_file_is_refused_and_said(self, claimed, client, place, name, content):
        before = Picture.objects.count(), Attachment.objects.count()
        sent = {
            "upload-file": SimpleUploadedFile(name, content),
            "upload-title": "X",
            "upload-licence": "cc-by-sa-4.0",
        }
        answer = do(client, claimed, place, "upload", **sent)
        assert answer.status_code == 422
        assert "It was not taken:" in answer.text
        assert (Picture.objects.count(), Attachment.objects.count()) == before
        assert fresh(claimed).replacements == {}


class TestBadInput:
    @pytest.fixture
    def closed(self, translator):
        """A picture and a file in a collection that translators may not choose from."""
        folder = Collection.get_first_root_node().add_child(name="Private")
        for group in Group.objects.filter(name__in=["Translators (fr)", "Language reviewers (fr)"]):
            GroupCollectionPermission.objects.filter(group=group).delete()
            for name in ("choose_image", "choose_document"):
                GroupCollectionPermission.objects.create(
                    group=group,
                    collection=Collection.get_first_root_node().add_child(name=f"Open {group.name} {name}"),
                    permission=Permission.objects.get(codename=name),
                )
        return make_picture("secret", folder), make_file("secret file", folder)

    def test_what_one_may_not_choose_is_refused_and_not_named(self, claimed, client, closed):
        for place, other in (("drawing", closed[0]), ("programme", closed[1])):
            answer = choose(client, claimed, place, other)
            assert answer.status_code == 422
            assert "not among those you may choose from" in answer.text
            assert "secret" not in answer.text
        assert fresh(claimed).replacements == {}

    def test_who_may_not_upload_is_offered_nothing_to_upload_with(self, claimed, client, closed):
        assert "Or upload one" not in client.get(address(claimed, "drawing")).text
        sent = {
            "upload-file": SimpleUploadedFile("d.png", picture()),
            "upload-title": "D",
            "upload-licence": "cc-by-sa-4.0",
        }
        assert do(client, claimed, "drawing", "upload", **sent).status_code == 403
        assert not Picture.objects.filter(title="D").exists()

    def test_a_file_for_a_picture_is_refused_even_where_the_numbers_are_the_same(
        self, claimed, client, media
    ):
        answer = client.post(
            address(claimed, "drawing"),
            {"do": "choose", "seen": media["drawing"].pk, "file": media["dessin"].pk},
        )
        assert answer.status_code == 422
        assert "choose a picture" in answer.text
        number = max(Attachment.objects.values_list("pk", flat=True)) + 50
        only_a_file = Attachment.objects.create(pk=number, title="F", file=ContentFile(PDF, name="f.pdf"))
        answer = client.post(
            address(claimed, "drawing"),
            {"do": "choose", "seen": media["drawing"].pk, "picture": only_a_file.pk},
        )
        assert answer.status_code == 422
        assert fresh(claimed).replacements == {}

    @pytest.mark.parametrize("chosen", ["", "0", "-1", "abc", "99999999", "9" * 18, "9" * 60, "١"])
    def test_an_id_of_nothing_is_refused(self, claimed, client, media, chosen):
        data = {"do": "choose", "seen": media["drawing"].pk, "picture": chosen}
        assert client.post(address(claimed, "drawing"), data).status_code == 422
        assert fresh(claimed).replacements == {}

    @pytest.mark.parametrize(
        "data", [{}, {"do": "destroy", "seen": "1"}, {"do": "choose"}, {"do": "choose", "seen": "x"}]
    )
    def test_a_form_that_is_none_changes_nothing(self, claimed, client, data):
        assert client.post(address(claimed, "drawing"), data).status_code == 400
        assert fresh(claimed).replacements == {}

    def test_a_place_that_the_original_does_not_have(self, claimed, client, media):
        odd = f"/admin/translations/{claimed.pk}/media/0123456789abcdef/"
        assert client.get(odd).status_code == 404
        answer = client.post(odd, {"do": "choose", "seen": "1", "picture": media["dessin"].pk})
        assert answer.status_code == 409
        assert "published anew" in answer.text
        assert fresh(claimed).replacements == {}

    def test_a_place_that_went_while_one_was_choosing(self, claimed, client, document, media):
        where = address(claimed, "drawing")
        publish(document, body=text([block for block in blocks(media) if block["type"] != "image"]))
        take_in(document)
        answer = client.post(
            where, {"do": "choose", "seen": media["drawing"].pk, "picture": media["dessin"].pk}
        )
        assert answer.status_code == 409
        assert fresh(claimed).replacements == {}

    def test_two_windows_do_not_overwrite_each_other(self, claimed, client, media):
        seen = standing(claimed, "drawing").now
        choose(client, claimed, "drawing", media["dessin"])
        answer = choose(client, claimed, "drawing", media["affiche"], seen=seen)
        assert answer.status_code == 409
        assert "chosen here meanwhile" in answer.text
        assert standing(claimed, "drawing").chosen == media["dessin"].pk


class TestWhoMay:
    @pytest.mark.parametrize(
        ("role", "status"),
        [
            ("Translators (fr)", 403),  # it is not theirs
            ("Language reviewers (fr)", 403),
            ("Editors", 403),
            ("Translators (es)", 403),
            ("Authors", 403),
        ],
    )
    def test_who_does_not_hold_it_chooses_nothing(self, claimed, client, media, role, status):
        where = address(claimed, "drawing")
        client.force_login(make_user(role))
        data = {"do": "choose", "seen": media["drawing"].pk, "picture": media["dessin"].pk}
        assert client.get(where).status_code == status
        assert client.post(where, data).status_code in (403, 409)
        for name in ("original", "keep", "upload"):
            assert client.post(where, {"do": name, "seen": media["drawing"].pk}).status_code in (403, 409)
        assert fresh(claimed).replacements == {}
        client.logout()
        assert client.post(where, data).status_code in (302, 403)

    def test_in_review_it_is_the_reviewers_to_change(
        self, claimed, client, translator, reviewer, document, media
    ):
        write_all(translator, claimed)
        choose(client, claimed, "drawing", media["dessin"])
        submit_translation(translator, claimed.pk)
        assert choose(client, claimed, "drawing", media["affiche"]).status_code == 409
        client.force_login(reviewer)
        page = client.get(f"/admin/translations/{claimed.pk}/")
        assert "chosen, not published" in page.text
        assert choose(client, claimed, "drawing", media["affiche"]).status_code == 302
        approve_translation(reviewer, claimed.pk)
        assert shown_in(french(document))["image"] == media["affiche"].pk
        assert list(faults()) == []

    def test_what_was_changed_since_the_reviewer_looked_is_looked_at_first(
        self, claimed, client, translator, reviewer, media
    ):
        write_all(translator, claimed)
        choose(client, claimed, "drawing", media["dessin"])
        submit_translation(translator, claimed.pk)
        client.force_login(reviewer)
        screen = client.get(f"/admin/translations/{claimed.pk}/").context["screen"]
        seen = {"decision": "approve", "seen": screen.last_draft, "media": screen.media_seen}
        choose(client, claimed, "head", media["affiche"])
        answer = client.post(f"/admin/translations/{claimed.pk}/decide/", seen)
        assert answer.status_code == 409
        assert "Another picture or file was chosen since you looked" in answer.text
        assert (
            client.post(f"/admin/translations/{claimed.pk}/decide/", {**seen, "media": ""}).status_code == 409
        )
        screen = client.get(f"/admin/translations/{claimed.pk}/").context["screen"]
        seen["media"] = screen.media_seen
        assert client.post(f"/admin/translations/{claimed.pk}/decide/", seen).status_code == 302
        assert fresh(claimed).label == "published"

    def test_the_reviewer_sees_what_readers_have_beside_what_they_would_get(
        self, claimed, client, translator, reviewer, media
    ):
        choose(client, claimed, "drawing", media["dessin"])
        translate(translator, reviewer, claimed)
        claim(translator, claimed.pk)
        choose(client, claimed, "drawing", media["affiche"])
        submit_translation(translator, claimed.pk)
        (line,) = [each for each in media_lines(fresh(claimed)) if each.source.title == "drawing"]
        assert (line.source.title, line.before.title, line.now.title) == ("drawing", "dessin", "affiche")
        client.force_login(reviewer)
        html = client.get(f"/admin/translations/{claimed.pk}/").text
        assert "What readers see now" in html


class TestWhenTheOriginalGoesOn:
    @pytest.fixture
    def replaced(self, claimed, client, translator, reviewer, document, media):
        choose(client, claimed, "drawing", media["dessin"])
        translate(translator, reviewer, claimed)
        return claimed

    def goes_on(self, document, media, significance="addition", **changed) -> None:
        publish(document, note_significance=significance, body=text(blocks(media, **changed)))
        take_in(document)
        bump_stamp()

    def test_a_replacement_whose_original_changed_is_flagged_and_comes_back_into_the_queue(
        self, replaced, client, translator, document, media
    ):
        self.goes_on(document, media, image="head")
        task = fresh(replaced)
        assert (task.label, task.segments_changed, task.words_to_do) == ("outdated", 1, 0)
        assert [each.place.id for each in media_standings(task) if each.source_changed] == [media["head"].pk]
        claim(translator, task.pk)
        html = client.get(f"/admin/translations/{task.pk}/").text
        assert "shows another one since this was chosen" in html
        assert "1 picture or file was replaced, and the original shows another one since." in html
        assert shown_in(french(document))["image"] == media["dessin"].pk

    def test_a_change_that_is_called_a_typo_raises_no_label_but_the_flag(self, replaced, document, media):
        self.goes_on(document, media, "typo", image="head")
        assert fresh(replaced).label == "published"
        assert any(each.source_changed for each in media_standings(fresh(replaced)))

    def test_it_is_kept_as_still_fitting(self, replaced, client, translator, document, media):
        self.goes_on(document, media, image="affiche")
        claim(translator, replaced.pk)
        assert do(client, replaced, "affiche", "keep").status_code == 302
        task = fresh(replaced)
        assert (task.content_state, task.segments_changed) == ("published", 0)
        assert not any(each.source_changed or each.behind for each in media_standings(task))
        assert shown_in(french(document))["image"] == media["dessin"].pk
        assert task.baseline.source_version == task.work.version
        assert list(faults()) == []

    def test_or_given_up_for_the_new_one(self, replaced, client, translator, reviewer, document, media):
        self.goes_on(document, media, image="affiche")
        claim(translator, replaced.pk)
        do(client, replaced, "affiche", "original")
        submit_translation(translator, replaced.pk)
        approve_translation(reviewer, replaced.pk)
        assert shown_in(french(document))["image"] == media["affiche"].pk
        assert fresh(replaced).label == "published"

    def test_one_chosen_and_not_published_is_flagged_too(self, claimed, client, document, media):
        choose(client, claimed, "drawing", media["dessin"])
        self.goes_on(document, media, image="affiche")
        assert standing(claimed, "affiche").source_changed
        do(client, claimed, "affiche", "keep")
        assert not standing(claimed, "affiche").source_changed
        assert standing(claimed, "affiche").chosen == media["dessin"].pk

    def test_one_that_follows_the_original_follows_it_at_the_next_publication(
        self, replaced, client, translator, reviewer, document, media
    ):
        self.goes_on(document, media, file="programme fr")
        assert fresh(replaced).label == "outdated"
        claim(translator, replaced.pk)
        html = client.get(f"/admin/translations/{replaced.pk}/").text
        assert "1 picture or file is another one in the original: the translation follows." in html
        submit_translation(translator, replaced.pk)
        approve_translation(reviewer, replaced.pk)
        assert shown_in(french(document))["file"] == media["programme fr"].pk
        assert fresh(replaced).label == "published"

    def test_or_is_kept_as_readers_have_it(self, replaced, client, translator, document, media):
        self.goes_on(document, media, file="programme fr")
        claim(translator, replaced.pk)
        do(client, replaced, "programme fr", "keep")
        assert fresh(replaced).content_state == "published"
        assert standing(replaced, "programme fr").chosen == media["list"].pk

    def test_confirming_all_confirms_pictures_too(self, replaced, translator, document, media):
        self.goes_on(document, media, image="affiche")
        claim(translator, replaced.pk)
        confirm_unchanged(translator, replaced.pk)
        assert fresh(replaced).content_state == "published"
        assert shown_in(french(document))["image"] == media["dessin"].pk

    def test_what_was_chosen_for_a_picture_that_is_gone_is_said_to_have_no_place(
        self, claimed, client, document, media
    ):
        choose(client, claimed, "drawing", media["dessin"])
        publish(document, body=text([block for block in blocks(media) if block["type"] != "image"]))
        take_in(document)
        assert "that you chose has no place any more" in client.get(f"/admin/translations/{claimed.pk}/").text

    def test_readers_are_told_where(self, replaced, client, document, media):
        self.goes_on(document, media, image="affiche", file="liste")
        html = client.get(french(document).url).text
        assert 'class="behind' in html
        marks = re.findall(r'<details class="passage".*?</details>', html, re.DOTALL)
        assert [re.search(r'data-change="(\w+)"', mark)[1] for mark in marks] == ["changed", "changed"]
        assert "A drawing with words" in marks[0]
        assert "Who came" in marks[1]
        # Behind the picture that readers see, in the text.
        assert re.search(r'</figure>\s*<details class="passage"', html)

    def test_a_picture_that_only_moved_has_not_changed(self, replaced, document, media):
        publish(document, note_significance="addition", body=text([blocks(media)[n] for n in (1, 0, 2, 3)]))
        take_in(document)
        assert fresh(replaced).label == "published"


class TestTheTranslatedPageItself:
    def test_a_picture_put_there_directly_is_not_lost_at_the_next_translation(
        self, claimed, translator, reviewer, document, media
    ):
        page = translate(translator, reviewer, claimed)
        publish(page, lead_image=media["affiche"], body=text(blocks(media, image="dessin")))
        assert replacements_of(fresh(claimed)) == {
            "lead_image": media["affiche"].pk,
            f"body.{BLOCK}2.image": media["dessin"].pk,
        }
        publish(document, note_significance="addition", summary="Another summary.")
        take_in(document)
        translate(translator, reviewer, fresh(claimed), say=lambda text, code: f"Nouveau {text}")
        assert french(document).lead_image_id == media["affiche"].pk
        assert shown_in(french(document))["image"] == media["dessin"].pk

    def test_a_translation_that_was_there_before_keeps_its_own(self, site, media):
        original = make_document(title="A mill", lead_image=media["head"])
        make_document(title="Un moulin", lang="fr", translation_of=original, lead_image=media["affiche"])
        take_in(original)
        assert replacements_of(task_of(original, "fr")) == {"lead_image": media["affiche"].pk}
        assert task_of(original, "fr").label == "published"

    def test_one_changed_past_the_queue_is_found_and_mended(
        self, claimed, translator, reviewer, document, media
    ):
        page = translate(translator, reviewer, claimed)
        InitiativeFile.objects.filter(pk=page.pk).update(lead_image=media["affiche"])
        assert "what is public is not what it is measured by" in {each.code for each in faults(repair=True)}
        assert list(faults()) == []
        assert replacements_of(fresh(claimed)) == {"lead_image": media["affiche"].pk}

    def test_an_original_changed_past_the_queue_is_found_and_mended(self, task, document, media):
        InitiativeFile.objects.filter(pk=document.pk).update(lead_image=media["affiche"])
        assert "its text is not today's" in {each.code for each in faults(repair=True)}
        assert list(faults()) == []
        assert standing(task, "affiche").place.path == "lead_image"
