from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.services import set_up_site


class Command(BaseCommand):
    help = "Makes what a new site needs (languages, home pages, library, roles). Can be run again: adds what is missing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--languages",
            default="en,fr,es",
            help="codes of the languages to open, the first one first (default: en,fr,es)",
        )

    def handle(self, *args, languages: str, **options):
        codes = tuple(code.strip() for code in languages.split(",") if code.strip())
        unknown = set(codes) - set(dict(settings.LANGUAGES))
        if unknown:
            raise CommandError(f"Not in settings.LANGUAGES: {', '.join(sorted(unknown))}")
        homes = set_up_site(codes)
        self.stdout.write(f"Open: {', '.join(homes)}")
