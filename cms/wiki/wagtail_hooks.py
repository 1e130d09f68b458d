"""What the wiki adds to Wagtail's screens."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    PublishMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from cms.wiki import moderation_hooks  # noqa: F401  (registers its own)
from cms.wiki.views.copying import CopyAsDraft
from cms.wiki.views.earlier_drafts import (
    Decisions,
    DraftHistory,
    DraftsCompared,
    NewestDraft,
    OneDecision,
    OneDraft,
)
from cms.wiki.views.editor import EarlierDraft, NewPage, PageEditor, PreviewOfOwnText


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action("wiki.protect", _("Protect"), _("Protected from revision"))
    actions.register_action("wiki.lift", _("Lift the protection"), _("Opened to authors again"))


class ModeratedPages(PageViewSet):
    """Wagtail's screens of pages, with the wiki's editor: nobody publishes but by deciding on a submission."""

    model = Page
    edit_view_class = PageEditor
    add_view_class = NewPage
    revisions_revert_view_class = EarlierDraft
    copy_view_class = CopyAsDraft
    preview_on_edit_view_class = PreviewOfOwnText
    history_view_class = DraftHistory
    revisions_view_class = OneDraft
    revisions_compare_view_class = DraftsCompared
    view_draft_view_class = NewestDraft
    workflow_history_view_class = Decisions
    workflow_history_detail_view_class = OneDecision


# After Wagtail's own, which stands for the same pages.
@hooks.register("register_admin_viewset", order=100)
def moderated_pages():
    return ModeratedPages()


class PagesToChoose(PagesAdminAPIViewSet):
    """Wagtail's own address for scripts of its screens: they read there, and nothing else is done by it."""

    actions: dict = {}


@hooks.register("construct_admin_api")
def only_read_by_script(router):
    router.register_endpoint("pages", PagesToChoose)


class SubmitItem(ActionMenuItem):
    """Leads to the screen where the change is summed up; for an only editor, to publish it there."""

    name = "action-submit"
    label = _("Submit for review…")
    icon_name = "resubmit"

    def is_shown(self, context) -> bool:
        return context["view"] == "create" or not context["locked_for_user"]


@hooks.register("construct_page_action_menu")
def lead_to_the_editors(menu_items, request, context):
    """Saving, submitting and taking down stay; whatever publishes or steers Wagtail's workflow goes."""
    replaced = (PublishMenuItem, SubmitForModerationMenuItem, WorkflowMenuItem)
    replaced += (CancelWorkflowMenuItem, RestartWorkflowMenuItem)
    menu_items[:] = [item for item in menu_items if not isinstance(item, replaced)]
    menu_items.insert(1, SubmitItem())


@hooks.register("before_bulk_action")
def publish_by_deciding(request, action_type, objects, action_class_instance):
    """Publishing in bulk would pass by the second pair of eyes."""
    if action_type == "publish" and any(isinstance(item, Page) for item in objects):
        raise PermissionDenied


@hooks.register("before_convert_alias_page")
def an_alias_comes_apart_by_those_who_publish(request, page):
    """What readers see of it would be somebody's to change, without a submission."""
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied


@hooks.register("insert_editor_js")
def say_when_logged_out():
    return format_html(
        '<script src="{}" data-home="{}" data-login="{}" data-logged-out="{}" data-login-label="{}"></script>',
        static("js/editor-session.js"),
        reverse("wagtailadmin_home"),
        reverse(settings.LOGIN_URL),
        _(
            "You are logged out. What you typed is still here. Log in in another tab, then come back: it is saved then."
        ),
        _("Log in"),
    )
