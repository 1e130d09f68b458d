from django.urls import include, path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.accounts import views

# Nothing of an account is kept by a browser or a proxy.
urlpatterns = decorate_urlpatterns(
    [
        path("language/<str:code>/", views.choose_language, name="accounts_language"),
        path("", include("allauth.urls")),
    ],
    never_cache,
)
