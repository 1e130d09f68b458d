"""Whether what is found is what there is."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.backends.front import server
from search.backends.server import ServerAway
from search.services.checking import check_entries
from search.services.comparing import KINDS, Compared, compare


class Command(BaseCommand):
    help = (
        "Compares the search entries with the pages, posts, terms and people they stand for, and the search server's "
        "index, where there is one, with the entries: by id and version, some thousands at a time. Ends with 1 if "
        "something does not agree. Run it after a crash or a restored backup."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--repair", action="store_true", help="make right what does not agree")
        parser.add_argument("--server-only", action="store_true", help="compare the server's index only")

    def handle(self, *, repair: bool, server_only: bool, verbosity: int, **options: Any) -> None:
        there = server()
        results: list[Compared] = []
        if not server_only:
            results.append(self._told("entries", check_entries(repair=repair), verbosity))
        if there is not None:
            try:
                results.append(self._told(there.name, compare(there, repair=repair), verbosity))
            except ServerAway as error:
                raise CommandError(f"The search server does not answer: {error}") from error
        elif server_only:
            raise CommandError("No search server is set.")
        if not repair and not all(each.agree for each in results):
            sys.exit(1)

    def _told(self, name: str, found: Compared, verbosity: int) -> Compared:
        if verbosity:
            self.stdout.write(f"{name}: {found.entries} compared, {found.on_its_way} on their way")
            for kind in KINDS:
                number, keys = found.numbers[kind], getattr(found, kind)
                if number:
                    shown = ", ".join(map(str, keys)) + (" …" if number > len(keys) else "")
                    self.stdout.write(f"  {kind}: {number} ({shown})")
            if found.repaired:
                self.stdout.write(f"  repaired: {found.repaired}")
        return found
