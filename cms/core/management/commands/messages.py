from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.core import catalogues

SHOWN = 40


class Command(BaseCommand):
    help = (
        "The words of the interface in each language, without GNU gettext. 'update' collects what is marked "
        "in code and templates into cms/locale/*/LC_MESSAGES/django.po and keeps every translation there is; "
        "'compile' writes the .mo files that are older than their .po; 'check' fails where a catalogue has a "
        "message missing, fuzzy, with other placeholders than the original, or left over."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("action", choices=["update", "compile", "check"])
        parser.add_argument("--language", action="append", help="only this one (may be repeated)")

    def handle(self, *args, action, language, **options):
        languages = language or list(catalogues.LANGUAGES)
        actions = {"update": self.update, "compile": self.compile, "check": self.check_complete}
        actions[action](Path(settings.BASE_DIR), languages)

    def update(self, root: Path, languages: list[str]) -> None:
        template = catalogues.extract(root)
        for code in languages:
            changed = catalogues.update(root, code, template)
            todo = len(catalogues.gaps(root, code, template).missing)
            note = "" if changed else " (file unchanged)"
            self.stdout.write(f"{code}: {len(template)} messages, {todo} to translate{note}")

    def compile(self, root: Path, languages: list[str]) -> None:
        for code in catalogues.compile_catalogues(root):
            self.stdout.write(f"{code}: compiled")

    def check_complete(self, root: Path, languages: list[str]) -> None:
        template = catalogues.extract(root)
        incomplete = False
        for code in languages:
            found = catalogues.gaps(root, code, template)
            incomplete = incomplete or bool(found)
            for kind, labels in vars(found).items():
                if labels:
                    self.stderr.write(f"{code}: {len(labels)} {kind.replace('_', ' ')}")
                    self.stderr.write("".join(f"    {each!r}\n" for each in labels[:SHOWN]), ending="")
        if incomplete:
            raise CommandError("Catalogues are not complete. `make messages` brings the files up to date.")
        self.stdout.write(f"{', '.join(languages)}: complete, {len(template)} messages")
