"""Invented content: whole, the same each time, and fit for every row of the benchmark's catalogue."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page

from cms.accounts.models import User
from cms.demo.benchmark_translations import NAME
from cms.translations.models import TranslationTask
from cms.wiki.models import PublishedRevision
from initiatives.models import Document, LibraryPage, ReferenceCode, ReferenceSeries
from tests.benchmarks.addresses import addresses
from tests.benchmarks.catalogue import DOCUMENTS, QUEUE, ROWS

WORKS = 30
VERSIONS = 4


@pytest.fixture
def content(db):
    call_command("load_benchmark_data", documents=WORKS, revisions=VERSIONS, verbosity=0, stdout=_Silent())


class _Silent:
    def write(self, text):
        pass


def test_the_page_tree_is_sound(content):
    assert Page.find_problems() == ([], [], [], [], [])
    for library in LibraryPage.objects.all():
        assert library.numchild == library.get_children().count() > 0
    for page in Document.objects.select_related("locale"):
        assert page.specific.kind == page.kind
        assert page.get_parent().locale_id == page.locale_id
        assert page.url_path == page.get_parent().url_path + page.slug + "/"


def test_works_have_one_code_each_and_their_series_go_on_from_there(content):
    works = set(Document.objects.values_list("translation_key", flat=True))
    assert len(works) == WORKS
    assert set(ReferenceCode.objects.values_list("translation_key", flat=True)) == works
    for series in ReferenceSeries.objects.all():
        codes = ReferenceCode.objects.filter(code__startswith=f"{series.kind}{series.year}-")
        assert codes.count() == series.last_number


def test_texts_can_be_opened_in_the_editor(content):
    """Every block is stored in the shape its type expects."""
    for page in Document.objects.all():
        for block in page.body:
            assert block.block.clean(block.value)


def test_running_it_again_adds_only_what_is_missing(content):
    before = list(Document.objects.order_by("pk").values_list("pk", "slug", "summary"))
    call_command("load_benchmark_data", documents=WORKS + 5, stdout=_Silent())
    after = list(Document.objects.order_by("pk").values_list("pk", "slug", "summary"))
    assert after[: len(before)] == before
    assert Document.objects.values("translation_key").distinct().count() == WORKS + 5
    assert Page.find_problems() == ([], [], [], [], [])


def test_each_original_has_its_versions_and_the_newest_says_what_the_page_says(content):
    originals = [
        page
        for page in Document.objects.select_related("locale")
        if page.written_in == page.locale.language_code
    ]
    assert len(originals) == WORKS
    for page in originals:
        versions = list(PublishedRevision.objects.visible_to(None).filter(page=page).order_by("number"))
        assert [version.number for version in versions] == list(range(1, VERSIONS + 1))
        assert versions[-1].content["summary"] == page.summary
        assert len({version.content["summary"] for version in versions}) == VERSIONS


def test_more_versions_are_added_to_those_there_are(content):
    before = dict(PublishedRevision.objects.values_list("pk", "summary"))
    call_command("load_benchmark_data", documents=WORKS, revisions=VERSIONS + 2, stdout=_Silent())
    after = dict(PublishedRevision.objects.values_list("pk", "summary"))
    assert before.items() <= after.items()
    assert len(after) - len(before) == 2 * WORKS


@pytest.mark.parametrize(
    "options",
    [
        {"revisions": -1},
        {"topics": 5},
        {"posts": 5},
        {"topics": 5, "posts": 4},
        {"topics": -1, "posts": 5},
        {"documents": -1},
        {"languages": "xx,en"},
        {"languages": "fr"},
    ],
)
def test_what_it_cannot_do_is_refused_in_words(options):
    with pytest.raises(CommandError):
        call_command("load_benchmark_data", **options)


def test_every_row_of_the_catalogue_has_its_page(content):
    places = addresses()
    assert places["six_cases"].count("case=") == 6
    for row in ROWS:
        if row.data != DOCUMENTS:
            continue
        answer = Client().get(row.path.format(**places))
        assert answer.status_code == 200, row.name
        # The same for everybody: kept, or, where the search answers, asked anew each time.
        assert not answer.cookies, row.name
        said = answer.headers["Cache-Control"]
        assert "public" in said or (said in ("no-cache", "no-store") and not row.cached), row.name


def test_the_queue_holds_every_document_in_every_language(content):
    call_command("load_benchmark_data", translations="pt,ar", stdout=_Silent())
    assert TranslationTask.objects.filter(work__page__document__isnull=False).count() == WORKS * 4
    (row,) = [row for row in ROWS if row.data == QUEUE]
    client = Client()
    client.force_login(User.objects.get(username=NAME))
    assert client.get(row.path).status_code == 200
    before = TranslationTask.objects.count()
    call_command("load_benchmark_data", translations="pt,ar", stdout=_Silent())
    assert TranslationTask.objects.count() == before
