"""Where topics stand, who may read and write there, and who looks after it in which language."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from forum.rules import Access, Holding
from forum.visibility import CategoryQuerySet

# Addresses under /forum/ that no category may take.
RESERVED_SLUGS = frozenset(
    [
        "t",
        "p",
        "new",
        "latest",
        "unread",
        "unanswered",
        "following",
        "review",
        "log",
        "me",
        "members",
        "member",
        "drafts",
        "preview",
        "files",
        "about",
        "manage",
        "feed",
        "topics",
        "posts",
        "search",
        "settings",
        "help",
        "mentions",
        "bookmarks",
        "languages",
        "read",
        "moderate",
    ]
)
ACCESS_CHOICES = [
    (Access.PUBLIC, _("everybody reads, members write")),
    (Access.MEMBERS, _("members only")),
    (Access.GROUP, _("a closed group only")),
]
OPENING_CHOICES = [("members", _("every member")), ("facilitators", _("facilitators only"))]
HOLDING_CHOICES = [
    (Holding.NOBODY, _("nobody's")),
    (Holding.NEW, _("those of new members")),
    (Holding.EVERYBODY, _("everybody's")),
]


def not_reserved(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("“%(slug)s” is an address of the forum itself."), params={"slug": slug})


class Category(ClusterableModel):
    """One part of the forum. Its counters count topics and posts that its readers see."""

    slug = models.SlugField(
        _("address"),
        max_length=50,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*\Z"), not_reserved],
        help_text=_("Small letters, digits and hyphens. Links lead there: it should not change."),
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    access = models.CharField(_("who reads"), max_length=8, choices=ACCESS_CHOICES, default=Access.PUBLIC)
    group = models.ForeignKey(
        Group,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed group"),
        help_text=_("Only for a closed group: whose members read and write here."),
    )
    opening = models.CharField(
        _("who opens topics"), max_length=12, choices=OPENING_CHOICES, default="members"
    )
    holding = models.CharField(
        _("whose posts wait for a facilitator"), max_length=10, choices=HOLDING_CHOICES, default=Holding.NEW
    )
    edit_minutes = models.PositiveIntegerField(
        _("minutes in which members edit their posts"),
        null=True,
        blank=True,
        default=24 * 60,
        help_text=_("Empty: without end. Facilitators can always."),
    )
    topics_count = models.PositiveIntegerField(default=0, editable=False)
    posts_count = models.PositiveIntegerField(default=0, editable=False)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category of the forum")
        verbose_name_plural = _("categories of the forum")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(access=Access.GROUP, group__isnull=False)
                | (~models.Q(access=Access.GROUP) & models.Q(group__isnull=True)),
                name="forum_category_group_when_closed",
                violation_error_message=_("A closed group needs its group, and nothing else has one."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.words().name

    def words(self, language: str = "") -> "CategoryText":
        """Name and description in `language` (default: the active one), else in the first there is."""
        texts = {text.language: text for text in self.texts.all()}
        wanted = language or get_language() or settings.LANGUAGE_CODE
        found = texts.get(wanted) or texts.get(settings.LANGUAGE_CODE) or next(iter(texts.values()), None)
        return found or CategoryText(language="", name=self.slug)


class CategoryText(models.Model):
    """How a category is called in one language."""

    category = ParentalKey(Category, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("what it is for"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("name in a language")
        verbose_name_plural = _("names in languages")
        constraints = [
            models.UniqueConstraint(fields=["category", "language"], name="forum_category_text_once")
        ]

    def __str__(self) -> str:
        return self.name


class CoFacilitator(models.Model):
    """Somebody who looks after one category, in one language or in all (empty)."""

    category = ParentalKey(Category, on_delete=models.CASCADE, related_name="co_facilitators")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("member")
    )
    language = models.CharField(
        _("language"),
        max_length=12,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("Empty: whatever the language."),
    )

    class Meta:
        verbose_name = _("co-facilitator")
        verbose_name_plural = _("co-facilitators")
        constraints = [
            models.UniqueConstraint(fields=["category", "user", "language"], name="forum_co_facilitator_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.language or '*'})"
