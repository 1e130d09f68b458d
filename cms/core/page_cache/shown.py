"""Which database statements change what readers see. Pure: it looks at the statement's text only.

Whatever is not known to be hidden counts as shown: a stamp changed once too often costs a rendering, once too
little shows an old page.
"""

import re

# Tables no public page reads. A page that comes to show rows of one of these takes it off the list.
UNSHOWN_TABLES = {
    "auth_permission",
    "django_admin_log",
    "django_content_type",
    "django_migrations",
    "django_session",
    "media_rendition",  # made when an image is first asked for in a size
    "wagtailcore_apitoken",
    "wagtailcore_comment",
    "wagtailcore_commentreply",
    "wagtailcore_groupapprovaltask",
    "wagtailcore_groupapprovaltask_groups",
    "wagtailcore_groupcollectionpermission",
    "wagtailcore_grouppagepermission",
    "wagtailcore_groupsitepermission",
    "wagtailcore_modellogentry",
    "wagtailcore_pagelogentry",
    "wagtailcore_pagesubscription",
    "wagtailcore_referenceindex",
    "wagtailcore_revision",
    "wagtailcore_task",
    "wagtailcore_taskstate",
    "wagtailcore_uploadedfile",
    "wagtailcore_workflow",
    "wagtailcore_workflowcontenttype",
    "wagtailcore_workflowpage",
    "wagtailcore_workflowstate",
    "wagtailcore_workflowtask",
    "wagtailembeds_embed",  # what another site answered about a video, kept at the first view
    "wagtailimages_rendition",
    "wagtailusers_userprofile",
}
UNSHOWN_PREFIXES = (
    "account_",  # allauth: addresses and confirmations (our own users are in accounts_user)
    "django_tasks_",
    "mfa_",
    "socialaccount_",
    "sqlite_",
    "usersessions_",
    "wagtail_localize_",  # translations in progress; publishing one writes the page
    "wagtailadmin_",
    "wagtailsearch_",  # the search index: answers of the search are not kept
)
# Columns of any table that no public page shows: drafts, locks, and what logging in leaves behind.
UNSHOWN_COLUMNS = {
    "draft_title",
    "has_unpublished_changes",
    "last_login",
    "latest_revision_created_at",
    "latest_revision_id",
    "locked",
    "locked_at",
    "locked_by_id",
    "password",
}

# The same of one table only: what it keeps for those who work with it.
UNSHOWN_COLUMNS_OF: dict[str, frozenset[str]] = {}

READING = {
    *("select", "savepoint", "release", "begin", "commit", "rollback", "pragma", "set", "show", "explain"),
    *("analyze", "vacuum", "create", "alter", "drop", "lock", "declare", "fetch", "close", "deallocate"),
    *("values", "start", "end", "attach", "detach", "reindex", "comment", "grant", "notify", "listen"),
}
_LEAD = re.compile(r"(?:\s|--[^\n]*(?:\n|\Z)|/\*.*?\*/|\()*", re.DOTALL)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_NAME = r'(?:(?:"[^"]+"|[\w$]+)\s*\.\s*)?(?:"([^"]+)"|([\w$]+))'
_WRITING = re.compile(
    r"(?:insert(?:\s+or\s+\w+)?\s+into|replace\s+into|delete\s+from(?:\s+only)?"
    r"|update(?:\s+or\s+\w+)?(?:\s+only\b)?)\s*" + _NAME,
    re.IGNORECASE,
)
_SET = re.compile(r"\s+set\s+(.*?)(?:\s+where\s|\s+returning\s|\s+from\s|\Z)", re.IGNORECASE | re.DOTALL)
_ASSIGNED = re.compile(r'(?:"(\w+)"|\b(\w+))\s*=')
_ANY_WRITE = re.compile(r"\b(?:insert|update|delete|merge|replace)\b", re.IGNORECASE)


def register_unshown_tables(*names: str) -> None:
    """An app says, in `ready()`, which of its tables no public page reads."""
    UNSHOWN_TABLES.update(names)


def register_unshown_columns(table: str, *columns: str) -> None:
    """An app says, in `ready()`, which columns of a table that readers see something of no public page reads."""
    UNSHOWN_COLUMNS_OF[table] = UNSHOWN_COLUMNS_OF.get(table, frozenset()) | frozenset(columns)


def changes_what_is_shown(sql) -> bool:
    """Whether running this statement (SQL text, or a driver's own object) can change a public page."""
    if isinstance(sql, bytes):
        sql = sql.decode("utf-8", "replace")
    if not isinstance(sql, str):
        return True
    lead = None if sql[:1].isalpha() else _LEAD.match(sql)
    start = lead.end() if lead else 0
    word = _WORD.match(sql, start)
    verb = word.group().lower() if word else ""
    if verb in READING or not verb:
        return False
    if verb == "with":
        return bool(_ANY_WRITE.search(sql, start))
    writing = _WRITING.match(sql, start)
    if writing is None:
        return True  # TRUNCATE, MERGE, COPY … name tables in other ways
    table = (writing.group(1) or writing.group(2)).lower()
    if table in UNSHOWN_TABLES or table.startswith(UNSHOWN_PREFIXES):
        return False
    return verb != "update" or not _only_unshown_columns(sql, writing.end(), table)


def _only_unshown_columns(sql: str, start: int, table: str) -> bool:
    assignments = _SET.match(sql, start)
    if assignments is None:
        return False
    # Names within expressions are caught too: they can only make the answer more careful.
    columns = {quoted or bare for quoted, bare in _ASSIGNED.findall(assignments.group(1))}
    return bool(columns) and columns <= UNSHOWN_COLUMNS | UNSHOWN_COLUMNS_OF.get(table, frozenset())
