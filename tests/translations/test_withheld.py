"""What is not for readers, or not any more, is not found through translations: the text of a source, the words of a
translation, the memory of both."""

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import Page, PageViewRestriction

from cms.core.page_cache.stamp import bump_stamp
from cms.translations.models import MemoryEntry
from cms.translations.notices import mentioned
from cms.translations.queries.suggestions import suggestions_for
from cms.translations.services.claiming import NotInReach, claim
from cms.translations.services.conversing import comment
from cms.translations.services.requesting import NothingToAsk, request_translation, visitor_key
from cms.translations.services.submitting import approve_translation, submit_translation
from cms.translations.services.works import SourceGone
from cms.wiki.models import Submission
from home.models import HomePage
from initiatives.models import Event
from tests.factories.documents import make_document, make_user
from tests.wiki.mail_tools import mails_after

from .translating import fresh, public, take_in, task_of, translate, write_all

pytestmark = pytest.mark.django_db
SECRET = "In a mill nobody is to know of."
PEOPLE = ["Translators (fr)", "Language reviewers (fr)"]


def take_down(page) -> None:
    public(page).unpublish()
    bump_stamp()


def restrict(page) -> None:
    PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")
    bump_stamp()


def close_its_language(page) -> None:
    HomePage.objects.get(locale=page.locale).unpublish()
    bump_stamp()


WITHHOLD = [take_down, restrict, close_its_language]


@pytest.fixture
def other(event):
    """Another document that says the same, and what only itself says."""
    page = make_document(Event, "es", title="Taller", conclusions=f"<p>{SECRET}</p>")
    take_in(page)
    return page


def places(task) -> list[str]:
    base = f"/admin/translations/{task.pk}/"
    segment = f"{base}segments/{task.work.source[0].key}/"
    parts = ["", "changes/", "preview/", "export.po", "export.xlf"]
    return [base + part for part in parts] + [segment, f"{segment}history/", f"{segment}comments/"]


@pytest.mark.parametrize("withhold", WITHHOLD)
@pytest.mark.parametrize("role", [*PEOPLE, "Editors"])
def test_a_source_that_readers_do_not_have_is_not_read_through_its_translation(other, client, withhold, role):
    task = task_of(other, "fr")
    client.force_login(make_user(role))
    assert SECRET in client.get(places(task)[0]).text
    withhold(other)
    # Editors see it on other screens, too.
    expected = {200, 410} if role == "Editors" else {404}
    assert {client.get(place).status_code for place in places(task)} <= expected
    assert "Taller" not in client.get("/admin/translations/?language=all").text


@pytest.mark.parametrize("withhold", WITHHOLD)
def test_nobody_works_on_it_meanwhile(other, translator, reviewer, client, withhold):
    task = task_of(other, "fr")
    write_all(translator, task)
    withhold(other)
    key = task.work.source[0].key
    with pytest.raises(NotInReach):
        claim(translator, task.pk)
    with pytest.raises(NotInReach):
        submit_translation(translator, task.pk)
    with pytest.raises(NothingToAsk):
        request_translation(task.pk, visitor_key("192.0.2.1", "x"))
    client.force_login(translator)
    assert client.get(f"/admin/translations/{task.pk}/segments/{key}/suggestions/?machine=1").status_code in (
        403,
        404,
    )
    answer = client.post(f"/admin/translations/{task.pk}/segments/{key}/", {"text": "Autre", "seen": 1})
    assert answer.status_code in (404, 409)
    assert not task.drafts.filter(text="Autre").exists()


def test_who_had_it_in_hand_finds_what_they_wrote_when_the_source_is_taken_down(other, translator, client):
    task = task_of(other, "fr")
    write_all(translator, task)
    take_down(other)
    client.force_login(translator)
    page = client.get(f"/admin/translations/{task.pk}/")
    assert page.status_code == 200
    assert f"FR {SECRET}" in page.text
    assert "The original is not public at present" in page.text
    assert client.get(f"/admin/translations/{task.pk}/export.po").status_code == 200
    client.post(f"/admin/translations/{task.pk}/release/")
    assert fresh(task).assignee is None
    assert client.get(f"/admin/translations/{task.pk}/").status_code == 404


def test_what_only_some_may_read_now_is_for_nobody_in_hand_either(other, translator, client):
    """The text goes on being renewed there: who had it in hand would read what was written since."""
    task = task_of(other, "fr")
    claim(translator, task.pk)
    restrict(other)
    client.force_login(translator)
    assert client.get(f"/admin/translations/{task.pk}/").status_code == 404


@pytest.mark.parametrize("withhold", WITHHOLD)
@pytest.mark.parametrize("road", ["its screen", "the wiki's screen", "Wagtail's screen"])
def test_it_is_not_published_from_a_source_that_readers_no_longer_have(
    other,
    translator,
    reviewer,
    client,
    withhold,
    road,
):
    task = task_of(other, "fr")
    write_all(translator, task)
    submit_translation(translator, task.pk)
    task = fresh(task)
    page = Event.objects.get(locale__language_code="fr")
    withhold(other)
    client.force_login(reviewer)
    if road == "its screen":
        with pytest.raises(SourceGone):
            approve_translation(reviewer, task.pk)
    elif road == "the wiki's screen":
        seen = page.latest_revision_id
        answer = client.post(
            f"/admin/wiki/submissions/{task.submission_id}/",
            {"decision": "approve", "seen_revision": seen, "significance": "substance"},
        )
        assert answer.status_code == 409
        assert "original was taken down" in answer.text
    else:
        state = page.current_workflow_task_state
        client.post(f"/admin/pages/{page.pk}/workflow/action/approve/{state.pk}/")
    page.refresh_from_db()
    assert not page.live
    assert Submission.objects.get(pk=task.submission_id).state == "submitted"
    # It can still be sent back.
    assert fresh(task).in_review


def test_an_entry_is_not_published_from_a_source_that_is_gone(site, translator, reviewer, client):
    from cms.taxonomy.models import Theme
    from tests.factories.entries import make_theme

    theme = make_theme("Food")
    take_in(theme)
    task = task_of(theme, "fr")
    write_all(translator, task)
    submit_translation(translator, task.pk)
    french = Theme.objects.get(translation_key=theme.translation_key, locale__language_code="fr")
    public(theme).unpublish()
    bump_stamp()
    with pytest.raises(SourceGone):
        approve_translation(reviewer, task.pk)
    with pytest.raises(PermissionDenied):
        french.current_workflow_task_state.task.specific.on_action(
            french.current_workflow_task_state, reviewer, "approve"
        )
    assert not Theme.objects.get(pk=french.pk).live


class TestTheMemory:
    @pytest.fixture
    def asked(self, event, translator, reviewer):
        """Another document with a passage that a published translation has the words of."""
        mill = make_document(Event, title="The mill", conclusions=f"<p>{SECRET}</p>")
        take_in(mill)
        french = translate(translator, reviewer, task_of(mill, "fr"))
        twin = make_document(Event, title="Somewhere else", conclusions=f"<p>{SECRET}</p>")
        take_in(twin)
        bump_stamp()
        return mill, french, task_of(twin, "fr")

    def offered(self, task) -> list[str]:
        bump_stamp()
        key = next(each.key for each in task.work.source if each.text == SECRET)
        return [each.text for each in suggestions_for(fresh(task), key)]

    def test_words_of_public_pages_are_offered(self, asked):
        assert self.offered(asked[2]) == [f"FR {SECRET}"]

    @pytest.mark.parametrize("withhold", [take_down, restrict])
    @pytest.mark.parametrize("which", [0, 1], ids=["the source", "the translation"])
    def test_those_of_a_page_that_readers_no_longer_have_are_not(
        self, asked, withhold, which, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            withhold(asked[which])
        assert self.offered(asked[2]) == []
        # Nor to anybody who asks for something like it.
        entry = MemoryEntry.objects.get(source=SECRET)
        MemoryEntry.objects.filter(pk=entry.pk).update(
            source=f"{SECRET} Yes.", source_hash="x", length=entry.length + 5
        )
        assert self.offered(asked[2]) == []

    def test_they_come_back_with_the_page(self, asked):
        take_down(asked[0])
        public(asked[0]).save_revision().publish()
        take_in(asked[0])
        assert self.offered(asked[2]) == [f"FR {SECRET}"]

    @pytest.mark.parametrize("which", [0, 1], ids=["the source", "the translation"])
    def test_they_outlive_a_page_that_is_deleted(self, asked, which):
        public(asked[which]).delete()
        assert self.offered(asked[2]) == [f"FR {SECRET}"]

    @pytest.mark.parametrize("which", [0, 1], ids=["the source", "the translation"])
    def test_but_not_one_that_was_taken_down_before(self, asked, which, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            take_down(asked[which])
        public(asked[which]).delete()
        assert self.offered(asked[2]) == []

    def test_deleting_the_page_above_is_deleting_it(self, asked, site):
        mill = public(asked[0])
        above = mill.get_parent()
        assert above.numchild
        Page.objects.get(pk=mill.pk).delete()  # by its row in the tree, as Wagtail deletes branches
        assert self.offered(asked[2]) == [f"FR {SECRET}"]


@pytest.mark.parametrize("withhold", WITHHOLD)
def test_nobody_speaks_about_it_who_does_not_see_it(other, translator, withhold):
    task = task_of(other, "fr")
    withhold(other)
    with pytest.raises(PermissionDenied):
        comment(translator, task.pk, task.work.source[0].key, "Vraiment ?")


def test_a_remark_is_not_mailed_once_its_page_is_for_some_only(other, translator, mailoutbox):
    task = task_of(other, "fr")
    made = comment(
        make_user("Translators (fr)", "autre"),
        task.pk,
        task.work.source[0].key,
        "@traductrice le moulin secret",
    )
    mentioned(made, [translator])
    restrict(other)
    assert not [mail for mail in mails_after(mailoutbox) if "moulin secret" in mail.body]


ADMIN_PLACES = [
    "pages/{page}/edit/",
    "pages/{page}/history/",
    "pages/{page}/view_draft/",
    "pages/{page}/revisions/{revision}/view/",
    "pages/{page}/revisions/compare/earliest/latest/",
    "pages/{page}/revisions/{revision}/revert/",
    "pages/{page}/workflow/status/",
    "pages/workflow/history/{page}/",
    "pages/{page}/",
    "pages/{parent}/",
    "pages/search/?q=FR",
    "choose-page/search/?q=FR",
    "choose-page/{parent}/",
    "api/main/pages/?locale=fr&fields=*",
    "api/main/pages/{page}/",
    "reports/workflow/",
    "reports/site-history/",
    "wiki/submissions/{submission}/",
    "wiki/submissions/{submission}/preview/",
    "wiki/queue/",
    "",
]


OTHERS = (None, "Translators (es)", "Language reviewers (es)", "Facilitators")
# The draft of a page that was never public is shared by all who may edit it: `may_see_drafts` of the wiki.
READ_BY = [*((role, True) for role in OTHERS), *((role, False) for role in (*OTHERS, "Authors"))]


@pytest.mark.parametrize(("role", "first"), READ_BY, ids=str)
def test_what_is_in_review_is_read_on_no_other_screen(event, translator, reviewer, client, role, first):
    task = task_of(event, "fr")
    if not first:
        translate(translator, reviewer, task, say=lambda text, code: f"Connu {text}")
        source = public(event)
        source.conclusions = "<p>We never agreed.</p>"
        source.save_revision().publish()
        take_in(event)
    write_all(translator, task)
    submit_translation(translator, task.pk)
    bump_stamp()
    page = Event.objects.get(locale__language_code="fr")
    names = {
        "page": page.pk,
        "parent": page.get_parent().pk,
        "revision": page.latest_revision_id,
        "submission": fresh(task).submission_id,
    }
    client.force_login(make_user(role))
    leaks = []
    for place in ADMIN_PLACES:
        answer = client.get(f"/admin/{place.format(**names)}")
        text = answer.text if not answer.streaming else ""
        if "FR We" in text or "FR Workshop" in text:
            leaks.append((place, answer.status_code))
    for place in (f"/fr/wiki/submissions/{names['submission']}/", "/fr/me/", page.url):
        if "FR We" in client.get(place, follow=True).text:
            leaks.append((place, 200))
    assert not leaks
