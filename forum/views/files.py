"""`/forum/files/<key>/<name>`: a picture is shown, anything else is saved; to those who may read its post."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from cms.media.checks import extension_of
from cms.media.types import CONTENT_TYPES
from cms.media.views import TYPES
from forum.queries.files import readable_file
from forum.views.reader import reader

# Whether it may be read is asked each time; what it holds never changes under its key.
CACHING = "private, no-cache"


@require_safe
def forum_file(request: HttpRequest, key: UUID, name: str) -> HttpResponse | FileResponse:
    row = readable_file(key, reader(request))
    if row is None:
        raise Http404("no such file")
    etag = f'"{row.key.hex}-{row.size:x}"'
    response: HttpResponse | FileResponse | None = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            content = row.file.open("rb")
        except OSError:
            raise Http404("the file is not there") from None
        extension = extension_of(row.name)
        response = FileResponse(
            content,
            as_attachment=not row.is_picture,
            filename=row.name,
            content_type=(TYPES if row.is_picture else CONTENT_TYPES).get(
                extension, "application/octet-stream"
            ),
        )
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CACHING
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
