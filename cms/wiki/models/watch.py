from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

PAGE, COLLECTION, TYPE, LANGUAGE = "page", "collection", "type", "language"
WATCHED = [
    (PAGE, _("page")),
    (COLLECTION, _("collection")),
    (TYPE, _("type of document")),
    (LANGUAGE, _("language")),
]


class Watch(models.Model):
    """Somebody wants to know of each publication of a page, or of pages of a collection, a type or a language.

    `key` is the page's id, the collection's translation key, the key of the type among the filters of recent
    changes, or the language code.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches")
    kind = models.CharField(max_length=12, choices=WATCHED)
    key = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)
    # False: stopped by hand, so that neither writing the page nor watching what it belongs to starts it again.
    active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        constraints = [models.UniqueConstraint(fields=["user", "kind", "key"], name="wiki_watch_once")]
        indexes = [models.Index(fields=["kind", "key"], name="wiki_watchers")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.key}"
