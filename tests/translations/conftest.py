"""A work with everything that translating has to keep, and people who translate it."""

from datetime import date

import pytest

from cms.translations.services.claiming import claim
from initiatives.models import (
    DocumentAttachment,
    DocumentContributor,
    DocumentTerritory,
    Event,
    NationalCase,
    Session,
)
from tests.factories.documents import make_document, make_user
from tests.factories.entries import make_person, make_territory, make_theme
from tests.wiki.publishing import publish

from .originals import LONGER, body, edited
from .pictured import blocks, make_file, make_picture, text
from .translating import fresh, take_in, task_of, translate


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


@pytest.fixture
def task(event):
    return task_of(event, "fr")


@pytest.fixture
def claimed(task, translator, client):
    claim(translator, task.pk)
    client.force_login(translator)
    return task


@pytest.fixture
def behind(event, translator, reviewer, task):
    """Published, and then a paragraph of the original changed and its heading went."""
    translate(translator, reviewer, task)
    publish(event, note_significance="addition", body=body(edited(("It lasted.", LONGER), without=0)))
    take_in(event)
    return fresh(task)


@pytest.fixture
def media(site, settings, tmp_path):
    """Pictures and files of an English original, and others in French, by short names."""
    settings.MEDIA_ROOT = str(tmp_path)
    return {
        **{name: make_picture(name) for name in ("head", "drawing", "dessin", "affiche")},
        **{name: make_file(name) for name in ("programme", "list", "linked", "programme fr", "liste")},
    }


@pytest.fixture
def document(media):
    """An original with a picture at its head, a picture, a file and a link to a file in its text, and a file in its list."""
    made = make_document(
        title="A mill",
        body=text(blocks(media)),
        lead_image=media["head"],
        lead_image_alt="The mill",
        attachments=[DocumentAttachment(file=media["programme"], title="Programme")],
    )
    take_in(made)
    return made
