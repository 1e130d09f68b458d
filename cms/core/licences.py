"""The licences a text, an image or a file can carry."""

from django.utils.translation import gettext_lazy as _

DEFAULT_LICENCE = "cc-by-sa-4.0"
LICENCES = [
    ("cc-by-sa-4.0", _("CC BY-SA 4.0")),
    ("cc-by-4.0", _("CC BY 4.0")),
    ("cc-by-nc-sa-4.0", _("CC BY-NC-SA 4.0")),
    ("cc0-1.0", _("CC0 (public domain)")),
    ("reserved", _("All rights reserved, shown with permission")),
]
LICENCE_ADDRESSES = {
    "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-nc-sa-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "cc0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
