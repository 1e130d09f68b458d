"""Every road on which a page or an entry could change for readers, tried as every role that may not."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.taxonomy.models import Person, Theme
from cms.wiki.models import PublishedRevision
from cms.wiki.queries.submissions import in_review
from initiatives.models import InitiativeFile, LibraryPage
from tests.factories.documents import make_document, make_user
from tests.wiki.editor_form import autosave, edit_address, loaded
from tests.wiki.moderation_tools import public, submit, write

pytestmark = pytest.mark.django_db

NOBODY_S = [None, "Facilitators", "Authors", "Translators (en)", "Language reviewers (en)"]


def bulk(client, action, page, **data):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return client.post(f"{address}?id={page.pk}", data)


# --- The roads. Each is given the browser, the page, the person, and changes the page if nothing stands in its way.


def publish_in_the_editor(client, page, user):
    form = client.get(edit_address(page))
    data = loaded(client, page) if form.status_code == 200 else {}
    client.post(edit_address(page), data | {"title": "Forged", "action-publish": "1"})


def save_in_the_editor(client, page, user):
    form = client.get(edit_address(page))
    data = loaded(client, page) if form.status_code == 200 else {}
    client.post(edit_address(page), data | {"title": "Forged"})


def rewrite_a_public_revision(client, page, user):
    """The road that was open: autosave over one's own published revision."""
    Revision.objects.filter(pk=page.latest_revision_id).update(user=user)
    form = client.get(edit_address(page))
    data = loaded(client, page) if form.status_code == 200 else {}
    data |= {"loaded_revision_id": str(page.latest_revision_id)}
    autosave(client, page, data, saved=page.latest_revision_id, title="Forged")
    assert Revision.objects.get(pk=page.latest_revision_id).content["title"] == "The bakery"


def schedule(client, page, user):
    form = client.get(edit_address(page))
    data = loaded(client, page) if form.status_code == 200 else {}
    past = timezone.now() - timezone.timedelta(minutes=5)
    data |= {"title": "Forged", "go_live_at": past.isoformat(), "expire_at": past.isoformat()}
    client.post(edit_address(page), data | {"action-publish": "1"})
    from django.core.management import call_command

    call_command("publish_scheduled")


def publish_when_submitting(client, page, user):
    if not page.permissions_for_user(user).can_edit():
        return
    mine = write(user, page, title="Forged")
    data = {"summary": "x", "significance": "typo", "version": mine.version, "publish": "1"}
    client.post(reverse("wiki_submit", args=[mine.pk]), data)


def approve_one_s_own(client, page, user):
    if not page.permissions_for_user(user).can_edit():
        return
    mine = submit(user, page, title="Forged")
    client.post(
        reverse("wiki_moderate", args=[mine.pk]),
        {"decision": "approve", "verb": "approve", "action": "approve"},
    )
    task_state = public(page).current_workflow_task_state
    for name in ("workflow_action", "collect_workflow_action_data"):
        client.post(
            reverse(f"wagtailadmin_pages:{name}", args=[page.pk, "approve", task_state.pk]), {"comment": ""}
        )
    assert in_review(page.pk) is not None


def approve_the_text_of_another(client, page, user):
    mine = submit(make_user("Authors"), page, title="Forged")
    client.post(
        reverse("wiki_moderate", args=[mine.pk]),
        {"decision": "approve", "verb": "approve", "action": "approve"},
    )
    task_state = public(page).current_workflow_task_state
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task_state.pk]),
        {"comment": ""},
    )
    assert in_review(page.pk) == mine


def publish_in_bulk(client, page, user):
    draft = public(page)
    draft.title = "Forged"
    draft.save_revision(user=user)
    bulk(client, "publish", page)


def take_down(client, page, user):
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    bulk(client, "unpublish", page)


def delete(client, page, user):
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    bulk(client, "delete", page)


def move(client, page, user):
    elsewhere = LibraryPage.objects.get(locale__language_code="fr")
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, elsewhere.pk]))
    bulk(client, "move", page, chooser=elsewhere.pk)


def reorder(client, page, user):
    make_document()
    client.post(reverse("wagtailadmin_pages:set_page_position", args=[page.pk]) + "?position=0")


def copy_and_publish(client, page, user):
    library = page.get_parent()
    data = {
        "new_title": "Forged", "new_slug": "forged", "new_parent_page": str(library.pk), "publish_copies": "on",
    }  # fmt: skip
    client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)


def copy_as_an_alias(client, page, user):
    library = page.get_parent()
    data = {"new_title": "Forged", "new_slug": "forged", "new_parent_page": str(library.pk), "alias": "on"}
    client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)


def bring_an_alias_to_life(client, page, user):
    alias = page.create_alias(update_slug="an-alias")
    client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    alias.refresh_from_db()
    assert alias.alias_of_id == page.pk
    alias.delete()


def bring_back_a_draft(client, page, user):
    draft = public(page)
    draft.title = "Forged"
    old = draft.save_revision()
    page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    client.get(address)
    form = client.get(edit_address(page))
    data = loaded(client, page) if form.status_code == 200 else {}
    client.post(address, data | {"title": "Forged", "action-publish": "1"})


def stop_a_schedule(client, page, user):
    later = public(page)
    later.go_live_at = timezone.now() + timezone.timedelta(days=3)
    revision = later.save_revision(approved_go_live_at=later.go_live_at)
    client.post(reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, revision.pk]))
    revision.refresh_from_db()
    assert revision.approved_go_live_at is not None


def close_to_readers(client, page, user):
    client.post(reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), {"restriction_type": "login"})
    assert not PageViewRestriction.objects.exists()


def lock(client, page, user):
    client.post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
    assert not public(page).locked


def protect(client, page, user):
    data = {"level": "locked", "reason": "mine"}
    client.post(reverse("wiki_protection", args=[page.pk]), data)
    assert not hasattr(public(page), "protection")


def write_through_the_api(client, page, user):
    address = reverse("wagtailadmin_api:pages:detail", args=[page.pk])
    for method in (client.post, client.put, client.patch, client.delete):
        method(address, {"title": "Forged"}, content_type="application/json")
    for action in (
        "publish",
        "unpublish",
        "move",
        "copy",
        "delete",
        "create_alias",
        "revert_to_page_revision",
    ):
        client.post(f"{address}action/{action}/", {}, content_type="application/json")


def translate_over_it(client, page, user):
    """Convert to an alias of its source, and publish from the screen of updates."""
    client.post(f"/admin/localize/page/{page.pk}/convert_to_alias/", {})


ROADS = [
    publish_in_the_editor, save_in_the_editor, rewrite_a_public_revision, schedule, publish_when_submitting,
    approve_one_s_own, approve_the_text_of_another, publish_in_bulk, take_down, delete, move, reorder,
    copy_and_publish, copy_as_an_alias, bring_an_alias_to_life, bring_back_a_draft, stop_a_schedule,
    close_to_readers, lock, protect, write_through_the_api, translate_over_it,
]  # fmt: skip


def as_readers_see(page) -> tuple:
    row = InitiativeFile._base_manager.get(pk=page.pk)
    live = sorted(Page.objects.live().exclude(slug__startswith="document-").values_list("pk", flat=True))
    copies = list(PublishedRevision.objects.filter(page=page).values_list("number", "title"))
    return (row.title, row.live, row.path[:-4], row.go_live_at, row.expire_at, live, copies)


@pytest.mark.parametrize("role", NOBODY_S, ids=str)
@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_no_road_changes_what_readers_see(site, client, road, role):
    make_user("Editors")
    page = make_document(title="The bakery", slug="the-bakery")
    user = make_user(role)
    client.force_login(user)
    client.raise_request_exception = True
    before = as_readers_see(page)
    road(client, page, user)
    assert as_readers_see(page) == before


def publish_by_script(client, page, user):
    """The address at which scripts of Wagtail's screens read takes orders as well."""
    draft = public(page)
    draft.title = "Forged"
    draft.save_revision(user=user)
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])
    assert client.post(address, {}, content_type="application/json").status_code == 404


def test_an_editor_with_others_publishes_nothing_of_their_own(site, client):
    """The roads on which an editor would be the only pair of eyes."""
    make_user("Editors")
    page, user = make_document(title="The bakery", slug="the-bakery"), make_user("Editors")
    client.force_login(user)
    roads = (
        publish_in_the_editor, publish_when_submitting, publish_in_bulk, bring_back_a_draft,
        publish_by_script, copy_and_publish,
    )  # fmt: skip
    before = set(Page.objects.live().values_list("pk", flat=True))
    for road in roads:
        road(client, page, user)
        assert public(page).title == "The bakery", road.__name__
        assert set(Page.objects.live().values_list("pk", flat=True)) == before, road.__name__


ENTRY = {"slug": "bo", "name": "Forged", "action-publish": "1"}


@pytest.mark.parametrize("role", NOBODY_S, ids=str)
@pytest.mark.parametrize("model", [Person, Theme], ids=lambda model: model.__name__)
def test_no_road_changes_a_shared_entry(site, client, model, role):
    locale = LibraryPage.objects.get(locale__language_code="en").locale
    entry = model.objects.create(name="Bo", slug="bo", locale=locale)
    client.force_login(make_user(role))
    names = model.snippet_viewset.get_url_name
    for formset in ({}, nested_form_data({"terms": inline_formset([])})):
        client.post(reverse(names("edit"), args=[entry.pk]), ENTRY | formset)
    client.post(reverse(names("unpublish"), args=[entry.pk]))
    client.post(reverse(names("delete"), args=[entry.pk]))
    for action in ("publish", "unpublish", "delete"):
        address = reverse("wagtail_bulk_action", args=["taxonomy", model._meta.model_name, "delete"])
        client.post(f"{address.replace('delete', action)}?id={entry.pk}")
    entry.refresh_from_db()
    assert (entry.name, entry.live) == ("Bo", True)
