"""Closing one's account; and what stands before Wagtail's own addresses of pages and files, for the same reason as
`admin_urls`.
"""

from django.urls import path

from cms.accounts import closing_views, views

urlpatterns = [
    path("me/close/", closing_views.close, name="accounts_close"),
    path("me/closed/", closing_views.closed, name="accounts_closed"),
    path("_util/login/", views.to_log_in, {"default": "home:desk"}, name="wagtailcore_login"),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        views.no_shared_password,
        name="wagtailcore_authenticate_with_password",
    ),
]
file_urlpatterns = [
    path("authenticate_with_password/<int:restriction_id>/", views.no_shared_password),
]
