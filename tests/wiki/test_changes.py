"""Recent changes over the site, their feed, and the page of an author."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from cms.accounts.models import User
from cms.core.page_cache.stamp import bump_stamp
from cms.wiki.models import PublishedRevision
from initiatives.models import CaseStudy, Collection, CollectionIndex, InitiativeFile
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import public
from tests.wiki.publishing import many_versions, publish

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(scope="module")
def authors_of_module(site_of_module):
    return {name: make_user("Authors", display_name=name) for name in ("Ana", "Bo")}


@pytest.fixture
def ana(authors_of_module, site):
    return User.objects.get(pk=authors_of_module["Ana"].pk)


@pytest.fixture
def bo(authors_of_module, site):
    return User.objects.get(pk=authors_of_module["Bo"].pk)


@pytest.fixture(scope="module")
def content_of_module(site_of_module, authors_of_module):
    ana, bo = authors_of_module.values()
    english = site_of_module["en"].locale
    PublishedRevision.objects.all().delete()
    road = Collection(title="The road", slug="road", summary="On the road.", locale=english)
    CollectionIndex.objects.get(locale=english).add_child(instance=road)
    bakery = make_document(InitiativeFile, title="Bakery")
    publish(bakery, ana, title="Bakery and mill", note_summary="the mill", note_significance="typo")
    four = make_document(InitiativeFile, "fr", title="Fournil")
    publish(four, bo, title="Fournil neuf", note_significance="addition")
    study = make_document(CaseStudy, title="Study", collections=[road])
    return {"bakery": bakery, "four": four, "study": study, "road": road}


@pytest.fixture
def content(content_of_module, site):
    """Three pages: an English file with a second version, a French one, a case study in a collection.

    Made once a module; what a test changes of it is undone after the test.
    """
    bump_stamp()
    return {name: public(page) for name, page in content_of_module.items()}


def changes(client, query="", lang="en") -> str:
    answer = client.get(f"/{lang}/wiki/changes/{query}")
    assert answer.status_code == 200
    return answer.text


def titles(html: str) -> list[str]:
    return re.findall(r'class="changed-page"[^>]*>([^<]*)</a>', html)


def feed(client, query="", lang="en"):
    answer = client.get(f"/{lang}/wiki/changes.atom{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


class TestTheList:
    def test_the_newest_come_first_under_their_day(self, client, content):
        html = changes(client)
        assert titles(html) == ["Study", "Fournil neuf", "Fournil", "Bakery and mill", "Bakery"]
        assert html.count('class="day"') == 1
        assert "the mill" in html
        assert 'lang="fr" dir="ltr" hreflang="fr">Fournil neuf' in html

    def test_leads_to_the_page_what_changed_and_the_history(self, client, content):
        html = changes(client)
        page = content["bakery"]
        first, second = PublishedRevision.objects.filter(page_id=page.pk).order_by("number")
        assert f'href="{page.url}"' in html
        assert f'href="/en/wiki/{page.pk}/compare/{first.pk}/{second.pk}/"' in html
        assert f'href="/en/wiki/{page.pk}/history/"' in html

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("?language=fr", ["Fournil neuf", "Fournil"]),
            ("?type=cs", ["Study"]),
            ("?type=if&language=en", ["Bakery and mill", "Bakery"]),
            ("?collection=road", ["Study"]),
            ("?collection=road&language=fr", []),
            ("?significance=typo", ["Bakery and mill"]),
            ("?significance=addition", ["Fournil neuf"]),
            ("?new=1", ["Study", "Fournil", "Bakery"]),
            ("?new=1&language=fr", ["Fournil"]),
            (
                "?language=&type=&collection=&significance=",
                ["Study", "Fournil neuf", "Fournil", "Bakery and mill", "Bakery"],
            ),
        ],
    )
    def test_is_filtered_and_so_is_the_feed(self, client, content, query, found):
        html = changes(client, query)
        assert titles(html) == found
        assert [
            entry.findtext("a:title", "", ATOM) for entry in feed(client, query).findall("a:entry", ATOM)
        ] == found
        assert "is not known here" not in html
        if not found:
            assert "Choose less" in html

    def test_is_filtered_by_author_who_can_be_taken_away_again(self, client, content, ana):
        html = changes(client, f"?author={ana.pk}&language=en")
        assert titles(html) == ["Bakery and mill"]
        assert 'href="/en/wiki/changes/?language=en"' in html
        assert f'name="author" value="{ana.pk}"' in html

    @pytest.mark.parametrize(
        "query",
        [
            "?language=xx",
            "?type=zz",
            "?collection=nowhere",
            "?significance=huge",
            "?author=999999",
            "?author=x",
            "?author=²",
            f"?author={'9' * 40}",
            "?new=yes",
            "?before=yesterday",
            "?before=1-",
            "?after=1-x",
            "?language=<script>alert(1)</script>",
            "?language=%00",
        ],
    )
    def test_what_is_not_known_is_left_out_with_a_word(self, client, content, query):
        html = changes(client, query)
        assert len(titles(html)) == 5
        assert "is not known here" in html
        assert "<script>alert" not in html
        assert "noindex" in html
        assert len(feed(client, query).findall("a:entry", ATOM)) == 5

    @pytest.mark.parametrize("query", [f"?before={'9' * 18}-{'9' * 18}", "?before=0-0", "?after=0-0"])
    def test_a_place_beyond_all_changes_is_no_error(self, client, content, query):
        changes(client, query)

    def test_a_language_that_is_not_open_is_not_known(self, client, site, content):
        site["fr"].unpublish()
        bump_stamp()
        html = changes(client, "?language=fr")
        assert "is not known here" in html
        assert titles(html) == ["Study", "Bakery and mill", "Bakery"]

    def test_is_paged_by_key_both_ways_also_within_one_moment(self, client, content):
        many_versions(content["bakery"], 130)
        moment = datetime(2026, 5, 12, 10, 5, 0, 123456, UTC)
        PublishedRevision.objects.update(published_at=moment)
        bump_stamp()
        seen: list[str] = []
        address, pages = "/en/wiki/changes/", []
        while address:
            html = client.get(address).text
            pages.append(html)
            seen += re.findall(r'/revisions/(\d+)/" rel="nofollow">Version', html)
            older = re.search(r'href="([^"]*)" rel="next"', html)
            address = older[1].replace("&amp;", "&") if older else ""
        assert [int(pk) for pk in seen] == sorted(
            PublishedRevision.objects.values_list("pk", flat=True), reverse=True
        )
        assert len(pages) == 3
        newer = re.search(r'href="([^"]*)" rel="prev"', pages[2])[1].replace("&amp;", "&")
        assert titles(client.get(newer).text) == titles(pages[1])

    @pytest.mark.parametrize("count", [2, 300])
    def test_costs_at_most_eight_queries_for_the_first_reader(
        self, client, content, ana, count, django_assert_max_num_queries
    ):
        many_versions(content["bakery"], count, ana)
        every = f"?language=en&type=if&significance=substance&author={ana.pk}"
        for address in (
            "/en/wiki/changes/",
            f"/en/wiki/changes/{every}",
            "/en/wiki/changes/?collection=road",
            "/en/wiki/changes.atom",
            f"/en/wiki/changes.atom{every}",
            f"/en/wiki/authors/{ana.pk}/",
        ):
            bump_stamp()
            with django_assert_max_num_queries(8):
                assert client.get(address).status_code == 200

    def test_is_the_same_for_everyone(self, client, admin_client, content):
        for path in ("changes/", "changes.atom"):
            anonymous = client.get(f"/en/wiki/{path}")
            assert anonymous.content == admin_client.get(f"/en/wiki/{path}").content
            assert anonymous.headers["Cache-Control"].startswith("public")
            assert not anonymous.cookies

    def test_is_found_from_every_page(self, client, content):
        assert 'href="/en/wiki/changes/"' in client.get("/en/").text

    def test_says_so_when_there_is_nothing(self, client, site):
        PublishedRevision.objects.all().delete()
        bump_stamp()
        assert "Nothing has been published yet" in changes(client)
        assert feed(client).findtext("a:updated", "", ATOM) == "2000-01-01T00:00:00Z"


class TestTheFeed:
    def test_has_what_the_standard_asks(self, client, content):
        """RFC 4287: id, title and updated of feed and entries; an author; one alternate link; absolute addresses."""
        root = feed(client, "?language=en")
        own = "http://testserver/en/wiki/changes.atom?language=en"
        assert root.findtext("a:id", "", ATOM) == own
        assert {link.get("rel"): link.get("href") for link in root.findall("a:link", ATOM)} == {
            "self": own,
            "alternate": "http://testserver/en/wiki/changes/?language=en",
        }
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
        entries = root.findall("a:entry", ATOM)
        ids = [entry.findtext("a:id", "", ATOM) for entry in entries]
        assert len(set(ids)) == len(ids) == 3
        assert all(each.startswith("tag:testserver,2026:wiki/") for each in ids)
        updated = [entry.findtext("a:updated", "", ATOM) for entry in entries]
        assert updated == sorted(updated, reverse=True)
        assert root.findtext("a:updated", "", ATOM) == updated[0]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment) for moment in updated)
        for entry in entries:
            (link,) = entry.findall("a:link[@rel='alternate']", ATOM)
            assert link.get("href", "").startswith("http://testserver/en/wiki/")
        assert [entry.findtext("a:author/a:name", "", ATOM) for entry in entries] == ["", "Ana", ""]
        assert root.findtext("a:author/a:name", "", ATOM)

    def test_an_entry_is_the_same_in_every_interface_language(self, client, content):
        ids = {
            lang: [
                entry.findtext("a:id", "", ATOM) for entry in feed(client, lang=lang).findall("a:entry", ATOM)
            ]
            for lang in ("en", "fr", "es")
        }
        assert ids["en"] == ids["fr"] == ids["es"]
        entry = feed(client, "?language=fr", lang="es").find("a:entry", ATOM)
        assert entry.find("a:title", ATOM).get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"

    def test_takes_any_words(self, client, content, ana):
        publish(content["study"], ana, title="<b>&\x0bx", note_summary="a\x1b]<\x08 & b")
        entry = feed(client).find("a:entry", ATOM)
        assert entry.findtext("a:title", "", ATOM) == "<b>&x"
        assert "a]< & b" in entry.findtext("a:summary", "", ATOM)

    def test_of_an_author_names_them(self, client, content, ana):
        assert "Changes by Ana" in feed(client, f"?author={ana.pk}").findtext("a:title", "", ATOM)


class TestAnAuthor:
    def test_shows_what_they_published_under_the_name_they_show(self, client, content, ana):
        html = client.get(f"/en/wiki/authors/{ana.pk}/").text
        assert "<h1>Ana</h1>" in html
        assert titles(html) == ["Bakery and mill"]
        assert ana.email not in html
        assert "1 published version is" in html

    def test_is_not_found_before_their_first_publication(self, client, content):
        nobody = make_user("Authors", display_name="Nobody")
        for number in (nobody.pk, 0, 999_999, 10**40):
            assert client.get(f"/en/wiki/authors/{number}/").status_code == 404

    def test_is_paged_by_key(self, client, content, bo):
        many_versions(content["study"], 80, bo)
        html = client.get(f"/en/wiki/authors/{bo.pk}/").text
        older = re.search(r'href="([^"]*)" rel="next"', html)[1]
        assert older.startswith(f"/en/wiki/authors/{bo.pk}/?before=")
        assert len(titles(html)) == 50
        assert len(titles(client.get(older).text)) == 30
