"""A work with everything that translating has to keep, and people who translate it."""

from datetime import date

import pytest

from initiatives.models import DocumentContributor, DocumentTerritory, Event, NationalCase, Session
from tests.factories.documents import make_document, make_user
from tests.factories.entries import make_person, make_territory, make_theme

from .translating import take_in

BODY = [
    {"type": "heading", "value": "Where it began", "id": "11111111-0000-0000-0000-000000000001"},
    {
        "type": "text",
        "value": '<p>In a <b>mill</b>, with a <a href="https://example.org/">plan</a>.</p><p>It lasted.</p>',
        "id": "11111111-0000-0000-0000-000000000002",
    },
    {
        "type": "table",
        "value": {
            "caption": "Who came",
            "table": {
                "caption": "",
                "columns": [{"type": "text", "heading": "Country"}, {"type": "text", "heading": "People"}],
                "rows": [{"values": ["India", "4"]}],
            },
        },
        "id": "11111111-0000-0000-0000-000000000003",
    },
]


def body(blocks=BODY):
    return Event._meta.get_field("body").stream_block.to_python(blocks)


@pytest.fixture
def event(site):
    theme = make_theme("Food")
    make_theme("Alimentation", lang="fr", translation_of=theme)
    place = make_territory("Luxembourg", kind="country", latitude=49.6, longitude=6.1)
    make_territory(
        "Luxembourg (fr)", lang="fr", translation_of=place, kind="country", latitude=49.6, longitude=6.1
    )
    event = make_document(
        Event,
        title="Workshop",
        body=body(),
        date=date(2009, 4, 23),
        starts=date(2009, 4, 23),
        ends=date(2009, 4, 24),
        registered=80,
        conclusions="<p>We agreed.</p>",
        venue_territory=place,
        themes=[theme],
        territories=[DocumentTerritory(territory=place)],
        contributors=[DocumentContributor(person=make_person("Ana Nova"), part="facilitator")],
        sessions=[
            Session(
                title="First morning", date=date(2009, 4, 23), text="<p>To illustrate.</p>", sort_order=0
            ),
            Session(title="Second morning", date=date(2009, 4, 24), sort_order=1),
        ],
        national_cases=[NationalCase(title="The case of India", document=make_document(title="A case"))],
    )
    take_in(event)
    return event


@pytest.fixture
def translator(site):
    return make_user("Translators (fr)", "traductrice")


@pytest.fixture
def reviewer(site):
    return make_user("Language reviewers (fr)", "relecteur")
