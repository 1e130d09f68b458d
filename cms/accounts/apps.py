from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "cms.accounts"
    label = "accounts"
    verbose_name = _("People with an account")

    def ready(self) -> None:
        from django.db.models.signals import pre_delete
        from wagtail.models import AbstractPage, Page
        from wagtail.permissions import register_permission_policy

        from cms.accounts.leaving import wake_closings
        from cms.accounts.mails import COMPOSER, compose
        from cms.accounts.models import Closing, User
        from cms.accounts.rights import PageRights
        from cms.accounts.signal_handlers import on_account_deleted
        from cms.core.mailing import register_composer
        from cms.core.page_cache.shown import register_unshown_tables
        from cms.core.scheduling import register_tick

        register_composer(COMPOSER, compose)
        register_tick("accounts: go on closing accounts", wake_closings)
        register_unshown_tables(Closing._meta.db_table)
        pre_delete.connect(on_account_deleted, User, dispatch_uid="accounts.deleted")
        register_permission_policy(AbstractPage, PageRights(Page))


class WagtailUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user screens, with our fields."""

    user_viewset = "cms.accounts.wagtail_users.UserViewSet"
