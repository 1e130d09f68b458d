"""The translation library works on documents as they are built: text, children, links and keys come through."""

from datetime import date

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from initiatives.models import DocumentContributor, DocumentTerritory, Event, NationalCase, Session
from tests.factories.documents import make_document
from tests.factories.entries import make_organisation, make_person, make_territory, make_theme

BODY = [
    {"type": "heading", "value": "Where it began"},
    {"type": "text", "value": "<p>In a <b>mill</b>, with a <a href='https://example.org/'>plan</a>.</p>"},
    {
        "type": "table",
        "value": {
            "caption": "Who came",
            "table": {
                "caption": "",
                "columns": [{"type": "text", "heading": "Country"}, {"type": "text", "heading": "People"}],
                "rows": [{"values": ["India", "4"]}],
            },
        },
    },
]


@pytest.fixture
def french(site):
    return Locale.objects.get(language_code="fr")


@pytest.fixture
def event(site):
    theme = make_theme("Food")
    make_theme("Alimentation", lang="fr", translation_of=theme)
    place = make_territory("Luxembourg", kind="country", latitude=49.6, longitude=6.1)
    make_territory(
        "Luxembourg (fr)", lang="fr", translation_of=place, kind="country", latitude=49.6, longitude=6.1
    )
    person = make_person("Ana Nova", organisations=[make_organisation("The mill")])
    case = make_document(title="A case")
    return make_document(
        Event,
        title="Workshop",
        body=Event._meta.get_field("body").stream_block.to_python(BODY),
        date=date(2009, 4, 23),
        starts=date(2009, 4, 23),
        ends=date(2009, 4, 24),
        registered=80,
        conclusions="<p>We agreed.</p>",
        venue_territory=place,
        themes=[theme],
        territories=[DocumentTerritory(territory=place)],
        contributors=[DocumentContributor(person=person, part="facilitator")],
        sessions=[
            Session(
                title="First morning", date=date(2009, 4, 23), text="<p>To illustrate.</p>", sort_order=0
            ),
            Session(title="Second morning", date=date(2009, 4, 24), sort_order=1),
        ],
        national_cases=[NationalCase(title="The case of India", document=case)],
    )


def translate_everything(event, locale) -> Translation:
    source, _created = TranslationSource.update_or_create_from_instance(event)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": f"FR {segment.string.data}"},
        )
    return translation


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    """Publishes all that is translated; the library does so once the transaction is over."""

    def run(event, locale) -> Event:
        with django_capture_on_commit_callbacks(execute=True):
            translate_everything(event, locale).save_target(publish=True)
        return Event.objects.get(pk=event.get_translation(locale).pk)

    return run


def test_a_translated_document_comes_right_as_a_draft(event, french):
    translate_everything(event, french).save_target(publish=False)
    row = event.get_translation(french)
    assert not row.live
    assert row.alias_of is None
    assert row.get_parent().locale == french
    page = row.get_latest_revision_as_object()

    assert (page.title, page.summary) == ("FR Workshop", "FR Summary of Workshop.")
    assert page.conclusions == "<p>FR We agreed.</p>"
    heading, text, table = page.body
    assert heading.value == "FR Where it began"
    assert "FR In a <b>mill</b>" in text.value.source
    assert 'href="https://example.org/"' in text.value.source.replace("'", '"')
    assert table.value["caption"] == "FR Who came"
    words = table.value["table"]
    assert [column["heading"] for column in words.columns] == ["FR Country", "FR People"]
    assert [row["values"] for row in words.row_data] == [["FR India", "4"]]

    assert [(one.title, one.date) for one in page.sessions.all()] == [
        ("FR First morning", date(2009, 4, 23)),
        ("FR Second morning", date(2009, 4, 24)),
    ]
    case = page.national_cases.get()
    assert case.title == "FR The case of India"
    assert case.document.translation_key == event.national_cases.get().document.translation_key

    assert meanings(page.themes.all()) == meanings(event.themes.all())
    assert [one.part for one in page.contributors.all()] == ["facilitator"]
    assert meanings(one.territory for one in page.territories.all()) == {
        event.venue_territory.translation_key
    }
    assert page.venue_territory.translation_key == event.venue_territory.translation_key
    assert (page.starts, page.ends, page.registered) == (event.starts, event.ends, 80)
    assert (page.date, page.written_in) == (date(2009, 4, 23), "en")


def test_what_is_the_same_in_every_language_follows_the_original(event, french, publish):
    publish(event, french)

    event.registered, event.present, event.ends = 82, 40, date(2009, 4, 25)
    event.themes.add(make_theme("Work"))
    event.sessions.add(Session(title="Third morning", date=date(2009, 4, 25), sort_order=2))
    event.title = "The workshop"
    event.save_revision().publish()

    page = publish(event, french)
    assert page.live
    assert (page.registered, page.present, page.ends) == (82, 40, date(2009, 4, 25))
    assert meanings(page.themes.all()) == meanings(event.themes.all())
    assert len(meanings(page.themes.all())) == 2
    assert [one.title for one in page.sessions.all()][-1] == "FR Third morning"
    assert page.title == "FR The workshop"


def test_the_translation_shares_the_reference_code(event, french, publish, client):
    page = publish(event, french)
    answers = [client.get(one.url).content.decode() for one in (event, page)]
    codes = [html.split('<dd class="code">')[1].split("<")[0] for html in answers]
    assert codes[0] == codes[1]
    assert codes[0].startswith("EV2009-")


def meanings(rows) -> set:
    return {row.translation_key for row in rows}
