"""People with an account."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.accounts.names import username_validators
from cms.core.fields import LanguageListField

DISPLAY_NAME, FORMER_MEMBER = "name", "former"
CREDITS = [(DISPLAY_NAME, _("my display name")), (FORMER_MEMBER, _("a former member"))]


class User(AbstractUser):
    """Logs in with an e-mail address or a user name; others see the display name only."""

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=username_validators,
        help_text=_("Letters, digits, dots, hyphens and underscores. For logging in; not shown to others."),
        error_messages={"unique": _("That user name is taken.")},
    )
    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(
        _("display name"), max_length=80, blank=True, help_text=_("How others see you on the site.")
    )
    languages_read = LanguageListField(_("languages I read"))
    languages_written = LanguageListField(_("languages I write"))
    interface_language = models.CharField(
        _("interface language"), max_length=12, blank=True, choices=settings.LANGUAGES
    )

    credit_after_closing = models.CharField(
        _("After my account is closed, credit my texts to"),
        max_length=8,
        choices=CREDITS,
        default=DISPLAY_NAME,
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name others see: the display name, else the user name; never the e-mail address."""
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return self.shown_name

    def get_short_name(self) -> str:
        return self.shown_name


class Closing(models.Model):
    """An account that is being closed: what its owner chose, and how far each part of the work is.

    Goes with the account. `busy_until`: a worker has it until then.
    """

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="closing")
    choices = models.JSONField(default=dict)  # by the code of a part
    progress = models.JSONField(default=dict)  # by the code of a part; DONE where nothing is left to do
    asked_at = models.DateTimeField()
    busy_until = models.DateTimeField(null=True, blank=True)

    DONE = "done"

    class Meta:
        verbose_name = _("closing of an account")
        verbose_name_plural = _("closings of accounts")

    def __str__(self) -> str:
        return f"{self.user_id}"

    def is_done(self, code: str) -> bool:
        return self.progress.get(code) == self.DONE

    def note(self, code: str, progress: dict | None) -> None:
        """Not saved yet. None: the part is done."""
        self.progress[code] = self.DONE if progress is None else progress
