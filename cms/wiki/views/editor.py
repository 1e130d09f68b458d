"""Wagtail's editor over each author's own text.

On a public page an author writes a text of their own (`Submission`), never Wagtail's line of drafts; so does an
editor who has one under way. Nothing is published from here: "Submit for review" leads to the screen where
the change is summed up (`views/submitting.py`).
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.preview import PreviewOnEditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import Page, Revision

from cms.wiki.content import content_of, page_with, text_in
from cms.wiki.merging import changed_fields, merge
from cms.wiki.models import Submission
from cms.wiki.queries.pages import current_publication
from cms.wiki.queries.protection import protection_against
from cms.wiki.queries.submissions import in_review, is_rewritable, open_submission
from cms.wiki.rules import EDITABLE_STATES, NotInThisState
from cms.wiki.services import Seen, StaleText, keep_apart, keep_draft


def own_text(user, page: Page) -> tuple[bool, Submission | None]:
    """Whether `user` writes a text of their own on `page`, and the one they have under way. At most three queries."""
    mine = open_submission(page.pk, user.pk)
    if mine is not None and mine.state in EDITABLE_STATES:
        return True, mine
    return page.live and not page.permissions_for_user(user).can_publish(), mine


def text_to_edit(user, page: Page) -> tuple[Page, bool, Submission | None]:
    """The page with the text that `user` goes on from, whether it is a text of their own, and that text."""
    own, mine = own_text(user, page)
    if not own:
        return page.get_latest_revision_as_object(), own, mine
    if mine is not None:
        return page_with(page, mine.content), own, mine
    return page_with(page, content_of(type(page.specific)._base_manager.get(pk=page.pk))), own, mine


class LeadsToSubmitting:
    """Saves, then leads to the screen where the change is summed up. A forged "publish" comes to the same."""

    @cached_property
    def action_name_and_method(self):
        post = self.request.POST
        if post.get("action-submit") or post.get("action-publish"):
            return ("submit", self.submit_action)
        return ("save", self.save_action)

    def to_submitting(self, submission: Submission) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("wiki_submit", args=[submission.pk]))


class PageEditor(LeadsToSubmitting, EditView):
    """Where a page is revised."""

    def dispatch(self, request, page_id, **kwargs):
        page = Page.objects.filter(pk=page_id).first()
        if page is not None and not page.is_root():
            if protection_against(request.user, page):
                return self.not_now("wiki:edit", page_id)
            own, mine = own_text(request.user, page)
            if own and mine is not None and mine.state not in EDITABLE_STATES:
                messages.info(
                    request, _("Your text is with the editors. To go on writing, take it back first.")
                )
                return self.not_now("wiki:submission", mine.pk)
        return super().dispatch(request, page_id, **kwargs)

    def not_now(self, name: str, number: int) -> HttpResponse:
        if self.expects_json_response:
            return self.json_error_response("locked", _("The page could not be saved as it is locked."))
        return HttpResponseRedirect(reverse(name, args=[number]))

    def get_object(self):
        text, self.own, self.mine = text_to_edit(self.request.user, self.real_page_record)
        return text

    # --- Has somebody else saved since? ---------------------------------------------------------

    @cached_property
    def seen_now(self) -> Seen:
        """What the form shows, to be sent back with it."""
        if self.mine is not None:
            return Seen(self.mine.pk, self.mine.version, self.mine.base_id or 0)
        base = current_publication(self.real_page_record.pk)
        return Seen(0, 0, base.pk if base else 0)

    @cached_property
    def latest_revision_created_at(self):
        if self.own:
            return str(self.seen_now)
        return super().latest_revision_created_at

    def seen_by_form(self) -> Seen:
        """What stood when this form was loaded, or last saved by itself. Whatever is unreadable is not what stands."""
        loaded = Seen.read(self.request.POST.get("loaded_revision_created_at", "")) or Seen(0, 0, 0)
        saved = self.request.POST.get("overwrite_revision_id", "")
        if saved.isascii() and saved.isdigit() and self.mine is not None:
            return Seen(self.mine.pk, int(saved[:12]), loaded.base)
        return loaded

    @cached_property
    def is_out_of_date(self):
        if not self.own:
            return super().is_out_of_date
        seen = self.seen_by_form()
        return (seen.submission, seen.version) != (self.seen_now.submission, self.seen_now.version)

    def form_valid(self, form):
        if self.own or self.expects_json_response or not super().is_out_of_date:
            return super().form_valid(form)
        return self.join_with_latest()

    # --- Saving ---------------------------------------------------------------------------------

    def save_action(self):
        if not self.own:
            if self.overwrites_what_must_stay():
                return self.json_error_response(
                    "invalid_revision", _("Saving will overwrite a newer version.")
                )
            return super().save_action()
        kept = self.keep_own_text()
        if isinstance(kept, HttpResponse):
            return kept
        if self.expects_json_response:
            return JsonResponse(
                {
                    "success": True,
                    "pk": self.page.pk,
                    "revision_id": kept.version,
                    "revision_created_at": str(self.seen_now),
                    "field_updates": dict(self.form.get_field_updates_for_resave()),
                    "comments": self.form.serialize_comments(self.request.user),
                    "html": self.render_partials(),
                }
            )
        messages.success(self.request, _("Your draft is saved. Readers see the page as it was."))
        return self.redirect_and_remain()

    def submit_action(self):
        if self.own:
            kept = self.keep_own_text()
            return kept if isinstance(kept, HttpResponse) else self.to_submitting(kept)
        waiting = in_review(self.page.pk)
        self.page = self.form.save(commit=not self.page.live)
        self.page.save_revision(user=self.request.user, log_action=True)
        if waiting is not None:
            messages.info(self.request, _("Your changes are in the text under review. Decide on it here."))
            return HttpResponseRedirect(reverse("wiki_moderate", args=[waiting.pk]))
        return self.to_submitting(keep_draft(self.request.user, self.page, content_of(self.page), None))

    def overwrites_what_must_stay(self) -> bool:
        """Autosave may rewrite a draft in place, never a text that was submitted or once public."""
        asked = self.request.POST.get("overwrite_revision_id")
        return bool(asked) and not is_rewritable(self.real_page_record, asked)

    def keep_own_text(self) -> Submission | HttpResponse:
        """The saved text, or the answer that says why it could not be saved, with what was typed."""
        self.page = self.form.save(commit=False)
        content = content_of(self.page)
        try:
            self.mine = keep_draft(self.request.user, self.real_page_record, content, self.seen_by_form())
        except StaleText as stale:
            if changed_fields(stale.submission.content, content):
                return self.saved_elsewhere(stale.submission)
            # The same words, saved by themselves while the button was pressed.
            self.mine = stale.submission
        except NotInThisState:
            return self.not_now("wiki:submission", self.mine.pk if self.mine else self.page.pk)
        self.look_again()
        return self.mine

    def look_again(self) -> None:
        """What stands now is no longer what stood when the request came."""
        for name in ("seen_now", "latest_revision_created_at"):
            self.__dict__.pop(name, None)

    def saved_elsewhere(self, other: Submission) -> HttpResponse:
        """The form again, as typed, with what stands now a link away. Saving once more then keeps what is typed."""
        if self.expects_json_response:
            return self.json_error_response("invalid_revision", _("This text was saved in another window."))
        messages.warning(
            self.request,
            format_html(
                '{} <a href="{}" target="_blank">{}</a>',
                _("This text was saved in another window. Below is what you typed here, not saved yet."),
                reverse("wiki:submission", args=[other.pk]),
                _("See the other one, then save here to keep this one."),
            ),
        )
        self.mine = other
        self.look_again()
        self.has_unsaved_changes = True
        # Else this text would take the other one's place by itself, before anybody has looked.
        self.autosave_enabled = False
        return self.render_to_response(self.get_context_data())

    def join_with_latest(self) -> HttpResponse:
        """Wagtail's line of drafts moved on under this form: join both texts, or keep this one apart."""
        typed = content_of(self.form.save(commit=False))
        loaded = Revision.page_revisions.filter(
            object_id=str(self.real_page_record.pk), pk=self.loaded_revision_id()
        ).first()
        base = text_in(loaded.content) if loaded else {}
        latest = text_in(self.latest_revision.content)
        merged = merge(base, typed, latest)
        if not merged.conflicts:
            page_with(self.real_page_record, merged.content).save_revision(
                user=self.request.user, log_action=True, clean=False
            )
            who = self.latest_revision.user
            messages.success(
                self.request,
                _("Saved, together with what %(name)s changed meanwhile.")
                % {"name": who.shown_name if who else _("somebody")},
            )
            return self.redirect_and_remain()
        try:
            mine = keep_apart(self.request.user, self.real_page_record, typed, base)
        except NotInThisState:
            raise PermissionDenied from None
        messages.warning(
            self.request,
            _("Somebody changed the same fields meanwhile. Both texts are kept: choose field by field."),
        )
        return HttpResponseRedirect(reverse("wiki_conflict", args=[mine.pk]))

    def loaded_revision_id(self) -> int:
        asked = self.request.POST.get("loaded_revision_id", "")
        return int(asked[:18]) if asked.isascii() and asked.isdigit() else 0

    # --- What is shown --------------------------------------------------------------------------

    def get_template_names(self):
        ours = {"wagtailadmin/pages/edit.html": "wiki/admin/edit.html"}
        return [ours.get(name, name) for name in super().get_template_names()]

    def get_editing_sessions(self):
        """Others have texts of their own: only on the shared line of drafts does it matter who else is here."""
        return None if self.own else super().get_editing_sessions()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.update(
            own_text=self.own,
            submission=self.mine,
            in_review=None if self.own else in_review(self.page.pk),
            interface_language=get_language(),
        )
        return context


class NewPage(LeadsToSubmitting, CreateView):
    """Where a page is written first: a draft of Wagtail's until it is submitted."""

    def submit_action(self):
        self.page = self.form.save(commit=False)
        self.page.live = False
        self.parent_page.add_child(instance=self.page)
        self.set_default_privacy_setting()
        self.page.save_revision(user=self.request.user, log_action=True)
        self.subscription.page = self.page
        self.subscription.save()
        response = self.run_hook("after_create_page", self.request, self.page)
        if response:
            return response
        return self.to_submitting(keep_draft(self.request.user, self.page, content_of(self.page), None))


class EarlierDraft(PageEditor, RevisionsRevertView):
    """An earlier draft of Wagtail's line, for those who decide; authors bring back public versions."""

    def get_object(self):
        _text, self.own, self.mine = text_to_edit(self.request.user, self.real_page_record)
        if not self.real_page_record.permissions_for_user(self.request.user).can_publish():
            raise PermissionDenied
        if self.previous_revision is None:
            raise Http404("no such draft of this page")
        return self.previous_revision.as_object()


class PreviewOfOwnText(PreviewOnEditView):
    def get_object(self):
        page = super().get_object()
        text, own, _mine = text_to_edit(self.request.user, Page.objects.get(pk=page.pk))
        return text if own else page
