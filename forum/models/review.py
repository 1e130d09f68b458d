"""What facilitators decide on, and the log of what was decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from forum.models.category import Category
from forum.models.post import Post, PostTranslation
from forum.models.topic import Topic
from forum.rules import ReviewKind, ReviewState
from forum.visibility import ReviewItemQuerySet

KIND_CHOICES = [
    (ReviewKind.HELD, _("first post")),
    (ReviewKind.SPAM, _("may be spam")),
    (ReviewKind.REPORTED_POST, _("reported post")),
    (ReviewKind.REPORTED_MEMBER, _("reported member")),
    (ReviewKind.NOTICED, _("noticed by a facilitator")),
]
STATE_CHOICES = [
    (ReviewState.WAITING, _("waits")),
    (ReviewState.APPROVED, _("approved")),
    (ReviewState.REFUSED, _("refused")),
    (ReviewState.SET_ASIDE, _("set aside")),
    (ReviewState.REMOVED, _("taken away")),
    (ReviewState.SANCTIONED, _("silenced or suspended")),
    (ReviewState.CHANGED, _("changed")),
    (ReviewState.RESTORED, _("brought back")),
]
REPORT_REASONS = [
    ("spam", _("spam or advertising")),
    ("insult", _("insult or threat")),
    ("private", _("private data of somebody")),
    ("off-topic", _("does not belong here")),
    ("other", _("something else")),
]


class ReviewItem(models.Model):
    """Something that waits for a facilitator. Whoever decides says the `version` they looked at: it counts decisions,
    reports, answers and edits of the text.

    `language` is that of the post; who looks after it or after the language of its topic decides. With `answer`, it
    waits for others than who decided before (`decided_by`).
    """

    kind = models.CharField(max_length=12, choices=KIND_CHOICES)
    state = models.CharField(max_length=10, choices=STATE_CHOICES, default=ReviewState.WAITING)
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=12, blank=True)
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="review_items")
    # Of a translation that waits; `post` is then empty. Its verbs: `services.translating`.
    translation = models.ForeignKey(
        PostTranslation, models.SET_NULL, null=True, blank=True, related_name="review_items"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="forum_review_items"
    )
    why = models.JSONField(default=list)  # codes of `rules.Suspicion`, and the words that were found
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by_name = models.CharField(max_length=80, blank=True)  # once the account is gone
    reason = models.CharField(max_length=1000, blank=True)
    answer = models.CharField(max_length=2000, blank=True)  # what the author says to it
    answered_at = models.DateTimeField(null=True, blank=True)
    # The `state` that was told: to those who decide, or to whom it concerns.
    told = models.CharField(max_length=10, choices=STATE_CHOICES, blank=True)

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of the review queue")
        verbose_name_plural = _("items of the review queue")
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(state=ReviewState.WAITING, post__isnull=False),
                name="forum_post_waits_once",
            ),
            models.UniqueConstraint(
                fields=["translation"],
                condition=Q(state=ReviewState.WAITING, translation__isnull=False),
                name="forum_translation_waits_once",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state=ReviewState.WAITING, kind=ReviewKind.REPORTED_MEMBER),
                name="forum_member_waits_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at", "id"], condition=Q(state=ReviewState.WAITING), name="forum_review_queue"
            ),
            models.Index(
                fields=["created_at"],
                condition=~Q(told=F("state")),
                name="forum_review_to_tell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.post_id or self.member_id}: {self.state}"


class Report(models.Model):
    """What somebody says is wrong with a post or a member; once each."""

    item = models.ForeignKey(ReviewItem, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("what is wrong"), max_length=10, choices=REPORT_REASONS)
    text = models.CharField(_("in your words"), max_length=1000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [models.UniqueConstraint(fields=["item", "reporter"], name="forum_report_once")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.reason}"


class LogEntry(models.Model):
    """What facilitators did. `public`: shown to the readers of its topic; the others to facilitators only."""

    action = models.CharField(max_length=20)
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="log")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor_name = models.CharField(max_length=80, blank=True)  # once the account is gone
    data = models.JSONField(default=dict)  # plain values for its words
    reason = models.CharField(max_length=1000, blank=True)
    public = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("entry of the forum's log")
        verbose_name_plural = _("entries of the forum's log")
        indexes = [models.Index(fields=["topic", "-id"], name="forum_log_of_topic")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.action}"


class WatchedWord(models.Model):
    """A post that holds this word waits for a facilitator."""

    word = models.CharField(_("word or words"), max_length=80, unique=True)
    note = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("word to hold")
        verbose_name_plural = _("words to hold")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word
