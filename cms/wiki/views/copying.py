"""Copying a page: what readers see of it, as a new draft.

Wagtail's copy takes along every draft of the page, others' texts under review among them, and can be public at once.
"""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.actions.copy_page import CopyPageAction
from wagtail.admin import messages
from wagtail.admin.views.pages.copy import CopyView


class CopyAsDraft(CopyView):
    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields.pop("publish_copies", None)
        return form

    def form_valid(self, form):
        data = form.cleaned_data
        if data.get("alias"):
            return super().form_valid(form)
        copy = CopyPageAction(
            page=self.page,
            to=data["new_parent_page"] or self.parent_page,
            update_attrs={"title": data["new_title"], "slug": data["new_slug"]},
            recursive=bool(data.get("copy_subpages")),
            copy_revisions=False,
            keep_live=False,
            user=self.request.user,
        ).execute()
        for told in hooks.get_hooks("after_copy_page"):
            answer = told(self.request, self.page, copy)
            if hasattr(answer, "status_code"):
                return answer
        messages.success(self.request, _("“%(title)s” is a draft of its own now.") % {"title": copy.title})
        return redirect("wagtailadmin_pages:edit", copy.pk)
