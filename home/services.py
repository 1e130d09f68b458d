"""Setting the site up: languages, the tree of fixed pages, roles. Every verb can be run again."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Locale, Page, Site

from cms.accounts.services import ensure_roles
from home.models import HomePage
from initiatives.models import CollectionIndex, LibraryPage


@transaction.atomic
def set_up_site(language_codes: tuple[str, ...] = ("en", "fr", "es")) -> dict[str, HomePage]:
    """Make what is missing of the site and open `language_codes`; return the home page of each.

    The first code must be `settings.LANGUAGE_CODE`: its home page is the original of the others.
    """
    if language_codes[0] != settings.LANGUAGE_CODE:
        raise ValueError(f"the first language must be {settings.LANGUAGE_CODE}")
    homes: dict[str, HomePage] = {}
    for code in language_codes:
        Locale.objects.get_or_create(language_code=code)
        homes[code] = open_language(code, original=homes.get(settings.LANGUAGE_CODE))
    ensure_roles(language_codes)
    return homes


@transaction.atomic
def open_language(code: str, original: HomePage | None = None) -> HomePage:
    """Make and publish the home page, the library and the collections page of a language."""
    locale = Locale.objects.get_or_create(language_code=code)[0]
    existing = HomePage.objects.filter(locale=locale).first()
    if existing:
        return existing
    with translation.override(code):
        home = HomePage(
            title="Ancrage", slug=f"home-{code}", locale=locale, headline=str(settings.SITE_TAGLINE)
        )
        library = LibraryPage(title=gettext("Library"), slug="library", locale=locale)
        collections = CollectionIndex(title=gettext("Collections"), slug="collections", locale=locale)
    if original is None:
        root = root_without_welcome_page()
    else:
        root = original.get_parent()
        home.translation_key = original.translation_key
        for page, model in ((library, LibraryPage), (collections, CollectionIndex)):
            twin = model.objects.child_of(original).first()
            if twin:
                page.translation_key = twin.translation_key
    root.add_child(instance=home)
    if original is None:
        site, _created = Site.objects.get_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
        )
        site.root_page = home
        site.site_name = settings.WAGTAIL_SITE_NAME
        site.hostname, site.port = site_host()
        site.save()
        Page.objects.filter(depth=2, content_type__model="page", slug="home").delete()
    for page in (library, collections):
        home.add_child(instance=page)
    for page in (home, library, collections):
        page.save_revision().publish()
    return home


def make_pages(code: str) -> HomePage:
    """What an administrator's opening of a language needs of this app."""
    original = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    home = open_language(code, original)
    if not home.live:
        # Taken down once: who opens the language wants it back.
        home.save_revision().publish()
    return home


def root_without_welcome_page() -> Page:
    return Page.objects.filter(depth=1).get()


def site_host() -> tuple[str, int]:
    """Host name and port of `settings.BASE_URL`."""
    scheme, _, rest = settings.BASE_URL.partition("://")
    host, _, port = rest.split("/")[0].partition(":")
    return host, int(port) if port else {"http": 80, "https": 443}[scheme]
