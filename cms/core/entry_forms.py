"""The form of shared entries in the editor."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.widgets import SlugInput


class EntryForm(WagtailAdminModelForm):
    """The key may be left empty: it is then made from the name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False


def name_panel(field: str = "name", **kwargs) -> TitleFieldPanel:
    """The name, from which the key is made as it is typed."""
    return TitleFieldPanel(field, placeholder=False, **kwargs)


def key_panel() -> FieldPanel:
    return FieldPanel(
        "slug",
        widget=SlugInput(attrs={"data-w-slug-allow-unicode-value": "false"}),
        help_text=_(
            "Made from the name. Used in addresses and filters, the same in every language. "
            "Keep it once it is public."
        ),
    )
