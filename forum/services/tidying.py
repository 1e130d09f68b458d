"""After a topic went where fewer may read it, or got another name: what was said of it elsewhere follows.

In the background, one post at a time, each in a transaction of its own. Run again, it changes nothing.
"""

import re
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import QuerySet

from cms.notifications.models import Notification
from forum.models import Post, PostTranslation, PostVersion, Topic
from forum.notices import OF_POSTS, about_topic
from forum.queries.categories import all_categories
from forum.queries.looking_up import look_up_for
from forum.queries.recipients import readers_of
from forum.rendering import render
from forum.rules import Access, TopicState
from forum.services.numbering import lock_topic
from forum.services.remembering import forget_what_is_hidden, forget_what_was_remembered

TITLED = re.compile(r'<a href="/forum/p/(\d{1,12})/"[^>]*class="titled"')
WINDOW = 1000  # posts looked through at once


def tidy_topic(topic_id: int) -> None:
    topic = Topic.objects.filter(pk=topic_id).first()
    if topic is not None:
        tidy_readers(topic)
        name_anew(Post.objects.filter(topic=topic))


def tidy_readers(topic: Topic) -> None:
    """What is offered or told only to who may read it."""
    withdraw_notices(topic)
    if topic.state != TopicState.OPEN or all_categories()[topic.category_id].access != Access.PUBLIC:
        for post in Post.objects.filter(topic=topic, translations__isnull=False).distinct().iterator():
            forget_what_was_remembered(post)


def tidy_category(category_id: int) -> None:
    """After it was opened or shut to some of its readers."""
    for topic in Topic.objects.filter(category=category_id).iterator():
        tidy_readers(topic)
    name_anew(Post.objects.filter(topic__category=category_id))
    forget_what_is_hidden(Post.objects.filter(topic__category=category_id))


def withdraw_notices(topic: Topic) -> int:
    """Whoever may not read a topic any more has not been told of it. Returns how many were."""
    told = Notification.objects.filter(kind__in=OF_POSTS, about=about_topic(topic.pk))
    if not told.exists():
        return 0
    readers = readers_of(all_categories()[topic.category_id])
    return told.exclude(recipient__in=readers.values("pk")).delete()[0]


def name_anew(named: QuerySet[Post]) -> int:
    """Texts that show the title of one of the posts `named` are rendered again. Returns how many posts."""
    changed = 0
    for pk in texts_that_name(named):
        changed += render_anew(pk)
    return changed


def texts_that_name(named: QuerySet[Post]) -> Iterator[int]:
    """Ids of posts whose text, or a translation or an earlier version of it, shows the title of a post `named`."""
    texts = (
        (Post.objects, "pk"),
        (PostTranslation.objects, "post_id"),
        (PostVersion.objects, "post_id"),
    )
    for rows, key in texts:
        after = 0
        showing = rows.filter(html__contains='class="titled"').order_by("pk")
        while window := list(showing.filter(pk__gt=after).values_list("pk", key, "html")[:WINDOW]):
            after = window[-1][0]
            pointed = {
                (post_id, int(found)) for _pk, post_id, html in window for found in TITLED.findall(html)
            }
            hit = set(named.filter(pk__in={target for _post, target in pointed}).values_list("pk", flat=True))
            yield from sorted({post_id for post_id, target in pointed if target in hit})


@transaction.atomic
def render_anew(post_id: int) -> bool:
    """Make a post's HTML, and that of its translations and versions, of their sources again. No new version."""
    topic_id = Post.objects.filter(pk=post_id).values_list("topic_id", flat=True).first()
    if topic_id is None:
        return False
    lock_topic(topic_id)
    post = Post.objects.select_related("author").get(pk=post_id)
    changed = _again([post], post)
    changed += _again(PostTranslation.objects.filter(post=post), post)
    changed += _again(PostVersion.objects.filter(post=post), post)
    return bool(changed)


def _again(rows: Iterable, post: Post) -> int:
    changed = 0
    for row in rows:
        html = render(row.source, look_up_for(post.author), name=post.nonce.hex[:8]).html
        if html != row.html:
            row.html = html
            row.save(update_fields=["html"])
            changed += 1
    return changed
