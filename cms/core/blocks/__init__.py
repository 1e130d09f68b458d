"""The parts a text is made of. Each renders with its own small template in `templates/blocks/`."""

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
