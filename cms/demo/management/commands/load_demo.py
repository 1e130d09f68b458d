from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db.models.signals import post_save
from django.utils import translation
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Locale
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.demo.conversations import ConversationLoader
from cms.demo.documents import DocumentLoader, load_collections
from cms.demo.entries import Loaded, load_entries
from cms.demo.history import demo_credits
from cms.demo.pages import load_home_pages, load_plain_pages
from cms.demo.people import give_calls_to_editor, make_demo_accounts
from cms.demo.reading import ContentError, read_content
from cms.demo.translating import TranslationLoader
from cms.translations.bulk import taken_in_later
from cms.translations.services.works import record_everything
from home.services import set_up_site

LANGUAGES = ("en", "fr", "es")


@contextmanager
def indexes_paused() -> Iterator[None]:
    """No job per saved row for the search and reference indexes: they are built once, at the end."""
    paused = [
        model
        for model in get_indexed_models()
        if post_save.disconnect(post_save_signal_handler, sender=model)
    ]
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in paused:
            post_save.connect(post_save_signal_handler, sender=model)


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
        with taken_in_later():
            homes = set_up_site(LANGUAGES)
        accounts = make_demo_accounts() if settings.DEMO else 0
        loaded = Loaded(
            {code: Locale.objects.get(language_code=code) for code in LANGUAGES},
            demo_credits(content.wiki),
            added=accounts,
        )
        with translation.override("en"), indexes_paused():
            # A site may have had its home pages for a while: what is said there now follows the usual way.
            load_home_pages(content, homes, loaded)
            with taken_in_later():
                self.load(content, loaded, homes)
                if accounts:
                    give_calls_to_editor()
        if loaded.added:
            self.stdout.write("translations ...")
            record_everything()
            loaded.added += TranslationLoader(content.translations).load()
        loaded.added += ConversationLoader(content.forum, self.stdout.write).load()
        if loaded.added:
            call_command("update_index", verbosity=0)
            call_command("rebuild_references_index", verbosity=0)
        self.stdout.write(f"The demo is complete: {loaded.added} pieces added.")

    def load(self, content, loaded, homes) -> None:
        load_entries(content, loaded)
        self.stdout.write("shared entries: done")
        load_collections(content, loaded)
        load_plain_pages(content, homes, loaded)
        DocumentLoader(content, loaded, self.stdout.write).load()
