"""The member's desk, the settings of the profile, and the small personal part of public pages."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods

from cms.accounts.adapter import remember_language
from cms.accounts.forms import ProfileForm
from cms.accounts.queries import lacks_second_step, role_names
from cms.core.alternates import alternates_for_address
from cms.core.paging import page_number
from cms.notifications.queries import COUNTED, unread_count
from cms.translations.queries.desk import translation_desk
from cms.wiki.queries.pending import pending_on
from forum.shown_mine import desk_context
from home.desk import my_pages, my_texts, new_documents, parts_of

personal = cache_control(private=True, no_store=True)


@personal
@login_required
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    user = request.user
    texts = my_texts(user)
    translations = translation_desk(user)
    shown_there = translations.submissions if translations else set()
    context = {
        "parts": parts_of(role_names(user), settings.LANGUAGE_NAMES),
        # A translation is written and submitted in its own editor.
        "texts": [each for each in texts if each.receipt.submission.pk not in shown_there],
        "translations": translations,
        "forum": desk_context(user),
        "pages": my_pages(user, {each.receipt.submission.page_id for each in texts}),
        "new_documents": new_documents(user, translation.get_language()),
        "unread": unread_count(user),
        "may_enter_admin": user.has_perm("wagtailadmin.access_admin"),
        "ask_second_step": lacks_second_step(user),
        "alternates": alternates_for_address(request),
        "noindex": True,
        "nav": "desk",
    }
    return render(request, "home/desk.html", context)


@personal
@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """The settings; saved, they lead to the desk in the language chosen."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        code = form.cleaned_data["interface_language"]
        with translation.override(code):
            messages.success(request, _("Your profile is saved."))
            response = HttpResponseRedirect(reverse("home:desk"))
        remember_language(response, code)
        return response
    context = {"form": form, "alternates": alternates_for_address(request), "noindex": True}
    return render(request, "accounts/settings.html", context)


@personal
@require_GET
def fragment(request: HttpRequest) -> HttpResponse:
    """Who is logged in, for the head of public pages; nothing for anybody else.

    `?page=12`: with the texts for that page that are theirs, or theirs to decide.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    number = page_number(request.GET.get("page", ""))
    context = {
        "unread": unread_count(request.user),
        "counted": COUNTED,
        "pending": pending_on(request.user, number) if number else [],
    }
    return render(request, "home/fragment.html", context)
