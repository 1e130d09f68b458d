from modelsearch.management.commands.rebuild_modelsearch_index import Command as RebuildCommand

from search.models import Waiting
from search.registry import sources
from search.services.indexing import renew_all


class Command(RebuildCommand):
    help = (
        "Makes all search entries anew from the database, and then the search index. Safe to run at any time."
    )

    def handle(self, **options):
        Waiting.objects.all().delete()
        for source in sources():
            for _done in renew_all(source):
                pass
        super().handle(**options)
