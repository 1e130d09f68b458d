"""For those who watch, and for those to whom a post speaks: what was said, in a language they read."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.accounts.models import User
from cms.notifications.kinds import Kind, Line, Words
from cms.notifications.models import Notification
from forum.addresses import topic_address
from forum.mail_text import for_html_mail, for_plain_mail
from forum.models import Topic
from forum.notices import MENTIONS, WATCHED
from forum.queries.categories import all_categories
from forum.queries.told import Text, ToldPost, told_posts
from forum.rules import Level
from forum.services.reading import follow_topic

from .sayings import excerpt, foreign, name_of, page_language

Told = Sequence[Notification]


def watched_kind() -> Kind:
    return Kind(
        WATCHED,
        gettext_lazy("New posts in what I watch in the forum"),
        watched_words,
        still_visible=still_shown,
        leave=leave,
    )


def mentions_kind() -> Kind:
    return Kind(
        MENTIONS,
        gettext_lazy("Posts that mention me, quote me or answer me"),
        mention_words,
        still_visible=still_shown,
        leave=leave,
    )


def still_shown(user: User, told: Told) -> list[Notification]:
    """What `user` may be told of now; what was found of it goes along for its words."""
    posts = told_posts(user, {each.data["post"] for each in told})
    for each in told:
        each.found = posts.get(each.data["post"])
        if each.found is not None:
            each.recipient = user
    return [each for each in told if each.found is not None]


def watched_words(told: Told) -> Words:
    last = post_of(told[-1])
    if len(told) > 1:
        subject = ngettext("%(number)s new post: %(title)s", "%(number)s new posts: %(title)s", len(told))
    elif last.number == 1:
        subject = _("New topic: %(title)s")
    else:
        subject = _("Re: %(title)s")
    return words(told, subject, watched_line)


def watched_line(told: Notification) -> str:
    post = post_of(told)
    said = _("%(author)s opens a topic:") if post.number == 1 else _("%(author)s writes:")
    return said % {"author": name_of(post.author)}


def mention_words(told: Told) -> Words:
    if len(told) > 1:
        subject = ngettext(
            "%(number)s post speaks to you: %(title)s", "%(number)s posts speak to you: %(title)s", len(told)
        )
    else:
        subject = {
            "reply": _("%(author)s answers you: %(title)s"),
            "quote": _("%(author)s quotes you: %(title)s"),
        }.get(told[-1].data["how"], _("%(author)s mentions you: %(title)s"))
    return words(told, subject, mention_line)


def mention_line(told: Notification) -> str:
    said = {
        "reply": _("%(author)s answers you:"),
        "quote": _("%(author)s quotes you:"),
    }.get(told.data["how"], _("%(author)s mentions you:"))
    return said % {"author": name_of(post_of(told).author)}


def words(told: Told, subject: str, sentence: Callable[[Notification], str]) -> Words:
    last = post_of(told[-1])
    language = page_language()
    return Words(
        subject=subject % {"title": last.title, "number": len(told), "author": name_of(last.author)},
        title=last.title,
        lang=foreign(last.topic_language),
        address=topic_address(last.topic_id, last.slug, language=language),
        lines=[line(each, sentence(each), language) for each in told],
        references=last.references,
        message_id=last.message_id,
        list_name=f"forum-{all_categories()[last.category_id].slug}",
    )


def line(told: Notification, sentence: str, language: str) -> Line:
    post = post_of(told)
    text = post.text_for(frozenset(told.recipient.languages_read or ()), translation.get_language() or "")
    return Line(
        sentence,
        topic_address(post.topic_id, post.slug, post.number, language=language),
        excerpt(text.html),
        foreign(text.language),
        note=about_translation(post, text),
        whole=for_plain_mail(text.html),
        whole_html=for_html_mail(text.html),
    )


def about_translation(post: ToldPost, text: Text) -> str:
    """That it is one, from which language and by whom, and whether the post has changed since."""
    if not text.is_translation:
        return ""
    known = {"language": settings.LANGUAGE_NAMES[post.language], "translator": name_of(text.translator)}
    said = _("Written in: %(language)s. Translated by: %(translator)s.") % known
    return f"{said} {_('The post has changed since.')}" if text.behind else said


def post_of(told: Notification) -> ToldPost:
    if not isinstance(told.found, ToldPost):
        raise TypeError("asked for words before it was asked whether it may be shown")
    return told.found


def leave(user: User, about: str) -> str:
    """Mute the topic. Returns its title, or "" where it is muted already or not theirs to read."""
    _kind, _colon, key = about.partition(":")
    if not key.isdecimal() or not user.is_active:
        return ""
    topic = Topic.objects.visible_to(user).filter(pk=int(key)).first()
    if topic is None or topic.readings.filter(user=user, level=Level.MUTED).exists():
        return ""
    follow_topic(user, topic.pk, Level.MUTED)
    return topic.title
