"""What every shared entry (a theme, a person, a term …) is: drafted, versioned, moderated."""

from django.core.validators import validate_slug
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user) -> "EntryQuerySet":
        """Entries `user` may read on the public site. Drafts are read in the admin only, by whom may edit."""
        return self.filter(live=True)


class SharedEntry(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel
):
    """The base of all shared entries. `slug` is the key in addresses and filters, the same in every language."""

    slug = models.CharField(
        _("key"),
        max_length=80,
        db_index=True,
        validators=[validate_slug],
        help_text=_("Used in addresses and filters, the same in every language. Keep it once it is public."),
    )
    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True

    def get_preview_template(self, request, mode_name):
        return f"{self._meta.app_label}/{self._meta.model_name}_detail.html"


class TranslatedEntry(TranslatableMixin, SharedEntry):
    """An entry with one row per language; the rows share `translation_key` and `slug`."""

    class Meta(TranslatableMixin.Meta):
        abstract = True
        unique_together = [("translation_key", "locale"), ("slug", "locale")]
