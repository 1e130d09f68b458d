"""What administrators set up: the categories of the forum, and words whose posts wait."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import (
    DeleteView,
    EditView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from cms.accounts.models import User
from forum.models import Category, CoFacilitator, WatchedWord
from forum.rules import Access
from forum.services.categories import HoldsTopics, access_changed, delete_category


class MemberField(forms.ModelChoiceField):
    """Somebody with an account, by user name or e-mail address: a list of all of them would be long."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        super().__init__(User.objects.filter(is_active=True), to_field_name="username", **kwargs)

    def prepare_value(self, value):
        if isinstance(value, int):
            return self.queryset.filter(pk=value).values_list("username", flat=True).first() or ""
        return value

    def to_python(self, value):
        if isinstance(value, str) and "@" in value:
            found = self.queryset.filter(email__iexact=value.strip()).first()
            value = found.username if found else value
        return super().to_python(value)


class CoFacilitatorForm(WagtailAdminModelForm):
    user = MemberField(
        label=gettext_lazy("Member"),
        help_text=gettext_lazy("The user name or the e-mail address of the account."),
        error_messages={"invalid_choice": gettext_lazy("There is no account of that name or address.")},
    )

    class Meta:
        model = CoFacilitator
        fields = ["user", "language"]


class CoFacilitatorsPanel(InlinePanel):
    """An inline panel whose rows are filled in by our own form."""

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = CoFacilitatorForm
        return options


class CategoryForm(WagtailAdminModelForm):
    def clean(self):
        data = super().clean()
        access, group = data.get("access"), data.get("group")
        if access == Access.GROUP and group is None:
            self.add_error("group", _("Name the group that reads and writes here."))
        if access != Access.GROUP and group is not None:
            self.add_error("group", _("Only a closed group has one: leave this empty."))
        return data


class CategoryEditView(EditView):
    def save_instance(self):
        before = Category.objects.values_list("access", "group_id").get(pk=self.object.pk)
        saved = super().save_instance()
        if before != (saved.access, saved.group_id):
            access_changed(saved)
        return saved


class CategoryDeleteView(DeleteView):
    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)
        except HoldsTopics as holds:
            messages.error(
                request,
                ngettext(
                    "This category holds one topic, and so it cannot be deleted. Move it to another first: %(topics)s",
                    "This category holds %(number)s topics, and so it cannot be deleted. "
                    "Move them to another first: %(topics)s",
                    holds.number,
                )
                % {"number": holds.number, "topics": ", ".join(holds.titles)},
            )
            return redirect(reverse(self.edit_url_name, args=[self.object.pk]))

    def get(self, request, *args, **kwargs):
        delete_category(self.object, rehearsed=True)
        return super().get(request, *args, **kwargs)

    def delete_action(self) -> None:
        delete_category(self.object)


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "folder-open-1"
    menu_label = gettext_lazy("Categories")
    menu_order = 10
    list_display = [
        Column("name", label=gettext_lazy("Name")),
        "slug",
        Column("get_access_display", label=gettext_lazy("Who reads")),
        Column("topics_count", label=gettext_lazy("Topics")),
    ]
    copy_view_enabled = False
    edit_view_class = CategoryEditView
    delete_view_class = CategoryDeleteView
    search_backend_name = None
    edit_handler = ObjectList(
        [
            InlinePanel(
                "texts",
                heading=gettext_lazy("Names in languages"),
                label=gettext_lazy("Name in a language"),
                panels=[FieldPanel("language"), FieldPanel("name"), FieldPanel("description")],
                min_num=1,
            ),
            FieldRowPanel([FieldPanel("slug"), FieldPanel("position")]),
            MultiFieldPanel(
                [FieldPanel("access"), FieldPanel("group")],
                heading=gettext_lazy("Who reads and writes here"),
            ),
            MultiFieldPanel(
                [FieldPanel("opening"), FieldPanel("holding"), FieldPanel("edit_minutes")],
                heading=gettext_lazy("How it is moderated"),
            ),
            CoFacilitatorsPanel(
                "co_facilitators",
                heading=gettext_lazy("Co-facilitators"),
                label=gettext_lazy("Co-facilitator"),
                panels=[FieldPanel("user"), FieldPanel("language")],
                help_text=gettext_lazy(
                    "They decide on what waits here, and move, close and hide topics, in one language or in all. "
                    "Facilitators do so everywhere."
                ),
            ),
        ],
        base_form_class=CategoryForm,
    )

    def get_queryset(self, request):
        return Category.objects.prefetch_related("texts").order_by("position", "pk")


class WatchedWordViewSet(SnippetViewSet):
    model = WatchedWord
    icon = "view"
    menu_label = gettext_lazy("Words to hold")
    menu_order = 20
    list_display = ["word", "note"]
    search_fields = ["word", "note"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [FieldPanel("word"), FieldPanel("note")]


class ForumGroup(SnippetViewSetGroup):
    menu_label = gettext_lazy("Forum")
    menu_name = "forum"
    menu_icon = "comment"
    menu_order = 260
    items = (CategoryViewSet, WatchedWordViewSet)


register_snippet(ForumGroup)
