"""A work with everything that translating has to keep."""

from datetime import date

from initiatives.models import DocumentContributor, DocumentTerritory, Event, NationalCase, Session
from tests.factories.documents import make_document
from tests.factories.entries import make_person, make_territory, make_theme

from .originals import body
from .translating import take_in


def make_event() -> Event:
    """An event in English, taken in as the worker does it."""
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
