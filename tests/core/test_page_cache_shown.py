"""Which statements count as a change of what readers see."""

import pytest

from cms.core.page_cache.shown import changes_what_is_shown


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "wagtailcore_page" ("path", "title") VALUES (%s, %s)',
        'INSERT OR IGNORE INTO "initiatives_document_themes" ("document_id", "theme_id") VALUES (%s, %s)',
        "insert into taxonomy_theme values (1)",
        'REPLACE INTO "taxonomy_theme" VALUES (%s)',
        'UPDATE "wagtailcore_page" SET "title" = %s WHERE "wagtailcore_page"."id" = %s',
        'UPDATE "wagtailcore_page" SET "draft_title" = %s, "live" = %s WHERE "id" = %s',
        'UPDATE "wagtailcore_page" SET "numchild" = ("wagtailcore_page"."numchild" + 1) WHERE "id" = 3',
        'UPDATE "accounts_user" SET "display_name" = %s WHERE "id" = %s',
        'UPDATE ONLY "public"."taxonomy_theme" SET "name" = %s',
        'DELETE FROM "wagtailcore_pageviewrestriction" WHERE "id" IN (%s)',
        'DELETE FROM "public"."taxonomy_theme"',
        '/* a note */ UPDATE "taxonomy_theme" SET "name" = %s',
        '-- a note\nDELETE FROM "taxonomy_theme"',
        'TRUNCATE "taxonomy_theme", "taxonomy_person";',
        'WITH gone AS (DELETE FROM "taxonomy_theme" RETURNING *) SELECT * FROM gone',
        'INSERT INTO "a_table_nobody_told_us_of" DEFAULT VALUES',
        b'UPDATE "taxonomy_theme" SET "name" = ?',
        object(),
    ],
)
def test_counts(sql):
    assert changes_what_is_shown(sql) is True


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "wagtailcore_page"."id" FROM "wagtailcore_page" FOR UPDATE',
        "(SELECT 1) UNION (SELECT 2)",
        "WITH RECURSIVE t AS (SELECT 1) SELECT * FROM t",
        'INSERT INTO "django_session" ("session_key") VALUES (%s)',
        'UPDATE "django_session" SET "session_data" = %s WHERE "session_key" = %s',
        'INSERT INTO "media_rendition" ("filter_spec") VALUES (%s) RETURNING "media_rendition"."id"',
        'INSERT INTO "wagtailcore_revision" ("content") VALUES (%s)',
        'INSERT INTO "django_tasks_database_dbtaskresult" ("id") VALUES (%s)',
        'INSERT INTO "account_emailaddress" ("email") VALUES (%s)',
        'UPDATE "mfa_authenticator" SET "last_used_at" = %s',
        'UPDATE "accounts_user" SET "last_login" = %s WHERE "accounts_user"."id" = %s',
        'UPDATE "wagtailcore_page" SET "draft_title" = %s, "has_unpublished_changes" = %s, '
        '"latest_revision_id" = %s, "latest_revision_created_at" = %s WHERE "wagtailcore_page"."id" = %s',
        'UPDATE "taxonomy_theme" SET "latest_revision_id" = NULL WHERE "taxonomy_theme"."id" = %s',
        'INSERT INTO "wagtailsearch_indexentry_fts" ("title") VALUES (%s)',
        "SAVEPOINT s1",
        "RELEASE SAVEPOINT s1",
        "BEGIN IMMEDIATE",
        "PRAGMA foreign_keys = ON",
        'CREATE INDEX "x" ON "taxonomy_theme" ("name")',
        "",
        "   ",
    ],
)
def test_does_not_count(sql):
    assert changes_what_is_shown(sql) is False
