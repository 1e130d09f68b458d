"""What every shared entry (a theme, a person, a term …) is: drafted, versioned, moderated."""

from itertools import chain, count

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.utils.text import slugify
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

from cms.core.entry_forms import EntryForm
from cms.core.entry_pages import entry_address, preview_context, template_of


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user) -> "EntryQuerySet":
        """Entries `user` may read on the public site. Drafts are read in the admin only, by whom may edit."""
        return self.filter(live=True)


class SharedEntry(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel
):
    """The base of all shared entries. `slug` is the key in addresses, the same in every language."""

    slug = models.CharField(
        _("key"),
        max_length=80,
        db_index=True,
        validators=[validate_slug],
        help_text=_("Used in addresses and filters, the same in every language. Keep it once it is public."),
    )
    objects = EntryQuerySet.as_manager()
    base_form_class = EntryForm
    key_source = "name"  # the field from which an empty key is made

    class Meta:
        abstract = True

    def full_clean(self, *args, **kwargs) -> None:
        if not self.slug:
            self.slug = self.free_key()
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        # The form leaves out fields that were left empty there: say here what the model needs.
        if not self.slug:
            raise ValidationError({"slug": _("Give a key in Latin letters, digits and hyphens.")})

    def free_key(self) -> str:
        """A key made from the name that no other entry has; "" where the name has no Latin letter."""
        longest = self._meta.get_field("slug").max_length - 4
        wanted = slugify(str(getattr(self, self.key_source, "")))[:longest].strip("-_")
        if not wanted:
            return ""
        taken = set(self.others().filter(slug__startswith=wanted).values_list("slug", flat=True))
        keys = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
        return next(key for key in keys if key not in taken)

    def others(self) -> models.QuerySet:
        """The rows of other entries."""
        return type(self)._base_manager.exclude(pk=self.pk)

    def get_full_url(self) -> str | None:
        return entry_address(self)

    full_url = property(get_full_url)

    def get_preview_template(self, request, mode_name):
        return template_of(type(self))

    def get_preview_context(self, request, mode_name):
        return {**super().get_preview_context(request, mode_name), **preview_context(self)}


class TranslatedEntry(TranslatableMixin, SharedEntry):
    """An entry with one row per language; the rows share `translation_key` and `slug`."""

    class Meta(TranslatableMixin.Meta):
        abstract = True
        unique_together = [("translation_key", "locale"), ("slug", "locale")]

    def others(self) -> models.QuerySet:
        return type(self)._base_manager.exclude(translation_key=self.translation_key)

    def free_key(self) -> str:
        return self._key_of_twins() or super().free_key()

    def _key_of_twins(self) -> str:
        """The key that the other languages of this entry have."""
        twins = type(self)._base_manager.filter(translation_key=self.translation_key).exclude(pk=self.pk)
        return twins.order_by("pk").values_list("slug", flat=True).first() or ""

    def clean(self) -> None:
        super().clean()
        key = self._key_of_twins()
        if key and key != self.slug:
            raise ValidationError(
                {
                    "slug": _("In its other languages this entry has the key “%(key)s”. Keep it.")
                    % {"key": key}
                }
            )
        if self.others().filter(slug=self.slug).exists():
            raise ValidationError({"slug": _("Another entry has this key, in this or another language.")})
