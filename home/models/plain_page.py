from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.core.addresses import is_fixed_address
from cms.core.blocks import SHARED_BLOCKS
from cms.core.serving import ServedPage
from cms.core.visibility import VisiblePageManager


class PlainPage(ServedPage, Page):
    """A page about the site itself: about, method, licences, privacy …"""

    summary = models.TextField(_("summary"), max_length=600, blank=True)
    body = StreamField(SHARED_BLOCKS, verbose_name=_("text"), blank=True)
    in_footer = models.BooleanField(_("listed at the foot of every page"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    parent_page_types = ["home.HomePage", "home.PlainPage"]
    subpage_types = ["home.PlainPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("in_footer"),
        FieldPanel("order", help_text=_("Smaller numbers come first.")),
    ]
    override_translatable_fields = [
        TranslatableField("summary"),
        SynchronizedField("in_footer"),
        SynchronizedField("order"),
    ]
    objects = VisiblePageManager()

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    def clean(self) -> None:
        super().clean()
        if is_fixed_address(self.slug):
            raise ValidationError({"slug": _("This word is an address of the site itself. Choose another.")})
