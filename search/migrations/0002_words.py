"""Where the words of entries stand: in full-text tables of SQLite, in vectors of PostgreSQL. They go with their entry.

Only the backends know these (`search.backends`): Django's models do not.
"""

from django.db import migrations

SQLITE = [
    """
    CREATE VIRTUAL TABLE search_words USING fts5(
        marks, title, names, summary, body, files, words, tokenize="ascii tokenchars '.=-_'"
    )
    """,
    """CREATE VIRTUAL TABLE search_titles USING fts5(marks, title, prefix='2 3', tokenize="ascii tokenchars '.=-_'")""",
    """
    CREATE TRIGGER search_entry_words AFTER DELETE ON search_entry BEGIN
        DELETE FROM search_words WHERE rowid = OLD.id;
        DELETE FROM search_titles WHERE rowid = OLD.id;
    END
    """,
]
SQLITE_BACK = ["DROP TRIGGER search_entry_words", "DROP TABLE search_titles", "DROP TABLE search_words"]
POSTGRESQL = [
    "ALTER TABLE search_entry ADD COLUMN words tsvector, ADD COLUMN titles tsvector",
    "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
    "CREATE INDEX search_entry_titles ON search_entry USING gin (titles)",
]
POSTGRESQL_BACK = ["ALTER TABLE search_entry DROP COLUMN words, DROP COLUMN titles"]


def make(apps, schema_editor):
    run(schema_editor, SQLITE, POSTGRESQL)


def unmake(apps, schema_editor):
    run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def run(schema_editor, sqlite, postgresql):
    statements = {"sqlite": sqlite, "postgresql": postgresql}
    for statement in statements.get(schema_editor.connection.vendor, ()):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, unmake, elidable=False)]
