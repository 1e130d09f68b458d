"""Wagtail's screens of a page's drafts, for those who decide on them; others are led to what is theirs to read.

Wagtail shows every revision to whoever may edit the page. Here that is every author, and what another has under
review, or was refused, is not theirs to read.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin.views.pages.history import (
    PageHistoryView,
    WorkflowHistoryDetailView,
    WorkflowHistoryView,
)
from wagtail.admin.views.pages.preview import ViewDraftView
from wagtail.admin.views.pages.revisions import RevisionsCompareView, RevisionsView
from wagtail.models import Page

from cms.wiki.content import page_with
from cms.wiki.queries.pages import visible_page
from cms.wiki.queries.submissions import may_see_drafts, open_submission

View: Any = object  # the mixin stands before one of Wagtail's views


class PublicHistoryForOthers(View):
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        page = get_object_or_404(Page, id=self.pk)
        if may_see_drafts(request.user, page):
            return super().dispatch(request, *args, **kwargs)
        if visible_page(page.pk) is None:
            raise PermissionDenied
        return redirect("wiki:history", page.pk)


class DraftHistory(PublicHistoryForOthers, PageHistoryView):
    pass


class OneDraft(PublicHistoryForOthers, RevisionsView):
    pass


class DraftsCompared(PublicHistoryForOthers, RevisionsCompareView):
    pass


class Decisions(PublicHistoryForOthers, WorkflowHistoryView):
    pass


class OneDecision(PublicHistoryForOthers, WorkflowHistoryDetailView):
    pass


class NewestDraft(ViewDraftView):
    """Who writes a text of their own sees that one; without one, the page as readers do."""

    def dispatch(self, request: HttpRequest, page_id: int, *args, **kwargs) -> HttpResponse:
        page = get_object_or_404(Page, id=page_id)
        user: Any = request.user  # nobody comes here who is not logged in
        if may_see_drafts(user, page) or not page.permissions_for_user(user).can_edit():
            return super().dispatch(request, page_id, *args, **kwargs)
        mine = open_submission(page.pk, user.pk)
        text = page_with(page, mine.content) if mine else page.specific
        return text.make_preview_request(request, request.GET.get("mode", text.default_preview_mode))
