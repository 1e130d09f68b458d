"""The composition root of all addresses. Fixed addresses come before the page tree and win over slugs."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.core.routing import serve
from cms.core.views import front_door, robots_txt
from home.sitemaps import sitemap_xml

urlpatterns = [
    path("", front_door, name="front_door"),
    path("admin/", include("cms.accounts.admin_urls")),
    path("admin/", include("cms.translations.admin_urls")),
    path("admin/", include("cms.wiki.admin_urls")),
    path("admin/", include("search.admin_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("files/", include(wagtaildocs_urls)),
    path("media/", include("cms.media.urls")),
    path("accounts/", include("cms.accounts.urls")),
    path("notifications/", include("cms.notifications.link_urls")),
    path("", include("forum.link_urls")),
    path("sitemap.xml", sitemap_xml, name="sitemap"),
    path("robots.txt", robots_txt, name="robots"),
]
urlpatterns += i18n_patterns(
    path("", include("initiatives.urls")),
    path("", include("forum.urls")),
    path("", include("cms.taxonomy.urls")),
    path("", include("cms.reference.urls")),
    path("", include("cms.translations.urls")),
    path("", include("cms.wiki.urls")),
    path("", include("cms.notifications.urls")),
    path("", include("home.urls")),
    path("", include("search.urls")),
    path("", include("cms.accounts.page_urls")),
    # Before Wagtail's own serving, which gives the same answer with more queries; its name stays for `reverse`.
    re_path(r"^(?!_util/)((?:[\w\-]+/)*)$", serve),
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)
handler400 = "cms.core.errors.bad_request"
handler403 = "cms.core.errors.permission_denied"
handler404 = "cms.core.errors.page_not_found"
handler429 = "cms.accounts.views.too_many_requests"
handler500 = "cms.core.errors.server_error"
