"""Queries that are compiled once."""

from uuid import uuid4

import pytest
from wagtail.models import Locale, Page

from cms.core.prepared import Prepared, key_of, numbers
from initiatives.models import InitiativeFile
from tests.factories.documents import make_document

pytestmark = pytest.mark.django_db

BY_KEY = Prepared(
    lambda key: Page.objects.filter(translation_key=key.uuid).order_by().values_list("pk", "translation_key")
)
BY_SLUG = Prepared(
    lambda slug, language: Page.objects.filter(
        slug=slug.text, locale__language_code=language.text
    ).values_list("pk")
)
BY_IDS = Prepared(lambda slots: Page.objects.filter(pk__in=numbers(slots)).order_by().values_list("pk"))
TWO_LISTS = Prepared(
    lambda pages, locales: Page.objects.filter(
        pk__in=numbers(pages), locale__in=numbers(locales)
    ).values_list("pk")
)
WHOLE = Prepared(lambda pk: InitiativeFile.objects.select_related("locale").filter(pk=pk.number).order_by())


def test_each_run_gets_the_values_of_its_own(site):
    one, two = make_document(), make_document()
    for page in (one, two, one):
        assert [(pk, key_of(key)) for pk, key in BY_KEY.rows(page.translation_key)] == [
            (page.pk, key_of(page.translation_key))
        ]
    assert BY_KEY.rows(uuid4()) == []
    assert BY_SLUG.rows(one.slug, "en") == [(one.pk,)]
    assert BY_SLUG.rows("' OR 1=1 --", "en") == []


@pytest.mark.parametrize("count", [0, 1, 4, 5, 9])
def test_any_number_of_ids_may_be_asked(site, count):
    pages = [make_document() for _number in range(count)]
    assert {pk for (pk,) in BY_IDS.rows_of(page.pk for page in pages)} == {page.pk for page in pages}


def test_lists_of_different_lengths_do_not_run_into_each_other(site):
    pages = [make_document() for _number in range(5)] + [make_document(lang="fr")]
    french = Locale.objects.get(language_code="fr").pk
    assert TWO_LISTS.rows_of([page.pk for page in pages], [french]) == [(pages[-1].pk,)]


def test_instances_are_those_of_the_orm(site, django_assert_num_queries):
    made = make_document(
        since=1998, body='[{"type": "heading", "value": "H", "id": "1"}]', latitude=1.5, longitude=2.0
    )
    expected = InitiativeFile.objects.get(pk=made.pk)
    with django_assert_num_queries(1):
        (found,) = WHOLE.instances(made.pk)
        assert found.locale.language_code == "en"
    for field in InitiativeFile._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(expected, field.attname), field.name
    assert not found._state.adding
    assert WHOLE.instances(0) == []


def test_a_value_that_the_query_would_lose_is_an_error():
    forgetful = Prepared(lambda pk, other: Page.objects.filter(pk=pk.number).values_list("pk"))
    with pytest.raises(ValueError, match="slots"):
        forgetful.rows(1, 2)
