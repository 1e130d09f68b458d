"""What the database does by itself when an entry changes, for the search server: it counts and notes the change.

An entry's version grows with every change. Once an index was built (`search_built`), each change is noted in
`search_pending`, in the same transaction, until the server has been told; what was withdrawn, is for others from now
on, or ends earlier, is marked. Triggers are made anew after each `migrate`: SQLite drops those of a table that it alters.
"""

ENDS_EARLIER = "NEW.until IS NOT NULL AND (OLD.until IS NULL OR NEW.until < OLD.until)"
WITHDRAWS = (
    "OLD.access <> NEW.access OR OLD.language <> NEW.language OR OLD.section <> NEW.section"
    f" OR ({ENDS_EARLIER})"
)
# A version that is written wins over a smaller one: see `search.services.comparing`.
CHANGED = "max(OLD.version, NEW.version) + 1"
# "now" as Django writes it there.
SQLITE_NOTE = """
    INSERT INTO search_pending (entry, version, withdrawn, since)
    SELECT {key}, {version}, {withdrawn}, strftime('%Y-%m-%d %H:%M:%f', 'now')
    WHERE EXISTS (SELECT 1 FROM search_built)
    ON CONFLICT (entry) DO UPDATE SET
        version = max(version, excluded.version), withdrawn = max(withdrawn, excluded.withdrawn);
"""
SQLITE = {
    "search_note_added": "AFTER INSERT ON search_entry BEGIN"
    + SQLITE_NOTE.format(key="NEW.id", version="NEW.version", withdrawn="0")
    + "END",
    "search_note_gone": "AFTER DELETE ON search_entry BEGIN"
    + SQLITE_NOTE.format(key="OLD.id", version="OLD.version + 1", withdrawn="1")
    + "END",
    # What a trigger writes does not set it off again (SQLite's default).
    "search_note_changed": "AFTER UPDATE ON search_entry BEGIN "
    + f"UPDATE search_entry SET version = {CHANGED} WHERE id = NEW.id;"
    + SQLITE_NOTE.format(key="NEW.id", version=CHANGED, withdrawn=f"({WITHDRAWS})")
    + "END",
}
POSTGRESQL_FUNCTIONS = [
    f"""
    CREATE OR REPLACE FUNCTION search_note() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        key bigint; at_version bigint; gone boolean;
    BEGIN
        IF TG_OP = 'DELETE' THEN
            key := OLD.id; at_version := OLD.version + 1; gone := true;
        ELSIF TG_OP = 'UPDATE' THEN
            key := NEW.id; at_version := NEW.version; gone := {WITHDRAWS};
        ELSE
            key := NEW.id; at_version := NEW.version; gone := false;
        END IF;
        INSERT INTO search_pending AS known (entry, version, withdrawn, since)
        SELECT key, at_version, gone, now() WHERE EXISTS (SELECT 1 FROM search_built)
        ON CONFLICT (entry) DO UPDATE SET
            version = greatest(known.version, excluded.version),
            withdrawn = known.withdrawn OR excluded.withdrawn;
        RETURN NULL;
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION search_next_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.version := greatest(OLD.version, NEW.version) + 1;
        RETURN NEW;
    END $$
    """,
]
POSTGRESQL = {
    "search_note_version": "BEFORE UPDATE ON search_entry FOR EACH ROW EXECUTE FUNCTION search_next_version()",
    "search_note_changed": "AFTER INSERT OR UPDATE OR DELETE ON search_entry "
    "FOR EACH ROW EXECUTE FUNCTION search_note()",
}


def make_triggers(connection) -> None:
    """Once the tables are there."""
    on_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for function in POSTGRESQL_FUNCTIONS if on_postgresql else ():
            cursor.execute(function)
        for name, what in (POSTGRESQL if on_postgresql else SQLITE).items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (" ON search_entry" if on_postgresql else ""))
            cursor.execute(f"CREATE TRIGGER {name} {what}")
