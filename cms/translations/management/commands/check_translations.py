"""`manage.py check_translations`: proves that translations are consistent, or says what is not."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from cms.translations.services.consistency import faults


class Command(BaseCommand):
    help = (
        "Compares the queue of translations with what is published and with the translation library's tables. "
        "Ends with 1 if something does not agree; with --repair it is mended."
    )

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="mend what is found")

    def handle(self, *args, repair: bool = False, **options):
        found: Counter[str] = Counter()
        for fault in faults(repair):
            found[fault.code] += 1
            self.stdout.write(f"{fault.code}: {fault.where}")
        if not found:
            self.stdout.write("Translations are consistent.")
            return
        total = f"{sum(found.values())} found"
        if not repair:
            raise CommandError(f"{total}. Run again with --repair to mend them.", returncode=1)
        self.stdout.write(f"{total}, and mended.")
