"""A difference as a reader sees it: in words, in their language, and nothing of it markup."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.models import CollectionViewRestriction

from cms.media.models import Attachment
from cms.wiki.diff_display import in_words, shown
from cms.wiki.diffs import compare
from cms.wiki.queries.names import names_of
from cms.wiki.texts import content_text
from initiatives.models import InitiativeFile, LearningJourney
from tests.factories.documents import make_document
from tests.factories.entries import make_person, make_theme

pytestmark = pytest.mark.django_db


def block(id: str, type: str, value) -> dict:
    return {"id": id, "type": type, "value": value}


def text(id: str, html: str) -> dict:
    return block(id, "text", html)


ONE = text("1", "<p>Reciprocity binds the people of a valley to those who buy their bread.</p>")
TWO = text("2", "<p>The council meets in the old school on the first Monday of the month.</p>")
THREE = text("3", "<p>Forty families share a mill, a van and the work of the harvest.</p>")


def difference(old: dict, new: dict, model=InitiativeFile):
    return compare(content_text(model, old), content_text(model, new))


def page_of(diff, language: str = "en", **options) -> str:
    return render_to_string("wiki/diff.html", {"diff": shown(diff, language, **options)})


def as_read(html: str) -> str:
    """The words of a page in one line, as a screen reader has them, without quotation marks."""
    html = re.sub("[“”]", "", html)
    without_inline = re.sub(r"</?(span|ins|del|bdi|strong)\b[^>]*>", "", html)
    return " ".join(re.sub(r"<[^>]*>", " ", without_inline).split())


def said(old: dict, new: dict, model=InitiativeFile, **options) -> str:
    return as_read(page_of(difference(old, new, model), **options))


def test_two_texts_that_say_the_same():
    assert "The two texts say the same." in said({"body": [ONE]}, {"body": [ONE]})


def test_words_are_marked_without_colour_and_for_those_who_listen():
    html = page_of(difference({"title": "Bread of the valley"}, {"title": "Bread of the town"}))
    assert re.search(r"<del><span[^>]*>\(removed: </span>valley<span[^>]*>\)</span></del>", html)
    assert re.search(r"<ins><span[^>]*>\(added: </span>town<span[^>]*>\)</span></ins>", html)
    assert "1 word added, 1 word removed" in html


def test_what_did_not_change_is_folded_to_a_line():
    html = page_of(difference({"body": [ONE, TWO]}, {"body": [ONE, TWO, THREE]}))
    assert "<summary>2 unchanged paragraphs</summary>" in html
    assert html.index("</details>") < html.index("Forty families")


def test_a_moved_block_is_said_to_be_moved_and_from_where():
    words = said({"body": [ONE, TWO, THREE]}, {"body": [THREE, ONE, TWO]})
    assert "Moved up, from after The council meets in the old…." in words
    assert "removed:" not in words
    words = said({"body": [ONE, TWO, THREE]}, {"body": [TWO, THREE, ONE]})
    assert "Moved down, from the beginning." in words


def test_a_block_is_called_by_its_name_and_its_parts_too():
    quotation = block("q", "quotation", {"text": "We wanted bread.", "source": "A founder", "language": "es"})
    words = said({"body": [ONE]}, {"body": [ONE, quotation]})
    for expected in ("Quotation Added", "Words (added: We wanted bread.)", "Source (added: A founder)"):
        assert expected in words
    assert "(added: español)" in words


def test_formatting_is_told_in_words():
    new = text(
        "1", "<p><b>Reciprocity</b> binds the people of a valley to those who buy their <i>bread</i>.</p>"
    )
    words = said({"body": [ONE]}, {"body": [new]})
    assert "Reciprocity: now in bold." in words
    assert "bread: now in italics." in words
    assert "added:" not in words


def test_a_paragraph_made_a_heading_is_told():
    old, new = (
        text("1", "<p>How it began in the valley</p>"),
        text("1", "<h3>How it began in the valley</h3>"),
    )
    assert "Was plain text, is now a heading." in said({"body": [old]}, {"body": [new]})


@pytest.mark.parametrize(
    "evil",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</ins><b>&amp;", "{{ 7|add:7 }}%(x)s"],
)
def test_no_markup_of_a_text_is_markup_of_the_page(evil):
    escaped = evil.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    link = f'<a href="{escaped.replace(chr(34), "&quot;")}">there</a>'
    old = {"title": "x", "body": [ONE]}
    new = {
        "title": evil,
        "website": evil,
        "state": evil,
        "body": [text("1", f"<p>{escaped} {link}</p>"), block("9", evil, {evil: evil})],
    }
    html = page_of(difference(old, new))
    for tag in re.findall(r"<[^>]+>", html):
        assert re.fullmatch(
            r"</?(div|p|section|h2|span|ins|del|ul|li|dl|dt|dd|details|summary|strong|bdi)\b[^<>]*>", tag
        )
        assert "onerror" not in tag
    in_words(difference(old, new), 50)


def test_values_are_told_in_sentences_with_their_labels():
    old = {"licence": "CC-BY-4.0", "state": "running", "date": "2010-05-01", "date_precision": "month"}
    new = {
        "licence": "CC-BY-4.0",
        "state": "ended",
        "date": "2011-01-01",
        "date_precision": "year",
        "since": 1998,
    }
    words = said(old, new)
    assert "State of the initiative Changed from running to ended." in words
    assert "Date of the document Changed from May 2010 to 2011." in words
    assert "Since Set to 1998." in words
    assert "Licence" not in words
    assert "Since Removed: 1998." in said(new, old)


def test_dates_that_read_alike_are_told_to_the_day():
    words = said(
        {"date": "2011-10-01", "date_precision": "month"}, {"date": "2011-10-17", "date_precision": "month"}
    )
    assert "Date of the document Changed from 1 October 2011 to 17 October 2011." in words


def test_rows_are_told_in_sentences_by_name():
    ada, ben, cem = make_person("Ada Rossi"), make_person("Ben Holm"), make_person("Cem Ak")
    old = {
        "contributors": [
            {"pk": 1, "person": ada.pk, "part": "author"},
            {"pk": 2, "person": ben.pk, "part": "author"},
        ]
    }
    new = {
        "contributors": [
            {"pk": 1, "person": ada.pk, "part": "editor"},
            {"pk": None, "person": cem.pk, "part": "speaker"},
        ]
    }
    words = said(old, new)
    assert "People Ada Rossi: Part changed from author to editor." in words
    assert "Removed: Ben Holm (author)." in words
    assert "Added: Cem Ak (speaker)." in words
    moved = {"contributors": old["contributors"][::-1]}
    assert "Ben Holm moved up, from after Ada Rossi." in said(old, moved)


def test_rows_with_long_texts_are_shown_as_texts():
    row = {"pk": 1, "translation_key": "k", "date": "2020-01-01", "date_precision": "year"}
    old = {"follow_ups": [{**row, "text": "<p>A mill was built by ten people.</p>"}]}
    new = {"follow_ups": [{**row, "text": "<p>A mill was built by twelve people.</p>"}]}
    words = said(old, new, LearningJourney)
    assert (
        "What came of it Date 2020 What happened A mill was built by (removed: ten)(added: twelve) people."
        in words
    )


def test_names_take_one_query_however_many_kinds_there_are(site, django_assert_num_queries):
    target = make_document(title="The charter")
    old = {"body": [ONE]}
    new = {
        "body": [ONE, text("2", f'<p>See <a linktype="page" id="{target.pk}">here</a>.</p>')],
        "contributors": [{"pk": 1, "person": make_person("Ada Rossi").pk, "part": "author"}],
        "themes": [make_theme("Water").pk],
        "relations": [{"pk": 1, "kind": "see_also", "target": target.pk}],
        "lead_image": 12345,
    }
    diff = difference(old, new)
    shown(diff, "en")
    with django_assert_num_queries(1):
        words = as_read(page_of(diff))
    assert "With a link: here leads to The charter." in words
    assert "Added: Water." in words
    assert "Added: The charter (see also)." in words
    assert "Picture at the head Set to something that no longer exists or is not public." in words


def test_a_name_is_shown_only_to_those_who_may_read_what_has_it(site):
    draft, public = make_document(title="Secret draft", publish=False), make_document(title="Public one")
    hidden = make_person("Hidden Person", publish=False)
    references = [f"page:{draft.pk}", f"page:{public.pk}", f"taxonomy.person:{hidden.pk}"]
    assert names_of(references) == {f"page:{public.pk}": "Public one"}
    assert names_of(references, AnonymousUser()) == {f"page:{public.pk}": "Public one"}
    assert len(names_of(references, drafts=True)) == 3


def test_a_name_goes_with_what_had_it_also_from_a_kept_difference(site):
    person = make_person("Ada Rossi")
    diff = difference({}, {"contributors": [{"pk": 1, "person": person.pk, "part": "author"}]})
    assert "Ada Rossi" in page_of(diff)
    person.delete()
    assert "Ada Rossi" not in page_of(diff)
    assert "something that no longer exists" in page_of(diff)


def test_a_file_behind_a_restriction_has_no_name_for_others(site):
    file = Attachment.objects.create(title="Minutes", file="minutes.pdf")
    assert names_of([f"document:{file.pk}"]) == {f"document:{file.pk}": "Minutes"}
    CollectionViewRestriction.objects.create(collection=file.collection, restriction_type="login")
    assert names_of([f"document:{file.pk}"]) == {}


@pytest.mark.parametrize(
    "reference", ["", ":", "page:", "page:x", "no.model:3", "nothing:3", "accounts.user:1", "a:b:c"]
)
def test_what_is_no_reference_has_no_name(reference):
    assert names_of([reference]) == {}


def test_the_page_keeps_its_language_and_the_labels_the_readers():
    diff = difference({"title": "قديم"}, {"title": "جديد"})
    with translation.override("fr"):
        html = page_of(diff, "ar")
    assert re.search(r'<p lang="ar" dir="rtl">.*جديد', html)
    assert '<span class="visually-hidden" lang="fr">(ajouté' in html
    assert "Titre</h2>" in html or "Titre</dt>" in html
    assert ' lang="' not in page_of(diff, "en")


def test_a_type_that_no_longer_exists_is_shown_by_its_keys():
    diff = difference({"title": "a"}, {"title": "b", "licence": "x"})
    diff = type(diff)(("gone.model", "gone.model"), *(getattr(diff, name) for name in list(vars(diff))[1:5]))
    words = as_read(page_of(diff))
    assert "Title" in words
    assert "Licence" in words


def test_in_words_says_it_in_a_few_lines():
    old = {"title": "Bread", "body": [ONE, TWO, THREE], "state": "running"}
    new = {
        "title": "Bread and work",
        "body": [THREE, text("1", ONE["value"].replace("bread", "<b>flour</b>"))],
        "state": "ended",
    }
    assert in_words(difference(old, new), 50) == [
        "Title:",
        "+ Bread and work",
        "Text:",
        "* “Forty families share a mill, a…” moved up, from after “The council meets in the old…”.",
        "- … of a valley to those who buy their bread.",
        "+ … of a valley to those who buy their flour.",
        "- The council meets in the old school on the first Monday of the month.",
        "State of the initiative:",
        "* Changed from “running” to “ended”.",
    ]


def test_in_words_calls_the_parts_of_a_block_by_their_names():
    figures = [{"type": "item", "value": {"value": number, "label": "families"}} for number in ("40", "43")]
    old, new = ({"body": [block("k", "key_figures", [figure])]} for figure in figures)
    assert in_words(difference(old, new)) == ["Text:", "- Figure: 40", "+ Figure: 43"]


def test_in_words_keeps_to_its_limit_and_says_what_is_left():
    old = {"body": [text(str(n), f"<p>Line {n} of the old.</p>") for n in range(40)]}
    new = {"body": [text(str(n), f"<p>Line {n} of the new.</p>") for n in range(40)]}
    lines = in_words(difference(old, new), 10)
    assert len(lines) == 10
    assert lines[-1] == "… and 72 more lines"
    assert all(len(line) <= 200 for line in in_words(difference({}, {"title": "x" * 5000}), 5))


def test_in_words_speaks_the_language_of_its_reader():
    with translation.override("es"):
        lines = in_words(difference({"date": str(date(2010, 5, 1)), "date_precision": "month"}, {}))
    assert "mayo" in lines[1]
    assert lines[1].startswith("* Suprimido")
