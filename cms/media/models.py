"""Images and attached files: each says whose it is and on which terms it may be used."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage

from cms.core.licences import DEFAULT_LICENCE, LICENCES


class Credited(models.Model):
    credit = models.CharField(
        _("credit"), max_length=255, blank=True, help_text=_("Who made it, as they want to be named.")
    )
    licence = models.CharField(_("licence"), max_length=32, choices=LICENCES, default=DEFAULT_LICENCE)

    class Meta:
        abstract = True


class Picture(Credited, AbstractImage):
    """Wagtail's image model. Its own `Image` stays installed, so ours has another name."""

    admin_form_fields = tuple(WagtailImage.admin_form_fields) + ("credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class Attachment(Credited, AbstractDocument):
    """A file given to readers. Wagtail calls these documents; here a document is a page."""

    admin_form_fields = tuple(Document.admin_form_fields) + ("credit", "licence")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")
