"""What editors and members do on the way to a publication leaves the kept pages alone; publishing does not."""

import uuid

import pytest
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from cms.core.page_cache import changes, moments, pending
from cms.taxonomy.models import Theme
from initiatives.models import CallReply
from tests.factories.documents import make_document, make_user


@pytest.fixture
def bumps(site, monkeypatch):
    """Grows by one with each change of the stamp; what is written is taken for committed at once."""
    counted = []
    monkeypatch.setattr(pending, "in_transaction", lambda connection: False)
    monkeypatch.setattr(changes, "bump_stamp", lambda: counted.append(1))
    monkeypatch.setattr(moments, "_registered", [])
    return counted


@pytest.fixture
def document(site):
    return make_document()


@pytest.fixture
def admin(client, site):
    user = make_user(is_superuser=True)
    client.force_login(user)
    return client


def test_logging_in_changes_nothing_shown(client, site, bumps):
    user = make_user()
    bumps.clear()
    client.force_login(user)
    assert bumps == []


def test_a_draft_changes_nothing_shown_and_its_publication_does(document, bumps):
    page = Page.objects.get(pk=document.pk).specific
    page.title = "Another title"
    revision = page.save_revision()
    assert bumps == []
    revision.publish()
    assert bumps


def test_a_draft_of_a_shared_entry_changes_nothing_shown_and_its_publication_does(site, bumps):
    theme = Theme.objects.create(slug="care", name="Care", locale=site["en"].locale)
    bumps.clear()
    theme.name = "Care and ageing"
    revision = theme.save_revision()
    assert bumps == []
    revision.publish()
    assert bumps


def test_working_in_the_editor_changes_nothing_shown(admin, document, bumps):
    edit = reverse("wagtailadmin_pages:edit", args=[document.pk])
    assert admin.get(edit).status_code == 200
    assert admin.get(reverse("wagtailadmin_home")).status_code == 200
    assert bumps == []


def test_the_first_view_of_an_image_in_a_size_changes_nothing_shown(site, bumps):
    picture = get_image_model().objects.create(title="A picture", file=get_test_image_file())
    bumps.clear()
    picture.get_rendition("width-80|format-webp")
    assert bumps == []


def test_an_answer_to_a_call_changes_nothing_shown(site, bumps):
    CallReply.objects.create(
        call_key=uuid.uuid4(),
        form_token=uuid.uuid4(),
        language="en",
        organisation="O",
        contact_name="N",
        email="n@e.org",
    )
    assert bumps == []


@pytest.mark.parametrize("change", ["unpublish", "delete", "move", "restrict"])
def test_what_takes_a_page_from_readers_changes_what_is_shown(document, bumps, change):
    if change == "unpublish":
        document.unpublish()
    elif change == "delete":
        document.delete()
    elif change == "move":
        document.move(document.get_parent().get_parent(), pos="last-child")
    else:
        document.view_restrictions.create(restriction_type="login")
    assert bumps
