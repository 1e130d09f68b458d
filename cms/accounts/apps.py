from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "cms.accounts"
    label = "accounts"
    verbose_name = _("People with an account")

    def ready(self) -> None:
        from wagtail.models import AbstractPage, Page
        from wagtail.permissions import register_permission_policy

        from cms.accounts.mails import COMPOSER, compose
        from cms.accounts.rights import PageRights
        from cms.core.mailing import register_composer

        register_composer(COMPOSER, compose)
        register_permission_policy(AbstractPage, PageRights(Page))


class WagtailUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user screens, with our fields."""

    user_viewset = "cms.accounts.wagtail_users.UserViewSet"
