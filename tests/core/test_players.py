import pytest

from cms.core.players import player


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
