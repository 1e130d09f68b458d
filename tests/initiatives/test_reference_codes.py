"""A reference code is given once, to a work, and never again."""

import threading
from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Locale

from initiatives.models import CaseStudy, InitiativeFile, LibraryPage, ReferenceCode
from initiatives.rules import KINDS, code_year, format_code
from initiatives.services import give_reference_code
from tests.factories.documents import make_document


def code_of(page) -> str:
    return ReferenceCode.objects.get(translation_key=page.translation_key).code


@pytest.mark.django_db
def test_a_draft_has_no_code_and_its_publication_gives_one(site):
    page = make_document(publish=False, date=date(2010, 4, 1))
    assert not ReferenceCode.objects.exists()
    page.save_revision().publish()
    assert code_of(page) == "IF2010-01"


@pytest.mark.django_db
def test_numbers_run_within_a_type_and_a_year(site):
    codes = [
        code_of(make_document(cls, date=date(year, 1, 1)))
        for cls, year in [
            (InitiativeFile, 2010),
            (InitiativeFile, 2010),
            (InitiativeFile, 2011),
            (CaseStudy, 2010),
        ]
    ]
    assert codes == ["IF2010-01", "IF2010-02", "IF2011-01", "CS2010-01"]


@pytest.mark.django_db
def test_translations_share_the_code_whichever_is_published_first(site):
    page = make_document(publish=False, date=date(2009, 1, 1))
    french = make_document(lang="fr", translation_of=page)
    page.save_revision().publish()
    assert code_of(page) == code_of(french) == "IF2009-01"
    assert ReferenceCode.objects.count() == 1


@pytest.mark.django_db
def test_a_code_outlives_renaming_moving_redating_and_republishing(site):
    page = make_document(date=date(2009, 1, 1))
    page.title, page.slug, page.date = "Another name", "another-name", date(2012, 5, 5)
    page.save_revision().publish()
    page.unpublish()
    page.save_revision().publish()
    assert code_of(page) == "IF2009-01"


@pytest.mark.django_db
def test_the_code_of_a_deleted_document_is_not_given_again(site):
    page = make_document(date=date(2009, 1, 1))
    page.delete()
    assert code_of(make_document(date=date(2009, 1, 1))) == "IF2009-02"
    assert ReferenceCode.objects.filter(code="IF2009-01").exists()


@pytest.mark.django_db
def test_an_undated_document_is_coded_by_the_year_of_its_publication(site):
    page = make_document(date=None, date_precision="unknown")
    assert code_of(page) == f"IF{page.first_published_at.year}-01"


@pytest.mark.django_db(transaction=True)
def test_publications_at_the_same_moment_get_different_numbers(site):
    """Real connections, one per thread, on the real database."""
    library = LibraryPage.objects.get(locale=Locale.objects.get(language_code="en"))
    pages = []
    for number in range(8):
        page = InitiativeFile(
            title=f"P{number}", slug=f"p{number}", summary="s", date=date(2010, 1, 1), live=False
        )
        library.add_child(instance=page)
        pages.append(page)
    start, given, errors = threading.Barrier(8), [], []

    def publish(page):
        try:
            start.wait(timeout=20)
            given.append(give_reference_code(page))
        except Exception as error:  # noqa: BLE001 - reported below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
    assert sorted(given) == [f"IF2010-{number:02d}" for number in range(1, 9)]


@given(st.sampled_from(sorted(KINDS)), st.integers(1000, 9999), st.integers(1, 10**6))
def test_a_code_says_its_type_year_and_number(kind, year, number):
    code = format_code(kind, year, number)
    assert code[:2] == kind
    assert int(code[2:6]) == year
    assert int(code[7:]) == number


@pytest.mark.parametrize(("kind", "year", "number"), [("XX", 2010, 1), ("IF", 12, 1), ("IF", 2010, 0)])
def test_what_is_no_code_is_refused(kind, year, number):
    with pytest.raises(ValueError, match="kind|year"):
        format_code(kind, year, number)


@given(st.dates(), st.sampled_from(["day", "month", "year", "unknown"]), st.dates())
def test_the_year_of_a_code_is_the_documents_where_it_is_known(day, precision, published):
    assert code_year(day, precision, published) == (published if precision == "unknown" else day).year
    assert code_year(None, precision, published) == published.year
