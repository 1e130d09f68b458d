"""Blocks of words: headings, text, quotations, figures, proposals, tables, call-outs."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.core.rich_text import INLINE, PROSE

from .scales import SCALES
from .tables import WordsTableBlock


class HeadingBlock(blocks.CharBlock):
    class Meta:
        label = _("Heading")
        icon = "title"
        group = _("Text")
        form_classname = "title"


class SubheadingBlock(blocks.CharBlock):
    class Meta:
        label = _("Smaller heading")
        icon = "title"
        group = _("Text")


class ProseBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        kwargs.setdefault("features", PROSE)
        super().__init__(**kwargs)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        group = _("Text")


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"), rows=3)
    source = blocks.CharBlock(
        label=_("Source"),
        help_text=_("Who said it, where and when. A quotation without a source is not kept."),
    )
    language = blocks.ChoiceBlock(
        choices=settings.LANGUAGES,
        required=False,
        label=_("Language"),
        help_text=_("Only if it differs from the page's."),
    )

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        group = _("Text")


class KeyFigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Figure"), max_length=30, help_text=_("For example 40, or 1998."))
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)

    class Meta:
        label = _("Figure")
        icon = "order"


class KeyFiguresBlock(blocks.ListBlock):
    def __init__(self, child_block=None, **kwargs):
        kwargs.setdefault("max_num", 6)
        super().__init__(child_block or KeyFigureBlock(), **kwargs)

    class Meta:
        label = _("Key figures")
        icon = "order"
        group = _("Facts")


class ProposalBlock(blocks.StructBlock):
    number = blocks.IntegerBlock(label=_("Number"), min_value=1, required=False)
    scale = blocks.ChoiceBlock(
        choices=SCALES, label=_("Addressed to"), help_text=_("The scale it speaks to.")
    )
    text = blocks.RichTextBlock(label=_("Proposal"), features=INLINE)

    class Meta:
        label = _("Proposal")
        icon = "pick"
        group = _("Facts")


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Caption"), help_text=_("What the table shows, in one line."))
    table = WordsTableBlock([("text", blocks.CharBlock(required=False, label=_("Text")))], label=_("Table"))

    class Meta:
        label = _("Table")
        icon = "table"
        group = _("Facts")


class CallOutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("lesson", _("Lesson")),
            ("note", _("Note")),
            ("gap", _("What the sources do not say")),
        ],
        default="lesson",
    )
    title = blocks.CharBlock(label=_("Title"), required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        label = _("Call-out")
        icon = "help"
        group = _("Text")
