"""The immutable copies that the public history reads, one for each publication of a page."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.core.visibility import visible_pages
from cms.wiki.content import page_with
from cms.wiki.rules import SIGNIFICANCES, SUBSTANCE


class PublishedRevisionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PublishedRevisionQuerySet":
        """The copies `user` may read: of pages they may read now, that were public when they were taken.

        A page that is taken down takes its history down; what was published behind a restriction, or in a
        language that was not open, stays unseen when the page opens, but for what it says now.
        """
        # Asked of each row's own page: gathering all pages first would cost as much as there are pages.
        readable = visible_pages(Page.objects.filter(pk=OuterRef("page_id")), user)
        newest = PublishedRevision.objects.filter(page_id=OuterRef("page_id")).order_by("-number")
        return self.filter(
            Exists(readable), Q(was_public=True) | Q(number=Subquery(newest.values("number")[:1]))
        )


class PublishedRevision(models.Model):
    """What readers of a page saw from one publication to the next. Written once, never changed.

    Wagtail's own revisions are drafts too, are rewritten by autosave and may be purged: no public page reads
    them. Names are copies, so that the text stays credited when an account goes: then they become what its owner
    chose, the one thing that ever changes here.
    """

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="published_revisions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(db_index=True)
    title = models.CharField(max_length=255)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    language = models.CharField(max_length=12)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="published_revisions",
    )
    author_name = models.CharField(max_length=120, blank=True)
    # Others whose text went into it: whoever suggested it, an editor who revised it on the way.
    co_authors = models.JSONField(default=list, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    significance = models.CharField(max_length=12, choices=SIGNIFICANCES, default=SUBSTANCE)
    size = models.PositiveIntegerField(default=0)
    size_change = models.IntegerField(default=0)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_alone = models.BooleanField(default=False)
    reverted_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    was_public = models.BooleanField(default=True)
    revision_id = models.BigIntegerField(null=True, blank=True, db_index=True)

    objects = PublishedRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("published revision")
        verbose_name_plural = _("published revisions")
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="wiki_published_revision_number")
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="wiki_recent_changes"),
            models.Index(fields=["author", "-published_at"], name="wiki_contributions"),
            models.Index(fields=["-published_at", "-id"], condition=Q(number=1), name="wiki_new_pages"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def is_first(self) -> bool:
        return self.number == 1

    def as_page(self):
        """The page as it was, of its own type; not saved, and not to be saved."""
        return page_with(self.page, self.content)


class KeptDiff(models.Model):
    """A comparison of two published revisions, computed once."""

    old = models.ForeignKey(PublishedRevision, models.CASCADE, related_name="+")
    new = models.ForeignKey(PublishedRevision, models.CASCADE, related_name="+")
    diff = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="wiki_kept_diff_pair")]

    def __str__(self) -> str:
        return f"{self.old_id}…{self.new_id}"
