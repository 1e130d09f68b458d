"""The parts a text is made of. Pages show them through `cms.core.body`."""

from .figures import AttachedFileBlock, IllustrationBlock, VideoBlock
from .prose import (
    CallOutBlock,
    HeadingBlock,
    KeyFiguresBlock,
    ProposalBlock,
    ProseBlock,
    QuotationBlock,
    SubheadingBlock,
    TableBlock,
)
from .scales import SCALES

SHARED_BLOCKS = [
    ("heading", HeadingBlock()),
    ("subheading", SubheadingBlock()),
    ("text", ProseBlock()),
    ("image", IllustrationBlock()),
    ("quotation", QuotationBlock()),
    ("key_figures", KeyFiguresBlock()),
    ("proposal", ProposalBlock()),
    ("table", TableBlock()),
    ("video", VideoBlock()),
    ("file", AttachedFileBlock()),
    ("callout", CallOutBlock()),
]

__all__ = [
    "SCALES",
    "SHARED_BLOCKS",
    "AttachedFileBlock",
    "CallOutBlock",
    "HeadingBlock",
    "IllustrationBlock",
    "KeyFiguresBlock",
    "ProposalBlock",
    "ProseBlock",
    "QuotationBlock",
    "SubheadingBlock",
    "TableBlock",
    "VideoBlock",
]
