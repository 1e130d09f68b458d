"""Style sheets are written with comments for us, and sent without them. Addresses are looked up once."""

import re

from django.conf import settings
from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s*\n\s*")


def lean(css: str) -> str:
    """The style sheet without comments, indentation and empty lines; nothing is rewritten."""
    return SPACE.sub("\n", COMMENT.sub("", css)).strip() + "\n"


class LeanStaticFilesStorage(CompressedManifestStaticFilesStorage):
    # Ours, and the map's: with its own comments, a page with a map would weigh too much.
    lean_folders = ("css/", "leaflet/")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The manifest does not change while the server runs, and each of Wagtail's screens names some forty files."""
        if settings.DEBUG or force:
            return super().url(name, force)
        if name not in self._addresses:
            self._addresses[name] = super().url(name)
        return self._addresses[name]

    def _save(self, name: str, content: File) -> str:
        if name.startswith(self.lean_folders) and name.endswith(".css"):
            content.seek(0)  # it has been read once already, for its hash
            content = ContentFile(lean(content.read().decode()).encode())
        return super()._save(name, content)
