"""The page of a document, of every type."""

import pytest

from initiatives.models import DOCUMENT_TYPES
from tests.factories.documents import make_document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", DOCUMENT_TYPES, ids=lambda model: model.__name__)
def test_every_type_shows_itself_with_the_least_it_can_say(site, client, model):
    page = make_document(model, title=f"Bare {model.__name__}")
    response = client.get(f"/en/library/{page.slug}/")
    assert response.status_code == 200
    html = response.content.decode()
    assert f"<h1>Bare {model.__name__}</h1>" in html
    assert f'data-kind="{model.kind_code.lower()}"' in html
