"""Images and attached files: each says whose it is and on which terms it may be used."""

from collections.abc import Callable
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage

from cms.core.licences import DEFAULT_LICENCE, LICENCES
from cms.media.checks import check_attachment, check_picture
from cms.media.metadata import without_metadata


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

    def clean(self) -> None:
        super().clean()
        # A form has checked it already; every other way in is checked here.
        new = freshly_uploaded(self.file)
        if new is not None and not getattr(new, "content_checked", False):
            checked(
                "file",
                lambda: check_picture(new, self.file.name, settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS),
            )

    def generate_rendition_file(self, filter, *, source=None) -> File:
        """What readers get says nothing of where and when a picture was taken."""
        made = super().generate_rendition_file(filter, source=source)
        made.seek(0)
        return File(BytesIO(without_metadata(made.read())), name=made.name)


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

    def clean(self) -> None:
        if not self.file:
            # The form has refused the file and said why; Wagtail would add that a file without a name has no
            # allowed extension.
            return
        super().clean()
        new = freshly_uploaded(self.file)
        if new is not None:
            checked("file", lambda: check_attachment(new, self.file.name))


def freshly_uploaded(field_file) -> File | None:
    """The file of a field that is not stored yet."""
    return field_file.file if field_file and not field_file._committed else None


def checked(field: str, check: Callable[[], None]) -> None:
    """Run a check of content, and say what is wrong at `field`."""
    try:
        check()
    except ValidationError as error:
        raise ValidationError({field: error}) from error
