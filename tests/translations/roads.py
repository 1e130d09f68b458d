"""The sixteen behaviours of the translation library that this project was built against (decision 0018), by number,
with the tests that try each: "module:test", or "module:class.test", of this folder."""

from typing import NamedTuple

ROLES = [
    None,
    "Authors",
    "Editors",
    "Translators (fr)",
    "Translators (es)",
    "Language reviewers (fr)",
    "Facilitators",
    "Administrators",
    "superuser",
]
BY_EVERYBODY = "test_library_roads:test_no_road_of_the_library_lets_anything_out"


class Road(NamedTuple):
    what: str
    tried_by: tuple[str, ...]


SIXTEEN = {
    1: Road(
        "saving a translation as a draft writes unreviewed words over the live row",
        (
            BY_EVERYBODY,
            "test_library_roads:test_the_library_would_not_publish_the_draft_even_if_asked",
            "test_publishing:test_until_it_is_approved_nothing_shows",
        ),
    ),
    2: Road("its screen of updates publishes at once", (BY_EVERYBODY,)),
    3: Road("who may edit replaces what is live by an alias", (BY_EVERYBODY,)),
    4: Road(
        "a string is saved though the page is in review or locked",
        (BY_EVERYBODY, "test_who_comes_where:test_who_may_change_something"),
    ),
    5: Road(
        "its editor takes the place of the page's, without approving or sending back",
        (
            BY_EVERYBODY,
            "test_review_screen:TestTheWikisOwnScreens.test_the_moderators_screen_leads_to_the_review",
        ),
    ),
    6: Road(
        "a paragraph is removed, and the translation that still shows it is up to date",
        (
            "test_library_roads:test_a_paragraph_that_was_removed_is_seen",
            "test_staleness:test_what_was_removed_counts",
        ),
    ),
    7: Road(
        "nothing notices that a source changed until somebody synchronises it",
        (
            "test_staleness:test_a_change_of_the_source_puts_it_back_by_itself",
            "test_killed:test_what_was_cut_short_is_found_though_nobody_took_it_up",
        ),
    ),
    8: Road(
        "one character of the source changes, and its translation is lost",
        (
            "test_staleness:test_the_editor_sees_the_source_as_it_was_and_the_words_to_adapt",
            "test_staleness:test_confirming_that_it_still_says_the_same",
        ),
    ),
    9: Road(
        "it knows the words of one page on no other",
        (
            "test_library_roads:test_words_survive_the_page_they_were_written_for",
            "test_suggestions_of_words:TestFromTheMemory"
            ".test_the_same_text_in_the_same_place_first_then_elsewhere_then_alike",
        ),
    ),
    10: Road(
        "a translated page is deleted, and its words with it",
        (
            "test_library_roads:test_words_survive_the_page_they_were_written_for",
            "test_library_roads:test_after_the_page_is_deleted_its_translation_is_to_do_again",
        ),
    ),
    11: Road(
        "two sources have one target, and its editor fails",
        (
            "test_sources_in_motion:TestTwoSources.test_its_editor_opens",
            "test_sources_in_motion:TestTwoSources.test_the_language_it_was_first_written_in_is_the_source",
        ),
    ),
    12: Road(
        "a link that was left out is accepted",
        ("test_findings:test_a_lost_link_keeps_it_from_being_submitted",),
    ),
    13: Road(
        "saving the title of a translation shows it in lists",
        (
            BY_EVERYBODY,
            "test_library_roads:test_the_library_would_not_publish_the_draft_even_if_asked",
            "test_who_comes_where:test_readers_see_nothing_of_what_is_written",
        ),
    ),
    14: Road(
        "pages above it are made, live, in the language of the source",
        (
            BY_EVERYBODY,
            "test_library_roads:test_no_live_page_appears_in_a_language_by_itself",
            "test_sources_in_motion:TestMoved.test_to_where_its_readers_have_no_page_above_it",
        ),
    ),
    15: Road(
        "its screens ask the database hundreds of times for a long page",
        (
            "test_editor_screen:TestQueries.test_they_do_not_grow_with_the_text",
            "test_editor_screen:TestQueries.test_the_whole_screen_in_review_too",
            "test_findings:test_few_queries_however_many_segments",
            "test_queue:test_it_costs_the_same_however_much_there_is",
        ),
    ),
    16: Road(
        "entries that have no drafts are published at once",
        (
            BY_EVERYBODY,
            "test_entries:test_nothing_of_it_shows_before",
            "test_entries:test_every_kind_of_entry_has_drafts",
        ),
    ),
}
