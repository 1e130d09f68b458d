"""Pages of a list whose slices are built elsewhere: `?page=2`, and a redirect for what does not exist."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is asked for."""

    number: int
    size: int
    malformed: bool = False

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size

    @property
    def stop(self) -> int:
        return self.start + self.size

    def page_of(self, total: int) -> Page:
        """A page for the pagination component. Its own items are not used."""
        return Paginator(range(total), self.size).get_page(self.number)

    def corrected(self, request: HttpRequest, total: int) -> str:
        """The address to go to instead, or "". No number leads to the first page, too far to the last."""
        last = max(1, -(-total // self.size))
        if not self.malformed and self.number <= last:
            return ""
        query = request.GET.copy()
        query.pop("page", None)
        if not self.malformed and last > 1:
            query["page"] = str(last)
        return request.path + (f"?{query.urlencode()}" if query else "")


def asked_window(request: HttpRequest, size: int) -> Window:
    asked = request.GET.get("page", "1")
    # Nine digits: more is no page, and would cost time to read as a number.
    if not asked.isascii() or not asked.isdecimal() or len(asked) > 9 or int(asked) < 1:
        return Window(1, size, malformed=True)
    return Window(int(asked), size)
