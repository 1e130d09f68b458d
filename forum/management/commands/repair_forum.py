"""`manage.py repair_forum`: proves that the forum counts right, or says what it counts wrong and mends it."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from forum.services.repairing import repair_forum


class Command(BaseCommand):
    help = (
        "Counts everything in the forum anew: the posts, numbers and newest posts of topics, the topics and posts of "
        "categories, the marks of posts, how far people have read, and what members are trusted by. Says what was "
        "off and mends it. Works in small steps, beside people who write; it can be stopped and run again at any "
        "time. With --check nothing is written, and it ends with 1 if something is off."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="only look: write nothing, end with 1 if something is off"
        )

    def handle(self, *args, check: bool = False, verbosity: int = 1, **options):
        found: Counter[str] = Counter()
        for fault in repair_forum(not check, self.say if verbosity else lambda text: None):
            found[fault.what] += 1
            self.stdout.write(str(fault))
        if not found:
            self.stdout.write("The forum counts right.")
            return
        total = ", ".join(f"{name}: {how_many}" for name, how_many in sorted(found.items()))
        if check:
            raise CommandError(f"Off: {total}. Run again without --check to mend it.", returncode=1)
        self.stdout.write(f"Mended: {total}.")

    def say(self, text: str) -> None:
        """Progress, on one line where somebody looks on, not at all where the output goes into a file."""
        if self.stderr.isatty():
            self.stderr.write(f"\r\033[K{text}", ending="")
            self.stderr.flush()
