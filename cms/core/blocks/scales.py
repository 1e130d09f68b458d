"""The scales a proposal can be addressed to, from the nearest to the widest."""

from django.utils.translation import gettext_lazy as _

SCALES = [
    ("local", _("local")),
    ("regional", _("regional")),
    ("national", _("national")),
    ("european", _("European")),
    ("intercontinental", _("intercontinental")),
]
