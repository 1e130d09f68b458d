"""What the wiki adds to Wagtail's screens."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.wiki import moderation_hooks  # noqa: F401  (registers its own)


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action("wiki.protect", _("Protect"), _("Protected from revision"))
    actions.register_action("wiki.lift", _("Lift the protection"), _("Opened to authors again"))
