from django.core.management.base import BaseCommand

from cms.accounts.services import ensure_roles


class Command(BaseCommand):
    help = (
        "Make the groups (Authors, Editors, Translators (xx) …) and give each exactly the rights of "
        "cms/accounts/roles.py, and set up the moderation. Can be run again at any time; members stay."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "languages",
            nargs="*",
            help="Language codes that get translators and reviewers (default: the open ones).",
        )

    def handle(self, *args, languages, **options):
        ensure_roles(languages or None)
        self.stdout.write("Roles are as cms/accounts/roles.py says.")
