"""What somebody said: Markdown as it was written, and the HTML made of it once."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.models.topic import Topic
from forum.rules import PostState
from forum.visibility import PostQuerySet

STATE_CHOICES = [
    (PostState.HELD, _("waits for a facilitator")),
    (PostState.PUBLISHED, _("published")),
    (PostState.DELETED, _("deleted")),
    (PostState.REJECTED, _("refused")),
]
ORIGINS = [("web", _("on the site")), ("mail", _("by mail")), ("import", _("imported"))]


class Post(models.Model):
    """`number` is given when the post is first published, counts within its topic and is never given twice.

    `html` is what the renderer made of `source`, sanitised: templates may trust it. `version` counts its texts.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="posts")
    number = models.PositiveIntegerField(null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="forum_posts"
    )
    author_name = models.CharField(max_length=80, blank=True)  # once the account is gone
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    source = models.TextField()
    html = models.TextField()
    version = models.PositiveIntegerField(default=1)
    # Of which text people were told who follow or are mentioned; 0: of none yet. What is posted in bulk says `version`.
    told_version = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=9, choices=STATE_CHOICES, default=PostState.PUBLISHED)
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=6, choices=ORIGINS, default="web")
    # What names it in mail for ever (RFC 5322, 3.6.4): given once, whatever becomes of the post.
    message_id = models.CharField(max_length=255, unique=True)
    # Sent twice (a double click, a retry), it is one post.
    nonce = models.UUIDField(default=uuid.uuid4)
    digest = models.CharField(max_length=32)  # of its words: the same text again is noticed by it
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    # Who wrote the text it has now, where that is not its author.
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by_author = models.BooleanField(default=False)
    # How many gave which mark, {"agree": 3}: counted with the rows of `Mark`, in one transaction.
    marks = models.JSONField(default=dict)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="forum_post_number_once"),
            models.UniqueConstraint(fields=["author", "nonce"], name="forum_post_sent_once"),
            models.CheckConstraint(
                condition=models.Q(number__isnull=False)
                | models.Q(state__in=[PostState.HELD, PostState.REJECTED, PostState.DELETED]),
                name="forum_post_published_has_number",
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-created_at"], name="forum_posts_of_author"),
            models.Index(
                fields=["-published_at"],
                condition=models.Q(state=PostState.PUBLISHED),
                name="forum_posts_newest",
            ),
            models.Index(
                fields=["topic", "-id"], condition=models.Q(state=PostState.HELD), name="forum_posts_held"
            ),
            models.Index(fields=["digest", "-created_at"], name="forum_posts_repeated"),
            models.Index(
                fields=["published_at"],
                condition=models.Q(state=PostState.PUBLISHED, told_version__lt=models.F("version")),
                name="forum_posts_to_tell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.number or '–'}"


class PostVersion(models.Model):
    """A text a post had before it was edited. `waited`: it was never published; its readers may not see it."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    waited = models.BooleanField(default=False)
    language = models.CharField(max_length=12)
    source = models.TextField()
    html = models.TextField()
    written_at = models.DateTimeField()
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    editor_name = models.CharField(max_length=80, blank=True)  # once the account is gone

    class Meta:
        verbose_name = _("earlier text of a post")
        verbose_name_plural = _("earlier texts of posts")
        constraints = [models.UniqueConstraint(fields=["post", "version"], name="forum_post_version_once")]

    def __str__(self) -> str:
        return f"{self.post_id} v{self.version}"


class PostTranslation(models.Model):
    """A post in another language, by any member. Behind once the post's `version` is higher than `post_version`.

    One is published for each language. One that waits, or was refused, is a row of its own: what is published stays
    until the other takes its place.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    post_version = models.PositiveIntegerField()
    source = models.TextField()
    html = models.TextField()
    version = models.PositiveIntegerField(default=1)
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    translator_name = models.CharField(max_length=80, blank=True)  # once the account is gone
    state = models.CharField(max_length=9, choices=STATE_CHOICES, default=PostState.PUBLISHED)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("translation of a post")
        verbose_name_plural = _("translations of posts")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "language"],
                condition=models.Q(state=PostState.PUBLISHED),
                name="forum_post_translation_once",
            ),
            models.UniqueConstraint(
                fields=["post", "language", "translator"],
                condition=models.Q(state__in=[PostState.HELD, PostState.REJECTED]),
                name="forum_translation_offered_once",
            ),
        ]
        indexes = [models.Index(fields=["translator", "-written_at"], name="forum_translations_by")]

    def __str__(self) -> str:
        return f"{self.post_id} ({self.language})"


class EarlierTranslation(models.Model):
    """A text a translation had before somebody improved it."""

    translation = models.ForeignKey(PostTranslation, models.CASCADE, related_name="earlier")
    version = models.PositiveIntegerField()
    post_version = models.PositiveIntegerField()
    source = models.TextField()
    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    translator_name = models.CharField(max_length=80, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier translation of a post")
        verbose_name_plural = _("earlier translations of posts")
        constraints = [
            models.UniqueConstraint(fields=["translation", "version"], name="forum_earlier_translation_once")
        ]

    def __str__(self) -> str:
        return f"{self.translation_id} v{self.version}"


class Mark(models.Model):
    """What a member thinks of a post, in one of few words; or, for themselves alone, a bookmark."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="given_marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_marks")
    kind = models.CharField(max_length=8)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [models.UniqueConstraint(fields=["post", "user", "kind"], name="forum_mark_once")]
        indexes = [models.Index(fields=["user", "kind", "-id"], name="forum_marks_of_member")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.kind} ({self.user_id})"


class PostFile(models.Model):
    """A picture or a file that somebody attached: without a post until the post is sent."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="files")
    # How its address names it: nobody finds it by counting.
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    file = models.FileField(upload_to="forum/%Y/%m/")
    name = models.CharField(max_length=160)
    is_picture = models.BooleanField(default=False)
    width = models.PositiveIntegerField(default=0)  # pixels, of a picture
    height = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField()  # bytes
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")
        indexes = [
            models.Index(
                fields=["created_at"], condition=models.Q(post__isnull=True), name="forum_files_unsent"
            )
        ]

    def __str__(self) -> str:
        return self.name
