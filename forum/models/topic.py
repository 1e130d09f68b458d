"""A conversation: a title, a place, and numbered posts."""

from django.conf import settings
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from forum.models.category import Category
from forum.rules import TopicState
from forum.visibility import TopicQuerySet

STATE_CHOICES = [
    (TopicState.HELD, _("waits for a facilitator")),
    (TopicState.OPEN, _("open to its readers")),
    (TopicState.HIDDEN, _("hidden by facilitators")),
    (TopicState.EMPTY, _("nothing left to read")),
    (TopicState.REJECTED, _("refused")),
    (TopicState.MERGED, _("merged into another")),
]
LONGEST_TITLE = 160


def slug_of(title: str) -> str:
    """For the address of a topic, which is found by the number before it."""
    return slugify(title, allow_unicode=True)[:60].strip("-") or "topic"


class Topic(models.Model):
    """`highest_number` is the number of its newest post and never goes down; `posts_count` counts those its readers see.

    Whoever gives a number, or changes a counter, holds the topic's row locked (`services.numbering.lock_topic`).
    """

    category = models.ForeignKey(Category, models.PROTECT, related_name="topics")
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=80, blank=True)  # once the account is gone
    # What it is about: a page of the library, and, whatever the language, the work (its translation key).
    page = models.ForeignKey("wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+")
    work = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=STATE_CHOICES, default=TopicState.OPEN)
    pinned = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    bumped_at = models.DateTimeField()  # when its newest visible post came
    posts_count = models.PositiveIntegerField(default=0)
    highest_number = models.PositiveIntegerField(default=0)
    last_post = models.ForeignKey("forum.Post", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = [
            models.Index(
                fields=["category", "-pinned", "-bumped_at", "-id"],
                condition=models.Q(state=TopicState.OPEN),
                name="forum_topics_of_category",
            ),
            models.Index(
                fields=["-bumped_at", "-id"],
                condition=models.Q(state=TopicState.OPEN),
                name="forum_topics_latest",
            ),
            models.Index(
                fields=["language", "-bumped_at", "-id"],
                condition=models.Q(state=TopicState.OPEN),
                name="forum_topics_of_language",
            ),
            models.Index(
                fields=["-bumped_at", "-id"],
                condition=models.Q(state=TopicState.OPEN, posts_count=1),
                name="forum_topics_unanswered",
            ),
            models.Index(
                fields=["work", "-bumped_at"],
                condition=models.Q(work__isnull=False),
                name="forum_topics_of_work",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        return slug_of(self.title)


class MovedPost(models.Model):
    """Where the post went that had this number in this topic: old addresses lead there."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    post = models.ForeignKey("forum.Post", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("moved post")
        verbose_name_plural = _("moved posts")
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="forum_moved_once")]

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.number} → {self.post_id}"
