"""The addresses of the demo that the browser tests and the guide's pictures visit."""

import functools
import re
from urllib.parse import urlsplit

from cms.demo.reading import CONTENT, DemoContent, read_content
from tests.e2e.server import DemoServer
from tests.e2e.web import Reader

OPEN_CALL = "ci-open-demo"
# One document of each type.
DOCUMENTS = {
    "initiative file": "if-assefa",
    "case study": "cs-quebec-cdec",
    "analysis": "ap-workshop-7-conclusions",
    "learning journey": "lj-luxembourg-2008",
    "event": "ev-workshop-7",
    "newsletter issue": "nl-60",
    "presentation": "pr-montreal-academy-2011",
    "call": OPEN_CALL,
}


@functools.cache
def content() -> DemoContent:
    return read_content(CONTENT)


def text_of(key: str, code: str = "en") -> dict:
    """What a document's file says in a language: title, slug, summary and the rest."""
    return next(document for document in content().documents if document.key == key).texts[code]


def document(key: str, code: str = "en") -> str:
    return f"/{code}/library/{text_of(key, code)['slug']}/"


def number_of(server: DemoServer, key: str, code: str = "en") -> int:
    """A document's page number, read where every reader can: in the link to its history."""
    reader = Reader(urlsplit(server.base_url).netloc)
    text = reader.get(document(key, code)).text
    reader.close()
    found = re.search(r"/wiki/(\d+)/history/", text)
    assert found, f"{document(key, code)} has no link to its history"
    return int(found.group(1))


def document_without(code: str) -> str:
    """The key of a document that exists in English and not in `code`."""
    return next(
        document.key
        for document in content().documents
        if "en" in document.texts and code not in document.texts
    )


def collection(key: str, code: str = "en") -> str:
    return f"/{code}/collections/{content().entries['collections'][key][code]['slug']}/"


def plain_page(key: str, code: str = "en") -> str:
    return f"/{code}/{content().entries['pages'][key][code]['slug']}/"
