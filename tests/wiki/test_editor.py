"""Writing in Wagtail's editor: each author's own text, saved as one types, handed in with a summary."""

import json

import pytest
from django.urls import reverse

from cms.taxonomy.models import Person
from cms.wiki.models import PublishedRevision, Submission
from cms.wiki.queries.submissions import in_review
from cms.wiki.services import approve, request_changes
from initiatives.models import InitiativeFile, LibraryPage
from tests.factories.documents import make_document, make_user
from tests.wiki.editor_form import autosave, edit_address, loaded
from tests.wiki.moderation_tools import public, submit, write

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def page_of_module(site_of_module):
    return make_document(title="The bakery", summary="Bread for all.")


@pytest.fixture
def page(page_of_module, site):
    """Made once a module; what a test changes of it is undone after the test."""
    return public(page_of_module)


@pytest.fixture
def author(site, client):
    user = make_user("Authors", display_name="Ana")
    client.force_login(user)
    return user


@pytest.fixture
def editor(site):
    return make_user("Editors", display_name="Ed")


def submission_of(user) -> Submission:
    return Submission.objects.get(author=user)


class TestAnAuthor:
    def test_saves_a_text_of_their_own_and_finds_it_again(self, client, author, page):
        before = public(page).latest_revision_id
        response = client.post(edit_address(page), loaded(client, page) | {"title": "The new bakery"})
        assert response.status_code == 302
        assert submission_of(author).content["title"] == "The new bakery"
        assert (public(page).title, public(page).latest_revision_id) == ("The bakery", before)
        assert loaded(client, page)["title"] == "The new bakery"

    def test_another_author_starts_from_what_readers_see(self, client, author, page):
        client.post(edit_address(page), loaded(client, page) | {"title": "Half a th"})
        client.force_login(make_user("Authors"))
        assert loaded(client, page)["title"] == "The bakery"

    def test_autosaves_as_one_types(self, client, author, page):
        form = loaded(client, page)
        answer = autosave(client, page, form, title="A").json()
        answer = autosave(client, page, form, saved=answer["revision_id"], title="AB").json()
        answer = autosave(client, page, form, saved=answer["revision_id"], title="ABC").json()
        assert answer["success"]
        assert submission_of(author).content["title"] == "ABC"

    def test_people_added_while_typing_are_added_once(self, client, author, page):
        person = Person.objects.create(name="Bo", slug="bo", locale=page.locale)
        form = loaded(client, page) | {
            "contributors-TOTAL_FORMS": "1",
            "contributors-0-person": str(person.pk),
            "contributors-0-part": "author",
            "contributors-0-ORDER": "1",
            "contributors-0-DELETE": "",
            "contributors-0-id": "",
        }
        number = None
        for title in ("A", "AB", "ABC"):
            answer = autosave(client, page, form, saved=number, title=title).json()
            assert answer["success"], answer
            number = answer["revision_id"]
            form |= answer["field_updates"]
        assert [row["person"] for row in submission_of(author).content["contributors"]] == [person.pk]

    def test_two_windows_do_not_overwrite_each_other(self, client, author, page):
        one, two = loaded(client, page), loaded(client, page)
        assert autosave(client, page, one, title="One").json()["success"]
        assert autosave(client, page, two, title="Two").json()["error_code"] == "invalid_revision"
        response = client.post(edit_address(page), two | {"title": "Two"})
        assert response.status_code == 200
        assert submission_of(author).content["title"] == "One"
        html = response.content.decode()
        assert 'value="Two"' in html
        assert reverse("wiki:submission", args=[submission_of(author).pk]) in html

    def test_a_forged_number_is_no_way_round(self, client, author, page):
        write(author, page, title="Mine")
        form = loaded(client, page) | {"loaded_revision_created_at": "", "loaded_revision_id": ""}
        assert autosave(client, page, form, title="Blind").json()["error_code"] == "invalid_revision"
        assert submission_of(author).content["title"] == "Mine"

    @pytest.mark.parametrize("button", ["action-submit", "action-publish"])
    def test_is_led_to_sum_the_change_up(self, client, author, page, button):
        response = client.post(edit_address(page), loaded(client, page) | {"title": "New", button: "1"})
        assert response.url == reverse("wiki_submit", args=[submission_of(author).pk])
        assert public(page).title == "The bakery"

    def test_submits_with_a_summary(self, client, author, page):
        mine = write(author, page, title="New")
        address = reverse("wiki_submit", args=[mine.pk])
        assert client.get(address).status_code == 200
        data = {"summary": "a better name", "significance": "typo", "version": mine.version}
        assert client.post(address, data).url == reverse("wiki:submission", args=[mine.pk])
        assert in_review(page.pk).summary == "a better name"

    def test_keeps_what_was_typed_when_something_is_missing(self, client, author, page):
        mine = write(author, page, title="New")
        data = {"summary": "a better name", "version": mine.version}
        response = client.post(reverse("wiki_submit", args=[mine.pk]), data)
        assert response.status_code == 422
        assert 'value="a better name"' in response.content.decode()

    def test_cannot_publish_from_the_screen_of_submitting(self, client, author, page):
        mine = write(author, page, title="New")
        data = {"summary": "x", "significance": "typo", "version": mine.version, "publish": "1"}
        client.post(reverse("wiki_submit", args=[mine.pk]), data)
        assert public(page).title == "The bakery"

    def test_cannot_set_when_a_page_goes_live_or_comes_down(self, client, author, editor, page):
        form = loaded(client, page) | {
            "title": "New", "go_live_at": "2031-01-01 00:00", "expire_at": "2031-01-02 00:00",
        }  # fmt: skip
        client.post(edit_address(page), form)
        mine = submission_of(author)
        data = {"summary": "x", "significance": "typo", "version": mine.version}
        client.post(reverse("wiki_submit", args=[mine.pk]), data)
        approve(editor, mine.pk)
        assert (public(page).title, public(page).go_live_at, public(page).expire_at) == ("New", None, None)

    def test_is_told_where_a_submitted_text_is_when_opening_the_editor(self, client, author, page):
        mine = submit(author, page, title="New")
        assert client.get(edit_address(page)).url == reverse("wiki:submission", args=[mine.pk])

    def test_reads_the_editors_reason_in_the_editor(self, client, author, editor, page):
        mine = submit(author, page, title="New")
        request_changes(editor, mine.pk, "Name the baker.")
        assert "Name the baker." in client.get(edit_address(page)).content.decode()

    def test_previews_their_own_text(self, client, author, page):
        write(author, page, title="New", summary="Bread.")
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
        assert client.post(address, loaded(client, page)).json()["is_valid"]
        assert "New</h1>" in client.get(address + "?mode=").content.decode()

    def test_a_translator_s_revision_is_a_text_of_their_own_too(self, client, site, page):
        client.force_login(make_user("Translators (es)"))
        spanish = make_document(lang="es", translation_of=page, title="La panadería")
        client.post(edit_address(spanish), loaded(client, spanish) | {"title": "Otra"})
        assert public(spanish).title == "La panadería"
        assert Submission.objects.get(page=spanish).content["title"] == "Otra"


class TestANewPage:
    def add(self, client, author, **buttons):
        library = LibraryPage.objects.get(locale__language_code="en")
        address = reverse("wagtailadmin_pages:add", args=["initiatives", "initiativefile", library.pk])
        page = make_document(title="A model of a form", publish=False, owner=author)
        page.save_revision(user=author)
        form = loaded(client, page) | {"title": "Brand new", "slug": "brand-new", "comments-TOTAL_FORMS": "0"}
        response = client.post(address, form | buttons)
        return InitiativeFile.objects.get(slug="brand-new"), response

    def test_is_submitted_and_approved_like_any_other(self, client, author, editor):
        page, response = self.add(client, author, **{"action-submit": "1"})
        mine = Submission.objects.get(page=page)
        assert response.url == reverse("wiki_submit", args=[mine.pk])
        data = {"summary": "new here", "significance": "addition", "version": mine.version}
        client.post(response.url, data)
        approve(editor, mine.pk)
        assert public(page).live
        assert PublishedRevision.objects.get(page=page).summary == "new here"

    def test_is_shown_as_new_not_as_unchanged(self, client, author, editor):
        fresh = make_document(title="Fresh", publish=False, owner=author)
        fresh.save_revision(user=author)
        mine = write(author, fresh)
        screen = client.get(reverse("wiki_submit", args=[mine.pk])).text
        assert "nothing of it is public yet" in screen
        assert "say the same" not in screen
        assert "say the same" not in client.get(reverse("wiki:submission", args=[mine.pk])).text
        submitted = submit(author, fresh)
        client.force_login(editor)
        screen = client.get(reverse("wiki_moderate", args=[submitted.pk])).text
        assert "nothing of it is public yet" in screen
        assert "say the same" not in screen

    def test_a_forged_publish_only_saves_and_leads_to_submitting(self, client, author):
        page, response = self.add(client, author, **{"action-publish": "1"})
        assert not page.live
        assert "/submit/" in response.url

    def test_autosave_never_rewrites_a_text_that_was_submitted(self, client, author, page):
        fresh = make_document(title="Fresh", publish=False, owner=author)
        fresh.save_revision(user=author)
        mine = submit(author, fresh, summary="first")
        rewritten = mine.revision_id
        other_page_form = loaded(client, page)
        response = autosave(client, fresh, other_page_form, saved=rewritten, title="Forged")
        assert json.loads(json.dumps(mine.revision.content))["title"] == "Fresh"
        mine.revision.refresh_from_db()
        assert mine.revision.content["title"] == "Fresh"
        assert response.status_code in (302, 400, 403) or not response.json().get("success")


class TestAnEditor:
    @pytest.fixture(autouse=True)
    def _logged_in(self, client, editor):
        client.force_login(editor)

    def test_alone_publishes_from_the_screen_of_submitting(self, client, editor, page):
        response = client.post(
            edit_address(page), loaded(client, page) | {"title": "Mine", "action-submit": "1"}
        )
        mine = submission_of(editor)
        assert response.url == reverse("wiki_submit", args=[mine.pk])
        data = {"summary": "x", "significance": "typo", "version": mine.version, "publish": "1"}
        client.post(response.url, data)
        assert public(page).title == "Mine"
        assert PublishedRevision.objects.get(page=page, number=2).approved_alone

    def test_with_others_does_not(self, client, editor, page):
        make_user("Editors")
        mine = write(editor, page, title="Mine")
        data = {"summary": "x", "significance": "typo", "version": mine.version, "publish": "1"}
        client.post(reverse("wiki_submit", args=[mine.pk]), data)
        assert public(page).title == "The bakery"
        assert in_review(page.pk).author == editor

    def test_saving_from_a_stale_draft_joins_what_does_not_meet(self, client, editor, page):
        form = loaded(client, page)
        other = public(page).get_latest_revision_as_object()
        other.summary = "Better bread."
        other.save_revision(user=make_user("Editors", display_name="Eve"))
        client.post(edit_address(page), form | {"title": "Mine"})
        latest = public(page).get_latest_revision_as_object()
        assert (latest.title, latest.summary) == ("Mine", "Better bread.")

    def test_saving_from_a_stale_draft_keeps_both_where_they_meet(self, client, editor, page):
        form = loaded(client, page)
        other = public(page).get_latest_revision_as_object()
        other.title = "Theirs"
        other.save_revision(user=make_user("Editors"))
        response = client.post(edit_address(page), form | {"title": "Mine"})
        mine = submission_of(editor)
        assert response.url == reverse("wiki_conflict", args=[mine.pk])
        assert public(page).get_latest_revision_as_object().title == "Theirs"
        assert mine.content["title"] == "Mine"

    def test_where_two_drafts_meet_both_are_shown_and_one_is_chosen(self, client, editor, page):
        form = loaded(client, page)
        other = public(page).get_latest_revision_as_object()
        other.title, other.summary = "Theirs", "Better bread."
        other.save_revision(user=make_user("Editors"))
        client.post(edit_address(page), form | {"title": "Mine"})
        mine = submission_of(editor)
        # Not to be passed by on the way to the moderators.
        data = {"summary": "x", "significance": "typo", "version": mine.version}
        address = client.post(reverse("wiki_submit", args=[mine.pk]), data).url
        assert address == reverse("wiki_conflict", args=[mine.pk])
        html = client.get(address).text
        assert "Mine" in html
        assert "Theirs" in html
        client.post(address, {"version": mine.version, "choose-title": "mine"})
        mine.refresh_from_db()
        assert (mine.content["title"], mine.content["summary"]) == ("Mine", "Better bread.")
        data["version"] = mine.version
        client.post(reverse("wiki_submit", args=[mine.pk]), data)
        mine.refresh_from_db()
        assert mine.state == "submitted"

    def test_publishing_in_bulk_is_no_way_round(self, client, editor, page):
        draft = public(page)
        draft.title = "Mine"
        draft.save_revision(user=editor)
        client.post(
            reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}"
        )
        assert public(page).title == "The bakery"


class TestChoosing:
    def conflict(self, author, editor, page):
        mine = submit(author, page, title="Mine")
        # While it waited, another text was published in the same place.
        request_changes(editor, mine.pk, "later")
        other = make_user("Authors")
        approve(editor, submit(other, page, title="Theirs").pk)
        mine.refresh_from_db()
        return mine

    def test_both_texts_are_shown_and_one_is_chosen(self, client, author, editor, page):
        mine = self.conflict(author, editor, page)
        address = reverse("wiki_conflict", args=[mine.pk])
        html = client.get(address).content.decode()
        assert "Mine" in html
        assert "Theirs" in html
        client.post(address, {"version": mine.version, "choose-title": "mine"})
        mine.refresh_from_db()
        assert (mine.content["title"], mine.base.number) == ("Mine", 2)

    def test_a_choice_that_is_missing_is_asked_for(self, client, author, editor, page):
        mine = self.conflict(author, editor, page)
        response = client.post(reverse("wiki_conflict", args=[mine.pk]), {"version": mine.version})
        assert response.status_code == 422
        mine.refresh_from_db()
        assert mine.base.number == 1

    def test_what_others_changed_meanwhile_does_not_look_undone_by_the_author(
        self, client, author, editor, page
    ):
        mine = write(author, page, summary="Bread for all, on Sundays too.")
        approve(editor, submit(make_user("Authors"), page, title="The oven").pk)
        for address in (reverse("wiki_submit", args=[mine.pk]), f"/en/wiki/submissions/{mine.pk}/"):
            change = client.get(address).context["change"]
            assert [section.label for section in change.sections] == ["Summary"]

    def test_the_way_to_submitting_leads_there_at_once(self, client, author, editor, page):
        mine = self.conflict(author, editor, page)
        response = client.get(reverse("wiki_submit", args=[mine.pk]))
        assert response.url == reverse("wiki_conflict", args=[mine.pk])

    def test_submitting_leads_there(self, client, author, editor, page):
        mine = self.conflict(author, editor, page)
        data = {"summary": "x", "significance": "typo", "version": mine.version}
        response = client.post(reverse("wiki_submit", args=[mine.pk]), data)
        assert response.url == reverse("wiki_conflict", args=[mine.pk])


class TestAnEarlierVersion:
    def test_comes_back_as_a_draft_through_the_same_moderation(self, client, author, editor, page):
        approve(editor, submit(make_user("Authors"), page, title="Second").pk)
        first = PublishedRevision.objects.get(page=page, number=1)
        response = client.post(f"/en/wiki/{page.pk}/revert/{first.pk}/")
        mine = submission_of(author)
        assert response.url == reverse("wiki_submit", args=[mine.pk])
        assert "Back to version 1" in client.get(response.url).content.decode()
        client.post(response.url, {"summary": "back", "significance": "substance", "version": mine.version})
        approve(editor, mine.pk)
        third = PublishedRevision.objects.get(page=page, number=3)
        assert (public(page).title, third.reverted_to, third.author) == ("The bakery", first, author)

    def test_one_text_at_a_time(self, client, author, page):
        write(author, page, title="Mine")
        first = PublishedRevision.objects.get(page=page)
        assert client.post(f"/en/wiki/{page.pk}/revert/{first.pk}/").status_code == 409
        assert submission_of(author).content["title"] == "Mine"

    def test_of_another_page_is_not_found(self, client, author, page):
        other = PublishedRevision.objects.get(page=make_document())
        assert client.post(f"/en/wiki/{page.pk}/revert/{other.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["wiki:submission", "wiki_submit", "wiki_conflict"])
def test_a_text_is_its_author_s_alone(client, site, page, author, name):
    mine = write(make_user("Authors"), page, title="Not yours")
    assert client.get(reverse(name, args=[mine.pk])).status_code == 404
