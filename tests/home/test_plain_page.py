import re

import pytest
from django.core.files.base import ContentFile
from wagtail.rich_text import RichText

from cms.media.models import Picture, Rendition
from cms.media.renditions import reading_specs
from cms.media.tasks import make_renditions
from home.models import HomePage, PlainPage
from tests.factories.documents import make_document
from tests.media.files import picture

pytestmark = pytest.mark.django_db


def test_a_picture_is_shown_in_the_sizes_made_after_its_upload(client, site):
    kept = Picture.objects.create(title="A", file=ContentFile(picture("JPEG", (900, 600)), name="a.jpg"))
    make_renditions.call(kept.pk)
    page = PlainPage(title="About us", slug="about-us")
    page.body = [("image", {"image": kept, "alt": "A harbour", "caption": "Low tide"})]
    HomePage.objects.get(locale__language_code="en").add_child(instance=page)
    page.save_revision().publish()

    html = client.get("/en/about-us/").content.decode()

    assert 'alt="A harbour"' in html
    assert ".avif 480w" in html
    assert set(Rendition.objects.values_list("filter_spec", flat=True)) == set(reading_specs())


def test_a_text_reads_as_in_a_document_and_names_only_what_is_public(client, site):
    public = make_document(title="A garden")
    draft = make_document(title="A draft", publish=False)
    text = "".join(
        f'<p><a linktype="page" id="{page.pk}">{words}</a></p>'
        for page, words in ((public, "the garden"), (draft, "the draft"))
    )
    page = PlainPage(title="About us", slug="about-us")
    page.body = [
        ("heading", "Where we began"),
        ("text", RichText(text)),
        ("callout", {"kind": "gap", "title": "", "text": RichText("<p>We do not know.</p>")}),
        ("proposal", {"number": 2, "scale": "local", "text": RichText("<p>Meet.</p>")}),
        ("key_figures", [{"value": "40", "label": "gardens"}]),
    ]
    HomePage.objects.get(locale__language_code="en").add_child(instance=page)
    page.save_revision().publish()

    html = client.get("/en/about-us/").content.decode()

    assert '<h2 id="where-we-began">Where we began</h2>' in html
    assert f'<a href="/en/library/{public.slug}/">the garden</a>' in html
    assert "<a>the draft</a>" in html
    assert draft.slug not in html
    assert re.search(r'data-callout="gap"><p class="label"><svg.*</svg>What the sources do not say</p>', html)
    assert "addressed to the local scale" in html
    assert "<dt>gardens</dt><dd>40</dd>" in html
