"""What the public sees is asked for through `.visible_to(user)` (`visible_pages`, `public_rows`): no by-pass.

Every function of the public edge and of the reads behind it that starts from `Model.objects` must go through
one of the doors in the same function, or stand in the list below with the reason why it need not.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("cms", "home", "initiatives", "forum", "search")
EDGE = {"views", "feeds", "sitemaps", "queries", "contexts", "context", "alternates", "templatetags", "api"}
EDGE |= {"catalogue", "cards", "facets", "entries"}
DOORS = {"visible_to", "visible_pages", "public_rows", "shown_entries", "restricted_from"}
DOORS |= {"shown_to", "reachable_by"}  # of posts and topics: see forum/visibility.py

# "file::function", or a whole file: why it may look without a door.
ALLOWED: dict[str, str] = {
    "cms/accounts/queries.py::lacks_second_step": "a member's own second step, shown to nobody else",
    "cms/accounts/queries.py::_rights": "what the person who asks may do: names of rights, shown to nobody",
    "cms/accounts/queries.py::user_with_address": "for mail to that address, shown to nobody",
    "cms/core/alternates.py::(module)": "reads with each row whether it is public, and leaves out what is not",
    "cms/notifications/queries/inbox.py": "a person's own; what it is about is asked again by each kind",
    "cms/notifications/queries/mails.py": "for the mails of each person; each kind says what may still be seen",
    "cms/notifications/queries/preferences.py": "a person's own choices, and whom to tell",
    "cms/taxonomy/queries.py::tree_rows": "rows with whether they are live; who uses them leaves out what is not",
    "cms/taxonomy/queries.py::(module)": "a table of querysets; who uses it goes through shown_entries",
    "cms/translations/queries/editor.py": "asks who translates into the language before anything is shown; see links.py",
    "cms/translations/queries/history.py": "of a translation that was found readable before",
    "cms/translations/queries/programmes.py": "numbers of public works, names on public pages, who pays: no titles, no texts",
    "cms/translations/queries/reading.py": "of a page that is public; its source's words only where anybody may open it",
    "cms/translations/queries/side_by_side.py::_published": "texts of two pages found public before",
    "cms/translations/queries/side_by_side.py::_paired": "texts of two pages found public before",
    "cms/translations/queries/conversation.py": "for those who make a translation, whom its screens and verbs ask",
    "cms/translations/queries/findings.py": "words on their way: for translators and reviewers, whom their screens ask",
    "cms/translations/queries/memory.py::remembered": "the memory, without the words of what may not be read now; for who translates",
    "cms/translations/views/reach.py::source_is_gone": "of a text on its way, for those who decide on it: no words",
    "cms/translations/queries/texts.py": "words on their way: for translators and reviewers, whom their screens ask",
    "cms/translations/queries/works.py": "for the services, and for screens that show public works only",
    "cms/translations/queries/media.py": "of a translation on its way, and by the rights on collections: for who makes it",
    "cms/translations/queries/people.py": "who translates: for those who hand a translation over",
    "cms/translations/queries/queue.py": "for those who translate, asked at the door; of works that anybody may read",
    "cms/translations/queries/queue_rows.py": "rows of what queue.py chose",
    "cms/translations/views/reach.py::review_address": "an address, behind whose door it is asked again",
    "cms/wiki/queries/comparisons.py::(module)": "a kept comparison; whoever asks has two versions that are public",
    "cms/wiki/queries/moderating.py": "asks whether the person decides on the text, before anything of it is shown",
    "cms/wiki/queries/moderation_queue.py": "for those who decide, who are asked for at the door of its screens",
    "cms/wiki/queries/broken_links.py::_in_text": "asks what kind of field holds a link, no page",
    "cms/wiki/queries/broken_links.py::_pages": "of pages found public before, and for editors, who see drafts",
    "cms/wiki/queries/links.py::references_between_pages": "ids; both who ask show pages through visible_pages()",
    "cms/wiki/queries/contributors.py::contributors_since_publication": "who is told of a decision: ids, no words",
    "cms/wiki/queries/watching.py::is_watched": "a person's own watches",
    "cms/wiki/queries/watching.py::watchers_of": "who is told of a publication: ids, no words",
    "cms/wiki/queries/watching.py::watches_of": "a person's own watches; pages come through pages_by_key()",
    "cms/wiki/queries/pages.py::current_publication": "for the editors' side, and to number the next",
    "cms/wiki/queries/pages.py::lock_page": "locks a row for writing",
    "cms/wiki/queries/pending.py::pending_on": "one's own texts, and those of pages one decides on, which it asks",
    "cms/wiki/queries/receipts.py": "one's own texts",
    "cms/wiki/queries/protection.py": "who may revise a page; whoever asks has the page already, and no text is in it",
    "cms/wiki/queries/revisions.py::listed": "looks beside rows that are public for the public one before",
    "cms/wiki/queries/submissions.py": "texts on their way: for their authors and those who decide, never public",
    "cms/wiki/queries/suggestions.py": "for those who decide on the page, which it asks itself",
    "cms/wiki/queries/waiting.py": "which texts wait and who decides on them: for those who decide and their authors, no words",
    "cms/wiki/views/editor.py": "Wagtail's editor, behind its permissions",
    "cms/wiki/views/submitting.py": "an author's own text, behind own_or_404",
    "cms/wiki/views/edit.py::edit": "asks what the person may edit, and visible_page() otherwise",
    "cms/wiki/views/protecting.py::protection": "asks whether the person publishes the page",
    "cms/wiki/views/suggestions.py::suggestion": "for those who decide on the page: asked before anything is shown",
    "forum/queries/categories.py::all_categories": "all, for what they allow; categories_for() leaves out what one does not see",
    "forum/queries/deciders.py::standing_of_member": "what a member is, for whoever silences them",
    "forum/queries/log.py::full_log": "for facilitators of all of the forum, asked at the door of its screen",
    "forum/queries/log.py::log_of_topic": "of a topic that was found readable before; topics it names are asked for",
    "forum/queries/exports.py::copy_of": "one's own",
    "forum/queries/member_data.py": "what the forum holds of a member, for them alone; titles of others' topics through the door",
    "forum/queries/review.py::known_of": "for facilitators, asked at the door of their screens",
    "forum/queries/review.py::own_decision": "what was decided about one's own",
    "forum/queries/review.py::whole": "is given items that are theirs to decide",
    "forum/queries/drafts.py": "one's own drafts",
    "forum/queries/facilitators.py": "names of those who look after the forum, which it shows to everybody",
    "forum/queries/following.py::(module)": "what one chose oneself",
    "forum/queries/looking_up.py::files_of": "files of one's own text, and of what is posted: names and sizes",
    "forum/queries/looking_up.py::names_of": "names that members show",
    "forum/queries/mine.py::category_levels": "what one chose oneself, of categories that one sees",
    "forum/queries/posts.py::earlier_translations": "of a post that was found readable before",
    "forum/queries/posts.py::own_offer": "one's own translation",
    "forum/queries/posts.py::published_translation_of": "of a post that was found readable before",
    "forum/queries/posts.py::source_at": "of a post that was found readable before",
    "forum/queries/posts.py::texts_of": "of a post that was found readable before",
    "forum/queries/recipients.py": "people who are told; what they are told of is asked through the door when it is sent",
    "forum/queries/told.py::_translations": "of posts found visible before, published ones only",
    "forum/queries/unread.py::_unread": "numbers of published posts, of topics that came through the door",
    "forum/queries/topics.py::(module)": "marks: one's own; translations: of posts found visible before, waiting ones one's own",
    "forum/queries/topics.py::moved_numbers": "numbers; where a post went is asked where the link leads",
    "forum/queries/writing.py::recent_posts": "one's own, before one writes again: moments and digests",
    "forum/queries/writing.py::watched_words": "asked before a text is published, shown to nobody",
    "initiatives/queries/calls.py::next_deadline": "answers a moment, and no page",
    "initiatives/queries/calls.py::original_of": "is given a call that is public, and serves its editors",
    "initiatives/queries/calls.py::replies_readable_by": "has a door of its own: the editors of the call",
    "initiatives/queries/catalogue.py::_rows": "answers links; only public works stand in the catalogue",
    "initiatives/queries/catalogue.py::summaries": "is given pages that are public",
    "initiatives/queries/collections.py::collection_pages": "pages with whether they are public",
    "initiatives/queries/files.py": "files have a door of their own; pictures stand on pages that are public",
    "initiatives/queries/grid.py::grid_answers": "is given pages that are public",
    "initiatives/queries/links.py": "answers keys; works.py shows only those that are public",
    "initiatives/queries/pages.py": "hands over to Wagtail's serving, which asks the restrictions; own rows",
    "initiatives/queries/works.py": "reads with each row whether it is public, and leaves out what is not",
    "initiatives/views/replies.py::replies_csv": "for the editors of the call, behind replies_readable_by",
    "search/queries/finding.py::languages_in_use": "codes of languages that texts are written in, and no text",
    "search/queries/finding.py::entries_now": "entries that were found for whoever asks; their objects come through the door",
    "search/queries/promoting.py::picks": "what administrators chose; the pages come through visible_pages()",
    "search/queries/spelling.py::Vocabulary.words": "words to try; only those are offered that find something one may see",
    "search/views/reports.py": "for administrators, asked at their door: words without who typed them, names of files",
}


def edge_files() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if EDGE & set(parts) and not {"migrations", "demo", "management"} & set(parts):
                yield path


def names_in(node: ast.AST) -> set[str]:
    attributes = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
    return attributes | {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def asks_the_database(node: ast.AST) -> bool:
    managers = {"objects", "_default_manager"}
    return any(isinstance(each, ast.Attribute) and each.attr in managers for each in ast.walk(node))


def bypasses(source: str, place: str) -> Iterator[str]:
    """`place::function` for each top-level function, method or statement that asks without a door."""

    def look(body: list[ast.stmt], prefix: str) -> Iterator[str]:
        for node in body:
            if isinstance(node, ast.ClassDef):
                yield from look(node.body, f"{prefix}{node.name}.")
            elif asks_the_database(node) and not DOORS & names_in(node):
                yield f"{place}::{prefix}{getattr(node, 'name', '(module)')}"

    return look(ast.parse(source).body, "")


def all_bypasses() -> set[str]:
    return {
        found
        for path in edge_files()
        for found in bypasses(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    }


def test_no_read_of_the_public_site_goes_round_the_door():
    unexplained = {found for found in all_bypasses() if not ALLOWED.keys() & {found, found.split("::")[0]}}
    assert sorted(unexplained) == []


def test_the_list_of_exceptions_holds_nothing_that_is_gone():
    found = all_bypasses()
    assert sorted(set(ALLOWED) - found - {each.split("::")[0] for each in found}) == []


def test_a_bypass_would_be_seen():
    source = "def show():\n    Page.objects.live()\n\ndef fine():\n    Page.objects.visible_to(None)\n"
    assert list(bypasses(source, "x.py")) == ["x.py::show"]
