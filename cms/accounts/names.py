"""What a user name may be. No `@`, so that a name is never mistaken for an address at log-in."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

username_validators = [
    RegexValidator(
        r"^[\w.-]{2,60}\Z",
        _("Use 2 to 60 letters, digits, dots, hyphens or underscores; no @ and no spaces."),
    )
]
