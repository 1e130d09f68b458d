from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home and plain pages")

    def ready(self):
        from cms.core.serving import register_context
        from cms.translations.kinds import register_translated
        from cms.translations.opening import register_opening
        from cms.wiki.kinds import register_kind
        from home.models import HomePage, PlainPage
        from home.services import make_pages
        from home.views.front import home_context, plain_context

        register_context(HomePage, home_context)
        register_opening(make_pages)
        register_context(PlainPage, plain_context)
        register_kind(HomePage, "home", HomePage._meta.verbose_name)
        register_kind(PlainPage, "page", PlainPage._meta.verbose_name)
        register_translated(HomePage, "home", HomePage._meta.verbose_name)
        register_translated(PlainPage, "page", PlainPage._meta.verbose_name)
