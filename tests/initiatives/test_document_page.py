"""The page of a document, of every type."""

import json
import re
from datetime import date

import pytest
from wagtail.models import Locale, PageViewRestriction

from cms.core.page_cache.changes import shown_has_changed
from cms.core.page_cache.stamp import bump_stamp
from cms.reference.models import BibliographyEntry
from cms.taxonomy.models import Organisation, Person, Territory, Theme
from initiatives.models import (
    DOCUMENT_TYPES,
    Analysis,
    AnalysisProposal,
    CaseStudy,
    DeepenedFile,
    DocumentContributor,
    DocumentOrganisation,
    DocumentReference,
    DocumentRelation,
    DocumentTerritory,
    Event,
    EventCountry,
    EventTheme,
    FollowUp,
    InitiativeFile,
    LearningJourney,
    NationalCase,
    NewsletterIssue,
    Presentation,
    Session,
    Slide,
)
from tests.factories.documents import make_document

pytestmark = pytest.mark.django_db
QUERIES = 12  # one of them asks whether the page, a translation, is behind its original
SHARED = (
    4  # more for the first page after a change: languages, restrictions, discussions, the foot of the page
)


def shown(client, page, lang="en") -> str:
    response = client.get(f"/{lang}/library/{page.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def entry(model, slug, lang="en", twin=None, live=True, **fields):
    row = model(slug=slug, locale=Locale.objects.get(language_code=lang), live=live, **fields)
    if twin is not None:
        row.translation_key = twin.translation_key
    row.save()
    return row


def person(slug, name, **more):
    return entry(Person, slug, name=name, sort_name=name, **more)


@pytest.mark.parametrize("model", DOCUMENT_TYPES, ids=lambda model: model.__name__)
def test_every_type_shows_itself_with_the_least_it_can_say(site, client, model):
    html = shown(client, make_document(model, title=f"Bare {model.__name__}"))
    assert f"<h1>Bare {model.__name__}</h1>" in html
    assert f'data-kind="{model.kind_code.lower()}"' in html
    assert re.search(rf'class="code">{model.kind_code}\d{{4}}-01<', html)


def test_a_theme_missing_in_the_readers_language_is_named_as_on_its_own_page(site, client):
    spanish = entry(Theme, "food", lang="es", name="Alimentación")
    entry(Theme, "food", lang="fr", name="Alimentation", twin=spanish)
    bump_stamp()
    document = make_document(themes=[spanish])
    own_page = client.get("/en/themes/food/").content.decode()
    assert re.search(r"<h1[^>]*>Alimentation</h1>", own_page)
    assert re.search(r'<a href="/en/themes/food/" lang="fr"[^>]*>Alimentation</a>', shown(client, document))
    library = client.get("/en/library/").content.decode()
    assert '<span lang="fr">Alimentation</span>' in library


def test_the_page_is_the_same_for_everyone(site, client, admin_client):
    page = make_document()
    anonymous, admin = shown(client, page), shown(admin_client, page)
    assert anonymous == admin
    assert "csrf" not in anonymous
    assert not client.get(f"/en/library/{page.slug}/").cookies


def test_a_relation_is_written_once_and_read_from_both_sides_in_every_language(site, client):
    workshop = make_document(Event, title="Workshop")
    atelier = make_document(Event, "fr", title="Atelier", translation_of=workshop)
    journey = make_document(
        LearningJourney, title="Journey", relations=[DocumentRelation(kind="prepares", target=workshop)]
    )
    assert re.search(r"prepares</dt>\s*<dd[^>]*>.*?Workshop", shown(client, journey), re.DOTALL)
    assert re.search(r"prepared by</dt>\s*<dd[^>]*>.*?Journey", shown(client, workshop), re.DOTALL)
    # The journey exists in English only: its French reader finds it so, and marked as English.
    french = shown(client, atelier, "fr")
    assert f'<a href="/en/library/{journey.slug}/" lang="en" dir="ltr" hreflang="en">Journey</a>' in french


def test_a_link_to_any_row_of_a_work_leads_to_it_in_the_language_of_the_reader(site, client):
    original = make_document(title="Original")
    french = make_document(lang="fr", title="Traduction", translation_of=original)
    pointing = make_document(
        lang="fr",
        relations=[DocumentRelation(kind="see_also", target=original)],
        body=json.dumps(
            [
                {
                    "type": "text",
                    "value": f'<p><a linktype="page" id="{original.pk}">mots</a></p>',
                    "id": "1",
                },
                {
                    "type": "documents",
                    "value": [{"type": "item", "value": original.pk, "id": "2"}],
                    "id": "3",
                },
            ]
        ),
    )
    html = shown(client, pointing, "fr")
    assert html.count(f'href="/fr/library/{french.slug}/"') == 3
    assert f"/en/library/{original.slug}/" not in html


def test_what_is_not_public_is_not_named(site, client):
    secret = make_document(title="Still a draft", publish=False)
    hidden = make_document(title="For some only")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    bump_stamp()
    ghost = person("ghost", "Ghost Writer", live=False)
    page = make_document(
        relations=[DocumentRelation(target=secret), DocumentRelation(target=hidden)],
        contributors=[DocumentContributor(person=ghost, part="author")],
        provenance_document=secret,
        body=json.dumps(
            [{"type": "text", "value": f'<p><a linktype="page" id="{secret.pk}">words</a></p>', "id": "1"}]
        ),
    )
    html = shown(client, page)
    assert "Still a draft" not in html
    assert "For some only" not in html
    assert "Ghost Writer" not in html
    assert secret.slug not in html
    assert "<a>words</a>" in html
    assert client.get(f"/en/library/{secret.slug}/").status_code == 404
    assert client.get(f"/en/library/{hidden.slug}/").status_code == 302


def test_people_and_places_are_named_in_the_language_of_the_reader_else_with_their_own(site, client):
    canada = entry(Territory, "canada", name="Canada", kind="country")
    city = entry(Territory, "city", name="Quebec City", parent=canada)
    entry(Territory, "city", "fr", twin=city, name="Ville de Québec", parent=canada)
    work = entry(Theme, "work", name="Work")
    author = person("poirier", "Yvon Poirier")
    page = make_document(
        lang="fr",
        territories=[DocumentTerritory(territory=city)],
        themes=[work],
        contributors=[
            DocumentContributor(person=author, part="author"),
            DocumentContributor(person=author, part="contact"),
        ],
    )
    html = shown(client, page, "fr")
    assert '<a href="/fr/territories/city/">Ville de Québec</a><span class="soft">, Canada</span>' in html
    assert '<a href="/fr/themes/work/" lang="en" dir="ltr" hreflang="en">Work</a>' in html
    assert html.count('href="/fr/people/poirier/"') == 2  # under the title, and once in the record


def test_the_languages_of_a_document_say_which_is_the_original_and_which_are_missing(site, client):
    page = make_document(lang="fr", title="Écrit en français")
    english = make_document(title="In English", translation_of=page)
    html = shown(client, english)
    pills = re.search(r'<ul class="languages" aria-label="This document.*?</ul>', html, re.DOTALL)[0]
    assert f'href="/fr/library/{page.slug}/" hreflang="fr"' in pills
    assert re.search(r"français</span> <span class=\"soft\">original", pills)
    assert re.search(r'data-state="missing"><span lang="es"', pills)
    assert f'hreflang="fr" href="http://testserver/fr/library/{page.slug}/"' in html
    assert 'hreflang="es"' not in html.split("</head>")[0]


def test_the_original_may_be_in_a_language_that_is_not_open(site, client):
    page = make_document(written_in="de")
    assert "original, not published" in shown(client, page)


def test_proposals_are_numbered_addressed_and_drawn_from_documents(site, client):
    source = make_document(title="Experience")
    page = make_document(
        Analysis,
        proposals=[
            AnalysisProposal(
                scale="local",
                text="<p>Do this.</p>",
                drawn_from=json.dumps([{"type": "document", "value": source.pk, "id": "1"}]),
            ),
            AnalysisProposal(scale="european", text="<p>Then that.</p>"),
        ],
    )
    html = shown(client, page)
    assert "addressed to the local scale" in html
    assert 'id="proposal-2"' in html
    assert f'href="/en/library/{source.slug}/">Experience</a>' in html


def test_a_journey_tells_its_half_days_and_what_came_of_it_in_order_of_time(site, client):
    page = make_document(
        LearningJourney,
        illustrate="<p>Seen</p>",
        propose="<p>Proposed</p>",
        grid_economy="<p>Plural</p>",
        starts=date(2008, 6, 18),
        ends=date(2008, 6, 19),
        follow_ups=[
            FollowUp(date=date(2010, 1, 1), date_precision="year", text="<p>Later</p>"),
            FollowUp(date=date(2009, 7, 1), date_precision="month", text="<p>Sooner</p>"),
        ],
    )
    html = shown(client, page)
    assert html.index("Seen") < html.index("Proposed") < html.index("Plural")
    assert html.index("July 2009") < html.index('datetime="2010"')
    assert "18–19 June 2008" in html
    assert html.count("The sources leave this question unanswered.") == 4


def test_an_issue_lists_the_documents_that_come_from_it_once(site, client):
    issue = make_document(NewsletterIssue, title="Issue 60", number=60)
    article = make_document(
        title="Article", provenance_document=issue, relations=[DocumentRelation(kind="part_of", target=issue)]
    )
    html = shown(client, issue)
    assert html.count(f'href="/en/library/{article.slug}/"') == 1
    assert "Issue 60" in shown(client, article)


def test_hostile_text_stays_text_in_the_page_and_in_its_data(site, client):
    page = make_document(title="</script><script>alert(1)</script> & co", summary='"><img src=x onerror=1>')
    html = shown(client, page)
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert data["headline"] == "</script><script>alert(1)</script> & co"


def test_an_event_describes_itself_to_machines(site, client):
    host = entry(Organisation, "inees", name="INEES")
    page = make_document(
        Event,
        starts=date(2011, 10, 17),
        ends=date(2011, 10, 20),
        venue="Palais",
        organisations=[DocumentOrganisation(organisation=host, part="organiser")],
    )
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', shown(client, page))[1])
    assert (data["@type"], data["startDate"], data["endDate"]) == ("Event", "2011-10-17", "2011-10-20")
    assert data["organizer"] == [{"@type": "Organization", "name": "INEES"}]
    assert data["location"]["name"] == "Palais"


def test_a_document_can_be_cited_with_its_permanent_address(site, client):
    page = make_document(
        title="Title",
        date=date(2010, 4, 1),
        date_precision="month",
        contributors=[DocumentContributor(person=person("poirier", "Yvon Poirier"), part="author")],
    )
    expected = (
        f"Yvon Poirier (April 2010). Title. Ancrage, IF2010-01. http://testserver/en/library/{page.slug}/"
    )
    assert expected in shown(client, page)


def test_a_document_that_nobody_signs_is_cited_by_its_title(site, client):
    page = make_document(title="Title", date=date(2010, 4, 1), date_precision="month")
    assert f"Title (April 2010). Ancrage, IF2010-01. http://testserver/en/library/{page.slug}/" in shown(
        client, page
    )
    undated = make_document(title="Undated")
    assert "<p>Undated. Ancrage, " in shown(client, undated)


def test_a_copy_made_for_another_language_is_not_shown_as_if_translated(site, client):
    page = make_document(title="English only")
    alias = page.copy_for_translation(Locale.objects.get(language_code="es"), alias=True)
    alias.live = True
    alias.save()
    bump_stamp()
    response = client.get(f"/es/library/{alias.slug}/")
    assert (response.status_code, response.url) == (302, f"/es/wiki/{page.pk}/")


@pytest.mark.parametrize(
    "raw",
    [
        [{"type": "unknown", "value": "x", "id": "1"}],
        [{"type": "image", "value": {"image": 999999, "alt": "", "caption": ""}, "id": "1"}],
        [{"type": "file", "value": {"file": None, "title": ""}, "id": "1"}],
        [{"type": "documents", "value": [999999, None], "id": "1"}],
        [
            {
                "type": "text",
                "value": '<a linktype="page" id="x">w</a><a linktype="document" id="9">v</a>',
                "id": "1",
            }
        ],
        [{"type": "video", "value": {"video": "http://[broken", "caption": "c"}, "id": "1"}],
        [{"type": "table", "value": {"caption": "c", "table": {"columns": [], "rows": []}}, "id": "1"}],
        [{"type": "key_figures", "value": [{"value": "1", "label": "l"}], "id": "1"}],
    ],
    ids=lambda raw: raw[0]["type"],
)
def test_a_damaged_or_dangling_part_of_a_text_does_not_break_the_page(site, client, raw):
    page = make_document()
    type(page).objects.filter(pk=page.pk).update(body=json.dumps(raw))
    bump_stamp()
    assert "<h1>" in shown(client, page)


def big_event(size: int) -> Event:
    """An event with `size` of everything it can have."""
    countries = [entry(Territory, f"c{n}", name=f"Country {n}", kind="country") for n in range(size)]
    places = [entry(Territory, f"p{n}", name=f"Place {n}", parent=countries[n]) for n in range(size)]
    bodies = [entry(Organisation, f"o{n}", name=f"Organisation {n}") for n in range(size)]
    people = [person(f"a{n}", f"Author {n}") for n in range(size)]
    themes = [entry(Theme, f"t{n}", name=f"Theme {n}") for n in range(size)]
    works = [
        BibliographyEntry.objects.create(slug=f"w{n}", title=f"Work {n}", live=True) for n in range(size)
    ]
    others = [make_document() for _n in range(size)]
    link = "".join(f'<p><a linktype="page" id="{other.pk}">x</a></p>' for other in others)
    page = make_document(
        Event,
        starts=date(2011, 10, 17),
        venue_territory=places[0],
        body=json.dumps([{"type": "text", "value": link, "id": str(n)} for n in range(size)]),
        territories=[DocumentTerritory(territory=row) for row in places],
        countries=[EventCountry(territory=row) for row in countries],
        organisations=[DocumentOrganisation(organisation=row, part="partner") for row in bodies],
        contributors=[DocumentContributor(person=row, part="author") for row in people],
        themes=themes,
        references=[DocumentReference(entry=row) for row in works],
        relations=[DocumentRelation(kind="see_also", target=row) for row in others],
        sessions=[Session(title=f"S{n}", text=link) for n in range(size)],
        event_themes=[EventTheme(title=f"T{n}", text=link, paper=row) for n, row in enumerate(others)],
        national_cases=[NationalCase(title=f"N{n}", territory=row) for n, row in enumerate(places)],
    )
    for _n in range(size):
        make_document(Presentation, given_at=page)
        make_document(Event, parent_event=page)
    return page


@pytest.mark.parametrize("size", [1, 12])
def test_the_number_of_queries_does_not_grow_with_what_a_document_links(
    site, client, size, django_assert_num_queries
):
    page = big_event(size)
    shown(client, page)  # what every page shares is looked up once per process and change
    client.cookies.clear()
    with django_assert_num_queries(QUERIES):
        html = client.get(f"/en/library/{page.slug}/", {"fresh": size}).content.decode()
    shown_has_changed()
    with django_assert_num_queries(QUERIES + SHARED):
        client.get(f"/en/library/{page.slug}/", {"after": "a change"})
    assert f"Author {size - 1}" in html
    assert f"Theme {size - 1}" in html


@pytest.mark.parametrize("model", DOCUMENT_TYPES, ids=lambda model: model.__name__)
def test_a_plain_document_costs_few_queries_even_for_the_first_reader(
    site, client, model, django_assert_max_num_queries
):
    page = make_document(model)
    with django_assert_max_num_queries(18):
        shown(client, page)


def test_a_case_study_and_the_files_it_deepens_name_each_other(site, client):
    file = make_document(InitiativeFile, title="The file")
    study = make_document(CaseStudy, title="The study", deepened_files=[DeepenedFile(initiative_file=file)])
    assert re.search(r"deepens</dt>\s*<dd[^>]*>.*?The file", shown(client, study), re.DOTALL)
    assert re.search(r"deepened by</dt>\s*<dd[^>]*>.*?The study", shown(client, file), re.DOTALL)


def test_slides_are_text(site, client):
    html = shown(client, make_document(Presentation, slides=[Slide(heading="First", points="one\n\n two ")]))
    assert "<li>one</li><li>two</li>" in html
