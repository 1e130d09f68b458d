"""What a page says, read from the page, whatever its type."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Page, Revision

from cms.wiki.diffs import Mark, PageText, Paragraph, compare
from cms.wiki.texts import content_text, fields_of, page_text
from cms.wiki.texts.html import html_paragraphs
from home.models import HomePage, PlainPage
from initiatives.models import (
    DOCUMENT_TYPES,
    Analysis,
    CallForInterest,
    Collection,
    DocumentContributor,
    DocumentRelation,
    Event,
    InitiativeFile,
    LearningJourney,
    NewsletterIssue,
)
from initiatives.models.learning_journey import FollowUp
from tests.factories.documents import make_document, make_user
from tests.factories.entries import make_person, make_theme

BODY = [
    {"type": "heading", "value": "Why", "id": "b1"},
    {"type": "text", "value": "<p>One <b>bold</b> word.</p><ul><li>first</li></ul>", "id": "b2"},
    {"type": "image", "value": {"image": 77, "alt": "A mill", "caption": ""}, "id": "b3"},
    {
        "type": "key_figures",
        "value": [{"type": "item", "value": {"value": "40", "label": "families"}, "id": "i1"}],
        "id": "b4",
    },
    {
        "type": "table",
        "value": {
            "caption": "Costs",
            "table": {
                "columns": [{"type": "text", "heading": "What"}, {"type": "text", "heading": "How much"}],
                "rows": [{"values": ["Van", "12"]}, {"values": ["Mill", ""]}],
                "caption": "",
            },
        },
        "id": "b5",
    },
    {"type": "callout", "value": {"kind": "lesson", "title": "", "text": "<p>Ask first.</p>"}, "id": "b6"},
    {"type": "documents", "value": [{"type": "item", "value": 999, "id": "i2"}], "id": "b7"},
    {"type": "no_longer_known", "value": {"words": "<p>Old <i>words</i></p>", "number": 3}, "id": "b8"},
]


def content_of(page: Page) -> dict:
    """As it comes back from a revision."""
    return json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))


def sections(text: PageText) -> dict:
    return {section.key: section for section in text.sections}


def words(section) -> list[list[str]]:
    return [[paragraph.text for paragraph in block.paragraphs] for block in section.blocks]


def test_rich_text_becomes_paragraphs_with_marks():
    html = (
        '<h2 data-block-key="a">A <i>title</i></h2><p>See <a linktype="page" id="3">the <b>charter</b></a>,\n'
        ' <a href="https://example.org/?a=1&amp;b=2">there</a>.<br/>Next&nbsp;line &lt;b&gt;</p>'
        "<ol><li>one<ul><li>inner</li></ul></li><li>two</li></ol><p></p>"
    )
    assert html_paragraphs(html) == [
        Paragraph("h2", "A title", (Mark(2, 7, "italic"),)),
        Paragraph(
            "p",
            "See the charter, there.\nNext\u00a0line <b>",
            (
                Mark(4, 15, "link", "page:3"),
                Mark(8, 15, "bold"),
                Mark(17, 22, "link", "https://example.org/?a=1&b=2"),
            ),
        ),
        Paragraph("ol", "one"),
        Paragraph("ul2", "inner"),
        Paragraph("ol", "two"),
    ]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>a<script>alert('b')</script>c</p>", ["ac"]),
        ("<p>not closed <b>bold", ["not closed bold"]),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", ["a | b", "1 | 2"]),
        ("1 < 2 & 3 > 2", ["1 < 2 & 3 > 2"]),
        ('<embed embedtype="image" id="4" alt="A mill"/>', ["image:4", "A mill"]),
        ("<p>a</p>\n<p>  b  </p>", ["a", "b"]),
        ("", []),
    ],
)
def test_odd_rich_text(html, texts):
    assert [paragraph.text for paragraph in html_paragraphs(html)] == texts


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "</b>", "<a href='x'>", "</a>", "<li>", "<ul>", "</ul>", "t ", "<", "&"]
        )
    )
)
def test_no_markup_comes_through_and_marks_stand_within_the_text(parts):
    for paragraph in html_paragraphs("".join(parts)):
        assert "<p>" not in paragraph.text
        assert "</" not in paragraph.text
        assert paragraph.text == paragraph.text.strip(" \n")
        assert all(0 <= mark.start < mark.end <= len(paragraph.text) for mark in paragraph.marks)


def test_stream_blocks_are_read_with_their_ids_and_without_a_database():
    body = sections(content_text(InitiativeFile, {"body": json.dumps(BODY)}))["body"]
    assert [(block.id, block.type) for block in body.blocks] == [(each["id"], each["type"]) for each in BODY]
    assert words(body) == [
        ["Why"],
        ["One bold word.", "first"],
        ["image:77", "A mill"],
        ["40", "families"],
        ["Costs", "What | How much", "Van | 12", "Mill | "],
        ["lesson", "Ask first."],
        ["page:999"],
        ["Old words", "3"],
    ]
    labels = [paragraph.label for block in body.blocks for paragraph in block.paragraphs]
    assert labels[3:8] == ["image", "alt", "value", "label", "caption"]


@pytest.mark.parametrize("stored", [None, "", "[]", "not json", [{"no": "type"}, 3]])
def test_a_stream_that_is_none_says_nothing(stored):
    assert sections(content_text(PlainPage, {"body": stored}))["body"].blocks == ()


@pytest.mark.parametrize("model", [*DOCUMENT_TYPES, Collection, HomePage, PlainPage])
def test_the_order_is_the_editors_and_nothing_of_the_books_is_said(model):
    names = [field.name for field in fields_of(model)]
    assert names[0] == "title"
    assert {"slug", "seo_title", "search_description", "go_live_at", "expire_at"} <= set(names)
    kept_by_wagtail = {"path", "depth", "url_path", "live", "owner", "latest_revision", "alias_of", "locale"}
    assert not {*kept_by_wagtail, "draft_title", "translation_key", "locked_by", "page_ptr", "kind"} & set(
        names
    )
    assert not [name for name in names if "comment" in name]


def test_each_document_type_says_all_that_its_editor_shows():
    order = [field.name for field in fields_of(LearningJourney)]
    shown = [
        "title",
        "summary",
        "illustrate",
        "debate",
        "grid_economy",
        "follow_ups",
        "body",
        "starts",
        "date",
    ]
    assert [name for name in order if name in shown] == shown


def test_accounts_are_never_part_of_a_text():
    assert "reply_readers" not in {field.name for field in fields_of(CallForInterest)}


@pytest.mark.django_db
def test_a_page_and_the_content_of_its_revision_say_the_same(site):
    person, theme = make_person("Ada Rossi"), make_theme("Water")
    other = make_document()
    page = make_document(
        date=date(2010, 5, 1),
        date_precision="month",
        body=json.dumps(BODY[:2]),
        context="<p>A valley.</p>",
        themes=[theme],
        contributors=[DocumentContributor(person=person, part="editor")],
        relations=[DocumentRelation(kind="draws_on", target=other)],
        latitude=47.5,
        longitude=-2.0,
    )
    text = page_text(Page.objects.get(pk=page.pk).specific)
    revision = Revision.objects.get(pk=Page.objects.get(pk=page.pk).latest_revision_id)
    assert compare(content_text(InitiativeFile, revision.content), text).is_empty
    said = {key: words(section) for key, section in sections(text).items() if section.blocks}
    assert said["themes"] == [[f"taxonomy.theme:{theme.pk}"]]
    assert said["contributors"] == [[f"taxonomy.person:{person.pk}", "editor"]]
    assert said["relations"] == [["draws_on", f"page:{other.pk}"]]
    assert said["date"] == [["2010-05-01/month"]]
    assert said["latitude"] == [["47.5"]]
    assert said["context"] == [["A valley."]]
    assert "date_precision" not in said


@pytest.mark.django_db
def test_reading_asks_the_database_nothing_and_does_not_care_what_still_exists(
    site, django_assert_num_queries
):
    person = make_person("Ada Rossi")
    page = make_document(
        contributors=[DocumentContributor(person=person)], provenance_document=make_document()
    )
    content = content_of(page)
    person_key, provenance_key = person.pk, page.provenance_document_id
    page.provenance_document.delete()
    person.delete()
    with django_assert_num_queries(0):
        said = sections(content_text(InitiativeFile, content))
    assert words(said["contributors"]) == [[f"taxonomy.person:{person_key}", "author"]]
    assert words(said["provenance_document"]) == [[f"page:{provenance_key}"]]


def test_values_of_every_kind_are_kept_as_keys():
    moment = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    said = sections(
        content_text(
            CallForInterest,
            {
                "title": "A\nCall",
                "licence": "cc-by-sa-4.0",
                "fictional": True,
                "working_languages": ["en", "fr"],
                "deadline_date": date(2026, 4, 1),
                "deadline_time": "23:59:00",
                "go_live_at": moment,
                "expire_at": None,
                "summary": "One.\n\nTwo.\n",
            },
        )
    )
    assert words(said["title"]) == [["A Call"]]
    assert words(said["fictional"]) == [["true"]]
    assert words(said["working_languages"]) == [["en", "fr"]]
    assert words(said["deadline_date"]) == [["2026-04-01"]]
    assert words(said["go_live_at"]) == [["2026-03-01T08:30:00+00:00"]]
    assert words(said["expire_at"]) == []
    assert words(said["summary"]) == [["One.", "Two."]]
    assert (said["summary"].kind, said["licence"].kind, said["choices"].kind) == ("text", "fact", "rows")


def test_rows_with_texts_and_streams_are_read_whole():
    proposals = [
        {
            "pk": None,
            "translation_key": "0d2c",
            "scale": "local",
            "text": "<p>Share the <b>mill</b>.</p>",
            "drawn_from": '[{"type": "document", "value": 12, "id": "x"}]',
        }
    ]
    [block] = sections(content_text(Analysis, {"proposals": proposals}))["proposals"].blocks
    assert block.id == "0d2c"
    assert [(each.label, each.style, each.text) for each in block.paragraphs] == [
        ("scale", "choice", "local"),
        ("text", "p", "Share the mill."),
        ("drawn_from/document", "ref", "page:12"),
    ]


def test_a_field_that_the_content_does_not_know_yet_has_its_default():
    assert words(sections(content_text(Event, {}))["licence"]) == [[Event._meta.get_field("licence").default]]
    assert words(sections(content_text(NewsletterIssue, {}))["languages"]) == []


@pytest.mark.django_db
def test_a_row_keeps_its_identity_from_the_first_draft_to_the_next(site):
    page = make_document(
        LearningJourney, follow_ups=[FollowUp(date=date(2020, 1, 1), text="<p>A mill.</p>")], publish=False
    )
    page = LearningJourney.objects.get(pk=page.pk)
    before = page_text(page)
    row = page.follow_ups.get()
    row.text = "<p>A mill and a van.</p>"
    page.follow_ups = [row]
    diff = compare(before, page_text(page))
    assert diff.sections_changed == ("follow_ups",)
    [change] = next(section for section in diff.sections if section.key == "follow_ups").blocks
    assert change.kind == "edited"
    assert change.before == change.after


@pytest.mark.django_db
def test_remarks_of_editors_are_not_part_of_a_text(site):
    author = make_user("Authors")
    page = make_document()
    page.wagtail_admin_comments.create(user=author, text="Is this true?", contentpath="title")
    assert "Is this true?" not in json.dumps(page_text(page).to_json())
