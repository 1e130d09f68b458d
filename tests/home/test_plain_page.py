import pytest
from django.core.files.base import ContentFile

from cms.media.models import Picture, Rendition
from cms.media.renditions import reading_specs
from cms.media.tasks import make_renditions
from home.models import HomePage, PlainPage
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
