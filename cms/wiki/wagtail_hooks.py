"""What the wiki adds to Wagtail's screens."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action("wiki.protect", _("Protect"), _("Protected from revision"))
    actions.register_action("wiki.lift", _("Lift the protection"), _("Opened to authors again"))
