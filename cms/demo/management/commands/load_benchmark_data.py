import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.demo.benchmark_data import load_documents
from cms.demo.benchmark_forum import load_forum
from cms.demo.benchmark_revisions import load_revisions
from cms.demo.benchmark_translations import load_translations
from cms.demo.benchmark_words import WRITTEN


class Command(BaseCommand):
    help = (
        "Fills the database with invented content for load tests, in bulk and the same in every run: brings "
        "the number of benchmark documents to N, each in one or more of the languages. For a database of its "
        "own, never for a real site. Run `manage.py update_index` afterwards to make it searchable."
    )

    def add_arguments(self, parser):
        parser.add_argument("--documents", type=int, default=0, metavar="N", help="documents (works) in all")
        parser.add_argument(
            "--topics", type=int, default=0, metavar="N", help="topics of a forum to be filled"
        )
        parser.add_argument("--posts", type=int, default=0, metavar="N", help="posts in these topics")
        parser.add_argument(
            "--revisions",
            type=int,
            default=0,
            metavar="N",
            help="published versions of each document, in the language it was written in",
        )
        parser.add_argument(
            "--translations",
            default="",
            metavar="CODES",
            help="languages to open besides, with commas between; each document is queued for all that are open",
        )
        parser.add_argument(
            "--languages",
            default=",".join(WRITTEN),
            help=f"codes with commas between, of {', '.join(WRITTEN)} (default: all of them)",
        )

    def handle(self, *args, documents, topics, posts, revisions, translations, languages, **options):
        if topics < 0 or posts < topics or (posts and not topics):
            raise CommandError("--topics and --posts go together: at least one post for each topic.")
        if documents < 0 or revisions < 0:
            raise CommandError("--documents and --revisions cannot be negative.")
        codes = tuple(dict.fromkeys(code.strip() for code in languages.split(",") if code.strip()))
        unknown = [code for code in codes if code not in WRITTEN]
        if unknown or settings.LANGUAGE_CODE not in codes:
            raise CommandError(
                f"--languages takes codes of {', '.join(WRITTEN)}, {settings.LANGUAGE_CODE} among them."
            )
        codes = tuple(sorted(codes, key=lambda code: code != settings.LANGUAGE_CODE))
        started = time.monotonic()
        made = load_documents(documents, codes, self.stdout.write)
        self.stdout.write(f"{made} documents made in {time.monotonic() - started:.0f} s.")
        if topics:
            started = time.monotonic()
            made = load_forum(topics, posts, codes, self.stdout.write)
            self.stdout.write(f"{made} posts made in {time.monotonic() - started:.0f} s.")
        if revisions:
            started = time.monotonic()
            made = load_revisions(revisions, self.stdout.write)
            self.stdout.write(f"{made} published versions made in {time.monotonic() - started:.0f} s.")
        if translations:
            started = time.monotonic()
            more = tuple(code.strip() for code in translations.split(",") if code.strip())
            made = load_translations(more, self.stdout.write)
            self.stdout.write(
                f"{made} rows in the queue of translations, in {time.monotonic() - started:.0f} s."
            )
