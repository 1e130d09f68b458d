"""How a version is cited: whatever the title and the names hold, the file says just that."""

import re
from datetime import date

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.core.page_cache.stamp import bump_stamp
from cms.taxonomy.models import Organisation, Person
from cms.wiki.citing import Reference, bibtex, one_line, plain, ris
from initiatives.models import DocumentContributor, DocumentOrganisation
from tests.factories.documents import make_document, make_user
from tests.wiki.publishing import publish, versions

COMMANDS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}
LETTERS = [*'{}\\$&%#_~^"@=,;\n\r\t\x00\x1b and é日👍\u2028\u202e', " and "]
AWKWARD = st.lists(st.sampled_from(LETTERS) | st.characters(), max_size=30).map("".join)


# A busy machine is no failure.
ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def reference(**changes) -> Reference:
    usual = {
        "title": "The bakery",
        "number": 3,
        "published": date(2026, 5, 12),
        "language": "en",
        "url": "https://example.org/en/wiki/7/revisions/9/",
        "site": "Ancrage",
        "code": "IF2010-03",
        "authors": (("Yvon Poirier", "Poirier, Yvon"),),
    }
    return Reference(**{**usual, **changes})


def read_bibtex(text: str) -> dict[str, str]:
    """A reader of its own: one entry, braces counted as BibTeX counts them (behind a backslash too)."""
    assert text.startswith("@misc{")
    fields = {}
    body = text[text.index(",") + 1 :]
    at = 0
    while found := re.compile(r"\s*(\w+) = \{").match(body, at):
        depth, end = 1, found.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(body[end], 0)
            end += 1
        fields[found[1]] = body[found.end() : end - 1]
        assert body[end] == ","
        at = end + 1
    assert body[at:].strip() == "}"
    return fields


def untex(value: str) -> str:
    value = re.sub(r"\{\\(text\w+)\}", lambda found: chr(0xE000 + list(COMMANDS).index(found[1])), value)
    value = re.sub(r"\\([$&%#_])", r"\1", value).replace("{", "").replace("}", "")
    return re.sub(r"[\ue000-\ue004]", lambda found: list(COMMANDS.values())[ord(found[0]) - 0xE000], value)


def read_ris(text: str) -> list[tuple[str, str]]:
    lines = text.split("\r\n")
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    return [(line[:2], line[6:]) for line in lines[:-2]]


@ANY_MACHINE
@given(AWKWARD)
def test_bibtex_says_any_title_as_it_is(title):
    fields = read_bibtex(bibtex(reference(title=title)))
    assert untex(fields["title"]) == one_line(title)
    assert fields["year"] == "2026"
    assert fields["url"] == "https://example.org/en/wiki/7/revisions/9/"


@ANY_MACHINE
@given(st.lists(AWKWARD.filter(one_line), min_size=1, max_size=4))
def test_bibtex_takes_no_name_apart(names):
    value = read_bibtex(bibtex(reference(authors=tuple((name, name) for name in names))))["author"]
    parts, depth, last = [], 0, 0
    for at, letter in enumerate(value):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth == 0 and value.startswith(" and ", at):
            parts.append(value[last:at])
            last = at + 5
    parts.append(value[last:])
    told = [re.sub(r"\s*,\s*", ", ", untex(part)).strip() for part in parts]
    assert told == [re.sub(r"\s*,\s*", ", ", one_line(name)).strip() for name in names]


@ANY_MACHINE
@given(AWKWARD, st.lists(AWKWARD, max_size=3))
def test_ris_says_any_title_and_name_as_it_is(title, names):
    fields = read_ris(ris(reference(title=title, authors=tuple((name, name) for name in names))))
    assert [value for tag, value in fields if tag == "TI"] == [one_line(title)] * bool(one_line(title))
    assert [value for tag, value in fields if tag == "AU"] == [
        one_line(name) for name in names if one_line(name)
    ]


@ANY_MACHINE
@given(AWKWARD, AWKWARD)
def test_file_names_and_keys_are_plain(code, key):
    made = reference(code=code, key=key)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*-v3", made.file_name)
    assert bibtex(made).startswith(f"@misc{{{made.file_name},\n")


def test_as_text_it_is_one_line():
    with translation.override("en"):
        assert plain(reference()) == (
            "Yvon Poirier. The bakery. Ancrage, IF2010-03. Version 3 of 12 May 2026. "
            "https://example.org/en/wiki/7/revisions/9/"
        )
        assert plain(reference(authors=(), organisations=("The Network",), code="")).startswith(
            "The Network. The bakery. Ancrage. Version 3"
        )


@pytest.mark.django_db
class TestThePage:
    def entry(self, model, site, slug, name, **more):
        return model.objects.create(slug=slug, name=name, locale=site["en"].locale, **more)

    def test_gives_permanent_link_text_and_both_files(self, site, client):
        yvon = self.entry(Person, site, "yvon", "Yvon Poirier", sort_name="Poirier, Yvon")
        page = make_document(
            title="50% {more} & better_", contributors=[DocumentContributor(person=yvon, part="author")]
        )
        publish(page, title="Renamed")
        first, second = versions(page)
        html = client.get(f"/en/wiki/{page.pk}/cite/").text
        assert f"http://testserver/en/wiki/{page.pk}/revisions/{second.pk}/" in html
        assert "Yvon Poirier. Renamed." in html
        answer = client.get(f"/en/wiki/{page.pk}/revisions/{first.pk}/cite.bib")
        assert answer.headers["Content-Type"] == "application/x-bibtex; charset=utf-8"
        assert re.fullmatch(
            r'attachment; filename="if\d{4}-01-v1\.bib"', answer.headers["Content-Disposition"]
        )
        fields = read_bibtex(answer.text)
        assert untex(fields["title"]) == "50% {more} & better_"
        assert fields["author"] == "Poirier, Yvon"
        answer = client.get(f"/en/wiki/{page.pk}/revisions/{first.pk}/cite.ris")
        assert answer.headers["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
        fields = dict(read_ris(answer.text))
        assert (fields["AU"], fields["TI"], fields["ET"]) == ("Poirier, Yvon", "50% {more} & better_", "1")

    def test_without_an_author_names_the_publisher_else_whoever_wrote_the_version(self, site, client):
        network = self.entry(Organisation, site, "network", "The Network")
        page = make_document(organisations=[DocumentOrganisation(organisation=network, part="publisher")])
        plain_one = make_document(title="By Ana")
        publish(plain_one, make_user(display_name="Ana"), title="By Ana now", note_co_authors=["Bo"])
        assert ">The Network. " in client.get(f"/en/wiki/{page.pk}/cite/").text
        assert ">Ana, Bo. By Ana now. " in client.get(f"/en/wiki/{plain_one.pk}/cite/").text

    def test_the_permanent_link_is_in_the_language_of_the_page(self, site, client):
        page = make_document(title="The bakery")
        html = client.get(f"/fr/wiki/{page.pk}/cite/").text
        assert f"http://testserver/en/wiki/{page.pk}/revisions/" in html

    def test_is_reached_from_the_foot_of_a_document(self, site, client):
        page = make_document()
        (copy,) = versions(page)
        html = client.get(page.url).text
        assert f'href="/en/wiki/{page.pk}/cite/"' in html
        assert f"http://testserver/en/wiki/{page.pk}/revisions/{copy.pk}/" in html

    def test_costs_few_queries_however_many_authors(self, site, client, django_assert_max_num_queries):
        people = [self.entry(Person, site, f"p{n}", f"P {n}", sort_name=f"P, {n}") for n in range(15)]
        page = make_document(contributors=[DocumentContributor(person=one, part="author") for one in people])
        bump_stamp()
        with django_assert_max_num_queries(14):
            assert "P 14" in client.get(f"/en/wiki/{page.pk}/cite/").text
