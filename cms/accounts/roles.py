"""Who may do what: the one table of roles. Plain data, applied by `services.ensure_roles`.

Every confirmed account is a member and needs no group. Models of other apps are named, not imported: this app
stands below them.
"""

from dataclasses import dataclass, field

ENTER_ADMIN = "wagtailadmin.access_admin"

# Where a page right holds: the whole tree; the library of each language; the part of one language.
EVERYWHERE = "everywhere"
LIBRARIES = "libraries"
OWN_LANGUAGE = "own language"
LIBRARY_MODEL = "initiatives.LibraryPage"

WRITTEN_BY_AUTHORS = ("taxonomy.person", "taxonomy.organisation", "reference.bibliographyentry")
SHARED_ENTRIES = (
    *WRITTEN_BY_AUTHORS,
    "taxonomy.theme",
    "taxonomy.territory",
    "reference.glossaryterm",
)
SNIPPET_MODELS_IN_MODERATION = SHARED_ENTRIES

# Wagtail keeps the rights on images and files on its own models, whatever model holds them.
IMAGE = "wagtailimages.image"
FILE = "wagtaildocs.document"


@dataclass(frozen=True, slots=True)
class Role:
    """What one group may do. `rights` are Django permissions; `files` hold in the root collection."""

    rights: frozenset[str] = frozenset()
    pages: dict[str, frozenset[str]] = field(default_factory=dict)
    files: frozenset[str] = frozenset()


def rights_on(models: tuple[str, ...], *actions: str) -> frozenset[str]:
    """`rights_on(("taxonomy.person",), "add")` is `{"taxonomy.add_person"}`."""
    return frozenset(
        f"{app}.{action}_{model}" for app, model in (name.split(".") for name in models) for action in actions
    )


ADD_AND_CHOOSE = rights_on((IMAGE, FILE), "add", "choose")
ALL_FILES = rights_on((IMAGE, FILE), "add", "change", "delete", "choose")

AUTHORS = Role(
    rights=frozenset([ENTER_ADMIN]) | rights_on(WRITTEN_BY_AUTHORS, "add", "change"),
    # A wiki: an author may revise any document; nothing of it is public before the editors agree.
    pages={LIBRARIES: frozenset(["add", "change"])},
    files=ADD_AND_CHOOSE,
)
EDITORS = Role(
    rights=frozenset([ENTER_ADMIN])
    | rights_on(SHARED_ENTRIES, "add", "change", "delete", "publish", "lock", "unlock"),
    pages={EVERYWHERE: frozenset(["add", "change", "publish", "lock", "unlock", "bulk_delete"])},
    files=ALL_FILES,
)
TRANSLATORS = Role(
    rights=frozenset([ENTER_ADMIN]),
    pages={OWN_LANGUAGE: frozenset(["change"])},
    files=ADD_AND_CHOOSE,
)
LANGUAGE_REVIEWERS = Role(
    rights=frozenset([ENTER_ADMIN]),
    pages={OWN_LANGUAGE: frozenset(["change"])},
    files=rights_on((IMAGE, FILE), "choose"),
)
FACILITATORS = Role()  # the forum's own screens; nothing in the editor
ADMINISTRATORS = Role(
    rights=EDITORS.rights
    | rights_on(
        (
            "accounts.user",
            "auth.group",
            "wagtailcore.locale",
            "wagtailcore.site",
            "wagtailcore.collection",
            "wagtailcore.workflow",
            "wagtailcore.task",
            "wagtailredirects.redirect",
            "wagtailsearchpromotions.searchpromotion",
            "forum.category",
            "forum.watchedword",
        ),
        "add",
        "change",
        "delete",
    ),
    pages=EDITORS.pages,
    files=ALL_FILES,
)

AUTHOR_GROUP, EDITOR_GROUP = "Authors", "Editors"
FACILITATOR_GROUP, ADMINISTRATOR_GROUP = "Facilitators", "Administrators"
TRANSLATOR_PREFIX, REVIEWER_PREFIX = "Translators", "Language reviewers"

ROLES: dict[str, Role] = {
    AUTHOR_GROUP: AUTHORS,
    EDITOR_GROUP: EDITORS,
    FACILITATOR_GROUP: FACILITATORS,
    ADMINISTRATOR_GROUP: ADMINISTRATORS,
}
LANGUAGE_ROLES: dict[str, Role] = {TRANSLATOR_PREFIX: TRANSLATORS, REVIEWER_PREFIX: LANGUAGE_REVIEWERS}

# Made by Wagtail's migrations, not used here.
FOREIGN_GROUPS = ("Moderators",)


def language_group(prefix: str, code: str) -> str:
    """`language_group("Translators", "es")` is `"Translators (es)"`."""
    return f"{prefix} ({code})"


def is_staff_group(name: str) -> bool:
    """Groups that decide over the work of others, and are therefore asked for a second step at log-in."""
    return name in {EDITOR_GROUP, FACILITATOR_GROUP, ADMINISTRATOR_GROUP} or name.startswith(
        f"{REVIEWER_PREFIX} ("
    )
