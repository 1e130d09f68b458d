"""What an author has under review, or was refused, is for those who decide: not even other authors read it."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.wiki.models import PublishedRevision
from cms.wiki.services import decline
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import public, submit, write

pytestmark = pytest.mark.django_db

SECRET = "Zebrageheim"
OTHERS = ["Authors", "Translators (en)", "Translators (fr)", "Facilitators", None]


@pytest.fixture
def texts(site):
    """A public page with a declined text, one under review, and one that its author still writes."""
    editor, author = make_user("Editors"), make_user("Authors")
    make_user("Editors")
    page = make_document(title="The bakery", slug="the-bakery")
    refused = submit(author, page, title=f"{SECRET} refused", summary=f"{SECRET} said")
    number = refused.revision_id
    decline(editor, refused.pk, f"{SECRET} reason")
    pending = submit(author, page, title=f"{SECRET} pending", summary=f"{SECRET} said")
    write(make_user("Authors"), page, title=f"{SECRET} begun")
    return page, pending, number


def screens_of(page, pending, refused: int) -> list[str]:
    state = public(page).current_workflow_state
    under_review, library = pending.revision_id, page.get_parent().pk
    names = {
        "edit": [], "view_draft": [], "history": [], "history_results": [], "usage": [], "copy": [],
        "workflow_history": [], "workflow_history_detail": [state.pk],
        "revisions_view": [refused], "revisions_compare": ["live", str(under_review)],
    }  # fmt: skip
    own = [reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more]) for name, more in names.items()]
    own += [reverse("wagtailadmin_pages:revisions_view", args=[page.pk, under_review])]
    own += [reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])]
    return [
        *own,
        reverse("wagtailadmin_explore", args=[library]),
        f"{reverse('wagtailadmin_pages:search')}?q=bakery",
        reverse("wagtailadmin_choose_page_child", args=[library]),
        f"{reverse('wagtailadmin_api:pages:listing')}?fields=*",
        reverse("wagtailadmin_reports:site_history"),
        f"{reverse('wagtailadmin_reports:site_history')}?export=csv",
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailadmin_reports:workflow_tasks"),
        reverse("wagtailadmin_reports:page_types_usage"),
        f"/admin/localize/submit/page/{page.pk}/",
        f"/admin/wiki/submissions/{pending.pk}/",
        f"/admin/wiki/submissions/{pending.pk}/preview/",
        f"/en/wiki/submissions/{pending.pk}/",
        f"/en/wiki/{page.pk}/history/",
        "/en/wiki/changes.atom",
        "/en/me/",
    ]


@pytest.mark.parametrize("role", OTHERS, ids=str)
def test_no_screen_shows_the_text_of_another(texts, client, role):
    client.force_login(make_user(role))
    shown = [each for each in screens_of(*texts) if SECRET in client.get(each).getvalue().decode()]
    assert not shown


def test_an_author_is_led_to_the_public_history(texts, client):
    page, _pending, refused = texts
    client.force_login(make_user("Authors"))
    answer = client.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    assert answer.url == f"/en/wiki/{page.pk}/history/"
    public(page).unpublish()
    for name, more in (("history", []), ("revisions_view", [refused]), ("workflow_history", [])):
        answer = client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more]))
        assert answer.status_code == 302
        assert SECRET not in answer.content.decode()
        assert "history" not in answer.url, "a page taken down takes its history down"


def test_those_who_decide_see_all_of_it(texts, client):
    page, pending, refused = texts
    client.force_login(make_user("Editors"))
    for name, more in (
        ("view_draft", []),
        ("revisions_view", [refused]),
        ("revisions_compare", ["live", str(pending.revision_id)]),
    ):
        html = client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more])).content.decode()
        assert SECRET in html, name
    assert client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).status_code == 200


def test_view_draft_shows_an_author_the_text_of_their_own(texts, client):
    page, pending, _refused = texts
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    client.force_login(pending.author)
    assert f"{SECRET} pending</h1>" in client.get(address).content.decode()
    client.force_login(make_user("Authors"))
    assert "The bakery</h1>" in client.get(address).content.decode()


def test_a_refused_text_is_nobody_s_start_on_a_page_taken_down(site, client):
    editor, author = make_user("Editors"), make_user("Authors")
    page = make_document(title="The bakery", slug="the-bakery")
    pending = submit(author, page, title=SECRET)
    public(page).unpublish()
    decline(editor, pending.pk, "no")
    assert public(page).get_latest_revision_as_object().title == "The bakery"
    client.force_login(make_user("Authors"))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "The bakery" in html
    assert SECRET not in html


@pytest.mark.parametrize("role", ["Authors", "Editors"])
def test_a_copy_is_a_draft_of_what_readers_see(texts, client, role):
    page, _pending, _refused = texts
    client.force_login(make_user(role))
    data = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": page.get_parent().pk}
    client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data | {"publish_copies": "on"})
    copy = Page.objects.get(slug="a-copy")
    assert not copy.live
    said = [str(revision.content) for revision in copy.revisions.all()]
    assert said
    assert not any(SECRET in each for each in said)
    assert copy.get_latest_revision_as_object().summary == "Summary of The bakery."


def test_an_approved_title_is_the_name_in_every_list(site, client):
    editor, author = make_user("Editors"), make_user("Authors")
    page = make_document(title="The bakery", slug="the-bakery")
    pending = submit(author, page, title="The new bakery")
    assert Page.objects.get(pk=page.pk).draft_title == "The bakery"
    client.force_login(editor)
    client.post(
        reverse("wiki_moderate", args=[pending.pk]),
        {"decision": "approve", "seen_revision": pending.revision_id, "significance": "typo"},
    )
    row = Page.objects.get(pk=page.pk)
    assert (row.title, row.draft_title) == ("The new bakery", "The new bakery")
    assert PublishedRevision.objects.filter(page=page).latest("number").title == "The new bakery"
