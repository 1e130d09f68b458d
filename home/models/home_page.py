from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.core.rich_text import PROSE
from cms.core.serving import ServedPage
from cms.core.visibility import VisiblePageManager


class HomePage(ServedPage, Page):
    """The front of the site in one language. Publishing it opens the language."""

    headline = models.CharField(_("headline"), max_length=200)
    lead = RichTextField(_("lead"), features=PROSE, blank=True)
    illustrate = models.TextField(_("illustrate"), blank=True)
    debate = models.TextField(_("debate"), blank=True)
    propose = models.TextField(_("propose"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["initiatives.LibraryPage", "initiatives.CollectionIndex", "home.PlainPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("illustrate"), FieldPanel("debate"), FieldPanel("propose")],
            heading=_("The method's three moves"),
        ),
    ]
    objects = VisiblePageManager()

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
