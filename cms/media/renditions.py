"""The sizes in which readers get a picture: made once, after the upload, so that no reader waits."""

WIDTHS = (480, 960, 1440)
FORMATS = ("avif", "webp")


def reading_specs() -> list[str]:
    """Wagtail's names of the sizes."""
    return [f"width-{width}|format-{kind}" for kind in FORMATS for width in WIDTHS]
