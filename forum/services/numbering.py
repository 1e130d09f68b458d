"""Numbers and counters. Whoever calls these holds the topic's row locked, within a transaction."""

from django.db.models import F, Max
from django.utils import timezone

from forum.models import Category, Post, Reading, Topic
from forum.queries.categories import all_categories
from forum.rules import Level, PostState, TopicState
from forum.services.pacing import with_turn
from forum.services.reading import raise_reading
from forum.services.remembering import forget_what_was_remembered
from forum.standing import standing_of
from forum.tasks import fan_out, with_commit


def lock_topic(topic_id: int, *, writer_id: int | None = None) -> Topic:
    """The topic as it is now, its row locked until the transaction ends; `Topic.DoesNotExist`.

    `writer_id`: whose turn it is besides (`pacing`). One query. Nothing is joined to it: what is read together with a row that is waited for is from before the wait.
    """
    rows = Topic.objects.select_for_update()
    topic = (rows if writer_id is None else with_turn(rows, writer_id)).get(pk=topic_id)
    topic.category = all_categories()[topic.category_id]
    return topic


def number(post: Post, topic: Topic) -> None:
    """Publish `post`, unsaved or held, under the next number of `topic`. Saves neither of them."""
    topic.highest_number += 1
    post.number = topic.highest_number
    post.state = PostState.PUBLISHED
    post.published_at = post.published_at or timezone.now()


def note_published(topic: Topic, post: Post) -> None:
    """After a published post was saved: the counters of its topic and category. Two queries."""
    topic.posts_count += 1
    if topic.last_post_id is None or topic.state != TopicState.OPEN or post.number == topic.highest_number:
        topic.last_post = post
        topic.bumped_at = post.published_at or topic.bumped_at
    opened = topic.state in TopicState.OPENED_BY_A_POST
    if opened:
        topic.state = TopicState.OPEN
    save_counters(topic)
    if topic.state == TopicState.OPEN:
        shift(topic.category_id, topics=int(opened), posts=1)


def save_counters(topic: Topic) -> None:
    topic.save(update_fields=["posts_count", "highest_number", "last_post", "bumped_at", "state"])


def shift(category_id: int, *, topics: int = 0, posts: int = 0) -> None:
    """Change what a category counts by so much."""
    if topics or posts:
        Category.objects.filter(pk=category_id).update(
            topics_count=F("topics_count") + topics, posts_count=F("posts_count") + posts
        )


def publish_held(post: Post) -> Post:
    """Give a post that was held, refused or taken away its place, and its topic too where it opened one.

    A post that had a number before gets it back. `post` is read anew, after its topic is locked.
    """
    topic = lock_topic(post.topic_id)
    return publish_in(topic, Post.objects.get(pk=post.pk))


def publish_in(topic: Topic, post: Post) -> Post:
    """The same, with the topic locked and the post read already."""
    if post.state == PostState.PUBLISHED:
        return post
    if post.number is None:
        number(post, topic)
    else:
        post.state = PostState.PUBLISHED
    post.deleted_at, post.deleted_by_author = None, False
    post.save(update_fields=["number", "state", "published_at", "deleted_at", "deleted_by_author"])
    note_published(topic, post)
    if post.number != topic.highest_number:
        note_last(topic)
    follow_what_was_held(topic, post)
    with_commit(fan_out, post.pk)
    return post


def follow_what_was_held(topic: Topic, post: Post) -> None:
    """Its author follows the topic as if it had not waited, and has read it if there is nothing between. Three queries."""
    if post.author is None:
        return
    reading = Reading.objects.filter(user=post.author_id, topic=topic.pk).first()
    read_before = reading.last_read if reading else 0
    number = post.number or 0
    level = Level.WATCHING if standing_of(post.author).follows_what_they_write else None
    raise_reading(
        post.author.pk,
        topic.pk,
        number if read_before >= number - 1 else read_before,
        level=level,
        reason="opened" if number == 1 else "wrote",
    )


def note_hidden(topic: Topic, post: Post) -> None:
    """After a published post became something else: counters, who was last, and what the site's memory kept of it.

    A topic without anything left to read disappears with its last post. At most four queries, one more if it was
    translated.
    """
    topic.posts_count -= 1
    was_open = topic.state == TopicState.OPEN
    if topic.posts_count == 0 and was_open:
        topic.state = TopicState.EMPTY
    note_last(topic, only_if=post.pk)
    if was_open:
        shift(topic.category_id, topics=-int(topic.state != TopicState.OPEN), posts=-1)
    forget_what_was_remembered(post)


def note_shown_again(topic: Topic, post: Post) -> None:
    """After a post with a number became published again."""
    emptied = topic.state == TopicState.EMPTY
    topic.posts_count += 1
    if emptied:
        topic.state = TopicState.OPEN
    note_last(topic)
    if topic.state == TopicState.OPEN:
        shift(topic.category_id, topics=int(emptied), posts=1)


def note_last(topic: Topic, *, only_if: int | None = None) -> None:
    """Find the newest published post of `topic` (only where the one noted is `only_if`), and save its counters."""
    if only_if is None or topic.last_post_id == only_if:
        last = topic.posts.filter(state=PostState.PUBLISHED).order_by("-number").first()
        topic.last_post = last
        topic.bumped_at = (last and last.published_at) or topic.created_at
    save_counters(topic)


def recount_topic(topic: Topic) -> dict[str, tuple[int | None, int | None]]:
    """Count the posts of a locked topic anew and save what was off: {field: (was, is)}, empty where all was right.

    The category's counters are left alone.
    """
    published = topic.posts.filter(state=PostState.PUBLISHED)
    last = published.order_by("-number").first()
    highest = topic.posts.aggregate(highest=Max("number"))["highest"] or 0
    right = {
        "posts_count": published.count(),
        "highest_number": max(topic.highest_number, highest),
        "last_post_id": last.pk if last else None,
    }
    off = {
        name: (getattr(topic, name), value) for name, value in right.items() if getattr(topic, name) != value
    }
    bumped = (last and last.published_at) or topic.created_at
    if off or topic.bumped_at != bumped:
        for name, value in right.items():
            setattr(topic, name, value)
        topic.bumped_at = bumped
        save_counters(topic)
    return off
