"""Which formatting a text may carry."""

PROSE = ["bold", "italic", "ol", "ul", "link", "document-link"]
INLINE = ["bold", "italic", "link"]
