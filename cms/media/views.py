"""Images from the local disk. Where storage is elsewhere (S3), nothing here is used."""

import os
import stat

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils._os import safe_join
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
# A size never changes under its name, except when somebody replaces the image by one of the same name.
KEPT = "public, max-age=2592000"


@require_safe
def rendition(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """A size of an image, as readers get it: the same for everyone, with validators."""
    return _image(request, "images", name, KEPT)


@require_safe
def original(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """An image as it was uploaded, for those who may use the editor: it can say where it was taken."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404("originals are for editors")
    return _image(request, "original_images", name, "private, no-cache")


def _image(request: HttpRequest, folder: str, name: str, caching: str) -> HttpResponse | FileResponse:
    content_type = TYPES.get(name.rpartition(".")[2].lower())
    if content_type is None or not isinstance(default_storage, FileSystemStorage):
        raise Http404("not an image of this site")
    try:
        # Within its own folder, not only within the storage: originals are not for everyone.
        path = safe_join(default_storage.path(folder), name)
        status = os.stat(path)
    except (SuspiciousFileOperation, OSError, ValueError):
        raise Http404("no such image") from None
    if not stat.S_ISREG(status.st_mode):
        raise Http404("no such image")
    etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    # None: send the image. A conditional request gets 304, or 412.
    response: HttpResponse | FileResponse | None = get_conditional_response(
        request, etag=etag, last_modified=int(status.st_mtime)
    )
    if response is None:
        response = FileResponse(open(path, "rb"), content_type=content_type)  # noqa: SIM115
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(status.st_mtime)
    response.headers["Cache-Control"] = caching
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
