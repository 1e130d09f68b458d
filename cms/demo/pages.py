"""Loads the home pages' texts and the plain pages."""

from cms.demo.documents import existing_pages
from cms.demo.entries import Loaded
from cms.demo.prose import rich_text, stream_body
from cms.demo.reading import DemoContent, identity
from home.models import HomePage, PlainPage


def no_page(key: str) -> None:
    return None


def load_home_pages(content: DemoContent, homes: dict[str, HomePage], loaded: Loaded) -> None:
    """Give the home pages their words, once: a home page somebody has written on is left alone."""
    for code, home in homes.items():
        text = content.home.get(code)
        if not text or home.lead:
            continue
        home.headline = text["headline"]
        home.title = text.get("title", home.title)
        home.lead = rich_text(text["lead"], no_page)
        for name in ("illustrate", "debate", "propose"):
            setattr(home, name, str(text.get(name, "")).strip())
        with loaded.credits.first(code):
            home.save_revision().publish()
        loaded.added += 1


def load_plain_pages(content: DemoContent, homes: dict[str, HomePage], loaded: Loaded) -> None:
    files = content.entries["pages"]
    rows = existing_pages(PlainPage, "pages", files, loaded.locales)
    stream = PlainPage._meta.get_field("body").stream_block
    for key, file in files.items():
        for code, locale in loaded.locales.items():
            text = file.get(code)
            if not text or (key, code) in rows:
                continue
            page = PlainPage(
                title=text["title"],
                slug=text["slug"],
                locale=locale,
                translation_key=identity("pages", key),
                summary=str(text.get("summary", "")).strip(),
                body=stream.to_python(stream_body(text.get("body"), no_page, f"pages/{key}")),
                in_footer=file.get("in_menu", True),
                order=file.get("order", 100),
                live=False,
            )
            homes[code].add_child(instance=page)
            with loaded.credits.first(code):
                page.save_revision().publish()
            loaded.added += 1
