"""Pages of a list whose slices are built elsewhere: which one is asked for, and the links to the others."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

AROUND = 1  # pages named on either side of the current one; the first and the last are always named


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is asked for. Pages are counted from 1."""

    number: int
    size: int
    malformed: bool = False

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size

    @property
    def stop(self) -> int:
        return self.start + self.size

    def last(self, total: int) -> int:
        """The number of the last page of `total` items. An empty list has one page."""
        return max(1, -(-total // self.size))

    def turning(self, total: int, address: Callable[[int], str]) -> dict:
        """What `components/pagination.html` shows; `address` gives the one of a page by its number.

        `links`: the first, the last and those around the current page, none where there is but one, as dicts
        `number, url, active, gap` (some are missing before). `previous` and `next`: addresses, "" for none.
        """
        last = self.last(total)
        return {
            "links": self._links(last, address) if last > 1 else [],
            "previous": address(self.number - 1) if self.number > 1 else "",
            "next": address(self.number + 1) if self.number < last else "",
        }

    def _links(self, last: int, address: Callable[[int], str]) -> list[dict]:
        nearby = range(max(1, self.number - AROUND), min(last, self.number + AROUND) + 1)
        numbers = sorted({1, *nearby, last})
        return [
            {
                "number": number,
                "url": address(number),
                "active": number == self.number,
                "gap": bool(at) and numbers[at - 1] < number - 1,
            }
            for at, number in enumerate(numbers)
        ]

    def corrected(self, request: HttpRequest, total: int) -> str:
        """The address to go to instead, or "". No number leads to the first page, too far to the last."""
        last = self.last(total)
        if not self.malformed and self.number <= last:
            return ""
        query = request.GET.copy()
        query.pop("page", None)
        if not self.malformed and last > 1:
            query["page"] = str(last)
        return request.path + (f"?{query.urlencode()}" if query else "")


def asked_window(request: HttpRequest, size: int) -> Window:
    number = page_number(request.GET.get("page", "1"))
    return Window(number or 1, size, malformed=not number)


def page_number(text: str) -> int:
    """The number of a page as addresses write it, or 0 for what is none."""
    # Nine digits: more is no page, and would cost time to read as a number.
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0
