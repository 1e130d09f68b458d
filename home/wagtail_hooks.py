"""The first screen of the editing side: who you are here, and what you can do next."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.admin.ui.components import Component

from home.welcome import parts_of


class WelcomePanel(Component):
    name = "welcome"
    template_name = "home/admin/welcome.html"
    order = 50

    def __init__(self, parts, name: str):
        self.parts = parts
        self.person = name

    def get_context_data(self, parent_context):
        return {"parts": self.parts, "person": self.person}


@hooks.register("construct_homepage_panels")
def say_what_to_do(request, panels):
    user = request.user
    groups = list(user.groups.values_list("name", flat=True))
    parts = parts_of(groups, user.is_superuser, get_language() or "en")
    if parts:
        panels.append(WelcomePanel(parts, user.get_full_name() or user.get_username()))


@hooks.register("insert_global_admin_css")
def own_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
