"""Stands before Wagtail's own addresses at `/admin/`: its log-in and password forms lead to the site's."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from cms.accounts import views
from cms.accounts.wagtail_users import AccountView


def within_admin(view):
    return never_cache(require_admin_access(view))


urlpatterns = [
    path("account/", within_admin(AccountView.as_view()), name="wagtailadmin_account"),
    path("login/", views.to_log_in, {"default": "wagtailadmin_home"}, name="wagtailadmin_login"),
    path("logout/", views.log_out_of_admin, name="wagtailadmin_logout"),
    path("password_reset/", views.to_password_reset, name="wagtailadmin_password_reset"),
    path("password_reset/done/", views.to_password_reset, name="wagtailadmin_password_reset_done"),
    path(
        "password_reset/confirm/<uidb64>/<token>/",
        views.to_password_reset,
        name="wagtailadmin_password_reset_confirm",
    ),
    path("password_reset/complete/", views.to_password_reset, name="wagtailadmin_password_reset_complete"),
]
