"""What somebody who opens the editing screens can do there, said in one glance, by role."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.accounts.roles import (
    ADMINISTRATOR_GROUP,
    AUTHOR_GROUP,
    EDITOR_GROUP,
    FACILITATOR_GROUP,
    REVIEWER_PREFIX,
    TRANSLATOR_PREFIX,
)
from initiatives.models import LibraryPage


@dataclass(frozen=True, slots=True)
class Action:
    label: str
    url: str
    help: str


@dataclass(frozen=True, slots=True)
class Part:
    """One role: what it is for, and the screens its work begins at."""

    title: str
    text: str
    actions: list[Action]


def parts_of(groups: list[str], is_superuser: bool, language: str) -> list[Part]:
    """One part for each role held, in the order in which a document passes through them. One query."""
    libraries = dict(LibraryPage.objects.values_list("locale__language_code", "pk"))
    library = libraries.get(language) or libraries.get(settings.LANGUAGE_CODE)
    names = set(groups)
    parts = []
    if AUTHOR_GROUP in names:
        parts.append(author_part(library))
    if EDITOR_GROUP in names:
        parts.append(editor_part())
    for prefix, make in ((TRANSLATOR_PREFIX, translator_part), (REVIEWER_PREFIX, reviewer_part)):
        codes = [
            name.rpartition(" ")[2].strip("()") for name in sorted(names) if name.startswith(f"{prefix} (")
        ]
        if codes:
            parts.append(
                make([settings.LANGUAGE_NAMES.get(code, code) for code in codes], libraries.get(codes[0]))
            )
    if FACILITATOR_GROUP in names:
        parts.append(
            Part(
                _("You facilitate"),
                _("You look after the discussions: see what waits, and lead a debate to a synthesis."),
                [],
            )
        )
    if ADMINISTRATOR_GROUP in names or is_superuser:
        parts.append(administrator_part())
    return parts


def author_part(library: int | None) -> Part:
    actions = []
    if library:
        actions = [
            Action(
                _("Write a new document"),
                reverse("wagtailadmin_pages:add_subpage", args=[library]),
                _("Choose its type first: each type asks its own questions."),
            ),
            Action(
                _("Revise a document"),
                reverse("wagtailadmin_explore", args=[library]),
                _("Any document of the library. Readers keep seeing the published version."),
            ),
        ]
    return Part(
        _("You write"),
        _(
            "Save a draft as often as you like; nobody sees it. When it is ready, choose “Submit” at the "
            "foot of the screen: the editors review it, and publish it or write back. Below you see where "
            "each submission stands."
        ),
        actions,
    )


def editor_part() -> Part:
    return Part(
        _("You edit"),
        _(
            "What authors submit waits below. Open it, compare it with what is published, then approve it, "
            "ask for changes, or decline with a reason. Nobody's text is lost: every version stays in the "
            "history."
        ),
        [
            Action(
                _("See what waits for review"),
                reverse("wiki_queue"),
                _("All submissions, the oldest first."),
            ),
            Action(
                _("Keep the reference lists"),
                reverse("wagtailsnippets:index"),
                _("Themes, territories, people, organisations, glossary, bibliography."),
            ),
        ],
    )


def translator_part(languages: list[str], library: int | None) -> Part:
    return Part(
        _("You translate: %(languages)s") % {"languages": ", ".join(languages)},
        _(
            "Claim a page in the queue and translate it paragraph by paragraph beside the original. Your "
            "translation goes to the reviewers of your language before anybody sees it."
        ),
        language_actions(library),
    )


def reviewer_part(languages: list[str], library: int | None) -> Part:
    return Part(
        _("You review translations: %(languages)s") % {"languages": ", ".join(languages)},
        _("Approve translations into your language, or send them back with a reason."),
        language_actions(library),
    )


def language_actions(library: int | None) -> list[Action]:
    queue = Action(
        _("See what there is to translate"),
        reverse("translations_queue"),
        _("Everything that is missing or behind in your languages, what is needed most first."),
    )
    if not library:
        return [queue]
    return [
        queue,
        Action(
            _("Open the pages of your language"),
            reverse("wagtailadmin_explore", args=[library]),
            _("The library in your language."),
        ),
    ]


def administrator_part() -> Part:
    return Part(
        _("You administer"),
        _("You give people their roles, open languages and keep the site well."),
        [
            Action(_("Give roles"), reverse("wagtailusers_users:index"), _("Accounts and their groups.")),
            Action(
                _("Look after languages"),
                f"{reverse('translations_queue')}languages/",
                _("Open a language to readers, or close it to new work."),
            ),
        ],
    )
