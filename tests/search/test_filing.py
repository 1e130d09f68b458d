"""What documents are filed under changes: names and keys of facets follow, also where something is taken down."""

import pytest
from wagtail.models import Page

from cms.core.page_cache.stamp import bump_stamp
from initiatives.models import Collection, DocumentContributor, DocumentOrganisation
from search.models import Entry, Waiting
from search.services.waiting import catch_up
from tests.factories.documents import make_document
from tests.factories.entries import make_organisation, make_person, make_theme
from tests.initiatives.test_collections import make_collection

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(site):
    """(document, what it is filed under by name)."""
    under = {
        "person": make_person("Quokka Smith"),
        "organisation": make_organisation("Numbat bank"),
        "theme": make_theme("Wombats", slug="wombats"),
        "collection": make_collection(title="Marsupials"),
    }
    page = make_document(
        title="Islands",
        contributors=[DocumentContributor(person=under["person"])],
        organisations=[DocumentOrganisation(organisation=under["organisation"])],
        themes=[under["theme"]],
        collections=[under["collection"]],
    )
    catch_up()
    return page, under


def entry_of(page) -> Entry:
    bump_stamp()
    catch_up()
    return Entry.objects.get(ref=f"page:{page.pk}")


def said(entry: Entry) -> str:
    return f"{entry.names} {entry.marks}"


WORDS = {"person": "Quokka", "organisation": "Numbat", "theme": "wombats", "collection": "collection="}


@pytest.mark.parametrize("what", WORDS)
def test_what_is_taken_down_is_no_name_of_a_document_any_more(filed, what):
    page, under = filed
    assert WORDS[what] in said(entry_of(page))
    type(under[what]).objects.get(pk=under[what].pk).unpublish()
    assert WORDS[what] not in said(entry_of(page))


@pytest.mark.parametrize("what", WORDS)
def test_what_is_deleted_is_no_name_of_a_document_any_more(filed, what):
    page, under = filed
    assert WORDS[what] in said(entry_of(page))
    under[what].delete()
    assert WORDS[what] not in said(entry_of(page))


def test_a_document_whose_collection_is_taken_down_comes_after_others(filed):
    page, under = filed
    assert not entry_of(page).archived
    Collection.objects.get(pk=under["collection"].pk).unpublish()
    assert entry_of(page).archived


def test_pages_are_looked_at_once_more_when_a_restriction_comes_over_them(filed, site):
    """A job that had not seen it yet may write them after that."""
    page, _under = filed
    late = Entry.objects.get(ref=f"page:{page.pk}")
    site["en"].view_restrictions.create(restriction_type="login")
    late.save(force_insert=True)
    assert Waiting.objects.filter(source="page", object=page.pk).exists()
    catch_up()
    assert not Entry.objects.filter(ref=f"page:{page.pk}").exists()


def test_a_restriction_that_is_put_elsewhere_hides_there_and_shows_here(filed, site):
    page, _under = filed
    restriction = site["fr"].view_restrictions.create(restriction_type="login")
    restriction.page = Page.objects.get(pk=site["en"].pk)
    restriction.save()
    assert not Entry.objects.filter(ref=f"page:{page.pk}").exists()
    restriction.page = Page.objects.get(pk=site["fr"].pk)
    restriction.save()
    assert entry_of(page)
