import pytest

from cms.core.templatetags.ancrage import linked_pages, player
from initiatives.models import Document
from tests.factories.documents import make_document


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        ("https://www.youtube.com/watch?v=abcDEF12345", "https://www.youtube-nocookie.com/embed/abcDEF12345"),
        ("https://youtu.be/abcDEF12345?t=3", "https://www.youtube-nocookie.com/embed/abcDEF12345"),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?dnt=1"),
        ("https://video.example.org/w/1", ""),
        ('https://youtu.be/"><script>', ""),
        ("", ""),
    ],
)
def test_a_video_is_framed_only_where_the_player_does_not_follow_the_reader(address, frame):
    assert player(address) == frame


@pytest.mark.django_db
def test_links_lead_to_the_language_being_read_and_skip_what_is_not_public(site):
    english = make_document(title="A garden")
    make_document(lang="fr", title="Un jardin", translation_of=english)
    only_french = make_document(lang="fr", title="Un atelier")
    hidden = make_document(title="A draft", publish=False)
    pages = [Document.objects.get(pk=page.pk) for page in (english, only_french, hidden)]
    links = linked_pages([*pages, None])
    assert [(link.title, link.lang) for link in links] == [("A garden", "en"), ("Un atelier", "fr")]


@pytest.mark.django_db
def test_links_cost_two_queries_however_many(site, django_assert_max_num_queries):
    pages = [Document.objects.get(pk=make_document().pk) for _number in range(5)]
    linked_pages(pages[:1])
    with django_assert_max_num_queries(2):
        assert len(linked_pages(pages)) == 5
