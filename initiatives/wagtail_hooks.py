"""What documents add to the admin: the answers to a call, for those who may read them."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.widgets import ListingButton
from wagtail.signals import init_new_page

from initiatives.models import CallForInterest
from initiatives.queries.calls import may_read_replies
from initiatives.views.replies import replies, replies_csv, reply_delete


@hooks.register("register_admin_urls")
def reply_addresses():
    return [
        path("calls/<int:page_id>/replies/", replies, name="initiatives_replies"),
        path("calls/<int:page_id>/replies.csv", replies_csv, name="initiatives_replies_csv"),
        path(
            "calls/<int:page_id>/replies/<int:reply_id>/delete/",
            reply_delete,
            name="initiatives_reply_delete",
        ),
    ]


@hooks.register("register_page_listing_buttons")
def replies_in_listing(page, user, next_url=None):
    if isinstance(page.specific, CallForInterest) and may_read_replies(user, page.specific):
        yield ListingButton(
            _("Answers"), reverse("initiatives_replies", args=[page.pk]), icon_name="mail", priority=25
        )


class RepliesItem(ActionMenuItem):
    """A way to the answers from the call's editor."""

    name = "action-replies"
    label = _("Answers")
    icon_name = "mail"
    order = 200

    def is_shown(self, context) -> bool:
        page = context.get("page")
        return (
            context["view"] == "edit"
            and isinstance(page, CallForInterest)
            and may_read_replies(context["request"].user, page)
        )

    def get_url(self, context) -> str:
        return reverse("initiatives_replies", args=[context["page"].pk])


@hooks.register("register_page_action_menu_item")
def replies_in_editor():
    return RepliesItem()


def name_first_editor(sender, page, parent, **kwargs) -> None:
    """Whoever writes a call reads its answers, and is seen in the list of its editors."""
    if isinstance(page, CallForInterest) and page.owner:
        page.reply_readers = [page.owner]


init_new_page.connect(name_first_editor, dispatch_uid="initiatives.call_editor")
