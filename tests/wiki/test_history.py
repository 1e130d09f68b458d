"""The public history of a page, and each of its versions."""

import re

import pytest
from wagtail.models import PageViewRestriction

from cms.core.page_cache.stamp import bump_stamp
from cms.wiki.models import PublishedRevision
from cms.wiki.services import approve
from home.models import PlainPage
from initiatives.models import DOCUMENT_TYPES, DocumentContributor
from tests.factories.documents import make_document, make_user
from tests.wiki.moderation_tools import public, submit, write
from tests.wiki.publishing import many_versions, publish, versions

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(site):
    return make_user("Authors", display_name="Ana")


@pytest.fixture(scope="module")
def page_of_module(site_of_module):
    return make_document(title="The bakery", summary="Bread for all.")


@pytest.fixture
def page(page_of_module, site):
    """Made once a module; what a test changes of it is undone after the test."""
    return public(page_of_module)


def history(client, page, query="", lang="en") -> str:
    answer = client.get(f"/{lang}/wiki/{page.pk}/history/{query}")
    assert answer.status_code == 200
    return answer.text


def shown_numbers(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'class="version-name"[^>]*>Version (\d+)<', html)]


def old(client, page, copy, lang="en"):
    return client.get(f"/{lang}/wiki/{page.pk}/revisions/{copy.pk}/")


class TestTheList:
    def test_tells_of_each_publication_what_there_is_to_know(self, client, page, ana):
        publish(
            page,
            ana,
            summary="Bread and cakes for all of the village.",
            note_summary="Cakes are new",
            note_significance="addition",
            note_co_authors=["Bo"],
            note_approved_alone=True,
        )
        html = history(client, page)
        assert shown_numbers(html) == [2, 1]
        newest = html[html.index("Version 2") : html.index("Version 1")]
        assert f'<a href="/en/wiki/authors/{ana.pk}/" rel="nofollow">Ana</a> with Bo' in newest
        assert "Cakes are new" in newest
        assert "addition" in newest
        assert re.search(r"\d+ words longer · \d+ words · English", newest)
        assert "approved by its author, since no other editor could" in newest
        assert ">current<" in newest

    def test_a_version_that_brings_an_old_text_back_says_which(self, client, page, ana):
        first = versions(page)[0]
        publish(page, ana, title="Renamed")
        third = publish(page, ana, title="The bakery")
        PublishedRevision.objects.filter(pk=third.pk).update(reverted_to=first)
        bump_stamp()
        assert "reverted to version 1" in history(client, page)
        PublishedRevision.objects.filter(pk=first.pk).update(was_public=False)
        bump_stamp()
        assert "reverted to" not in history(client, page)

    def test_is_reached_from_the_page_and_leads_to_every_version(self, client, page, ana):
        publish(page, ana, title="Renamed")
        assert f'href="/en/wiki/{page.pk}/history/"' in client.get(page.url).text
        html = history(client, page)
        for copy in versions(page):
            assert f'href="/en/wiki/{page.pk}/revisions/{copy.pk}/"' in html

    def test_any_two_versions_can_be_chosen_without_a_script(self, client, page, ana):
        publish(page, ana, title="Renamed")
        first, second = versions(page)
        html = history(client, page)
        assert f'name="from" value="{first.pk}" checked' in html
        assert f'name="to" value="{second.pk}" checked' in html
        answer = client.get(f"/en/wiki/{page.pk}/compare/?from={first.pk}&to={second.pk}")
        assert answer["Location"] == f"/en/wiki/{page.pk}/compare/{first.pk}/{second.pk}/"

    @pytest.mark.parametrize(
        "query", ["", "?from=1", "?from=x&to=2", "?from=1&to=²", f"?from=1&to={'9' * 30}"]
    )
    def test_a_choice_that_is_none_leads_back(self, client, page, query):
        answer = client.get(f"/en/wiki/{page.pk}/compare/{query}")
        assert answer.status_code == 302
        assert answer["Location"] == f"/en/wiki/{page.pk}/history/"

    def test_is_paged_by_number_in_both_directions(self, client, page, ana):
        many_versions(page, 120)
        first = history(client, page)
        assert shown_numbers(first) == list(range(120, 70, -1))
        assert "?before=71" in first
        second = history(client, page, "?before=71")
        assert shown_numbers(second) == list(range(70, 20, -1))
        assert "noindex" in second
        last = history(client, page, "?before=21")
        assert shown_numbers(last) == list(range(20, 0, -1))
        assert "?before=1" not in last.replace("?before=1&", "")
        assert shown_numbers(history(client, page, "?after=20")) == list(range(70, 20, -1))
        assert shown_numbers(history(client, page, "?after=100")) == list(range(120, 100, -1))

    @pytest.mark.parametrize(
        "query", ["?before=x", "?before=", "?after=²", "?before=1", "?after=999", f"?before={'9' * 30}"]
    )
    def test_a_place_that_is_none_leads_to_the_start(self, client, page, query):
        answer = client.get(f"/en/wiki/{page.pk}/history/{query}")
        assert (answer.status_code, answer["Location"]) == (302, f"/en/wiki/{page.pk}/history/")

    @pytest.mark.parametrize("count", [1, 120])
    def test_costs_at_most_ten_queries_for_the_first_reader(
        self, client, page, count, django_assert_max_num_queries
    ):
        many_versions(page, count)
        for query in ("", "?before=21", "?after=20") if count > 50 else ("",):
            bump_stamp()
            with django_assert_max_num_queries(10):
                history(client, page, query)

    def test_markup_in_summaries_and_names_is_shown_as_text(self, client, page):
        mallory = make_user("Authors", display_name="<b>Mallory</b>")
        publish(page, mallory, title="X<script>1</script>", note_summary="<script>alert(1)</script>")
        for html in (
            history(client, page),
            client.get("/en/wiki/changes/").text,
            old(client, page, versions(page)[1]).text,
        ):
            assert "<script>alert" not in html
            assert "<script>1" not in html
            assert "<b>Mallory" not in html
            assert "&lt;script&gt;alert(1)" in html

    def test_is_the_same_for_everyone(self, client, admin_client, page, ana):
        publish(page, ana, title="Renamed")
        for path in ("history/", f"revisions/{versions(page)[0].pk}/", "cite/"):
            address = f"/en/wiki/{page.pk}/{path}"
            anonymous = client.get(address)
            assert anonymous.text == admin_client.get(address).text
            assert anonymous.headers["Cache-Control"].startswith("public")
            assert not anonymous.cookies
            assert "csrf" not in anonymous.text

    def test_speaks_the_language_of_the_address(self, client, page):
        html = history(client, page, lang="fr")
        assert '<html lang="fr"' in html
        assert re.search(rf'<a[^>]*href="/en/wiki/{page.pk}/history/"', html)
        assert re.search(rf'href="{page.url}" lang="en"', html)

    def test_a_page_without_a_recorded_version_says_so(self, client, page):
        PublishedRevision.objects.all().delete()
        bump_stamp()
        assert "No version has been recorded yet" in history(client, page)
        assert client.get(page.url).status_code == 200
        assert client.get(f"/en/wiki/{page.pk}/cite/").status_code == 404


class TestAVersion:
    def test_shows_the_old_text_as_the_page_looks(self, client, page, ana):
        publish(page, ana, title="Renamed", summary="Another summary.")
        html = old(client, page, versions(page)[0]).text
        assert "<h1>The bakery</h1>" in html
        assert "Bread for all." in html
        assert "Another summary." not in html
        assert 'data-kind="if"' in html

    @pytest.mark.parametrize("model", DOCUMENT_TYPES, ids=lambda model: model.__name__)
    def test_of_every_type(self, client, site, model):
        document = make_document(model, title="As it was")
        publish(document, title="As it is")
        html = old(client, document, versions(document)[0]).text
        assert "<h1>As it was</h1>" in html

    def test_says_what_it_is_and_where_to_go(self, client, page, ana):
        publish(page, ana, title="Second")
        publish(page, ana, title="Third")
        first, second, third = versions(page)
        html = old(client, page, second).text
        assert "Version 2: not the current version." in html
        assert f'href="/en/wiki/{page.pk}/compare/{second.pk}/{third.pk}/"' in html
        assert f'href="/en/wiki/{page.pk}/revisions/{first.pk}/" rel="prev nofollow"' in html
        assert f'href="/en/wiki/{page.pk}/revisions/{third.pk}/" rel="next nofollow"' in html
        assert f'href="/en/wiki/{page.pk}/revert/{second.pk}/"' in html
        current = old(client, page, third).text
        assert "Version 3: this is the current version." in current
        assert "/revert/" not in current

    def test_is_not_indexed_and_names_the_page_as_canonical(self, client, page):
        html = old(client, page, versions(page)[0]).text
        assert '<meta name="robots" content="noindex">' in html
        assert f'<link rel="canonical" href="http://testserver{page.url}">' in html
        assert "application/ld+json" not in html

    def test_in_another_language_the_text_says_its_own(self, client, page):
        html = old(client, page, versions(page)[0], lang="es").text
        assert '<html lang="es"' in html
        assert '<div lang="en" dir="ltr">' in html

    def test_of_a_plain_page(self, client, site):
        about = PlainPage(title="About", slug="about", summary="Who we are.")
        site["en"].add_child(instance=about)
        about.save_revision().publish()
        publish(about, title="About us")
        html = old(client, about, versions(about)[0]).text
        assert "<h1>About</h1>" in html
        assert "History" in client.get(about.url).text

    def test_of_home_library_and_collections_answers(self, client, site):
        for copy in PublishedRevision.objects.filter(language="en"):
            assert old(client, copy.page, copy).status_code == 200

    def test_of_a_text_that_names_what_is_gone_leaves_that_out(self, client, site, ana):
        from cms.taxonomy.models import Person

        ghost = Person.objects.create(slug="ghost", name="Ghost", sort_name="Ghost", locale=site["en"].locale)
        page = make_document(contributors=[DocumentContributor(person=ghost, part="author")])
        publish(page, ana, title="Later")
        assert "Ghost" in old(client, page, versions(page)[0]).text
        ghost.delete()
        bump_stamp()
        answer = old(client, page, versions(page)[0])
        assert answer.status_code == 200
        assert "Ghost" not in answer.text


class TestWhatIsNotShown:
    """Never a draft, never a declined text, nothing from before a page was public, nothing of a page taken down."""

    def everywhere(self, client, page) -> str:
        """All that the public can read of a page's past, in one text."""
        addresses = [
            f"/en/wiki/{page.pk}/history/",
            "/en/wiki/changes/",
            "/en/wiki/changes.atom",
            f"/en/wiki/{page.pk}/cite/",
        ]
        for copy in versions(page):
            start = f"/en/wiki/{page.pk}/revisions/{copy.pk}"
            addresses += [f"{start}/", f"{start}/cite/", f"{start}/cite.bib", f"{start}/cite.ris"]
            addresses += [f"/en/wiki/{page.pk}/compare/{copy.pk}/{other.pk}/" for other in versions(page)]
        return " ".join(client.get(address, follow=True).text for address in addresses)

    def test_drafts_and_declined_texts(self, client, page, ana):
        from cms.wiki.services import decline

        write(ana, page, title="A secret draft")
        bo = make_user("Authors", display_name="Bo")
        editor = make_user("Editors")
        decline(editor, submit(bo, page, title="A declined text", summary="declined words").pk, "no")
        eve = make_user("Authors")
        submit(eve, page, title="A text under review", summary="words under review")
        fresh = type(page)._base_manager.get(pk=page.pk)
        fresh.title = "An editor's draft"
        fresh.save_revision()
        told = self.everywhere(client, page)
        for words in ("secret draft", "declined", "under review", "editor's draft", "editor&#x27;s draft"):
            assert words not in told
        assert shown_numbers(history(client, page)) == [1]

    def test_what_was_approved_comes_without_the_words_of_the_moderators(self, client, page, ana):
        editor = make_user("Editors", display_name="Ed Itor")
        approve(editor, submit(ana, page, title="New", summary="told to all").pk)
        told = self.everywhere(client, page)
        assert "told to all" in told
        assert "Ed Itor" not in told

    def test_what_was_published_behind_a_restriction(self, client, page, ana):
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
        bump_stamp()
        hidden = publish(page, ana, title="For members only", note_summary="members' words")
        restriction.delete()
        bump_stamp()
        # What the page says now is public; with the next publication it becomes what was not public.
        assert "For members only" in client.get(page.url).text
        publish(page, ana, title="For all again")
        told = self.everywhere(client, page)
        assert "For members only" not in told
        assert "words" in told
        assert "members' words" not in told
        assert "members&#x27; words" not in told
        assert shown_numbers(history(client, page)) == [3, 1]
        assert old(client, page, hidden).status_code == 404

    def test_the_length_of_what_was_hidden_cannot_be_told(self, client, page, ana):
        long = " ".join(["word"] * 90)
        hidden = publish(page, ana, summary=long)
        publish(page, ana, summary="Bread for all.")
        PublishedRevision.objects.filter(pk=hidden.pk).update(was_public=False)
        bump_stamp()
        for html in (history(client, page), client.get("/en/wiki/changes/").text):
            assert "of the same length" in html
            assert "shorter" not in html

    @pytest.mark.parametrize("how", ["unpublished", "restricted", "deleted", "language closed"])
    def test_a_page_taken_down_takes_its_past_down(self, client, site, ana, how):
        page = make_document(lang="fr", title="Le fournil")
        publish(page, ana, title="Le nouveau fournil", note_summary="fournil neuf")
        first, second = versions(page)
        addresses = [
            f"/en/wiki/{page.pk}/{path}"
            for path in (
                "history/",
                "cite/",
                f"revisions/{first.pk}/",
                f"revisions/{second.pk}/",
                f"revisions/{first.pk}/cite/",
                f"revisions/{first.pk}/cite.bib",
                f"revisions/{first.pk}/cite.ris",
                f"compare/{first.pk}/{second.pk}/",
                f"compare/?from={first.pk}&to={second.pk}",
            )
        ] + [f"/en/wiki/authors/{ana.pk}/"]
        for address in addresses:
            assert client.get(address).status_code in (200, 302)
        if how == "unpublished":
            page.unpublish()
        elif how == "restricted":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        elif how == "deleted":
            page.delete()
        else:
            site["fr"].unpublish()
        bump_stamp()
        for address in addresses:
            assert client.get(address).status_code == 404, address
        for address in ("/en/wiki/changes/", "/en/wiki/changes.atom", f"/en/wiki/changes/?author={ana.pk}"):
            assert "fournil" not in client.get(address).text

    def test_ids_that_are_no_public_version_of_the_page(self, client, page, ana):
        other = make_document(title="Other")
        draft = page.save_revision()
        (own,) = versions(page)
        for wrong in (versions(other)[0].pk, draft.pk + 100_000, 0, 2**63 - 1, 2**63, 10**40):
            for path in (
                f"revisions/{wrong}/",
                f"revisions/{wrong}/cite/",
                f"revisions/{wrong}/cite.bib",
                f"compare/{own.pk}/{wrong}/",
                f"compare/{wrong}/{own.pk}/",
            ):
                answer = client.get(f"/en/wiki/{page.pk}/{path}")
                assert answer.status_code == 404, path
                assert f'href="/en/wiki/{page.pk}/history/"' in answer.text

    def test_a_draft_of_wagtail_s_is_no_version(self, client, page):
        fresh = type(page)._base_manager.get(pk=page.pk)
        fresh.title = "A secret draft"
        PublishedRevision.objects.all().delete()
        draft = fresh.save_revision()
        assert client.get(f"/en/wiki/{page.pk}/revisions/{draft.pk}/").status_code == 404

    @pytest.mark.parametrize("number", [0, 1, 999_999, 10**40])
    def test_numbers_that_are_no_page(self, client, site, number):
        for path in ("history/", "cite/", "compare/?from=1&to=2", "revisions/1/", "compare/1/2/"):
            assert client.get(f"/en/wiki/{number}/{path}").status_code == 404

    def test_an_alias_has_no_history_of_its_own(self, client, page, site):
        alias = page.create_alias(update_slug="twin")
        bump_stamp()
        assert client.get(f"/en/wiki/{alias.pk}/history/").status_code == 404
