"""The body of a document: the shared blocks, and links to other documents."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.blocks import SHARED_BLOCKS


class LinkedDocumentsBlock(blocks.ListBlock):
    def __init__(self, child_block=None, **kwargs):
        child = child_block or blocks.PageChooserBlock(page_type="initiatives.Document", label=_("Document"))
        super().__init__(child, **kwargs)

    class Meta:
        label = _("Linked documents")
        icon = "link"
        group = _("Links")


DOCUMENT_BLOCKS = [*SHARED_BLOCKS, ("documents", LinkedDocumentsBlock())]
