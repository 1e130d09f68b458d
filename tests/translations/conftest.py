"""A work with everything that translating has to keep, and people who translate it."""

import pytest
from django.test import override_settings

from cms.translations.services.claiming import claim
from initiatives.models import DocumentAttachment
from tests.factories.documents import make_document
from tests.wiki.publishing import publish

from .event_to_translate import make_event
from .originals import LONGER, body, edited
from .pictured import blocks, make_file, make_picture, text
from .translating import fresh, make_reviewer, make_translator, public, take_in, task_of, translate


@pytest.fixture(scope="module")
def event_of_module(site_of_module):
    return make_event()


@pytest.fixture
def event(event_of_module, site):
    """Made once a module; what a test changes of it is undone after the test.

    Modules with real transactions have a fixture of that name of their own, that makes it each time.
    """
    return public(event_of_module)


@pytest.fixture
def translator(site):
    return make_translator()


@pytest.fixture
def reviewer(site):
    return make_reviewer()


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


@pytest.fixture(scope="module")
def media_of_module(site_of_module, tmp_path_factory):
    with override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media"))):
        yield {
            **{name: make_picture(name) for name in ("head", "drawing", "dessin", "affiche")},
            **{name: make_file(name) for name in ("programme", "list", "linked", "programme fr", "liste")},
        }


@pytest.fixture
def media(media_of_module, site):
    """Pictures and files of an English original, and others in French, by short names. Made once a module."""
    return {name: public(each) for name, each in media_of_module.items()}


@pytest.fixture(scope="module")
def document_of_module(media_of_module):
    made = make_document(
        title="A mill",
        body=text(blocks(media_of_module)),
        lead_image=media_of_module["head"],
        lead_image_alt="The mill",
        attachments=[DocumentAttachment(file=media_of_module["programme"], title="Programme")],
    )
    take_in(made)
    return made


@pytest.fixture
def document(document_of_module, media):
    """An original with a picture at its head, a picture, a file and a link to a file in its text, and a file in its list."""
    return public(document_of_module)
