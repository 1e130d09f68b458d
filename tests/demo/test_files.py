"""The content files: complete, with a provenance each, and nobody's private address or number in them."""

import re
import shutil
import unicodedata
from collections import Counter

import pytest
import yaml

from cms.demo.reading import CONTENT, ContentError, read_content

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
# Nine digits or more, spaced as telephone numbers are; years, dates and amounts are shorter or spaced otherwise.
TELEPHONE = re.compile(r"(?<![\w./-])(?:\+|00|\(0)?\d{1,3}[ .()-]{1,2}(?:\d{2,4}[ .-]){2,4}\d{2,4}(?![\w/])")
PHONE_WORDS = re.compile(
    r"\b(?:tel|tél|phone|fax|mobile|téléphone|teléfono)\b\.?\s*:?\s*[+(]?\d", re.IGNORECASE
)
EXAMPLES = {"name@example.org", "nom@example.org", "nombre@example.org"}


def files():
    return sorted(CONTENT.rglob("*.yaml"))


def test_documents_of_all_types_and_languages(content):
    assert len(content.documents) >= 32
    types = Counter(document.record["type"] for document in content.documents)
    assert len(types) == 8
    languages = Counter(len(document.texts) for document in content.documents)
    assert languages[3] >= 5
    assert languages[2] + languages[3] >= 14


def test_five_collections_each_with_documents(content):
    held = Counter(key for document in content.documents for key in document.record.get("collections") or [])
    assert set(held) == set(content.entries["collections"])
    assert len(held) == 5
    several = [one for one in content.documents if len(one.record.get("collections") or []) > 1]
    assert several


def test_terms_are_defined_in_three_languages(content):
    complete = [
        key
        for key, term in content.entries["glossary"].items()
        if all(term.get(code, {}).get("term") and term[code].get("definition") for code in ("en", "fr", "es"))
    ]
    assert len(complete) >= 20
    assert set(content.entries["glossary"]) == set(complete)


def test_every_document_says_where_it_comes_from(content):
    without = []
    for document in content.documents:
        note = (document.record.get("provenance") or {}).get("note") or {}
        without += [f"{document.key} ({code})" for code in document.texts if not note.get(code)]
    assert not without


def test_every_territory_stands_on_the_map(content):
    for key, file in content.entries["territories"].items():
        assert -90 <= file["latitude"] <= 90, key
        assert -180 <= file["longitude"] <= 180, key
        assert (file["latitude"], file["longitude"]) != (0, 0), key


def test_names_stand_in_every_language(content):
    for folder in ("themes", "territories", "organisations"):
        for key, file in content.entries[folder].items():
            assert all(file["name"].get(code) for code in ("en", "fr", "es")), f"{folder}/{key}"


def test_what_is_said_of_a_work_is_said_in_every_language(content):
    for key, file in content.entries["bibliography"].items():
        assert set(file.get("note") or {}) in (set(), {"en", "fr", "es"}), key


def french(value, inside: bool):
    """The French texts in what a file holds: all of it, or what stands under `fr`."""
    if isinstance(value, dict):
        for name, held in value.items():
            yield from french(held, inside or name == "fr")
    elif isinstance(value, list):
        for held in value:
            yield from french(held, inside)
    elif inside and isinstance(value, str):
        yield value


def test_no_line_of_french_breaks_before_its_punctuation():
    loose = re.compile(r"\w [:;!?»]|« ")
    found = [
        f"{path.relative_to(CONTENT)}: {text[:60]}"
        for path in files()
        for text in french(yaml.safe_load(path.read_text(encoding="utf-8")), path.stem == "fr")
        if loose.search(text)
    ]
    assert not found


def test_texts_link_to_documents_that_are_there(content):
    documents = {document.key for document in content.documents}
    missing = [
        f"{document.key}: {key}"
        for document in content.documents
        for text in document.texts.values()
        for key in re.findall(r"\(doc:([\w-]+)\)", str(text))
        if key not in documents
    ]
    assert not missing


def test_no_e_mail_address_in_any_file():
    found = [
        f"{path.relative_to(CONTENT)}: {address}"
        for path in files()
        for address in ADDRESS.findall(path.read_text(encoding="utf-8"))
        if address.rstrip(".") not in EXAMPLES
    ]
    assert not found


def test_no_telephone_number_in_any_file():
    found = []
    for path in files():
        text = path.read_text(encoding="utf-8")
        for match in [*TELEPHONE.finditer(text), *PHONE_WORDS.finditer(text)]:
            found.append(f"{path.relative_to(CONTENT)}: {match.group()}")
    assert not found


@pytest.mark.parametrize(
    "number",
    ["+33 4 68 12 34 56", "04 68 12 34 56", "(0) 418 525 55 26", "00 352 26 65 1234", "tel: 418-525"],
)
def test_the_search_for_telephone_numbers_would_find_one(number):
    assert TELEPHONE.search(f"at {number}, or") or PHONE_WORDS.search(f"at {number}, or")


@pytest.mark.parametrize(
    "harmless", ["1998-2008", "in 2009, 40 of 80", "2009-04-23", "12 000 000 people", "60"]
)
def test_the_search_for_telephone_numbers_leaves_figures_alone(harmless):
    assert not TELEPHONE.search(f"at {harmless}, or")


@pytest.fixture
def copy(tmp_path):
    """A few content files that may be spoilt."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    return folder


def spoil(path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("documents/if-setf/en.yaml", "title:", "heading_of_old:"),
        ("documents/if-setf/en.yaml", "summary:", "  summary: : ["),
        ("documents/if-setf/record.yaml", "original: en", "original: pt"),
        ("themes/social-enterprise.yaml", "order:", "- order:"),
    ],
)
def test_a_spoilt_file_is_named(copy, name, old, new):
    spoil(copy / name, old, new)
    with pytest.raises(ContentError) as error:
        read_content(copy)
    assert "/".join(name.split("/")[1:2]).removesuffix(".yaml") in str(error.value)


def test_a_deleted_file_is_named(copy):
    (copy / "documents/if-setf/record.yaml").unlink()
    with pytest.raises(ContentError, match="if-setf"):
        read_content(copy)


def test_a_deleted_original_is_named(copy):
    (copy / "documents/if-setf/en.yaml").unlink()
    with pytest.raises(ContentError, match="if-setf"):
        read_content(copy)


def test_a_deleted_entry_that_documents_name_is_named(copy):
    (copy / "people/ben-quinones.yaml").unlink()
    with pytest.raises(ContentError, match="ben-quinones"):
        read_content(copy)


def _unaccented(name: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter)
    )


def test_a_name_is_spelt_alike_among_the_people_and_in_the_bibliography(content):
    people = {
        _unaccented(file["sort_name"]): file["sort_name"] for file in content.entries["people"].values()
    }
    authors = {
        author for file in content.entries["bibliography"].values() for author in file.get("authors") or []
    }
    assert authors & set(people.values())
    assert not {author for author in authors if people.get(_unaccented(author), author) != author}


def test_an_organisations_name_leaves_its_acronym_to_the_acronym(content):
    for key, file in content.entries["organisations"].items():
        acronym = file.get("acronym")
        for code, name in file["name"].items():
            short = acronym.get(code) if isinstance(acronym, dict) else acronym
            assert not short or short == name or f"{short} (" not in name, key
            assert not short or f"({short})" not in name, key


def test_a_working_paper_is_not_called_so_twice(content):
    """Its page says “Working paper” before the title."""
    labels = ("Working paper", "Document de travail", "Documento de trabajo")
    for document in content.documents:
        for text in document.texts.values():
            for theme in text.get("event_themes") or []:
                assert not str(theme.get("paper_title", "")).startswith(labels), document.key
