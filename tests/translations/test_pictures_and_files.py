"""Another picture or file for one language: nobody sees it before the approval, and it is looked at when the original goes on."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.core.page_cache.stamp import bump_stamp
from cms.translations.queries.media import media_lines, replacements_of
from cms.translations.queries.texts import media_standings
from cms.translations.services.claiming import claim, release
from cms.translations.services.confirming import confirm_unchanged
from cms.translations.services.consistency import faults
from cms.translations.services.previewing import previewed
from cms.translations.services.submitting import NothingToSubmit, approve_translation, submit_translation
from initiatives.models import InitiativeFile
from tests.factories.documents import make_document
from tests.wiki.publishing import publish

from .pictured import BLOCK, blocks, choose, do, french, make_picture, shown_in, standing, text
from .translating import fresh, public, take_in, task_of, translate, write_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(document):
    return task_of(document, "fr")


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
