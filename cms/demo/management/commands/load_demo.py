from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from wagtail.models import Locale

from cms.demo.documents import DocumentLoader, load_collections
from cms.demo.entries import Loaded, load_entries
from cms.demo.pages import load_home_pages, load_plain_pages
from cms.demo.people import give_calls_to_editor, make_demo_accounts
from cms.demo.reading import ContentError, read_content
from home.services import set_up_site

LANGUAGES = ("en", "fr", "es")


class Command(BaseCommand):
    help = (
        "Loads the demonstration: the network's documents, its shared entries and, where DEMO=1, the demo's "
        "accounts. Adds what is missing and never touches what exists, so it can be run again at any time."
    )

    def handle(self, *args, **options):
        try:
            content = read_content()
        except ContentError as error:
            raise CommandError(str(error)) from error
        homes = set_up_site(LANGUAGES)
        loaded = Loaded({code: Locale.objects.get(language_code=code) for code in LANGUAGES})
        with translation.override("en"):
            self.load(content, homes, loaded)
        self.stdout.write(f"The demo is complete: {loaded.added} pieces added.")

    def load(self, content, homes, loaded) -> None:
        load_entries(content, loaded)
        self.stdout.write("shared entries: done")
        load_collections(content, loaded)
        load_home_pages(content, homes, loaded)
        load_plain_pages(content, homes, loaded)
        DocumentLoader(content, loaded, self.stdout.write).load()
        if settings.DEMO:
            accounts = make_demo_accounts()
            if accounts:
                give_calls_to_editor()
            loaded.added += accounts
