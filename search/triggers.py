"""What the database does by itself when a row changes that an entry shows, whatever road the change came by.

Withdrawing: the entry goes in the transaction that withdraws what it shows, and ends with it if that ends earlier.
Publishing: the change is noted in `search_waiting`, from where a job takes it (`search.services.waiting`). Triggers
know no app: verbs of the forum, of the wiki and of Wagtail need not think of the search. They are made anew after each
`migrate`: SQLite drops those of a table that it alters, and alters none that those of others speak of (so all go
before).
"""

from collections.abc import Iterator
from typing import NamedTuple

OLD, NEW = "OLD", "NEW"


class Trigger(NamedTuple):
    """`event`: as in `AFTER …`; `when`: a condition on OLD and NEW, "" for always."""

    name: str
    table: str
    event: str
    when: str
    statements: tuple[str, ...]


def waits(source: str, row: str = NEW, column: str = "id") -> str:
    return f"INSERT INTO search_waiting (source, object) VALUES ('{source}', {row}.{column})"


def gone(source: str, row: str = NEW, column: str = "id") -> str:
    return f"DELETE FROM search_entry WHERE ref = '{source}:' || {row}.{column}"


def published(source: str, table: str, columns: str = "live, last_published_at") -> Iterator[Trigger]:
    """Of a table whose rows are drafts or live. What is hidden waits too: others are filed under it."""
    hidden = (gone(source), waits(source))
    yield Trigger(f"search_{source}_new", table, "INSERT", "NEW.live", (waits(source),))
    yield Trigger(f"search_{source}_shown", table, f"UPDATE OF {columns}", "NEW.live", (waits(source),))
    yield Trigger(f"search_{source}_hidden", table, "UPDATE OF live", "NOT NEW.live", hidden)
    yield Trigger(f"search_{source}_gone", table, "DELETE", "", (gone(source, OLD),))
    # A later end can wait for the job, with what else changed.
    earlier = "NEW.expire_at IS NOT NULL AND (OLD.expire_at IS NULL OR NEW.expire_at < OLD.expire_at)"
    ends = f"UPDATE search_entry SET until = NEW.expire_at WHERE ref = '{source}:' || NEW.id"
    yield Trigger(f"search_{source}_ends", table, "UPDATE OF expire_at", earlier, (ends,))


OF_TOPIC = "work = 'topic:' || NEW.id"
TRANSLATIONS = "FROM forum_posttranslation t WHERE t.post_id = NEW.id"


def under(what: str, row: str) -> str:
    """Of all pages under the one that a restriction is about."""
    pages = f"wagtailcore_page p JOIN wagtailcore_page r ON r.id = {row}.page_id"
    return f"SELECT {what} FROM {pages} WHERE p.path LIKE r.path || '%'"


def of_pages() -> Iterator[Trigger]:
    table = "wagtailcore_page"
    yield from published("page", table, "live, title, url_path, last_published_at, expire_at")
    restrictions = "wagtailcore_pageviewrestriction"
    # Elsewhere in the tree a page may stand under a restriction, or no more: then it has no entry. All others keep
    # theirs: putting one page before others changes the paths of all that follow, and of all that is under them.
    above = (
        f"SELECT 1 FROM {restrictions} v JOIN {table} r ON r.id = v.page_id WHERE NEW.path LIKE r.path || '%'"
    )
    without = "NOT EXISTS (SELECT 1 FROM search_entry WHERE ref = 'page:' || NEW.id)"
    carried = (
        f"{gone('page')} AND EXISTS ({above})",
        f"INSERT INTO search_waiting (source, object) SELECT 'page', NEW.id WHERE {without}",
    )
    yield Trigger("search_page_moved", table, "UPDATE OF path", "NEW.path <> OLD.path", carried)
    hide = "DELETE FROM search_entry WHERE ref IN (" + under("'page:' || p.id", NEW) + ")"
    again = {
        row: "INSERT INTO search_waiting (source, object) " + under("'page', p.id", row) for row in (OLD, NEW)
    }
    # A job that did not see the restriction yet may write an entry after this: the pages are looked at once more.
    yield Trigger("search_restricted", restrictions, "INSERT", "", (hide, again[NEW]))
    elsewhere = (hide, again[NEW], again[OLD])
    yield Trigger("search_restricted_elsewhere", restrictions, "UPDATE OF page_id", "", elsewhere)
    yield Trigger("search_released", restrictions, "DELETE", "", (again[OLD],))


def of_posts() -> Iterator[Trigger]:
    table, shown = "forum_post", "NEW.state = 'published'"
    translated = f"DELETE FROM search_entry WHERE ref IN (SELECT 'translation:' || t.id {TRANSLATIONS})"
    translations = f"INSERT INTO search_waiting (source, object) SELECT 'translation', t.id {TRANSLATIONS}"
    yield Trigger("search_post_new", table, "INSERT", shown, (waits("post"),))
    changed = "UPDATE OF state, html, language, number, author_id, published_at, topic_id"
    yield Trigger("search_post_shown", table, changed, shown, (waits("post"),))
    yield Trigger("search_post_edited", table, "UPDATE OF html", "OLD.html <> NEW.html", (gone("post"),))
    again = "UPDATE OF state, topic_id"
    moved = "OLD.state <> NEW.state OR OLD.topic_id <> NEW.topic_id"
    yield Trigger("search_post_again", table, again, moved, (gone("post"), translated, translations))
    yield Trigger("search_post_gone", table, "DELETE", "", (gone("post", OLD),))
    yield from of_post_translations("forum_posttranslation", shown)
    yield from of_topics()


def of_post_translations(table: str, shown: str) -> Iterator[Trigger]:
    yield Trigger("search_translation_new", table, "INSERT", shown, (waits("translation"),))
    yield Trigger(
        "search_translation_shown", table, "UPDATE OF state, html, language", shown, (waits("translation"),)
    )
    edited = "OLD.html <> NEW.html"
    yield Trigger("search_translation_edited", table, "UPDATE OF html", edited, (gone("translation"),))
    hidden = "NEW.state <> 'published'"
    yield Trigger("search_translation_hidden", table, "UPDATE OF state", hidden, (gone("translation"),))
    yield Trigger("search_translation_gone", table, "DELETE", "", (gone("translation", OLD),))


def of_topics() -> Iterator[Trigger]:
    table = "forum_topic"
    changed = "OLD.state <> NEW.state"
    hidden = f"DELETE FROM search_entry WHERE {OF_TOPIC}"
    yield Trigger("search_topic_state", table, "UPDATE OF state", changed, (hidden, waits("topic")))
    moved = f"UPDATE search_entry SET access = 'forum.' || NEW.category_id WHERE {OF_TOPIC}"
    yield Trigger(
        "search_topic_moved",
        table,
        "UPDATE OF category_id",
        "OLD.category_id <> NEW.category_id",
        (moved, waits("topic")),
    )
    said = "OLD.title <> NEW.title OR OLD.closed <> NEW.closed OR OLD.pinned <> NEW.pinned"
    yield Trigger("search_topic_said", table, "UPDATE OF title, closed, pinned", said, (waits("topic"),))
    first = f"DELETE FROM search_entry WHERE {OF_TOPIC} AND kind = 'topic'"
    yield Trigger("search_topic_renamed", table, "UPDATE OF title", "OLD.title <> NEW.title", (first,))
    slug = "OLD.slug <> NEW.slug"
    yield Trigger("search_category", "forum_category", "UPDATE OF slug", slug, (waits("category"),))


def of_filing() -> Iterator[Trigger]:
    """What documents are filed under: they are found by its name, and filtered by its key."""
    for source, table in (("theme", "taxonomy_theme"), ("territory", "taxonomy_territory")):
        columns = "live, last_published_at, slug, parent_id"
        yield Trigger(f"search_{source}", table, f"UPDATE OF {columns}", "", (waits(source),))
    for name in (
        "documentcontributor",
        "documentorganisation",
        "documentterritory",
        "document_themes",
        "document_collections",
    ):
        # What it was filed under is deleted, perhaps: nothing else tells of that.
        table = f"initiatives_{name}"
        yield Trigger(f"search_{name}_gone", table, "DELETE", "", (waits("page", OLD, "document_id"),))


# The pages that show a file, as Wagtail's index of references has them.
SHOWING = """
    SELECT 'page:' || r.object_id FROM wagtailcore_referenceindex r
    JOIN django_content_type t ON t.id = r.to_content_type_id AND t.app_label = 'media' AND t.model = 'attachment'
    WHERE r.to_object_id = '' || NEW.id
"""


def of_files() -> Iterator[Trigger]:
    """What stands in attached files is found with the page, as long as everybody may open the file.

    Who may is asked of collections of files, and seldom changes: then all entries with words of files go, and come
    back by the job, with those that everybody may open. A job at work that did not see the change yet may write
    such an entry after this: all pages that show the files are looked at once more.
    """
    table = "media_attachment"
    all_again = (
        "INSERT INTO search_waiting (source, object) SELECT 'page', object FROM search_entry WHERE files <> ''",
        "DELETE FROM search_entry WHERE files <> ''",
    )
    changed = "OLD.file <> NEW.file OR OLD.file_hash <> NEW.file_hash"
    showing = f"DELETE FROM search_entry WHERE ref IN ({SHOWING})"
    yield Trigger("search_file", table, "UPDATE OF file, file_hash", changed, (showing, waits("file")))
    moved = "OLD.collection_id <> NEW.collection_id"
    yield Trigger("search_file_moved", table, "UPDATE OF collection_id", moved, (*all_again, waits("file")))
    yield Trigger("search_file_gone", table, "DELETE", "", all_again)
    with_files = (
        *all_again,
        "INSERT INTO search_waiting (source, object) SELECT 'file', attachment_id FROM search_filetext",
    )
    restrictions = "wagtailcore_collectionviewrestriction"
    yield Trigger("search_files_restricted", restrictions, "INSERT", "", with_files)
    yield Trigger("search_files_elsewhere", restrictions, "UPDATE OF collection_id", "", with_files)
    yield Trigger("search_files_released", restrictions, "DELETE", "", with_files)
    # Moved in its tree, a collection of files may stand under a restriction, or no more.
    moved = "OLD.path <> NEW.path"
    yield Trigger("search_files_carried", "wagtailcore_collection", "UPDATE OF path", moved, with_files)


def triggers() -> list[Trigger]:
    columns = "live, last_published_at, expire_at"
    return [
        *of_pages(),
        *published("term", "reference_glossaryterm", columns),
        *published("person", "taxonomy_person", columns),
        *published("organisation", "taxonomy_organisation", columns),
        *of_posts(),
        *of_filing(),
        *of_files(),
    ]


def sql(trigger: Trigger, vendor: str) -> list[str]:
    """The statements that make a trigger anew."""
    name, table, event, when, statements = trigger
    body = " ".join(f"{statement};" for statement in statements)
    if vendor == "sqlite":
        condition = f"WHEN {when} " if when else ""
        return [
            f"DROP TRIGGER IF EXISTS {name}",
            f"CREATE TRIGGER {name} AFTER {event} ON {table} {condition}BEGIN {body} END",
        ]
    condition = f"WHEN ({when}) " if when else ""
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body} RETURN NULL; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {condition}EXECUTE FUNCTION {name}()",
    ]


def make_triggers(connection) -> None:
    """Once all tables are there."""
    with connection.cursor() as cursor:
        for trigger in triggers():
            for statement in sql(trigger, connection.vendor):
                cursor.execute(statement)


def drop_triggers(connection) -> None:
    """Of a SQLite: those that `make_triggers` makes."""
    with connection.cursor() as cursor:
        for trigger in triggers():
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")
