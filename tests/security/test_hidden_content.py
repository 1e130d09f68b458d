"""What is not public shows nowhere: not by name, not by address, not in a count."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.core.page_cache.stamp import bump_stamp
from initiatives.models import (
    CaseStudy,
    DocumentContributor,
    DocumentOrganisation,
    DocumentReference,
    DocumentRelation,
    DocumentTerritory,
    Event,
    InitiativeFile,
)
from initiatives.queries.catalogue import catalogue
from tests.factories.documents import make_document, make_user
from tests.factories.entries import (
    make_organisation,
    make_person,
    make_term,
    make_territory,
    make_theme,
    make_work,
)

pytestmark = pytest.mark.django_db

SECRET = "Zebrageheim"
PAGES = [
    "/en/",
    "/es/",
    "/en/library/",
    "/es/library/",
    "/en/library/?theme=food",
    "/en/library/?type=if",
    "/en/library/?language=fr",
    "/en/library/grid/",
    "/en/library/map/",
    "/en/events/",
    "/en/newsletter/",
    "/en/collections/",
    "/en/people/",
    "/en/people/ana-bo/",
    "/en/organisations/",
    "/en/organisations/org/",
    "/en/territories/",
    "/en/territories/gers/",
    "/en/themes/",
    "/en/themes/food/",
    "/en/glossary/",
    "/en/glossary/commons/",
    "/en/bibliography/",
    "/en/bibliography/book/",
    "/sitemap.xml",
]
SEARCH = "/en/search/?q=commons"  # what it finds depends on who asks: it is nobody's page but theirs
ENTRY_ADDRESSES = ["themes", "glossary", "people", "territories"]


def hide(document, how: str) -> None:
    if how == "unpublished":
        document.unpublish()
    elif how == "restricted":
        PageViewRestriction.objects.create(page=document, restriction_type="login")


@pytest.fixture(params=["draft", "unpublished", "restricted", "not open"])
def hidden(request, site):
    """(hidden documents, the public ones that they point to and that point to them)."""
    how = request.param
    entries = {
        "themes": [make_theme("Food")],
        "contributors": [DocumentContributor(person=make_person("Ana Bo"))],
        "organisations": [DocumentOrganisation(organisation=make_organisation("Org"))],
        "references": [DocumentReference(entry=make_work("Book"))],
        "territories": [DocumentTerritory(territory=make_territory("Gers", latitude=43.6, longitude=0.6))],
    }
    make_term("Commons")
    public = make_document(CaseStudy, title="Openly live")
    lang = "fr" if how == "not open" else "en"
    soon = timezone.localdate() + timedelta(days=3)
    documents = [
        make_document(
            model,
            lang,
            title=f"{SECRET} {model.__name__}",
            publish=how != "draft",
            summary=f"{SECRET} about commons",
            provenance_document=public,
            relations=[DocumentRelation(target=public)],
            **fields,
        )
        for model, fields in ((InitiativeFile, entries), (Event, {"starts": soon, "ends": soon}))
    ]
    for document in documents:
        hide(document, how)
    pointing = make_document(
        title="Pointing", relations=[DocumentRelation(target=documents[0])], provenance_document=documents[1]
    )
    for make in (make_theme, make_term, make_person, make_territory):
        make(SECRET, lang=lang, publish=how == "not open")
    if how == "not open":
        site["fr"].unpublish()
    call_command("update_index", verbosity=0)
    bump_stamp()
    return documents, [public, pointing]


def test_it_shows_nowhere(hidden, client):
    """One test: making the documents takes longer than asking for them."""
    documents, public = hidden
    no_public_page_names_or_links_it(documents, public, client)
    it_has_no_address(documents, client)
    it_is_neither_found_nor_counted(client)
    pages_are_the_same_for_whoever_is_signed_in(public, client)


def no_public_page_names_or_links_it(documents, public, client) -> None:
    addresses = [
        *PAGES,
        SEARCH,
        *(f"/en/library/{page.slug}/" for page in public),
        *(f"/es/wiki/{page.pk}/" for page in public),
    ]
    signs = [SECRET.lower(), *(f"/{document.slug}/" for document in documents)]
    found = {}
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        text = response.content.decode().lower()
        found[address] = [sign for sign in signs if sign in text]
    assert not any(found.values()), found


def it_has_no_address(documents, client) -> None:
    for document in documents:
        lang = document.locale.language_code
        assert client.get(f"/en/wiki/{document.pk}/").status_code == 404
        assert client.get(f"/en/wiki/{document.pk}/edit/").status_code == 404
        # A page for people with an account leads to the log-in and says nothing else.
        assert client.get(f"/{lang}/library/{document.slug}/").status_code in (302, 404)
    for section in ENTRY_ADDRESSES:
        assert client.get(f"/en/{section}/{SECRET.lower()}/").status_code == 404


def it_is_neither_found_nor_counted(client) -> None:
    assert client.get("/en/search/?q=Openly").context["found"] == 1
    for query in (SECRET, f"{SECRET} commons", SECRET[:-2]):
        found = client.get("/en/search/", {"q": query, "section": "library"}).context
        assert not [
            section for section in found["sections"] if section["hits"] and SECRET in str(section["hits"])
        ]
        assert not found["did_you_mean"]
    assert client.get(f"/en/search/?q={SECRET}").context["found"] == 0
    assert client.get(f"/en/search/suggestions/?q={SECRET[:5]}").json() == {"suggestions": []}
    food = catalogue().facets["theme"].get("food")
    assert food is None or not food.bits
    assert len(catalogue().works) == 2


def pages_are_the_same_for_whoever_is_signed_in(public, client) -> None:
    addresses = [*PAGES, *(f"/en/library/{page.slug}/" for page in public)]
    before = {address: client.get(address).content for address in addresses}
    found = client.get(SEARCH).content
    client.force_login(make_user("Editors"))
    bump_stamp()
    assert client.get(SEARCH).content == found
    for address in addresses:
        response = client.get(address)
        assert response.content == before[address], address
        assert not response.cookies, address
        assert b"csrfmiddlewaretoken" not in response.content, address
