"""What tests of moderation need: people with an office, posts that wait, deciding on them."""

from cms.accounts.models import User
from forum.deciding import Decision
from forum.models import Category, CoFacilitator, Post, ReviewItem, Topic
from forum.rules import Trust
from forum.services.reporting import report_post
from forum.services.reviewing import Verdict, decide
from tests.forum.talking import make_member, make_topic, said


def make_facilitator(**fields) -> User:
    return make_member(role="Facilitators", **fields)


def make_co_facilitator(category: Category, language: str = "", **fields) -> User:
    user = make_member(**fields)
    CoFacilitator.objects.create(category=category, user=user, language=language)
    return user


def held_post(category: Category, source: str = "", author=None, **fields) -> Post:
    """A reply of a new member, which waits."""
    topic = make_topic(make_member(), category)
    return said(author or make_member(Trust.NEW), topic, source, **fields).post


def item_of(post: Post) -> ReviewItem:
    return ReviewItem.objects.filter(post=post).latest("pk")


def decided(
    by, item: ReviewItem, decision: str = Decision.APPROVE, reason: str = "Because.", **fields
) -> Post:
    """The post after `by` decided on what they see now."""
    item.refresh_from_db()
    decide(by, item.pk, Verdict(decision, item.version, reason, **fields))
    item.refresh_from_db()
    return Post.objects.get(pk=item.post_id)


def reported(post: Post, by=None, reason: str = "insult", text: str = "Look at this.") -> ReviewItem:
    return report_post(by or make_member(), post.pk, reason, text).item


def counters(topic: Topic) -> tuple:
    """Posts, highest number, number of the last, and topics and posts of its category."""
    topic = Topic.objects.select_related("category", "last_post").get(pk=topic.pk)
    last = topic.last_post.number if topic.last_post else None
    category = topic.category
    return (topic.posts_count, topic.highest_number, last, category.topics_count, category.posts_count)
