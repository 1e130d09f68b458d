"""The demo's accounts: one for each role, all with the same password. Made only where `DEMO=1`."""

from datetime import UTC, datetime

from allauth.account.models import EmailAddress
from django.conf import settings

from cms.accounts.models import User
from cms.accounts.services import give_role
from initiatives.models import CallForInterest

JOINED = datetime(2026, 2, 1, 8, 0, tzinfo=UTC)  # before what the demo tells of
# user name -> (display name, group, interface language)
ACCOUNTS = {
    "author": ("Author of the demo", "Authors", "en"),
    "editor": ("Editor of the demo", "Editors", "en"),
    "translator-es": ("Traductora de la demo", "Translators (es)", "es"),
    "reviewer-es": ("Revisor de la demo", "Language reviewers (es)", "es"),
    "translator-fr": ("Traducteur de la démo", "Translators (fr)", "fr"),
    "reviewer-fr": ("Relectrice de la démo", "Language reviewers (fr)", "fr"),
    "facilitator": ("Facilitator of the demo", "Facilitators", "en"),
    "member": ("Member of the demo", None, "en"),
    "admin": ("Administrator of the demo", "Administrators", "en"),
}


def make_demo_accounts() -> int:
    """Add the accounts that are missing; return how many. Existing ones keep their password and settings."""
    added = 0
    for name, (display_name, group, language) in ACCOUNTS.items():
        if User.objects.filter(username=name).exists():
            continue
        user = User(
            username=name,
            email=f"{name}@example.org",
            display_name=display_name,
            interface_language=language,
            languages_read=["en", "fr", "es"],
            languages_written=[language],
            date_joined=JOINED,
        )
        user.set_password(settings.DEMO_PASSWORD)
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if group:
            give_role(user, group)
        added += 1
    return added


def give_calls_to_editor() -> None:
    """The demo's editor reads the answers to the demo's calls that nobody reads yet."""
    editor = User.objects.filter(username="editor").first()
    for call in CallForInterest.objects.filter(reply_readers=None):
        if editor:
            call.reply_readers.add(editor)
            call.save_revision().publish()
