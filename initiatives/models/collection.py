from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.rich_text import PROSE
from cms.core.serving import ServedPage
from cms.core.visibility import VisiblePageManager


class CollectionIndex(ServedPage, Page):
    """The page under which collections stand."""

    introduction = RichTextField(_("introduction"), features=PROSE, blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["initiatives.Collection"]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    objects = VisiblePageManager()

    class Meta:
        verbose_name = _("collections page")
        verbose_name_plural = _("collections pages")

    @classmethod
    def can_create_at(cls, parent) -> bool:
        return super().can_create_at(parent) and not cls.objects.child_of(parent).exists()


class Collection(ServedPage, Page):
    """Gathers documents. A document names the collections it stands in; it can stand in several."""

    summary = models.TextField(_("summary"), max_length=600)
    introduction = RichTextField(_("introduction"), features=PROSE, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    parent_page_types = ["initiatives.CollectionIndex"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary", help_text=_("One or two sentences, shown wherever the collection is listed.")),
        FieldPanel("introduction"),
        FieldPanel("order", help_text=_("Smaller numbers come first.")),
    ]
    override_translatable_fields = [
        TranslatableField("summary"),
        TranslatableField("introduction"),
        SynchronizedField("order"),
    ]
    objects = VisiblePageManager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
