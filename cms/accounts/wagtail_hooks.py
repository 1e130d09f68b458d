"""What Wagtail's screens ask about people: the second step, who may delete what, accounts made by hand."""

from django.core.exceptions import PermissionDenied
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from cms.accounts.invitations import send_invitation
from cms.accounts.queries import lacks_second_step
from cms.accounts.rights import may_delete
from cms.accounts.services import save_profile, set_address


class SecondStepNotice(Component):
    template_name = "accounts/admin/second_step.html"
    order = 10

    def render_html(self, parent_context=None) -> SafeString:
        return super().render_html(parent_context)


@hooks.register("construct_homepage_panels")
def ask_for_second_step(request, panels):
    if lacks_second_step(request.user):
        panels.insert(0, SecondStepNotice())


@hooks.register("before_delete_page")
def keep_the_work_of_others(request, page):
    if not may_delete(request.user, page):
        raise PermissionDenied


@hooks.register("before_bulk_action")
def keep_the_work_of_others_in_bulk(request, action_type, objects, action_class_instance):
    if action_type != "delete":
        return
    for item in objects:
        if hasattr(item, "permissions_for_user") and not may_delete(request.user, item):
            raise PermissionDenied


@hooks.register("after_create_user")
def invite(request, user):
    save_profile(user, interface_language=user.interface_language)
    set_address(user)
    send_invitation(user)
    messages.success(request, _("A mail went to %(email)s, to choose a password.") % {"email": user.email})


@hooks.register("after_edit_user")
def keep_address_in_step(request, user):
    save_profile(user, interface_language=user.interface_language)
    set_address(user)


@hooks.register("before_edit_user")
def leave_superusers_alone(request, user):
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied
