"""The screen on which a picture or file for one language is chosen or uploaded: by whom, from what, and odd requests."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Collection, GroupCollectionPermission

from cms.media.models import Attachment, Picture
from cms.translations.queries.media import media_lines
from cms.translations.services.claiming import claim
from cms.translations.services.consistency import faults
from cms.translations.services.submitting import approve_translation, submit_translation
from tests.factories.documents import make_user
from tests.media.files import PDF, picture
from tests.wiki.publishing import publish

from .pictured import address, blocks, choose, do, french, make_file, make_picture, shown_in, standing, text
from .translating import fresh, take_in, task_of, translate, write_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(document):
    return task_of(document, "fr")


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
