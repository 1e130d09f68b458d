"""Blocks that show something else than words: images, videos, files."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageChooserBlock


class IllustrationBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("In words"),
        required=False,
        help_text=_("What it shows, for those who cannot see it. Empty only if it adds nothing to the text."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        label = _("Image")
        icon = "image"
        group = _("Media")


class VideoBlock(blocks.StructBlock):
    video = EmbedBlock(label=_("Address"), max_width=800)
    caption = blocks.CharBlock(label=_("What it shows"))

    class Meta:
        label = _("Video")
        icon = "media"
        group = _("Media")


class AttachedFileBlock(blocks.StructBlock):
    file = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Title"), required=False, help_text=_("The file's own title if empty."))

    class Meta:
        label = _("File")
        icon = "doc-full"
        group = _("Media")
