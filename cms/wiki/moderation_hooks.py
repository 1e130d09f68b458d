"""What moderation adds to Wagtail's screens: the menu, the first screen, a page's header."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.core.paging import Window
from cms.wiki.deciders import decides_on_all, may_moderate
from cms.wiki.queries.moderation_queue import QueueRow, rows_of
from cms.wiki.queries.protection import may_protect, protection_of
from cms.wiki.views.queue import waiting_for

ON_FIRST_SCREEN = 5


class ModerationItem(MenuItem):
    """With the number of texts that the person may decide on now."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_moderate(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        number = len(waiting_for(request).decidable(request.user))
        label = f"{self.label} ({number})" if number else str(self.label)
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)


@hooks.register("register_admin_menu_item")
def moderation_in_menu():
    return ModerationItem(
        _("Moderation"), reverse("wiki_queue"), name="moderation", icon_name="clipboard-list", order=150
    )


class BrokenLinksItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return decides_on_all(request.user)


@hooks.register("register_reports_menu_item")
def broken_links_in_reports():
    return BrokenLinksItem(
        _("Broken links"), reverse("wiki_broken_links"), name="broken-links", icon_name="link", order=900
    )


class ModerationPanel(Component):
    """What waits for the person's decision, on the first screen."""

    name = "moderation"
    template_name = "wiki/admin/panel.html"
    order = 60

    def __init__(self, rows: list[QueueRow], mine: int, total: int):
        self.rows, self.mine, self.total = rows, mine, total

    def get_context_data(self, parent_context):
        return {"rows": self.rows, "mine": self.mine, "total": self.total}


class EntriesToModerate(WorkflowObjectsToModeratePanel):
    """Wagtail's list of what to moderate, for shared entries; pages stand in the queue, with what they change."""

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        context["states"] = [state for state in context["states"] if not isinstance(state["obj"], Page)]
        return context


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    panels[:] = [
        EntriesToModerate() if type(panel) is WorkflowObjectsToModeratePanel else panel for panel in panels
    ]
    if not may_moderate(request.user):
        return
    waiting = waiting_for(request)
    mine = waiting.decidable(request.user)
    rows = rows_of(waiting, mine, request.user, Window(1, ON_FIRST_SCREEN))
    panels.append(ModerationPanel(rows, len(mine), len(waiting.texts)))


@hooks.register("register_page_header_buttons")
def protection_in_header(page, user, view_name, next_url=None):
    if page.depth > 1 and may_protect(user, page):
        protection = protection_of(page.pk)
        label = protection.get_level_display() if protection else _("Protection")
        yield Button(label, reverse("wiki_protection", args=[page.pk]), icon_name="lock", priority=67)
