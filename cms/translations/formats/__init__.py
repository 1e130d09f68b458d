"""Translations out of the site and back in: PO and XLIFF. Pure: values in, bytes out, and the reverse."""
